"""The forecast of a series on a page: what is forecast, how good that was, and past forecasts beside what came."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pandas as pd

from dashboard.charts.over_time.forecast import draw_calibration, draw_forecast, draw_past_forecasts
from dashboard.component import ChartContent
from dashboard.component.source_line import SourceLine
from dashboard.shell.addresses import api_link
from dashboard.shell.exact_settings import NothingThereError, RefusedError, words_expected
from dashboard.shell.pages import PageChart, Settings
from dashboard.shell.parts import chart, frames, source_line
from dashboard.shell.settings_in_address import choice
from dashboard.shell.wording import forecast_text as wording
from dashboard.shell.writing import bullets, links, note, paragraph, table
from indicators.core.plain_text import quoted
from indicators.core.snapshot import Snapshot
from indicators.core.text import percent_text
from indicators.methods.forecast.evaluation.backtest import Backtest
from indicators.methods.forecast.history import History
from indicators.methods.forecast.levels import HUB_LEVELS

SETTING = "forecast"
SHOWN = 24
"""Observed periods drawn before a forecast."""


def forecast_section(snapshot: Snapshot, series: Sequence[str], *, key: str) -> None:
    """Show the forecast of one of some series.

    Args:
        series: Ids of series that can be forecast; at least one.
    """
    names = {id_: snapshot.series_names[id_] for id_ in series}
    chosen = choice("Series", names, key=SETTING, always=True)
    found, name = snapshot.outlook(chosen), names[chosen]
    paragraph(wording.forecast_sentence(found))
    if found.history is None or not found.history.ends:
        return
    tested = snapshot.backtest(chosen)
    paragraph(wording.tested_sentence(tested))
    if found.forecast is not None:
        chart(key=f"{key}_forecast", embed=_frames("forecast"), **_coming(snapshot, chosen))
        note(wording.NOT_A_PROJECTION)
    if tested is not None:
        chart(key=f"{key}_past_forecasts", embed=_frames("past_forecasts"), **_past(snapshot, chosen))
        chart(key=f"{key}_calibration", embed=_frames("calibration"), **_calibration(snapshot, chosen))
        table(wording.score_rows(tested), alt=f"Scores of past forecasts of {name}, by how far ahead they were.")
    bullets(wording.CARE)
    address = f"forecasts/{chosen}"
    links(
        ("This forecast as JSON", api_link(address, snapshot.day)),
        ("in the columns of the forecast hubs (CSV)", api_link(address, snapshot.day, format="csv")),
    )


def _frames(stem: str) -> dict[str, str]:
    """Return the addresses of a chart by itself; they are the same on every page that shows it."""
    return frames(f"track_record/{stem}", FORECAST_CHARTS[stem])


def forecast_cited(snapshot: Snapshot, settings: Settings) -> list[object]:
    """Return the forecast that a page's address names, for its citation; nothing if it names none."""
    series = settings.get(SETTING)
    if series not in snapshot.forecast_series:
        return []
    found = snapshot.outlook(series)
    return [found.refusal if found.forecast is None else found.forecast.quantiles.tolist()]


def _coming(snapshot: Snapshot, series: str) -> ChartContent:
    found, name = snapshot.outlook(series), snapshot.series_names[series]
    if found.history is None or found.forecast is None:
        raise NothingThereError(found.refusal)
    quantiles = found.forecast.quantiles
    levels = {level: quantiles[:, place].tolist() for place, level in enumerate(HUB_LEVELS)}
    title = f"{name}: observed, and forecast for the next {len(found.ends)} {found.history.step}s"
    return {
        "figure": draw_forecast(_points(found.history)[-SHOWN:], found.ends, levels, unit=found.history.unit),
        "title": title,
        "subtitle": "Diamonds are medians; upright bars hold 50, 80 and 95 % of cases.",
        "source": _source(snapshot, series),
        "alt": f"{title}. {wording.forecast_sentence(found)}",
        "table": wording.quantile_table(found),
        "file_name": f"forecast_{found.series}",
    }


def _past(snapshot: Snapshot, series: str) -> ChartContent:
    tested, name = _tested(snapshot, series), snapshot.series_names[series]
    past, history = wording.past_rows(tested), tested.past.history
    ends = past["Period to"].tolist()
    bounds = list(past[["Lower 95 %", "Median", "Upper 95 %"]].itertuples(index=False, name=None))
    shown = [point for point in _points(history) if ends and point[0] >= ends[0]]
    first = [point for point in _points(history, newest=False) if ends and point[0] >= ends[0]]
    title = f"{name}: forecast one {history.step} before, and what came"
    return {
        "figure": draw_past_forecasts(shown, first, ends, bounds, unit=history.unit),
        "title": title,
        "subtitle": "Each forecast knew only the periods before it.",
        "source": _source(snapshot, series),
        "alt": f"{title}. {wording.tested_sentence(tested)}",
        "table": past,
        "file_name": f"past_forecasts_{history.series}",
    }


def _calibration(snapshot: Snapshot, series: str) -> ChartContent:
    tested, name = _tested(snapshot, series), snapshot.series_names[series]
    score = tested.overall
    expected = {
        interval: (low / score.number, high / score.number) for interval, (low, high) in score.expected_hits.items()
    }
    title = f"{name}: how many outcomes the intervals held (n = {score.number})"
    return {
        "figure": draw_calibration(score.coverage, expected),
        "title": title,
        "subtitle": "A right interval holds the share that it names; grey bars are still in line.",
        "source": _source(snapshot, series),
        "alt": f"{title}. {wording.tested_sentence(tested)}",
        "table": pd.DataFrame(
            {
                "Interval": [percent_text(interval) for interval in score.coverage],
                "Outcomes within (%)": [100 * share for share in score.coverage.values()],
                "Forecasts": score.number,
            }
        ),
        "file_name": f"calibration_{series}",
    }


def _tested(snapshot: Snapshot, series: str) -> Backtest:
    tested = snapshot.backtest(series)
    if tested is None:
        raise NothingThereError(wording.tested_sentence(tested))
    return tested


def _source(snapshot: Snapshot, series: str) -> SourceLine:
    return source_line(snapshot.evidence, snapshot.evidence.of_series(series))


def _by_address(
    snapshot: Snapshot, settings: Settings, *, content: Callable[[Snapshot, str], ChartContent]
) -> ChartContent:
    listed = snapshot.forecast_series
    if not listed:
        raise NothingThereError("No series was long enough for a forecast by this day.")
    series = settings.get(SETTING, listed[0])
    if series not in listed:
        raise RefusedError(404, f"No forecast of {quoted(series)}; {words_expected(listed)}.")
    return content(snapshot, series)


def _with_sentence(snapshot: Snapshot, series: str) -> ChartContent:
    return {**_coming(snapshot, series), "subtitle": wording.forecast_sentence(snapshot.outlook(series))}


FORECAST_CHARTS = {
    name: PageChart(content=partial(_by_address, content=content), settings=(SETTING,), printed=False)
    for name, content in {SETTING: _with_sentence, "past_forecasts": _past, "calibration": _calibration}.items()
}


def _points(history: History, *, newest: bool = True) -> list[tuple[date, float]]:
    place = -1 if newest else 0
    return [(end, editions[place][1]) for end, editions in zip(history.ends, history.editions, strict=True) if editions]
