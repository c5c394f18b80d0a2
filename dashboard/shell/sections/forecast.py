"""The forecast of a series on a page: what is forecast, how good that was, and past forecasts beside what came."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.charts.over_time.forecast import draw_calibration, draw_forecast, draw_past_forecasts
from dashboard.component import ChartContent
from dashboard.shell.addresses import api_link, embed_links
from dashboard.shell.pages import Settings
from dashboard.shell.parts import chart, source_line
from dashboard.shell.settings_in_address import choice
from dashboard.shell.wording import forecast_text as wording
from dashboard.shell.writing import bullets, links, note, paragraph, table
from dashboard.snapshots import snapshot_on
from indicators.core.snapshot import Snapshot
from indicators.core.text import percent_text
from indicators.methods.forecast.evaluation.backtest import Backtest
from indicators.methods.forecast.history import History
from indicators.methods.forecast.levels import HUB_LEVELS
from indicators.methods.forecast.outlook import Outlook

SETTING = "forecast"
SHOWN = 36
"""Observed periods drawn before a forecast."""


def forecast_section(snapshot: Snapshot, series: Sequence[str], *, key: str) -> None:
    """Show the forecast of one of some series.

    Args:
        series: Ids of series that can be forecast; at least one.
        key: Unique on the page.
    """
    names = {id_: snapshot.series_names[id_] for id_ in series}
    chosen = choice("Series", names, key=SETTING)
    found, name = snapshot.outlook(chosen), names[chosen]
    paragraph(wording.forecast_sentence(found))
    if found.history is None or not found.history.ends:
        return
    rows = snapshot.evidence.of_series(chosen)
    coming = forecast_content(snapshot, found)
    if coming is not None:
        embed = embed_links(f"{SETTING}/{chosen}", snapshot.day, date.today())
        chart(**coming, key=f"{key}_forecast", embed=embed)
        note(wording.NOT_A_PROJECTION)
    tested = snapshot.backtest(chosen)
    paragraph(wording.tested_sentence(tested))
    if tested is not None:
        _past(snapshot, tested, name, rows, key)
        _calibration(snapshot, tested, name, rows, key)
        table(wording.score_rows(tested), alt=f"Scores of past forecasts of {name}, by how far ahead they were.")
    bullets(wording.CARE)
    address = f"forecasts/{chosen}"
    links(
        ("This forecast as JSON", api_link(address, snapshot.day)),
        ("in the columns of the forecast hubs (CSV)", api_link(address, snapshot.day, format="csv")),
    )


def forecast_cited(settings: Settings, day: date) -> list[object]:
    """Return the forecast that a page's address names, for its citation; nothing if it names none.

    Args:
        settings: The page's settings, as in its address.
        day: The day whose knowledge counts.
    """
    series, snapshot = settings.get(SETTING), snapshot_on(day)
    if series not in snapshot.forecast_series:
        return []
    found = snapshot.outlook(series)
    return [found.refusal if found.forecast is None else found.forecast.quantiles.tolist()]


def forecast_content(snapshot: Snapshot, found: Outlook) -> ChartContent | None:
    """Return the chart of a forecast; None where there is none.

    Args:
        snapshot: The evidence of a day.
        found: The forecast of a series.
    """
    if found.history is None or found.forecast is None:
        return None
    quantiles, name = found.forecast.quantiles, snapshot.series_names[found.series]
    levels = {level: quantiles[:, place].tolist() for place, level in enumerate(HUB_LEVELS)}
    title = f"{name}: observed, and forecast for the next {len(found.ends)} {found.history.step}s"
    return {
        "figure": draw_forecast(_points(found.history)[-SHOWN:], found.ends, levels, unit=found.history.unit),
        "title": title,
        "subtitle": "Diamonds are medians; upright bars hold 50, 80 and 95 % of cases.",
        "source": source_line(snapshot.evidence, snapshot.evidence.of_series(found.series)),
        "alt": f"{title}. {wording.forecast_sentence(found)}",
        "table": wording.quantile_table(found),
        "file_name": f"forecast_{found.series}",
    }


def _past(snapshot: Snapshot, tested: Backtest, name: str, rows: pd.DataFrame, key: str) -> None:
    past, history = wording.past_rows(tested), tested.past.history
    ends = past["Period to"].tolist()
    bounds = list(past[["Lower 95 %", "Median", "Upper 95 %"]].itertuples(index=False, name=None))
    shown = [point for point in _points(history) if ends and point[0] >= ends[0]]
    first = [point for point in _points(history, newest=False) if ends and point[0] >= ends[0]]
    title = f"{name}: forecast one {history.step} before, and what came"
    chart(
        figure=draw_past_forecasts(shown, first, ends, bounds, unit=history.unit),
        key=f"{key}_past_forecasts",
        title=title,
        subtitle="Each forecast knew only the periods before it.",
        source=source_line(snapshot.evidence, rows),
        alt=f"{title}. {wording.tested_sentence(tested)}",
        table=past,
        file_name=f"past_forecasts_{history.series}",
    )


def _calibration(snapshot: Snapshot, tested: Backtest, name: str, rows: pd.DataFrame, key: str) -> None:
    score, series = tested.overall, tested.past.history.series
    expected = {
        interval: (low / score.number, high / score.number) for interval, (low, high) in score.expected_hits.items()
    }
    title = f"{name}: how many outcomes the intervals held (n = {score.number})"
    chart(
        figure=draw_calibration(score.coverage, expected),
        key=f"{key}_calibration",
        title=title,
        subtitle="A right interval holds the share that it names; grey bars are still in line.",
        source=source_line(snapshot.evidence, rows),
        alt=f"{title}. {wording.tested_sentence(tested)}",
        table=pd.DataFrame(
            {
                "Interval": [percent_text(interval) for interval in score.coverage],
                "Outcomes within (%)": [100 * share for share in score.coverage.values()],
                "Forecasts": score.number,
            }
        ),
        file_name=f"calibration_{series}",
    )


def _points(history: History, *, newest: bool = True) -> list[tuple[date, float]]:
    place = -1 if newest else 0
    return [(end, editions[place][1]) for end, editions in zip(history.ends, history.editions, strict=True) if editions]
