"""marimo as its documentation suggests it: a cell with the sliders, and cells that follow them."""

from __future__ import annotations

import marimo

app = marimo.App(width="full")


@app.cell
def _():
    import marimo as mo

    from benchmarks.peers import figures, model

    return figures, mo, model


@app.cell
def _(figures, mo):
    mo.vstack([mo.md(f"# {figures.TITLE}"), mo.ui.plotly(figures.history_figure())])
    return


@app.cell
def _(mo, model):
    rate = mo.ui.slider(*model.RATES, 1, model.START_RATE, label="Weekly rate", include_input=False)
    growth = mo.ui.slider(*model.GROWTHS, 0.1, model.START_GROWTH, label="Growth a week (%)")
    mo.vstack([rate, growth])
    return growth, rate


@app.cell
def _(growth, model, rate):
    outcome = model.simulate(rate.value, growth.value)
    return (outcome,)


@app.cell
def _(figures, growth, mo, outcome, rate):
    _texts = figures.tile_texts(rate.value, growth.value, outcome)
    _tiles = [
        mo.md(f"{label}\n\n<h3 class='tile'>{text}</h3>") for label, text in zip(figures.LABELS, _texts, strict=True)
    ]
    mo.hstack(_tiles)
    return


@app.cell
def _(figures, mo, outcome):
    mo.ui.plotly(figures.fan_figure(outcome))
    return


if __name__ == "__main__":
    app.run()
