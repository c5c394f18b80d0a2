"""Figures and their arithmetic: periods, qualifiers, totals, rates and the newest of each indicator."""
