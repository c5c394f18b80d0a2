"""From a part's figures to scores of pressure between 1 and 100, on three scales."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indicators.methods.index.parts import Goalposts, Part

Array = NDArray[np.floating[Any]]

CALM, WORST = 1.0, 100.0
"""Score at the goalpost that means the least pressure, and at the other one."""

SCALES = ("goalposts", "ranks", "quartiles")
"""The published scale, and the two by which robustness is judged."""


def treated(values: Array, part: Part) -> Array:
    """Return figures as they enter the scale: ln(1 + x / m) for counts, m the median of the window; else x.

    Dividing by the median first makes the unit of x irrelevant.

    Args:
        values: Figures in the part's unit; a count below 0 is taken as 0.
    """
    if part.treatment == "level":
        return values
    entered: Array = np.log1p(np.maximum(values, 0.0) / part.goalposts.middle)
    return entered


def scores(values: Array, part: Part, scale: str = "goalposts") -> Array:
    """Return the pressure that a part's figures stand for, not yet cut off at the goalposts.

    With y the treated figure and y0, y1, y2, y3, y4 the treated five numbers of the reference window:

    - goalposts: s = 1 + 99 (y - y0) / (y4 - y0)
    - ranks: 1, 25.75, 50.5, 75.25 and 100 at the five numbers, straight lines between
    - quartiles: s = 50.5 + 49.5 (y - y2) / (y3 - y1), a score by median and quartiles that gives the middle half of
      the window the same room as ranks do

    Where more means better, s is mirrored: 101 - s.

    Args:
        values: Figures in the part's unit; not a number where there is none.
        scale: One of `SCALES`.

    References:
        OECD and JRC 2008, Handbook on constructing composite indicators, section 5, ISBN 978-92-64-04345-9.

    Example:
        >>> from indicators.methods.index.parts import PARTS
        >>> talks = next(part for part in PARTS if part.id == "talks")
        >>> scores(np.array([44.0, 52.0, 60.0, 62.0]), talks).tolist()
        [1.0, 50.5, 100.0, 112.375]
    """
    posts = treated(_numbers(part.goalposts), part)
    y = treated(values, part)
    score: Array
    if scale == "goalposts":
        score = CALM + (WORST - CALM) * (y - posts[0]) / (posts[4] - posts[0])
    elif scale == "ranks":
        # Equal neighbours would make the rank at that figure ambiguous; the mean of their ranks stands for both.
        levels, places = np.unique(posts, return_inverse=True)
        ranks = np.bincount(places, np.linspace(CALM, WORST, 5)) / np.bincount(places)
        score = np.where(np.isnan(y), np.nan, np.interp(y, levels, ranks))
    else:
        middle = (CALM + WORST) / 2
        score = middle + (WORST - CALM) / 2 * (y - posts[2]) / (posts[3] - posts[1])
    return score if part.polarity < 0 else CALM + WORST - score


def _numbers(posts: Goalposts) -> Array:
    return np.array([posts.low, posts.lower, posts.middle, posts.upper, posts.high])


def capped(score: Array) -> Array:
    """Return scores cut off at the goalposts, as they enter a mean: like the dimensions of the Human Development Index.

    A score beyond a goalpost would turn negative on the morale scale, where no geometric mean exists.
    """
    return np.clip(score, CALM, WORST)
