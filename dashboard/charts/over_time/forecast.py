"""Forecasts over time: what was observed, the intervals of what is to come, and past forecasts beside what came."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.charts.bands import band, outline
from dashboard.charts.frame import Drawing, Trace, date_axis, frame
from dashboard.charts.hover import hover_text
from dashboard.charts.models.quantiles import plain
from indicators.core.text import day_text, number_text, percent_text

HEIGHT = 360
WIDEST = 16
"""Width in pixels of a bar of full opacity: three widths that stay apart on a phone."""
BANDS = ((0.025, 0.975, 0.14, "95 % interval"), (0.1, 0.9, 0.2, "80 %"), (0.25, 0.75, 0.28, "50 %"))
"""Lower and upper level, opacity and legend entry of each interval, the widest first."""

Point = tuple[date, float]


def draw_forecast(
    observed: Sequence[Point], ends: Sequence[date], levels: Mapping[float, Sequence[float]], *, unit: str
) -> Drawing:
    """Draw a series and the intervals of what is forecast: columns of whiskers, as no projection is drawn.

    Args:
        observed: Last day and value of each period, in order.
        levels: Values by quantile level, one for each of these; empty for no forecast.

    Example:
        >>> levels = {level: [4.0] for level in (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)}
        >>> drawn = draw_forecast([(date(2024, 1, 31), 4.0)], [date(2024, 2, 29)], levels, unit="x")
        >>> [trace["name"] for trace in drawn["data"]]
        ['Observed', '95 % interval', '80 %', '50 %', 'Forecast median']
    """
    data: list[Trace] = [_observed(observed, unit)]
    days = [end.isoformat() for end in ends]
    for low, high, opacity, name in BANDS if levels else ():
        data.append(_whiskers(days, levels[low], levels[high], width=opacity * WIDEST, name=name, opacity=opacity))
    if levels:
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "uid": "forecast",
                "name": "Forecast median",
                "x": days,
                "y": plain(levels[0.5]),
                "marker": {"color": "@second", "size": 6, "symbol": "diamond"},
                "hovertext": [_interval_text(end, levels, place, unit) for place, end in enumerate(ends)],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
    return frame(data, x_title="Last day of the period (date)", y_title=unit, height=HEIGHT, xaxis=date_axis())


def draw_past_forecasts(
    observed: Sequence[Point],
    then: Sequence[Point],
    ends: Sequence[date],
    bounds: Sequence[tuple[float, float, float]],
    *,
    unit: str,
) -> Drawing:
    """Draw forecasts one period ahead beside what came, as known now and as known when they were made.

    Args:
        then: The same as first known.
        bounds: Lower end, median and upper end of the 95 % interval of each.

    Example:
        >>> drawn = draw_past_forecasts([], [], [date(2024, 1, 31)], [(1.0, 2.0, 3.0)], unit="x")
        >>> [trace["name"] for trace in drawn["data"]]
        ['Forecast before: 95 % interval', 'Forecast before: median', 'Observed']
    """
    x, y = outline([[(end.isoformat(), low, high) for end, (low, _, high) in zip(ends, bounds, strict=True)]])
    data: list[Trace] = [
        band(x, y, colour="@second/0.18", group="interval", uid="interval", name="Forecast before: 95 % interval"),
        {
            "type": "scatter",
            "mode": "lines",
            "uid": "before",
            "name": "Forecast before: median",
            "x": [end.isoformat() for end in ends],
            "y": plain([median for _, median, _ in bounds]),
            "line": {"color": "@second", "width": 1.5, "dash": "dot"},
            "hovertemplate": "<b>%{y:,.4g}</b> forecast one period before<extra></extra>",
        },
        _observed(observed, unit),
    ]
    revised = [(day, value) for (day, value), (_, now) in zip(then, observed, strict=False) if value != now]
    if revised:
        trace = _observed(revised, unit)
        data.append(
            trace
            | {"uid": "then", "name": "As first known", "mode": "markers", "marker": {"color": "@contested", "size": 6}}
        )
    return frame(data, x_title="Last day of the period (date)", y_title=unit, height=HEIGHT, xaxis=date_axis())


def draw_calibration(shares: Mapping[float, float], expected: Mapping[float, tuple[float, float]]) -> Drawing:
    """Draw how many outcomes fell into each interval against how many should.

    Args:
        expected: For each interval, between which shares a right one lies in 95 % of cases.

    Example:
        >>> drawn = draw_calibration({0.5: 0.4}, {0.5: (0.3, 0.7)})
        >>> [trace["name"] for trace in drawn["data"]]
        ['Still in line', 'If right', 'Outcomes within']
    """
    names = [percent_text(interval) for interval in shares]
    percent = [100 * share for share in shares.values()]
    low, high = zip(*((100 * low, 100 * high) for low, high in expected.values()), strict=True)
    data: list[Trace] = [
        _whiskers(names, low, high, width=14, name="Still in line", opacity=0.3, colour="@contested"),
        {
            "type": "scatter",
            "mode": "markers",
            "uid": "right",
            "name": "If right",
            "x": names,
            "y": [100 * interval for interval in shares],
            "marker": {"color": "@muted", "size": 16, "symbol": "circle-open"},
            "hovertemplate": "%{y:g} % if right<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "uid": "within",
            "name": "Outcomes within",
            "x": names,
            "y": percent,
            "marker": {"color": "@second", "size": 10, "symbol": "diamond"},
            "hovertemplate": "<b>%{y:.0f} %</b> of outcomes<extra></extra>",
        },
    ]
    return frame(
        data,
        x_title="Interval",
        y_title="outcomes within (%)",
        height=280,
        xaxis={"type": "category"},
        yaxis={"range": [0, 105]},
    )


def _observed(points: Sequence[Point], unit: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "uid": "observed",
        "name": "Observed",
        "x": [day.isoformat() for day, _ in points],
        "y": plain([value for _, value in points]),
        "line": {"color": "@observed", "width": 2},
        "marker": {"color": "@observed", "size": 4},
        "connectgaps": False,
        "hovertext": [hover_text([f"{number_text(value)} {unit}", day_text(day)]) for day, value in points],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _whiskers(
    x: Sequence[Any],
    low: Sequence[float],
    high: Sequence[float],
    *,
    width: float,
    name: str,
    opacity: float,
    colour: str = "@second",
) -> Trace:
    """Return upright bars from low to high, one for each x, as one broken line."""
    places = [place for one in x for place in (one, one, None)]
    heights = [end for bottom, top in zip(low, high, strict=True) for end in (float(bottom), float(top), None)]
    return {
        "type": "scatter",
        "mode": "lines",
        "uid": f"whiskers {name}",
        "name": name,
        "x": places,
        "y": heights,
        "line": {"color": f"{colour}/{opacity + 0.2:g}", "width": width},
        "hoverinfo": "skip",
    }


def _interval_text(end: date, levels: Mapping[float, Sequence[float]], place: int, unit: str) -> str:
    lines = [f"about {number_text(levels[0.5][place])} {unit}", f"period to {day_text(end)}"]
    for low, high, _, name in reversed(BANDS):
        lines.append(f"{name}: {number_text(levels[low][place])} to {number_text(levels[high][place])}")
    return hover_text(lines)
