"""Sentences and tables about forecasts."""

import math
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from indicators.core.figures.rounding import lower_limit, two_digits, upper_limit
from indicators.core.text import day_text, month_text, number_text, percent_text
from indicators.methods.forecast.evaluation.backtest import Backtest, Score
from indicators.methods.forecast.evaluation.ledger import PROJECTION, EntryStatus, LedgerEntry, counts_of_entries
from indicators.methods.forecast.evaluation.tables import verdict
from indicators.methods.forecast.history import History, Step
from indicators.methods.forecast.levels import HUB_LEVELS, MEDIAN, bounds_of
from indicators.methods.forecast.outlook import Outlook

NOT_A_PROJECTION = (
    "A forecast says what is likely, whatever the reason, and is scored; a projection says only what follows if its "
    "assumptions hold. This one knows nothing but the series' own past: no plans, no events."
)
WIS_MEANS = (
    "WIS is the mean error of a forecast together with its intervals. Below 1 times that of repeating the last value, "
    "on the same days with the same data, is better; p says how often chance alone makes such a difference."
)
CARE = (
    "Intervals come from how far the same models missed before. A change of a kind not seen yet falls outside them.",
    "A counter may change its method or stop. Then a forecast of the series is not one of the events behind it.",
    WIS_MEANS,
    "Forecasts of neighbouring months miss together, so the range of what is still in line is too narrow.",
)
STATUS_WORDS: Mapping[EntryStatus, str] = {
    EntryStatus.RESOLVED: "scored",
    EntryStatus.OPEN: "still open",
    EntryStatus.VOID: "void",
}


def period_text(history: History, end: object) -> str:
    """Name a period by its month, or by the last day of its week."""
    return month_text(end) if history.step == "month" else f"the week to {day_text(end)}"


def forecast_sentence(found: Outlook) -> str:
    """Say what is forecast for the next period, or why nothing is."""
    if found.history is None or found.forecast is None:
        return found.refusal
    low, high = bounds_of(0.8)
    row = found.forecast.quantiles[0]
    # Rounding to units would leave nothing of a number below 10.
    fine = abs(row[MEDIAN]) < 10
    least, middle, most = (
        number_text(value if fine else rounded(value))
        for value, rounded in ((row[low], lower_limit), (row[MEDIAN], two_digits), (row[high], upper_limit))
    )
    return (
        f"Forecast for {period_text(found.history, found.ends[0])}, the first period without a complete figure: about "
        f"{middle} {found.history.unit}, and in 8 of 10 cases {least} to {most}.{_left_out(found.history)}"
    )


def _left_out(history: History) -> str:
    if not history.left_out:
        return ""
    many = history.left_out > 1
    periods = f"{history.left_out} newer {history.step}s" if many else f"The newest {history.step}"
    return f" {periods} {'are' if many else 'is'} left out as incomplete."


def tested_sentence(tested: Backtest | None) -> str:
    """Say how good such forecasts have been, and how many could not be made.

    Args:
        tested: Scores of past forecasts; None where none could be made.
    """
    if tested is None:
        return "No backtest: no past forecast could be made of which the outcome is known."
    return f"{score_sentence(tested)}{_vintages(tested)}"


def score_sentence(tested: Backtest) -> str:
    """Say how good past forecasts of a series were, whatever was known of it at the time."""
    shares = tested.overall.coverage
    within = f"{percent_text(shares[0.8])} of outcomes, the 95 % interval {percent_text(shares[0.95])}"
    held = (
        f"{_width_sentence(tested.overall)} The 80 % interval held {within} (n = {number_text(tested.overall.number)})."
    )
    voids = tested.past.voids
    none = f" At {voids} more past days no forecast could be made or scored." if voids else ""
    return f"{verdict(tested)} {held}{none}"


def _width_sentence(score: Score) -> str:
    """Say whether intervals held as many outcomes as right ones would, by those of 80 %."""
    low, high = score.expected_hits[0.8]
    hits = round(score.coverage[0.8] * score.number)
    if low <= hits <= high:
        return "The intervals held about as many outcomes as they should."
    return f"The intervals were too {'narrow' if hits < low else 'wide'}."


def _vintages(tested: Backtest) -> str:
    origins, known = tested.past.number_of_origins, tested.past.vintages
    if known == origins:
        return " Each knew only what had been published by its day."
    return (
        f" Only {known} of {origins} could be made from figures as published by their day; the others use later ones."
    )


