"""Counts of dated events: intervals, windows, completeness, changes and editions."""
