"""The one rule by which figures in sentences are rounded: two digits of meaning, limits outwards, tables exact."""

import math
from collections.abc import Callable


def two_digits(value: float) -> float:
    """Round to two significant digits, and below 100 to whole numbers, half to even.

    Example:
        >>> two_digits(8011.5), two_digits(3786.67), two_digits(45.2), two_digits(-104)
        (8000, 3800, 45, -100)
    """
    return _rounded(value, round)


def lower_limit(value: float) -> float:
    """Round a lower limit down to two significant digits, so that it stays one.

    Example:
        >>> lower_limit(5132.0), lower_limit(4579.0)
        (5100, 4500)
    """
    return _rounded(value, math.floor)


def upper_limit(value: float) -> float:
    """Round an upper limit up to three significant digits: it stays one, and near enough to be the same.

    Example:
        >>> upper_limit(17135.0)
        17200
    """
    return _rounded(value, math.ceil, 3)


def two_digit_ratio(ratio: float) -> float:
    """Round a ratio to two significant digits, and to one decimal from 1 on.

    Example:
        >>> two_digit_ratio(1.5407), two_digit_ratio(0.8821), two_digit_ratio(12.34)
        (1.5, 0.88, 12.3)
    """
    return round(ratio, 1 if abs(ratio) >= 1 else 2)


def _rounded(value: float, whole: Callable[[float], int], kept: int = 2) -> float:
    digits = len(str(int(abs(value))))
    unit = int(f"1{'0' * max(digits - kept, 0)}")
    return whole(value / unit) * unit
