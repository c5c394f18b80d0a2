"""The two charts and four tiles of every peer, in the words of their own libraries: `go.Figure` objects and text."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import plotly.graph_objects as go

from benchmarks.peers.model import LEVELS, WEEKS, Outcome, growth_factors

TITLE = "Projection"
LABELS = ("Every week", "90 % of outcomes", "Mean total", "Last week, median")
MONTHS = [f"{2020 + month // 12}-{month % 12 + 1:02d}-01" for month in range(60)]
MONTHLY = (np.random.default_rng(3).poisson(100 + 4 * np.arange(60)) * 1.0).tolist()
EVENTS = (("2022-02-24", "Invasion"), ("2022-09-21", "Mobilisation"), ("2023-06-24", "Mutiny"), ("2024-08-06", "Raid"))
DATES = [(date(2025, 1, 6) + timedelta(weeks=week)).isoformat() for week in range(WEEKS)]
BANDS = ((0, 6, "90 %", 0.12), (1, 5, "80 %", 0.18), (2, 4, "50 %", 0.28))
BLUE = "31, 78, 121"


def history_figure() -> go.Figure:
    """Draw 60 months with event markers."""
    figure = go.Figure(go.Scatter(x=MONTHS, y=MONTHLY, mode="lines+markers", name="Observed"))
    for day, name in EVENTS:
        figure.add_vline(x=day, line_dash="dot", line_width=1)
        figure.add_annotation(x=day, y=1, yref="paper", text=name, showarrow=False)
    return figure.update_layout(title="Observed by month", height=350)


def fan_figure(outcome: Outcome) -> go.Figure:
    """Draw median and three bands: seven traces in pairs, as the Plotly documentation draws bands."""
    figure = go.Figure()
    for low, high, name, opacity in BANDS:
        line = {"width": 0.5, "color": f"rgba({BLUE}, {opacity})"}
        figure.add_scatter(x=DATES, y=outcome.weekly[low].tolist(), mode="lines", line=line, showlegend=False)
        filled = {"fill": "tonexty", "fillcolor": f"rgba({BLUE}, {opacity})", "name": name}
        figure.add_scatter(x=DATES, y=outcome.weekly[high].tolist(), mode="lines", line=line, **filled)
    figure.add_scatter(x=DATES, y=outcome.weekly[LEVELS.index(0.5)].tolist(), mode="lines", name="Median")
    return figure.update_layout(title="Weekly count, 104 weeks ahead", height=420)


def fan_values(outcome: Outcome) -> list[list[float]]:
    """Return the y values of the fan's seven traces, in their order."""
    rows = [row for low, high, *_ in BANDS for row in (low, high)]
    return [outcome.weekly[row].tolist() for row in (*rows, LEVELS.index(0.5))]


def tile_texts(rate: float, growth: float, outcome: Outcome) -> tuple[str, str, str, str]:
    """Write the four tiles; the third differs at every step."""
    plain = rate * growth_factors(growth).sum()
    middle = outcome.weekly[LEVELS.index(0.5), -1]
    return f"{plain:,.0f}", f"{outcome.low:,.0f} to {outcome.high:,.0f}", f"{outcome.mean:,.0f}", f"{middle:,.0f}"
