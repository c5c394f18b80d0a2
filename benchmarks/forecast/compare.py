"""The same forecasts by ours and by others, scored by the same code."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from indicators.core.evidence.load import load_evidence
from indicators.methods.forecast.ensemble import forecast_of
from indicators.methods.forecast.evaluation.backtest import PastForecasts, past_forecasts
from indicators.methods.forecast.evaluation.scores import coverage, weighted_interval_score
from indicators.methods.forecast.history import history_of

PEERS = (
    ("Naive", 1), ("AutoETS", 1), ("AutoETS", 12), ("AutoTheta", 1), ("AutoTheta", 12), ("AutoCES", 1),
    ("AutoCES", 12), ("AutoARIMA", 1), ("AutoARIMA", 12), ("Prophet", 1), ("Prophet", 12), ("Fracast", 1),
)  # fmt: skip
FEWEST = 30


def monthly_series() -> list[PastForecasts]:
    """Return our forecasts at all origins of every monthly series with 30 figures or more."""
    evidence, found = load_evidence(), []
    for series in evidence.series["series"]:
        try:
            history = history_of(evidence, series)
        except ValueError:
            continue
        if history.step == "month" and (~np.isnan(history.values)).sum() >= FEWEST:
            found.append(past_forecasts(history))
    return found


def run_peer(python: Path, model: str, season: int, series: list[PastForecasts]) -> dict[str, Any]:
    """Return a peer's forecasts at the same origins."""
    tasks = [
        {
            "values": [None if np.isnan(value) else value for value in one.history.seen_at(origin)[0]],
            "ends": [end.isoformat() for end in one.history.ends[: origin + 1]],
            "ahead": max(horizon for at, horizon in zip(one.origins, one.horizons, strict=True) if at == origin),
        }
        for one in series
        for origin in dict.fromkeys(one.origins)
    ]
    asked = json.dumps({"model": model, "season": season, "tasks": tasks})
    script = str(Path(__file__).with_name("peers.py"))
    done = subprocess.run([str(python), script], input=asked, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def peer_quantiles(series: list[PastForecasts], answers: list[Any]) -> list[np.ndarray]:
    """Return a peer's quantiles in the rows of ours."""
    found, place = [], 0
    for one in series:
        by_origin = {origin: place + index for index, origin in enumerate(dict.fromkeys(one.origins))}
        place += len(by_origin)
        pairs = zip(one.origins, one.horizons, strict=True)
        found.append(np.array([answers[by_origin[origin]][horizon - 1] for origin, horizon in pairs]))
    return found


def row_of(name: str, places: list[int], series: list[PastForecasts], made: list[np.ndarray], seconds: float) -> str:
    """Return one row of the table: WIS over the naive forecast, coverage and time, over some of the series."""
    chosen = [(series[place], made[place]) for place in places]
    means = [weighted_interval_score(quantiles, one.observed).mean() for one, quantiles in chosen]
    naive = [weighted_interval_score(one.naive, one.observed).mean() for one, _ in chosen]
    held = [coverage(quantiles, one.observed) for one, quantiles in chosen]
    ratio = float(np.exp(np.mean(np.log(np.array(means) / np.array(naive)))))
    shares = [f"{np.mean([share[interval] for share in held]):.2f}" for interval in (0.5, 0.8, 0.95)]
    return f"| {name} | {ratio:.3f} | {' | '.join(shares)} | {1000 * seconds:.0f} |"


def own_seconds(series: list[PastForecasts]) -> float:
    """Return the median time of one of our forecasts of 12 months."""
    seconds = []
    for one in series[:5]:
        for _ in range(3):
            start = time.perf_counter()
            forecast_of(one.history, one.history.values, 12)
            seconds.append(time.perf_counter() - start)
    return float(np.median(seconds))


def compare(python: Path) -> str:
    """Return the tables of all forecasters, on series without gaps and on all."""
    series = monthly_series()
    found = [("**ours**", [one.quantiles for one in series], own_seconds(series))]
    found.append(("naive of the hubs", [one.naive for one in series], 0.0))
    for model, season in PEERS:
        done = run_peer(python, model, season, series)
        failed = f" ({done['failed']} failed)" if done["failed"] else ""
        name = f"{model}, season {season}{failed}"
        found.append((name, peer_quantiles(series, done["quantiles"]), done["median_seconds"]))
        print(row_of(name, [*range(len(series))], series, *found[-1][1:]), file=sys.stderr, flush=True)
    evenly = [place for place, one in enumerate(series) if not np.isnan(one.history.values).any()]
    parts = []
    for title, places in (("without gaps", evenly), ("all", [*range(len(series))])):
        origins = sum(series[place].number_of_origins for place in places)
        head = (
            f"{len(places)} monthly series with {FEWEST} figures or more, {title}; {origins} origins, 1 to 6 months.\n"
        )
        columns = "| Forecaster | WIS over naive | in 50 % | in 80 % | in 95 % | ms a forecast |"
        rule = "| --- | ---: | ---: | ---: | ---: | ---: |"
        parts.append("\n".join([head, columns, rule, *(row_of(name, places, series, *made) for name, *made in found)]))
    return "\n\n".join(parts)
