"""Arithmetic on qualifiers: what remains of "up to" or "at least" after adding, subtracting or dividing.

A qualifier says which side of the true value a figure bounds. "At least" bounds it from below, "up to" from above, an
exact count from both sides, "about" and an estimate from neither. A result keeps a bound only where both inputs
support it.
"""

from indicators.core.evidence.vocabulary import Qualifier

_BOUNDS_BELOW = {Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.MORE_THAN}
_BOUNDS_ABOVE = {Qualifier.EXACT, Qualifier.UP_TO}
_OPPOSITE = {
    Qualifier.AT_LEAST: Qualifier.UP_TO,
    Qualifier.MORE_THAN: Qualifier.UP_TO,
    Qualifier.UP_TO: Qualifier.AT_LEAST,
}


def negate(qualifier: Qualifier) -> Qualifier:
    """Return the qualifier of minus a figure (or of one over it).

    Example:
        >>> negate(Qualifier.AT_LEAST).value
        'up_to'
    """
    return _OPPOSITE.get(qualifier, qualifier)


def add(first: Qualifier, second: Qualifier) -> Qualifier:
    """Return the qualifier of a sum (or of a product of positive figures).

    Example:
        >>> add(Qualifier.EXACT, Qualifier.AT_LEAST).value
        'at_least'
        >>> add(Qualifier.UP_TO, Qualifier.AT_LEAST).value
        'estimate'
    """
    pair = {first, second}
    for fuzzy in (Qualifier.PROJECTION, Qualifier.ESTIMATE, Qualifier.ABOUT):
        if fuzzy in pair:
            return fuzzy
    below = pair <= _BOUNDS_BELOW
    above = pair <= _BOUNDS_ABOVE
    if below and above:
        return Qualifier.EXACT
    if below:
        return Qualifier.MORE_THAN if Qualifier.MORE_THAN in pair else Qualifier.AT_LEAST
    if above:
        return Qualifier.UP_TO
    return Qualifier.ESTIMATE


def subtract(minuend: Qualifier, subtrahend: Qualifier) -> Qualifier:
    """Return the qualifier of a difference (or of a quotient of positive figures).

    Example:
        >>> subtract(Qualifier.EXACT, Qualifier.AT_LEAST).value
        'up_to'
        >>> subtract(Qualifier.AT_LEAST, Qualifier.AT_LEAST).value
        'estimate'
    """
    return add(minuend, negate(subtrahend))


def implied_bounds(
    value: float, low: float | None, high: float | None, qualifier: Qualifier
) -> tuple[float | None, float | None]:
    """Return the bounds of a non-negative figure: those published, else those its qualifier implies.

    A figure "about" v without published bounds is read as rounded: v plus or minus half a unit of its last
    non-zero digit. None stands for "not bounded on this side".

    Example:
        >>> implied_bounds(7400, None, None, Qualifier.ABOUT)
        (7350.0, 7450.0)
        >>> implied_bounds(100, None, None, Qualifier.UP_TO)
        (0.0, 100)
        >>> implied_bounds(82, None, None, Qualifier.AT_LEAST)
        (82, None)
    """
    if low is not None or high is not None:
        return low, high
    if qualifier is Qualifier.EXACT:
        return value, value
    if qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        return value, None
    if qualifier is Qualifier.UP_TO:
        return 0.0, value
    if qualifier is Qualifier.ABOUT:
        half_unit = _last_digit_unit(value) / 2
        return max(value - half_unit, 0.0), value + half_unit
    return None, None


def _last_digit_unit(value: float) -> float:
    """Return the place value of the last non-zero digit: 100 for 7400, 0.1 for 34.5, 1 for 0."""
    if value == 0:
        return 1.0
    digits = f"{abs(value):f}".rstrip("0")
    whole, _, fraction = digits.partition(".")
    if fraction:
        return float(10.0 ** -len(fraction))
    return float(10.0 ** (len(whole) - len(whole.rstrip("0"))))
