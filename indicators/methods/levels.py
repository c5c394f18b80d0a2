"""The quantile levels of every distribution that is shown."""

LEVELS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
"""The median, and the bounds of the middle 50, 80 and 90 % of outcomes."""
