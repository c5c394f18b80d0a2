"""What the two Dash peers share: the page, and a server that can compress its answers."""

from __future__ import annotations

import argparse

from dash import Dash, dcc, html
from flask_compress import Compress

from benchmarks.peers.figures import LABELS, TITLE, fan_figure, history_figure, tile_texts
from benchmarks.peers.model import GROWTHS, RATES, START_GROWTH, START_RATE, Outcome


def page_layout(start: Outcome) -> html.Div:
    texts = tile_texts(START_RATE, START_GROWTH, start)
    tiles = [
        html.Div([html.Small(label), html.H3(text, id=f"tile{place}", className="tile")], style={"flex": 1})
        for place, (label, text) in enumerate(zip(LABELS, texts, strict=True))
    ]
    rate = dcc.Slider(*RATES, 1, value=START_RATE, id="rate", updatemode="drag", marks=None)
    growth = dcc.Slider(*GROWTHS, 0.1, value=START_GROWTH, id="growth", updatemode="drag", marks=None)
    return html.Div(
        [
            html.H1(TITLE),
            dcc.Graph(figure=history_figure(), id="history"),
            html.Label("Weekly rate"),
            rate,
            html.Label("Growth a week (%)"),
            growth,
            html.Div(tiles, style={"display": "flex"}),
            dcc.Graph(figure=fan_figure(start), id="fan"),
        ]
    )


def serve(app: Dash) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--gzip", action="store_true", help="compress answers, as a proxy in front would")
    arguments = parser.parse_args()
    if arguments.gzip:
        app.server.config["COMPRESS_ALGORITHM"] = ["gzip"]
        Compress(app.server)
    app.run(host="127.0.0.1", port=arguments.port, debug=False)
