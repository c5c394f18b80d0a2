"""The panel: controls, figures and a chart that answer in the browser while the reader's hand moves.

`browser/panel/panel.js` says what happens there and what an engine is. Here a page describes the controls and the
start; the settings come back once the reader lets go, and what the page then sends changes no control.
"""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd
import streamlit as st

from dashboard.charts.columns import Columns
from dashboard.component import Stamp, as_bytes, entry_script, table_payload
from dashboard.component.controls import Control, Preset, Tile, Values
from dashboard.component.source_line import SourceLine, source_data
from indicators.methods.projection.run_rate import WEEKS_PER_MONTH

PANEL_FILES = ("panel.css", "panel.js", "controls.js", "fan.js", "tables.js", "interpolate.js", "wording.js")
"""Files that a page with a panel needs besides those of charts."""

LAG = 2.0  # seconds after a release during which the browser may report an earlier address
RESERVED_HEIGHT = 760  # about as tall as a panel, so that what follows does not jump when it appears


@dataclass
class PanelState:
    """What a session knows about one panel between two runs.

    Args:
        start: Value of every control when it started.
        revision: Differs for every start.
        addresses: The page's last addresses, the newest last.
        written: When the newest was written, in seconds of a steady clock.
    """

    day: date | None
    start: Values
    values: Values
    messages: Sequence[str]
    revision: int
    serial: float
    addresses: tuple[Mapping[str, str], ...]
    written: float = 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class PanelStart:
    """What a panel shows before its engine has worked out anything; drawn again only if it changes.

    Args:
        state: From `panel_values`.
        figure: Figure from `dashboard.charts` with the traces that the engine moves.
        table: The numbers behind the chart; the engine fills its columns.
    """

    state: PanelState
    figure: Mapping[str, Any]
    tiles: Sequence[Tile]
    lines: Sequence[str]
    sentence: str
    table: pd.DataFrame | Columns


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
    source: str | SourceLine,
    stamp: Stamp,
    file_name: str,
    embed: Mapping[str, str] | None = None,
) -> None:
    """Put a panel on the page; `panel_values` has what the reader set.

    Ends this run of the page until the panel has reported that it is drawn, which starts the next run. What stands
    below would otherwise be laid out first, and keep the browser busy for most of a second.

    Args:
        engine: File name of the engine's module in `dashboard/component/browser/panel`.
        model: What the engine needs to know: addresses of tables, phrases, constants.
        embed: Addresses at which the chart stands by itself, for the settings that the reader released last.
    """
    _panel(
        key=key,
        data=as_bytes(
            {
                "key": key,
                "engine": f"./{engine}",
                "model": dict(model),
                "controls": [asdict(control) | {"weeks_per_month": WEEKS_PER_MONTH} for control in controls],
                "presets": [asdict(preset) for preset in presets],
                "values": dict(start.state.start),
                "revision": start.state.revision,
                "figure": start.figure,
                "tiles": [asdict(tile) for tile in start.tiles],
                "lines": list(start.lines),
                "sentence": start.sentence,
                "table": table_payload(start.table),
                "title": title,
                **source_data(source),
                **stamp._asdict(),
                "file_name": file_name,
                "embed": dict(embed or {}),
                "reserve": RESERVED_HEIGHT,
            }
        ),
    )
    reported = st.session_state.get(key) or {}
    if not reported.get("drawn"):
        st.stop()
    if (reported.get("released") or {}).get("serial", start.state.serial) != start.state.serial:
        # In a new session the report is known only now: the reader came from a server that is gone.
        st.rerun()


def panel_values(
    key: str, settings: Collection[str], day: date | None, read: Callable[[], tuple[Values, Sequence[str]]]
) -> PanelState:
    """Return where a panel starts, what the reader has set since, and what was wrong with the address.

    The address counts when the page opens, when another day is replayed, since defaults may not have been known then,
    and when it changes by itself, as with the browser's way back. For a moment after a release the browser may still
    report an earlier address: a run that brings a release never reads it, and other runs ignore the last few then.
    A reader whose server was replaced brings the last release to a session that knows of none; it counts if the
    address has not changed since it was made.
    """
    address = _settings_in(st.query_params, settings)
    state: PanelState | None = st.session_state.get(f"{key}_state")
    released = (st.session_state.get(key) or {}).get("released") or {}
    if state is not None and released and released["serial"] != state.serial:
        if state.serial or _made_at(released, settings) in (None, address):
            state.values, state.messages = released["values"], ()
        state.serial = released["serial"]
    elif state is None or state.day != day or _is_new(address, state) or (state.serial and not released):
        # The last case is a reader who left the page and came back to a new panel.
        values, messages = read()
        revision = 0 if state is None else state.revision + 1
        state = PanelState(day, values, values, messages, revision, released.get("serial", 0), (address,))
        st.session_state[f"{key}_state"] = state
    return state


def _settings_in(query: Mapping[str, str], settings: Collection[str]) -> dict[str, str]:
    return {name: text for name, text in query.items() if name in settings}


def _made_at(released: Mapping[str, Any], settings: Collection[str]) -> Mapping[str, str] | None:
    """Return the settings in the address at which a release was made: while they stand there, its own do not."""
    if "address" not in released:
        return None
    return _settings_in(dict(parse_qsl(str(released["address"]).removeprefix("?"), keep_blank_values=True)), settings)


def _is_new(address: Mapping[str, str], state: PanelState) -> bool:
    lagging = time.monotonic() - state.written < LAG
    return address not in (state.addresses if lagging else state.addresses[-1:])


def write_address(key: str, address: Mapping[str, str], settings: Collection[str]) -> None:
    """Put the panel's settings into the page's address, so that it can be shared; other entries stay.

    Args:
        address: Settings to write; the rest are taken out.
    """
    for name in settings:
        if name in address and st.query_params.get(name) != address[name]:
            st.query_params[name] = address[name]
        elif name not in address and name in st.query_params:
            del st.query_params[name]
    state: PanelState = st.session_state[f"{key}_state"]
    if address != state.addresses[-1]:
        state.addresses, state.written = (*state.addresses[-2:], dict(address)), time.monotonic()


def expect_address(key: str) -> None:
    """Let the next run read the page's address, however shortly after a release it was written."""
    state: PanelState | None = st.session_state.get(f"{key}_state")
    if state is not None:
        state.written = -LAG
