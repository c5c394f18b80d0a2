"""Counts before and after a known date: how the rate stood on either side, without a word on why.

The population counted, the law and the way of counting may have changed at the same time; a comparison in time can't
tell these apart. What happens on the date may also show only weeks or months later.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from indicators.core.periods import DAYS_PER_WEEK, Figure, days_between
from indicators.core.vocabulary import Qualifier
from indicators.methods.counts import pearson_dispersion
from indicators.methods.period_comparison import rate_ratio

POINTS_NEEDED = 8
PERIODS_NEEDED = 3
MOST_DISPERSION = 10.0
_MAXIMUM_LAG = 3
_PARAMETERS = 4
_CAUTION = "The range covers the ups and downs of single periods alone, and other things changed at that time too."
Floats = NDArray[np.float64]
Method = Literal["interrupted_series", "rate_ratio", "none"]


@dataclass(frozen=True, kw_only=True)
class EventStudy:
    """What counts say about the rate on both sides of a date.

    Args:
        method: How they were compared; "none" if they can't be.
        ratio: Level just after over the level that the earlier trend leads to (interrupted series), or rate after over
            rate before (rate ratio); None without a comparison.
        low: Lower end of its 95 % interval.
        high: Upper end.
        trend_ratio: Factor by which weekly growth changed; only with an interrupted series.
        periods_before: Counts wholly before the date.
        periods_after: Counts that start on the date or later.
        known: Day on which the last of these counts was known; None if there are none.
        sentence: The answer in words.
    """

    method: Method
    ratio: float | None
    low: float | None
    high: float | None
    trend_ratio: float | None
    periods_before: int
    periods_after: int
    known: date | None
    sentence: str


def study_event(periods: Sequence[Figure], event: date, *, persons: Sequence[float] | None = None) -> EventStudy:
    """Compare counts before a date with counts from that date on.

    With at least 8 counts on each side: ln mu = a + b t + c [t >= 0] + d max(t, 0) + ln(exposure), t in weeks from the
    date to the middle of the period, negative binomial, errors robust to autocorrelation up to lag 3; the ratio is
    exp(c), the trend ratio exp(d). With fewer: the ratio of the two rates, its score interval widened on the log scale
    by sqrt(phi) where the counts vary phi > 1 times as much as chance counts around the two rates (quasi-Poisson).
    There is no comparison with fewer than 3 periods on a side, since one or two show no scatter to widen by, nor where
    phi is above 10: there the counts drift or come in bursts, which a single factor does not cover. A period that
    spans the date is left out.

    Args:
        periods: Counts of one series, definition and counter; whole numbers of 0 or more, in periods that do not
            overlap.
        event: First day of the later part.
        persons: Population at risk in each period, above 0; None compares counts per week.

    Raises:
        ValueError: If a count is not whole or negative, periods overlap, or the persons do not fit the periods.

    References:
        Interrupted series: Bernal, Cummins and Gasparrini 2017, Int. J. Epidemiology 46:348, doi 10.1093/ije/dyw098.
        Quasi-Poisson: McCullagh and Nelder 1989, Generalized Linear Models, 2nd ed., section 6.2.3.

    Example:
        >>> from indicators.core.vocabulary import KnownBasis
        >>> def month(number, count):
        ...     return Figure(period_start=date(2023, number, 1), period_end=date(2023, number, 28), value=count,
        ...         low=None, high=None, qualifier=Qualifier.EXACT, known=date(2023, 12, 1),
        ...         known_basis=KnownBasis.PUBLISHED, source_ids=("s",), inputs=("o",))
        >>> months = [month(number, count) for number, count in enumerate([20, 25, 15, 35, 45, 40], start=1)]
        >>> study = study_event(months, date(2023, 4, 1))
        >>> study.method, study.ratio
        ('rate_ratio', 2.0)
    """
    exposure_by_period = _exposures(periods, persons)
    ordered = sorted(exposure_by_period, key=lambda pair: pair[0].period_start)
    _check(ordered)
    before = [pair for pair in ordered if pair[0].period_end < event]
    after = [pair for pair in ordered if pair[0].period_start >= event]
    used = [figure for figure, _ in (*before, *after)]
    spanning = len(ordered) - len(used)

    def answer(method: Method, sentence: str, *numbers: float) -> EventStudy:
        ratio, low, high, trend_ratio = (*numbers, None, None, None, None)[:4]
        notes = [sentence]
        if spanning:
            notes.append("One period spans the date and is left out.")
        if method != "none":
            notes.append(_CAUTION)
        if any(figure.qualifier is not Qualifier.EXACT for figure in used):
            notes.append("Not every count is exact.")
        return EventStudy(
            method=method,
            ratio=ratio,
            low=low,
            high=high,
            trend_ratio=trend_ratio,
            periods_before=len(before),
            periods_after=len(after),
            known=max((figure.known for figure in used), default=None),
            sentence=" ".join(notes),
        )

    day = f"{event:%-d %b %Y}"
    if not before or not after:
        side = "before" if not before else "after"
        return answer("none", f"There is no comparison around {day}: no count lies wholly {side} it.")
    events_before, events_after = (int(sum(figure.value for figure, _ in part)) for part in (before, after))
    if events_before == 0 or events_after == 0:
        side = "before" if events_before == 0 else "after"
        return answer("none", f"There is no comparison around {day}: nothing was counted {side} it.")
    sizes = f"{_periods(len(before))} before, {len(after)} after"
    if min(len(before), len(after)) >= POINTS_NEEDED:
        fitted = _interrupted_series([*before, *after], event)
        if fitted is not None:
            ratio, low, high, _ = fitted
            return answer(
                "interrupted_series",
                f"At {day} the counted rate stood at {ratio:.2f} times the level that the trend before leads to "
                f"(95 % interval {low:.2f} to {high:.2f}; {sizes}).",
                *fitted,
            )
    if min(len(before), len(after)) < PERIODS_NEEDED:
        return answer(
            "none",
            f"There is no comparison around {day}: {sizes}, and fewer than {PERIODS_NEEDED} on a side do not show how "
            "much such counts go up and down by themselves.",
        )
    exposure_before, exposure_after = (sum(exposure for _, exposure in part) for part in (before, after))
    expected = [events_before / exposure_before * exposure for _, exposure in before]
    expected += [events_after / exposure_after * exposure for _, exposure in after]
    spread = pearson_dispersion([figure.value for figure in used], expected, fitted=2)
    if spread > MOST_DISPERSION:
        return answer(
            "none",
            f"There is no comparison around {day}: even around one rate before and one after, these counts vary "
            f"{spread:,.0f} times as much as chance counts would ({sizes}), so a ratio would look far surer than it "
            "is.",
        )
    ratio, low, high = rate_ratio(events_before, exposure_before, events_after, exposure_after)
    wider = math.sqrt(max(spread, 1.0))
    low, high = (ratio * (end / ratio) ** wider for end in (low, high))
    widened = f"; wider by the unevenness of the counts, {spread:.1f} times that of chance" if spread > 1 else ""
    return answer(
        "rate_ratio",
        f"From {day} the counted rate was {ratio:.2f} times the rate before "
        f"(95 % interval {low:.2f} to {high:.2f}; {sizes}{widened}).",
        ratio,
        low,
        high,
    )


def _periods(count: int) -> str:
    return f"{count} period" + ("" if count == 1 else "s")


def _exposures(periods: Sequence[Figure], persons: Sequence[float] | None) -> list[tuple[Figure, float]]:
    population = [1.0] * len(periods) if persons is None else list(persons)
    if len(population) != len(periods) or not all(0 < size < math.inf for size in population):
        raise ValueError(f"expected a number of persons above 0 for each of {len(periods)} periods, got {population}")
    return [
        (figure, days_between(figure.period_start, figure.period_end) / DAYS_PER_WEEK * size)
        for figure, size in zip(periods, population, strict=True)
    ]


def _check(ordered: Sequence[tuple[Figure, float]]) -> None:
    for figure, _ in ordered:
        if figure.value < 0 or not float(figure.value).is_integer():
            raise ValueError(
                f"expected whole counts of 0 or more, got {figure.value} for the period from {figure.period_start}"
            )
    for (earlier, _), (later, _) in pairwise(ordered):
        if later.period_start <= earlier.period_end:
            raise ValueError(
                f"expected periods that do not overlap, got one that ends on {earlier.period_end} and one that starts "
                f"on {later.period_start}"
            )


def _interrupted_series(
    points: Sequence[tuple[Figure, float]], event: date
) -> tuple[float, float, float, float] | None:
    """Return step ratio, its interval and trend ratio; None where the fit finds no finite answer."""
    # Imported here because it takes longer to import than all else in this package together.
    import statsmodels.api as sm
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

    counts = np.array([figure.value for figure, _ in points])
    exposures = np.array([exposure for _, exposure in points])
    weeks = np.array(
        [((f.period_start - event).days + (f.period_end - event).days) / 2 / DAYS_PER_WEEK for f, _ in points]
    )
    post = (weeks >= 0).astype(np.float64)
    design = np.column_stack([np.ones(len(counts)), weeks, post, post * weeks])

    def model(family: object) -> sm.GLM:
        return sm.GLM(counts, design, family=family, exposure=exposures)

    try:
        with np.errstate(over="raise", divide="raise", invalid="raise"), warnings.catch_warnings():
            # Counts without any scatter would get an interval without any width.
            warnings.simplefilter("error", PerfectSeparationWarning)
            expected = model(sm.families.Poisson()).fit().fittedvalues
            alpha = float((((counts - expected) ** 2 - counts) / expected**2).sum()) / (len(counts) - _PARAMETERS)
            family = sm.families.NegativeBinomial(alpha=alpha) if alpha > 0 else sm.families.Poisson()
            result = model(family).fit(cov_type="HAC", cov_kwds={"maxlags": _MAXIMUM_LAG})
            low, high = np.exp(result.conf_int()[2])
            step, trend = np.exp(result.params[2:])
    except (FloatingPointError, np.linalg.LinAlgError, PerfectSeparationWarning):
        return None
    return (float(step), float(low), float(high), float(trend)) if result.converged else None
