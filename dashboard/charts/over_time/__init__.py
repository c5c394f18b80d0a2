"""Figures, events and assessments over time, as they were published."""
