"""Measurements of speed, beside other dashboards that do the same work."""
