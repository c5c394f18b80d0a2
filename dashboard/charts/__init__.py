"""Charts as plain figures: a table goes in, a dictionary that Plotly can draw comes out.

Colours are tokens of `palette`, and ``layout.meta`` is ``{"empty": True}`` where there is nothing to draw.
"""
