"""The fan of a projection: nested bands, their median, the plain arithmetic, and what had been observed."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.charts.bands import projected_stretch
from dashboard.charts.columns import Columns, records
from dashboard.charts.events import add_events
from dashboard.charts.frame import Drawing, Trace, date_axis, frame
from dashboard.charts.labels import as_day, day_text, hover_text, number_text
from dashboard.charts.quantiles import BANDS, median_line, nested_bands, plain

# The browser writes the hover labels from the values, so that moving a trace needs no new texts.
HOVER_DAY = "%{x|%-d %b %Y}"
HEIGHT = 420


def draw_fan(
    dates: Sequence[Any],
    levels: Mapping[float, Sequence[float]],
    *,
    headline: Sequence[float] | None = None,
    calendar: Sequence[float] | None = None,
    observed: Columns | None = None,
    events: pd.DataFrame | Columns | None = None,
    observed_name: str = "Observed",
    unit: str = "persons",
) -> Drawing:
    """Draw a projection as a fan.

    The traces carry the ids ``observed``, ``band90``, ``band80``, ``band50``,
    ``calendar``, ``headline``, ``median`` and ``events``, by which the browser updates them in place.

    Args:
        dates: Target dates in order; the first may be the origin itself, where every level is equal.
        levels: Values by quantile level 0.05, 0.10, 0.25, 0.50, 0.75, 0.90 and 0.95, one per date.
            Empty where the reading gives no distribution: the fan is then the arithmetic alone.
        headline: Headline arithmetic, one value per date.
        calendar: The same scaled to working days, one value per date.
        observed: Columns period_end and value (a running total): the past.
        events: Dated events to mark, as in ``events.add_events``.
        observed_name: Legend entry of the past.
        unit: What is counted, in words.

    Returns:
        A figure whose colours are tokens.

    Raises:
        ValueError: If a level is missing or its length differs from that of ``dates``.
    """
    days = _iso(dates)
    past = [] if observed is None else records(observed, "period_end", "value")
    _check(days, levels)
    y_title = f"{unit} in total"
    data: list[Trace] = []
    if past:
        data.append(_observed(past, observed_name, y_title))
    if levels:
        data += nested_bands(days, levels)
    data += _lines(days, calendar, "calendar", "Minus court holidays", "dot", y_title)
    data += _lines(days, headline, "headline", "Every week", "dash", y_title)
    if levels:
        heading = f"<b>about %{{y:,.0f}} {_escaped(y_title)}</b><br>by {HOVER_DAY}, if the assumptions hold"
        data.append(median_line(days, levels, name="Median", heading=heading, number=",.0f"))
    figure = frame(
        data, x_title="Week ending (date)", y_title=y_title, height=HEIGHT, xaxis=date_axis(), uirevision="fan"
    )
    if days:
        figure["layout"]["shapes"] = [projected_stretch(days[0], days[-1], "bottom right")]
    drawn = [*_iso(day for day, _ in past), *days]
    return add_events(figure, events, min(drawn), max(drawn)) if drawn else figure


def _check(days: list[str], levels: Mapping[float, Sequence[float]]) -> None:
    if not levels:
        return
    needed = {level for *_, bounds in BANDS for level in bounds}
    absent = sorted(needed - set(levels))
    if absent:
        raise ValueError(f"a fan needs the levels {sorted(needed)}; missing: {absent}")
    for level in sorted(needed):
        if len(levels[level]) != len(days):
            raise ValueError(f"level {level} has {len(levels[level])} values for {len(days)} dates")


def _lines(days: list[str], values: Sequence[float] | None, uid: str, name: str, dash: str, unit: str) -> list[Trace]:
    if values is None:
        return []
    if len(values) != len(days):
        raise ValueError(f"{uid} has {len(values)} values for {len(days)} dates")
    trace = _line(days, plain(values), uid, name, {"color": "@projected", "width": 1.5, "dash": dash})
    words = f"<b>%{{y:,.0f}} {_escaped(unit)}</b><br>{_escaped(name)}, by {HOVER_DAY}"
    return [trace | {"hovertemplate": f"{words}<extra></extra>"}]


def _observed(past: Sequence[tuple[Any, float]], name: str, unit: str) -> Trace:
    days, values = _iso(day for day, _ in past), plain([value for _, value in past])
    hover = [
        hover_text([f"{number_text(value)} {unit}", f"{name}, by {day_text(day)}"])
        for day, value in zip(days, values, strict=True)
    ]
    trace = _line(days, values, "observed", name, {"color": "@observed", "width": 2.5})
    marker = {"mode": "lines+markers", "marker": {"size": 5, "color": "@observed"}}
    return trace | marker | {"hovertext": hover, "hovertemplate": "%{hovertext}<extra></extra>"}


def _line(x: list[str], y: list[float], uid: str, name: str, line: dict[str, Any]) -> Trace:
    return {"type": "scatter", "mode": "lines", "uid": uid, "name": name, "x": x, "y": y, "line": line}


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _iso(days: Iterable[Any]) -> list[str]:
    return [day.isoformat() for day in map(as_day, days) if day is not None]
