"""Past and published forecasts, and their scores, in the columns of the hubs."""

from typing import Any

import pandas as pd

from indicators.core.text import percent_text
from indicators.methods.forecast.evaluation.backtest import Backtest, PastForecasts, Score
from indicators.methods.forecast.levels import HUB_LEVELS, Floats

MODEL, NAIVE = "ensemble", "naive"
HUB_COLUMNS = (
    "model_id", "target", "reference_date", "horizon", "target_end_date", "as_of", "output_type", "output_type_id",
    "value",
)  # fmt: skip
"""Columns of a hub's model output, with the day whose data a forecast knew; `target` is the series."""

SCORE_COLUMNS = (
    "model_id", "target", "scale", "horizon", "n", "n_origins", "wis", "wis_relative_to_naive", "crps", "ae_median",
    "interval_coverage_50", "interval_coverage_80", "interval_coverage_95", "dm_statistic", "dm_p_value",
)  # fmt: skip
"""Columns of a hub's evaluation; horizon is empty over all of them."""


def quantile_rows(
    model: str, series: str, reference: str, horizon: int, end: str, as_of: str, quantiles: Floats
) -> list[dict[str, Any]]:
    """Return one forecast as 23 rows in the columns of the hubs."""
    shared = (model, series, reference, horizon, end, as_of, "quantile")
    return [
        dict(zip(HUB_COLUMNS, (*shared, level, float(value)), strict=True))
        for level, value in zip(HUB_LEVELS, quantiles, strict=True)
    ]


def past_table(past: PastForecasts) -> pd.DataFrame:
    """Return every past forecast, ours and the naive one, with a column for what was observed."""
    history, rows = past.history, []
    for place, (origin, horizon) in enumerate(zip(past.origins, past.horizons, strict=True)):
        reference, end = history.ends[origin].isoformat(), past.target_end(place).isoformat()
        known = history.known_at(origin)
        for model, made in ((MODEL, past.quantiles), (NAIVE, past.naive)):
            as_of = "" if known is None else known.isoformat()
            found = quantile_rows(model, history.series, reference, horizon, end, as_of, made[place])
            rows += [row | {"observed": float(past.observed[place])} for row in found]
    return pd.DataFrame(rows, columns=[*HUB_COLUMNS, "observed"])


def score_table(tested: Backtest) -> pd.DataFrame:
    """Return the scores over all horizons, after ln(1 + y), and by horizon."""
    rows = [_score_row(tested, "natural", None, tested.overall)]
    if tested.logarithmic is not None:
        rows.append(_score_row(tested, "log", None, tested.logarithmic))
    rows += [_score_row(tested, "natural", horizon, score) for horizon, score in tested.by_horizon.items()]
    return pd.DataFrame(rows, columns=list(SCORE_COLUMNS))


def summary(tested: Backtest) -> dict[str, Any]:
    """Return the scores as `python -m indicators backtest --json` prints them."""
    return {
        "series": tested.past.history.series,
        "n_origins": tested.past.number_of_origins,
        "relative_wis": tested.overall.relative_wis,
        "wis": tested.overall.wis,
        "coverage": _coverage(tested.overall),
        "by_horizon": [
            {
                "horizon": horizon,
                "n": score.number,
                "wis": score.wis,
                "relative_wis": score.relative_wis,
                "mae": score.absolute_error,
                "coverage": _coverage(score),
            }
            for horizon, score in tested.by_horizon.items()
        ],
    }


def verdict(tested: Backtest) -> str:
    """Say in one sentence what a backtest shows."""
    origins, relative = tested.past.number_of_origins, tested.overall.relative_wis
    if relative is None:
        return f"Insufficient backtest: {origins} past forecasts; 10 are needed to say how good they are."
    apart = abs(1 - relative)
    if apart < 0.005:
        return f"Over {origins} past forecasts the error was the same as that of repeating the last value."
    word = "smaller" if relative < 1 else "larger"
    by = f"{percent_text(apart)} {word}"
    return f"Over {origins} past forecasts the error was {by} than that of repeating the last value."


def _coverage(score: Score) -> dict[str, float]:
    return {f"{interval:g}": share for interval, share in score.coverage.items()}


def _score_row(tested: Backtest, scale: str, horizon: int | None, score: Score) -> dict[str, Any]:
    return {
        "model_id": MODEL,
        "target": tested.past.history.series,
        "scale": scale,
        "horizon": "" if horizon is None else horizon,
        "n": score.number,
        "n_origins": tested.past.number_of_origins,
        "wis": score.wis,
        "wis_relative_to_naive": score.relative_wis,
        "crps": score.crps,
        "ae_median": score.absolute_error,
        **{f"interval_coverage_{100 * interval:.0f}": share for interval, share in score.coverage.items()},
        "dm_statistic": None if score.comparison is None else score.comparison.statistic,
        "dm_p_value": None if score.comparison is None else score.comparison.probability,
    }
