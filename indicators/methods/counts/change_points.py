"""Where a series of counts changed its rate, if it changed once: the exact posterior of the date."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LIKELY = 0.9


@dataclass(frozen=True, kw_only=True)
class ChangePoint:
    """One change of a Poisson rate at an unknown date.

    Args:
        probabilities: Posterior probability that the first part has 1, 2, ..., n - 1 counts; sums to 1, given that
            there was one change.
        log_bayes_factor: Natural logarithm of how much better one change explains the counts than none.
        rate_before: Events per unit of exposure in that first part.
        rate_after: Events per unit of exposure after it.
    """

    probabilities: tuple[float, ...]
    log_bayes_factor: float
    most_likely: int
    rate_before: float
    rate_after: float


def single_change(
    counts: Sequence[int],
    exposures: Sequence[float] | None = None,
    *,
    spread: float = 1.0,
    prior_shape: float = 0.5,
    prior_exposure: float = 0.1,
) -> ChangePoint:
    """Return the posterior of one change in a Poisson rate, each date equally probable beforehand.

    ln p(counts, change after t) = g(1..t) + g(t+1..n), g = a ln b - ln Gamma(a) + ln Gamma(a + S) - (a + S) ln(b + E),
    S the events and E the exposure of a part, both divided by the spread phi, both rates Gamma(a, b) beforehand. Counts
    that vary phi times as much as Poisson counts are worth 1 / phi as many of them, so the posterior is tempered; with
    a spread of 1 they are taken for Poisson counts.

    Args:
        counts: y_1 to y_n, whole numbers of 0 or more; at least two.
        exposures: Exposure of each count, such as its days or troops times weeks, above 0; None for 1 each.
        spread: phi, 1 or more.
        prior_shape: a, above 0.
        prior_exposure: b, above 0, in the unit of the exposures.

    Raises:
        ValueError: If there are fewer than two counts, or a value is out of range.

    References:
        Carlin, Gelfand and Smith 1992, J. R. Stat. Soc. C 41(2):389, doi 10.2307/2347570.

    Example:
        >>> change = single_change([4, 5, 4, 1, 0, 1])
        >>> change.most_likely, round(change.probabilities[2], 3), round(change.log_bayes_factor, 3)
        (3, 0.699, 1.96)
    """
    events, exposure = _checked(counts, exposures)
    if not (prior_shape > 0 and prior_exposure > 0):
        raise ValueError(f"expected a prior shape and exposure above 0, got {prior_shape} and {prior_exposure}")
    if not 1 <= spread < math.inf:
        raise ValueError(f"expected a spread of 1 or more, got {spread}")
    events, exposure = events / spread, exposure / spread
    before, before_exposure = np.cumsum(events)[:-1], np.cumsum(exposure)[:-1]
    whole, whole_exposure = np.array([events.sum()]), np.array([exposure.sum()])
    after, after_exposure = whole - before, whole_exposure - before_exposure

    def log_marginal(part: Floats, size: Floats) -> Floats:
        constant = prior_shape * math.log(prior_exposure) - math.lgamma(prior_shape)
        shape = prior_shape + part
        result: Floats = constant + scipy.special.gammaln(shape) - shape * np.log(prior_exposure + size)
        return result

    joint = log_marginal(before, before_exposure) + log_marginal(after, after_exposure)
    total = float(scipy.special.logsumexp(joint))
    probabilities = np.exp(joint - total)
    likelihoods = _log_likelihood(before, before_exposure) + _log_likelihood(after, after_exposure)
    best = int(np.argmax(likelihoods))
    return ChangePoint(
        probabilities=tuple(probabilities.tolist()),
        log_bayes_factor=total - math.log(len(joint)) - float(log_marginal(whole, whole_exposure)[0]),
        most_likely=best + 1,
        rate_before=float(before[best] / before_exposure[best]),
        rate_after=float(after[best] / after_exposure[best]),
    )


def likeliest_dates(change: ChangePoint) -> tuple[int, ...]:
    """Return the shortest set of first parts that holds the change with a probability of `LIKELY`.

    Returns:
        Lengths of the first part, in order.

    Example:
        >>> likeliest_dates(single_change([4, 5, 4, 1, 0, 1]))
        (2, 3, 4)
    """
    ranked = sorted(range(len(change.probabilities)), key=lambda place: -change.probabilities[place])
    held = np.cumsum([change.probabilities[place] for place in ranked])
    # The last one is needed where rounding leaves their sum a hair below the share.
    needed = min(int((held < LIKELY).sum()) + 1, len(ranked))
    return tuple(sorted(place + 1 for place in ranked[:needed]))


def _checked(counts: Sequence[int], exposures: Sequence[float] | None) -> tuple[Floats, Floats]:
    events = np.asarray(counts, dtype=np.float64)
    exposure = np.ones(len(events)) if exposures is None else np.asarray(exposures, dtype=np.float64)
    if len(events) < 2 or len(exposure) != len(events):
        raise ValueError(f"expected at least two counts and as many exposures, got {len(events)} and {len(exposure)}")
    if not (np.isfinite(events) & (events >= 0) & (events == np.rint(events))).all():
        raise ValueError(f"expected whole counts of 0 or more, got {list(counts)}")
    if not (np.isfinite(exposure) & (exposure > 0)).all():
        raise ValueError(f"expected exposures above 0, got {exposure.tolist()}")
    return events, exposure


def _log_likelihood(events: Floats, exposure: Floats) -> Floats:
    # The highest Poisson log likelihood of each part, without terms that are the same wherever the change is.
    result: Floats = scipy.special.xlogy(events, events / exposure) - events
    return result
