"""Morale indicators computed from published, dated and qualified figures.

The public surface is small: load the evidence, restrict it to what was known on a day, and compute an indicator.

Example:
    >>> from datetime import date, datetime
    >>> table = get_indicator("refusal_cases").compute(as_of(load_evidence(), date(2023, 8, 30)))
    >>> bool(table["known"].max() <= datetime(2023, 8, 30))
    True
"""

from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.load import load_evidence
from indicators.core.registry import all_indicators, get_indicator

__version__ = "0.1.0"
__all__ = ["__version__", "all_indicators", "as_of", "get_indicator", "load_evidence"]
