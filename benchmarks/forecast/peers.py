"""Forecasts by other libraries, in an environment of their own: series as JSON in, quantiles as JSON out.

Run by `compare.py`; imports nothing of the project.
"""

from __future__ import annotations

import json
import logging
import statistics
import sys
import time
import warnings
from functools import cache
from typing import Any

import numpy as np

INTERVALS = [98, 95, *range(90, 0, -10)]
"""Central intervals in percent, whose bounds and the median are the 23 levels of the forecast hubs."""

LEVELS = [0.01, 0.025, *(round(0.05 * step, 2) for step in range(1, 20)), 0.975, 0.99]


def statsforecast_model(name: str, season: int) -> Any:
    """Return a model by its name."""
    from statsforecast import models

    return models.Naive() if name == "Naive" else getattr(models, name)(season_length=season)


def by_statsforecast(name: str, season: int, values: np.ndarray, ends: list[str], ahead: int) -> np.ndarray:
    """Return quantiles with axes h, level."""
    found = statsforecast_model(name, season).forecast(y=values, h=ahead, level=INTERVALS)
    low = [found[f"lo-{level}"] for level in INTERVALS]
    high = [found[f"hi-{level}"] for level in reversed(INTERVALS)]
    return np.stack([*low, found["mean"], *high], axis=1)


def by_prophet(name: str, season: int, values: np.ndarray, ends: list[str], ahead: int) -> np.ndarray:
    """Return quantiles with axes h, level."""
    import pandas as pd
    from prophet import Prophet

    model = Prophet(weekly_seasonality=False, daily_seasonality=False, yearly_seasonality=season > 1)
    np.random.seed(1)
    model.fit(pd.DataFrame({"ds": pd.to_datetime(ends), "y": values}), seed=1)
    future = model.make_future_dataframe(periods=ahead, freq="ME", include_history=False)
    return np.quantile(model.predictive_samples(future)["yhat"], LEVELS, axis=1).T


@cache
def pretrained() -> Any:
    """Return the pretrained model, with the weights that its package brings."""
    from fracast import FracastModel

    return FracastModel.from_pretrained(weights="fp32")


def by_fracast(name: str, season: int, values: np.ndarray, ends: list[str], ahead: int) -> np.ndarray:
    """Return quantiles with axes h, level: straight lines between its own levels, as on normal probability paper."""
    own = np.sort(pretrained().forecast(values, horizon=ahead), axis=1)
    normal = statistics.NormalDist().inv_cdf
    at, asked = (np.array([normal(level) for level in levels]) for levels in (pretrained().quantiles, LEVELS))
    inside = np.array([np.interp(asked, at, row) for row in own])
    low = own[:, [0]] + (own[:, [1]] - own[:, [0]]) / (at[1] - at[0]) * np.minimum(asked - at[0], 0)
    high = (own[:, [-1]] - own[:, [-2]]) / (at[-1] - at[-2]) * np.maximum(asked - at[-1], 0)
    return np.where(asked < at[0], low, inside) + high


def main() -> None:
    """Forecast every series at every origin by one model."""
    warnings.filterwarnings("ignore")
    logging.disable(logging.INFO)
    asked = json.load(sys.stdin)
    name, season = asked["model"], asked["season"]
    make = {"Prophet": by_prophet, "Fracast": by_fracast}.get(name, by_statsforecast)
    answers, seconds, failed = [], [], 0
    for task in asked["tasks"]:
        values = np.array([np.nan if value is None else value for value in task["values"]], dtype=float)
        there = ~np.isnan(values)
        values = np.interp(np.arange(len(values)), np.flatnonzero(there), values[there])
        start = time.perf_counter()
        try:
            found = make(name, season, values, task["ends"], task["ahead"])
        except Exception:
            failed += 1
            found = by_statsforecast("Naive", 1, values, task["ends"], task["ahead"])
        seconds.append(time.perf_counter() - start)
        found = np.sort(np.maximum(found, 0.0) if values.min() >= 0 else found, axis=1)
        answers.append(found.tolist())
    json.dump({"quantiles": answers, "median_seconds": float(np.median(seconds)), "failed": failed}, sys.stdout)


if __name__ == "__main__":
    main()