def score_rows(tested: Backtest) -> pd.DataFrame:
    """Return the scores by periods ahead for people."""
    step: Step = tested.past.history.step
    scores: list[tuple[str, Score]] = [(f"{h} {step}{'' if h == 1 else 's'}", s) for h, s in tested.by_horizon.items()]
    rows = [
        {
            "Ahead": name,
            "Forecasts": number_text(score.number),
            "Mean error": number_text(score.absolute_error),
            "WIS": number_text(score.wis),
            "WIS / last value's": "" if score.relative_wis is None else number_text(score.relative_wis),
            **{f"In {percent_text(interval)}": percent_text(share) for interval, share in score.coverage.items()},
            "p if equal": "" if score.comparison is None else _probability_text(score.comparison.probability),
        }
        for name, score in [*scores, ("all", tested.overall)]
    ]
    return pd.DataFrame(rows)


def _probability_text(probability: float) -> str:
    least = 0.001
    return f"below {number_text(least)}" if probability < least else number_text(probability)


def quantile_table(found: Outlook) -> pd.DataFrame:
    """Return the forecast for people, one row for each period."""
    if found.forecast is None:
        return pd.DataFrame()
    columns = {"Period to": [day_text(end) for end in found.ends]}
    return pd.DataFrame(
        columns | {percent_text(level, 1): found.forecast.quantiles[:, place] for place, level in enumerate(HUB_LEVELS)}
    )


def past_rows(tested: Backtest) -> pd.DataFrame:
    """Return the forecasts one period ahead beside what came."""
    past, (low, high) = tested.past, bounds_of(0.95)
    places = [place for place, horizon in enumerate(past.horizons) if horizon == 1]
    return pd.DataFrame(
        {
            "Period to": [past.target_end(place) for place in places],
            "Lower 95 %": past.quantiles[places, low],
            "Median": past.quantiles[places, MEDIAN],
            "Upper 95 %": past.quantiles[places, high],
            "Came": past.observed[places],
        }
    )


def ledger_sentence(entries: Sequence[LedgerEntry]) -> str:
    """Say how many forecasts were written down, and what became of them."""
    if not entries:
        return "No forecast had been written down by this day."
    counts = counts_of_entries(entries)
    states = ", ".join(f"{counts[status]} {words}" for status, words in STATUS_WORDS.items())
    scored = [one for one in entries if one.status is EntryStatus.RESOLVED and one.wis is not None and one.naive_wis]
    if len(scored) < 10:
        return f"{len(entries)} forecasts written down: {states}. Fewer than 10 are scored, too few to judge them."
    ratio = math.exp(sum(math.log(max(one.wis or 0, 1e-9) / (one.naive_wis or 1)) for one in scored) / len(scored))
    error = f"Their error is {number_text(round(ratio, 2))} times that of the last value."
    return f"{len(entries)} forecasts written down: {states}. {error}"


def ledger_table(entries: Iterable[LedgerEntry], names: Mapping[str, str]) -> pd.DataFrame:
    """Return the forecasts that were written down, for people; of those still open the next period of each series.

    Args:
        entries: All of them, the newest file first and in it the nearest period of a series.
    """
    rows, shown = [], set()
    for one in entries:
        if one.status is EntryStatus.OPEN:
            if one.series in shown:
                continue
            shown.add(one.series)
        middle = one.levels.index(0.5) if 0.5 in one.levels else None
        rows.append(
            {
                "Written": day_text(one.written),
                "What": names.get(one.series, one.series) if one.model != PROJECTION else f"Projection {one.series}",
                "Period to": day_text(one.target_end),
                "Median": "" if middle is None else number_text(one.quantiles[middle]),
                "5 % to 95 %": _range_text(one),
                "State": STATUS_WORDS[one.status] + (f": {one.reason}" if one.status is EntryStatus.VOID else ""),
                "Came": "" if one.observed is None else number_text(one.observed),
                "WIS": "" if one.wis is None else number_text(one.wis),
            }
        )
    table = pd.DataFrame(rows)
    return table.drop(columns=[name for name in ("Came", "WIS") if name in table and not table[name].any()])


def _range_text(one: LedgerEntry) -> str:
    if 0.05 not in one.levels or 0.95 not in one.levels:
        return ""
    low, high = (one.quantiles[one.levels.index(level)] for level in (0.05, 0.95))
    return f"{number_text(low)} to {number_text(high)}"
