"""The settings in `.streamlit/config.toml` exist in the installed Streamlit and have the effect they are there for."""

from __future__ import annotations

import gc
import tomllib
from pathlib import Path

import pytest
from streamlit import config

from dashboard.charts.palette import CATEGORICAL, COLOURS

SETTINGS = tomllib.loads((Path(__file__).parent.parent / ".streamlit" / "config.toml").read_text())


def flat(table: dict[str, object], prefix: str = "") -> dict[str, object]:
    """Return nested settings by their full name."""
    found: dict[str, object] = {}
    for name, value in table.items():
        found |= flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return found


@pytest.mark.parametrize("name", sorted(flat(SETTINGS)))
def test_every_setting_is_one_that_streamlit_knows(name: str) -> None:
    known = set(config.get_config_options())
    assert name in known


def test_nothing_is_collected_after_every_run_and_nothing_watched() -> None:
    assert SETTINGS["runner"]["postScriptGC"] is False
    assert SETTINGS["server"]["fileWatcherType"] == "none"
    assert SETTINGS["server"]["enableWebsocketCompression"] is True


def test_nobody_is_told_who_reads() -> None:
    assert SETTINGS["browser"]["gatherUsageStats"] is False
    assert SETTINGS["server"]["address"] == "127.0.0.1"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_has_the_colours_of_the_charts(theme: str) -> None:
    colours = SETTINGS["theme"][theme]
    assert colours["backgroundColor"] == COLOURS[theme]["background"]
    assert colours["textColor"] == COLOURS[theme]["text"]
    assert colours["chartCategoricalColors"][:3] == [COLOURS[theme][token.removeprefix("@")] for token in CATEGORICAL]


def test_what_is_loaded_at_the_start_is_set_aside_for_good() -> None:
    from dashboard.server.operation.readiness import get_ready

    before = gc.get_freeze_count()
    try:
        get_ready(lambda: None)
        assert gc.get_freeze_count() > before + 10_000
    finally:
        gc.unfreeze()
