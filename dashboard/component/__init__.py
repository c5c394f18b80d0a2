"""The one way a chart gets on a page: a component that draws in the browser and keeps its place.

The component's script is only an entry: it imports the drawing code from our own asset route, so a page
with ten charts sends that code once instead of ten times on every rerun. The modules import each other by
relative addresses; there is nothing to build.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, NotRequired, TypedDict

import pandas as pd
import streamlit as st

from dashboard.charts.columns import Columns
from dashboard.charts.palette import COLOURS
from dashboard.component.assets import FRAME_SCRIPT, WORKBOOK, component_path, plotly_path, server_path
from dashboard.component.source_line import SourceLine, linked, source_data
from indicators.core.evidence.provenance import CitedPages

TEXT_HEIGHT = 100  # heading, one legend line, source line and toolbar of a chart, in pixels
LINE_HEIGHT = 28  # a subtitle, another legend line or the closed list of events, in pixels
LEGEND_WIDTH = 140  # letters of legend text on a line, roughly


def drawing_settings(module: str) -> dict[str, Any]:
    """Return the addresses and colours that the drawing code needs.

    Args:
        module: File name of the module; its default export draws the component.
    """
    return {
        "module": component_path(module),
        "stylesheet": component_path("chart.css"),
        "plotly": plotly_path(),
        "frame": server_path(FRAME_SCRIPT),
        "workbook": server_path(WORKBOOK),
        "palette": {theme: dict(colours) for theme, colours in COLOURS.items()},
    }


class Stamp(NamedTuple):
    """What a saved picture or table says about its figures besides their source.

    Args:
        as_of: Day whose knowledge they hold, as YYYY-MM-DD.
    """

    as_of: str
    data_version: str


def entry_script(module: str) -> str:
    """Return the script Streamlit hands to the browser for a component that lives in one of our modules.

    Args:
        module: File name of the module; its default export draws the component.
    """
    return f"""const settings = {json.dumps(drawing_settings(module))};
