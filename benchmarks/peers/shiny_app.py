"""Shiny as its documentation suggests it for smooth updates: a figure widget that is changed in place."""

from __future__ import annotations

import plotly.graph_objects as go
from shiny import reactive
from shiny.express import input as inputs
from shiny.express import render, ui
from shinywidgets import render_plotly

from benchmarks.peers.figures import LABELS, TITLE, fan_figure, fan_values, history_figure, tile_texts
from benchmarks.peers.model import GROWTHS, RATES, START_GROWTH, START_RATE, simulate

ui.page_opts(title=TITLE)


@render_plotly
def history():
    return history_figure()


ui.input_slider("rate", "Weekly rate", *RATES, START_RATE, step=1)
ui.input_slider("growth", "Growth a week (%)", *GROWTHS, START_GROWTH, step=0.1)


@reactive.calc
def outcome():
    return simulate(inputs.rate(), inputs.growth())


def texts() -> tuple[str, str, str, str]:
    return tile_texts(inputs.rate(), inputs.growth(), outcome())


with ui.layout_columns():
    with ui.div():
        ui.tags.small(LABELS[0])

        @render.text(inline=True)
        def tile0():
            return texts()[0]

    with ui.div():
        ui.tags.small(LABELS[1])

        @render.text(inline=True)
        def tile1():
            return texts()[1]

    with ui.div():
        ui.tags.small(LABELS[2])

        @render.text(inline=True)
        def tile2():
            return texts()[2]

    with ui.div():
        ui.tags.small(LABELS[3])

        @render.text(inline=True)
        def tile3():
            return texts()[3]


@render_plotly
def fan():
    return go.FigureWidget(fan_figure(simulate(START_RATE, START_GROWTH)))


@reactive.effect
def update():
    values = fan_values(outcome())
    with reactive.isolate():
        widget = fan.widget
    with widget.batch_update():
        for trace, row in zip(widget.data, values, strict=True):
            trace.y = row
