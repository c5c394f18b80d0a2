"""A page without any framework that looks everything up: what the browser and Plotly allow at best."""

from __future__ import annotations

import argparse
import gzip
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import plotly

from benchmarks.peers.figures import BANDS, LABELS, fan_figure, history_figure
from benchmarks.peers.model import GROWTHS, LEVELS, RATES, START_GROWTH, START_RATE, WEEKS, lookup_tables, simulate_fast

PLOTLY_FILE = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def page_data() -> bytes:
    fan = fan_figure(simulate_fast(START_RATE, START_GROWTH))
    content = {
        "rate": {"min": RATES[0], "max": RATES[1], "value": START_RATE},
        "growth": {"min": GROWTHS[0], "max": GROWTHS[1], "value": START_GROWTH},
        "labels": LABELS,
        "levels": LEVELS,
        "order": [row for low, high, *_ in BANDS for row in (low, high)] + [LEVELS.index(0.5)],
        "weeks": WEEKS,
        "tables": lookup_tables(),
        "history": history_figure().to_plotly_json(),
        "fan": fan.to_plotly_json(),
    }
    return json.dumps(content, default=lambda value: value.to_plotly_json()).encode()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    files = {
        "/": ("text/html; charset=utf-8", (Path(__file__).parent / "plain.html").read_bytes()),
        "/plotly.js": ("text/javascript", PLOTLY_FILE.read_bytes()),
        "/page.json": ("application/json", page_data()),
    }
    packed = {path: (kind, gzip.compress(body)) for path, (kind, body) in files.items()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kind, body = packed.get(self.path, ("text/plain", gzip.compress(b"not found")))
            self.send_response(200 if self.path in packed else 404)
            headers = {"Content-Type": kind, "Content-Encoding": "gzip", "Cache-Control": "max-age=86400"}
            for name, value in (*headers.items(), ("Content-Length", str(len(body)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    main()
