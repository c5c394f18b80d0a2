"""Morale indicators computed from published, dated and qualified figures.

The public surface is small: load the evidence, list the indicators, compute one, project a rate.
"""

__version__ = "0.1.0"
