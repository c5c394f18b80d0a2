"""Scores of past forecasts, and the ledger of those that were published."""
