"""The panel: controls, figures and a chart that answer in the browser while the reader's hand moves.

`component/panel.js` says what happens there and what an engine is. Here a page describes the controls and the start;
the settings come back once the reader lets go, and what the page then sends changes no control.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

import pandas as pd
import streamlit as st

from dashboard.component import entry_script, table_payload
from indicators.methods.run_rate import WEEKS_PER_MONTH

Values = Mapping[str, float | str]
Display = Literal["plain", "percent", "monthly_growth"]

RESERVED_HEIGHT = 760  # about as tall as a panel, so that what follows does not jump when it appears


@dataclass(frozen=True, kw_only=True)
class Control:
    """One setting that a reader can move.

    Args:
        name: Name of the parameter, as in the address and in the API.
        label: What is set, in words.
        kind: A slider with a range, or a choice of options.
        minimum: Lowest plausible value of a slider.
        maximum: Highest plausible value of a slider.
        step: Distance between two values of a slider; above 0.
        default: Value as published or assumed, to which a reset returns.
        unit: Unit of the value, in words.
        note: Who says so, or that it is assumed.
        reason: Why this value and this range.
        group: "main" for what always shows, otherwise the heading under which the setting is folded away.
        display: How a value is written: as it is, as a percentage, or as growth a month with its weekly equivalent.
        options: Options of a choice, value to label.
    """

    name: str
    label: str
    kind: Literal["slider", "choice"]
    minimum: float = 0.0
    maximum: float = 1.0
    step: float = 1.0
    default: float | str
    unit: str = ""
    note: str = ""
    reason: str = ""
    group: str = "main"
    display: Display = "plain"
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A starting point: some settings that differ from the defaults.

    Args:
        label: Its name in the list.
        note: What it means, in a sentence.
        values: Settings by name; all others have their default.
    """

    label: str
    note: str
    values: Values


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One figure above the chart.

    Args:
        label: What the figure is.
        value: The figure as people write it.
        note: What it rests on, or its range.
    """

    label: str
    value: str
    note: str


@dataclass(frozen=True, kw_only=True, eq=False)
class PanelStart:
    """What a panel shows before its engine has worked out anything; drawn again only if it changes.

    Args:
        values: Value of every control.
        figure: Figure from `dashboard.charts` with the traces that the engine moves.
        tiles: Figures above the chart.
        lines: Sentences below the tiles.
        sentence: The finding, shown below the title.
        table: The numbers behind the chart; the engine fills its columns.
    """

    values: Values
    figure: Mapping[str, Any]
    tiles: Sequence[Tile]
    lines: Sequence[str]
    sentence: str
    table: pd.DataFrame


_panel = st.components.v2.component("morale_panel", js=entry_script("panel.js"), isolate_styles=False)


def mount_panel(
    controls: Sequence[Control],
    start: PanelStart,
    *,
    key: str,
    engine: str,
    model: Mapping[str, Any],
    presets: Sequence[Preset] = (),
    title: str,
    source: str,
    file_name: str,
    heading_level: int = 3,
) -> None:
    """Put a panel on the page; `panel_values` has what the reader set.

    Args:
        controls: Settings in the order of the page.
        start: What to show at first.
        key: Unique on the page and the same on every run.
        engine: File name of the engine's module in `dashboard/component`.
        model: What the engine needs to know: addresses of tables, phrases, constants.
        presets: Starting points to choose from.
        title: What the chart shows, with its unit.
        source: Source line for the settings that the reader released last.
        file_name: Stem of downloaded files.
        heading_level: Level of the title in the page's outline.
    """
    _panel(
        key=key,
        data={
            "key": key,
            "engine": f"./{engine}",
            "model": dict(model),
            "controls": [asdict(control) | {"weeks_per_month": WEEKS_PER_MONTH} for control in controls],
            "presets": [asdict(preset) for preset in presets],
            "values": dict(start.values),
            "figure": start.figure,
            "tiles": [asdict(tile) for tile in start.tiles],
            "lines": list(start.lines),
            "sentence": start.sentence,
            "table": table_payload(start.table),
            "title": title,
            "source": source,
            "file_name": file_name,
            "heading_level": heading_level,
            "reserve": RESERVED_HEIGHT,
        },
    )


@dataclass
class _Memory:
    """What a session knows about one panel between two runs."""

    day: date | None
    start: Values
    values: Values
    messages: Sequence[str]
    serial: float
    addresses: tuple[Mapping[str, str], ...]


def panel_values(
    key: str, settings: Collection[str], day: date | None, read: Callable[[], tuple[Values, Sequence[str]]]
) -> tuple[Values, Values, Sequence[str]]:
    """Return where a panel starts, what the reader has set since, and what was wrong with the address.

    The address counts when the page opens, when another day is replayed, since defaults may not have been known then,
    and when somebody else changes it. It lags behind the panel: while a
    release is on its way, the browser may still report the address that the last but one release gave. So a run that
    brings a release never reads the address, and neither do addresses count that this session wrote just before.

    Args:
        key: Key of the panel.
        settings: Names of all settings.
        day: The replayed day, or None.
        read: Turns the page's address into values for all controls and sentences about what was changed.
    """
    address = {name: text for name, text in st.query_params.items() if name in settings}
    memory: _Memory | None = st.session_state.get(f"{key}_memory")
    released = (st.session_state.get(key) or {}).get("released") or {}
    if memory is not None and released and released["serial"] != memory.serial:
        memory.serial, memory.values, memory.messages = released["serial"], released["values"], ()
    elif memory is None or memory.day != day or address not in memory.addresses:
        values, messages = read()
        memory = _Memory(day, values, values, messages, released.get("serial", 0), (address,))
        st.session_state[f"{key}_memory"] = memory
    return memory.start, memory.values, memory.messages


def write_address(key: str, address: Mapping[str, str], settings: Collection[str]) -> None:
    """Put the panel's settings into the page's address, so that it can be shared; other entries stay.

    Args:
        key: Key of the panel.
        address: Settings to write; the rest are taken out.
        settings: Names of all settings.
    """
    for name in settings:
        if name in address and st.query_params.get(name) != address[name]:
            st.query_params[name] = address[name]
        elif name not in address and name in st.query_params:
            del st.query_params[name]
    memory: _Memory = st.session_state[f"{key}_memory"]
    memory.addresses = (*memory.addresses[-2:], dict(address))