export default async function (component) {{
  const place = component.parentElement;
  const data = JSON.parse(new TextDecoder().decode(component.data));
  if (!place.querySelector(".mi-chart")) place.style.minHeight = `${{data.reserve ?? 0}}px`;
  let drawing;
  try {{
    drawing = await import(new URL(settings.module, window.location.origin).href);
  }} catch (error) {{
    place.textContent = "This part of the page could not be loaded. Please reload the page.";
    component.setStateValue("drawn", true);
    return;
  }}
  return drawing.default({{ ...component, data }}, settings);
}}
"""


_LINK = re.compile(r"<(?=\s*/?\s*a\b)", re.IGNORECASE)


def as_bytes(data: Mapping[str, Any]) -> bytes:
    """Return what a component gets, as its entry script reads it.

    Streamlit writes a mapping as JSON twice, once to send it and once to tell it from the last; bytes only travel.

    Args:
        data: Plain data that JSON knows.

    Returns:
        JSON in which an invisible joiner stands in what would begin a link: the drawing library makes links of `<a>`.

    Example:
        >>> as_bytes({"title": "<a href=/x>x</a>"}).decode().count("u2060")
        2
    """
    return _LINK.sub(r"<\\u2060", json.dumps(data)).encode()


def script_data(id_: str, data: Mapping[str, Any]) -> str:
    """Return an element with data for the scripts of a document; no text in it can end the element.

    Args:
        data: Plain data that JSON knows.
    """
    text = as_bytes(data).decode().replace("<", "\\u003c")
    return f'<script type="application/json" id="{id_}">{text}</script>'


# Plotly writes its style rules into the head of the document, out of reach of a shadow root.
_chart = st.components.v2.component("morale_chart", js=entry_script("chart.js"), isolate_styles=False)


class ChartContent(TypedDict):
    """What a chart shows, on a page or by itself.

    Args:
        figure: Figure from ``dashboard.charts``, with colour tokens.
        source: Who says so and since when; its pages become links.
        alt: The chart in one or two sentences, for readers who cannot see it.
        table: The numbers behind the chart, with column names for people; None for no table and no CSV.
        file_name: Stem of downloaded files, such as ``refusal_cases``.
        note: What is missing from the chart, below it.
    """

    figure: Mapping[str, Any]
    title: str
    subtitle: NotRequired[str]
    source: str | SourceLine
    alt: str
    table: pd.DataFrame | Columns | None
    file_name: str
    note: NotRequired[str]


def mount_chart(content: ChartContent, *, key: str, stamp: Stamp, embed: Mapping[str, str] | None = None) -> None:
    """Put a chart on the page, with heading, legend, event list, source line, numbers and downloads.

    With the same key the chart stays in place on every rerun: zoom, hidden series and an open number
    table survive, and nothing is drawn again unless the figure changed.

    Args:
        embed: Addresses at which the chart stands by itself, by what they show; None for none.
    """
    reserve = expected_height(content["figure"], content.get("subtitle", ""))
    _chart(key=key, data=as_bytes(chart_data(content, stamp) | {"embed": dict(embed or {}), "reserve": reserve}))


def chart_data(content: ChartContent, stamp: Stamp) -> dict[str, Any]:
    """Return what the browser draws a chart from."""
    # A file's name may hold words of the data, and some characters mean something in a path.
    file_name = re.sub(r"[^\w-]+", "_", content["file_name"])
    texts = {name: content.get(name, "") for name in ("subtitle", "note")} | {"table": table_payload(content["table"])}
    return {**content, **texts, **source_data(content["source"]), "file_name": file_name, **stamp._asdict()}


def expected_height(figure: Mapping[str, Any], subtitle: str) -> int:
    """Return about how tall a chart will be in pixels, so that what follows it does not jump when it appears."""
    at_ends = {end["group"] for end in figure["layout"].get("meta", {}).get("ends", ())}
    keys = [trace for trace in figure["data"] if trace.get("showlegend", True)]
    names = [str(trace.get("name", "")) for trace in keys if trace.get("legendgroup") not in at_ends]
    legend_lines = math.ceil(sum(len(name) + 8 for name in names) / LEGEND_WIDTH)
    lines = bool(subtitle) + max(legend_lines - 1, 0) + bool(figure["layout"].get("meta", {}).get("events"))
    return int(figure["layout"].get("height", 380)) + TEXT_HEIGHT + LINE_HEIGHT * lines


def table_payload(table: pd.DataFrame | Columns | None) -> dict[str, Any] | None:
    """Turn a table into what the browser shows and saves.

    Args:
        table: Any table; dates become ISO dates, cited pages links, missing cells None. A column of plain values
            is one of numbers if it holds nothing else.

    Returns:
        ``{"columns": [...], "numeric": [...], "rows": [[...], ...]}``, or None without a table.

    Raises:
        ValueError: If columns of plain values differ in length.

    Example:
        >>> table_payload(pd.DataFrame({"Day": [pd.Timestamp("2023-08-30")], "Cases": [float("nan")]}))
        {'columns': ['Day', 'Cases'], 'numeric': [False, True], 'rows': [['2023-08-30', None]]}
    """
    if table is None:
        return None
    columns: list[list[Any]]
    if isinstance(table, pd.DataFrame):
        numeric = [bool(pd.api.types.is_numeric_dtype(dtype)) for dtype in table.dtypes]
        columns = [[_cell(value) for value in column] for _, column in table.items()]
    else:
        columns = [[_cell(value) for value in column] for column in table.values()]
        numeric = [all(isinstance(value, int | float | None) for value in column) for column in columns]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return {"columns": [str(name) for name in table], "numeric": numeric, "rows": rows}


def _cell(value: Any) -> str | float | int | dict[str, Any] | None:
    if type(value) is float:  # nearly every cell, so asked first
        return value if math.isfinite(value) else None
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "item"):  # a NumPy scalar
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, int):
        return value
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    if isinstance(value, CitedPages):
        return linked(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(map(str, value))
    return str(value)
