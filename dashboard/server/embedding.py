"""Charts that stand by themselves, for a frame on another page: title, chart, source line and a link back."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.charts.palette import COLOURS
from dashboard.component import ChartContent, as_bytes, chart_data, drawing_settings
from dashboard.indicator.charts import panel_content
from dashboard.projection.chart import projection_content
from dashboard.projection.controls import controls, read_settings
from dashboard.server.icon import ICON
from dashboard.server.security_headers import POLICY, embed_policy
from dashboard.shell.addresses import EMBED, page_link
from dashboard.shell.pages import SITE_NAME
from dashboard.shell.parts import stamp_of, with_pages
from dashboard.shell.sections.weekly_sentences import weekly_sentences
from dashboard.snapshots import snapshot_on
from indicators.core.figures.periods import FULL_SCALE_INVASION
from indicators.core.ledger.entries import dated_entries, places
from indicators.core.model import DATED_KINDS, as_known
from indicators.core.plain_text import quoted, read_day
from indicators.core.registry import all_indicators
from indicators.core.tracking_marks import is_tracking_mark
from indicators.methods.projection.parameters import to_query
from indicators.methods.projection.project import project

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"

SCRIPT = """<script type="module">
const [settings, data] = ["settings", "data"].map((id) => JSON.parse(document.getElementById(id).textContent));
const { default: draw } = await import(settings.module);
await draw({ data, parentElement: document.getElementById("chart") }, settings);
</script>"""
"""The same in every document, so that a policy can name it: what it draws stands beside it as data."""


class Embedded(NamedTuple):
    """A chart and the address of the page that it is from."""

    content: ChartContent
    page: str


class RefusedError(Exception):
    """An address that can't be answered.

    Args:
        status: HTTP status of the answer.
        sentence: What was expected, what came and what to do.
    """

    def __init__(self, status: int, sentence: str) -> None:
        """Keep status and sentence."""
        super().__init__(sentence)
        self.status = status


def embed_routes() -> list[Route]:
    """Return the routes of charts that stand by themselves.

    Their parameters are `as_of` (a day; none for the latest), `theme` (light or dark; none for the reader's own), for a
    projection its settings, and for dated events the `place` where they happened.
    """
    return [
        Route(f"{EMBED}/answer", _endpoint(_answer)),
        Route(f"{EMBED}/projection", _endpoint(_projection)),
        Route(f"{EMBED}/indicator/{{indicator}}/{{panel}}", _endpoint(_panel)),
    ]


def _endpoint(read: Callable[[Mapping[str, str], Mapping[str, str], date | None], Embedded]) -> Callable[..., Any]:
    def answer(request: Request) -> Response:
        query = {name: text for name, text in request.query_params.items() if not is_tracking_mark(name)}
        try:
            day, theme = _day(query.pop("as_of", "")), query.pop("theme", "")
            if theme not in ("", *COLOURS):
                raise RefusedError(422, f"theme is {quoted(theme)}; expected {' or '.join(COLOURS)}, or leave it out.")
            embedded = read(request.path_params, query, day)
        except RefusedError as error:
            return PlainTextResponse(str(error), error.status)
        headers = {"Cache-Control": "no-cache", POLICY: embed_policy(SCRIPT)}
        return HTMLResponse(document(embedded, day, theme), headers=headers)

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(answer, request)

    return endpoint


def _day(text: str) -> date | None:
    first, last = FULL_SCALE_INVASION, max(date.today(), FULL_SCALE_INVASION)
    with suppress(ValueError):
        if not text or first <= read_day(text) <= last:
            return read_day(text) if text else None
    expected = f"a day as YYYY-MM-DD from {first} to {last}"
    raise RefusedError(422, f"as_of is {quoted(text)}; expected {expected}, or leave it out.")


def _answer(path: Mapping[str, str], query: Mapping[str, str], day: date | None) -> Embedded:
    if query:
        raise RefusedError(
            422, f"{', '.join(map(quoted, query))} is no setting of this chart; expected as_of or theme."
        )
    snapshot = snapshot_on(day)
    content = weekly_sentences(snapshot)
    if content is None:
        raise RefusedError(404, snapshot.answer.sentence)
    return Embedded({**content, "subtitle": snapshot.answer.sentence}, page_link("answer", day))


def _projection(path: Mapping[str, str], query: Mapping[str, str], day: date | None) -> Embedded:
    parameters, changes = read_settings(controls(snapshot_on(day).evidence), query)
    if changes:
        # Nobody reads a warning in a frame on another page, and other settings would be another projection.
        raise RefusedError(422, " ".join(changes))
    return Embedded(
        projection_content(project(parameters), snapshot_on(day)), page_link("projection", day, **to_query(parameters))
    )


def _panel(path: Mapping[str, str], query: Mapping[str, str], day: date | None) -> Embedded:
    indicators = {indicator.id: indicator for indicator in all_indicators()}
    indicator = indicators.get(path["indicator"])
    if indicator is None:
        raise RefusedError(404, f"No indicator {quoted(path['indicator'])}; expected one of {', '.join(indicators)}.")
    panels = {panel.id: panel for panel in as_known(indicator, day).panels}
    panel = panels.get(path["panel"])
    if panel is None:
        raise RefusedError(
            404, f"{indicator.id} has no chart {quoted(path['panel'])} here; expected one of {', '.join(panels)}."
        )
    unknown = [quoted(name) for name in query if name != "place"]
    if unknown:
        raise RefusedError(422, f"{', '.join(unknown)} is no setting of this chart; expected as_of, theme or place.")
    offered = places(dated_entries(indicator.id, panel, snapshot_on(day).evidence)) if panel.kind in DATED_KINDS else []
    if "place" in query and query["place"] not in offered:
        expected = f"expected one of {', '.join(offered)}, or leave it out" if offered else "this chart has no places"
        raise RefusedError(422, f"place is {quoted(query['place'])}; {expected}.")
    content = panel_content(indicator, panel, day, place=query.get("place"))
    return Embedded(content, page_link("indicator", day, indicator=indicator.id, **query))


def document(embedded: Embedded, day: date | None, theme: str = "") -> str:
    """Return the HTML document of a chart that stands by itself.

    Args:
        embedded: The chart and its page.
        day: The replayed day; None for the latest.
        theme: "light" or "dark"; empty follows the reader's own setting.
    """
    title = html.escape(embedded.content["title"])
    known = "latest figures" if day is None else f"as known on {day:%-d %B %Y}"
    # In a script no tag may end the script.
    data = as_bytes(chart_data(with_pages(embedded.content), stamp_of(day))).decode().replace("<", "\\u003c")
    settings = json.dumps(drawing_settings("chart.js")).replace("<", "\\u003c")
    dark = "" if theme else f"@media (prefers-color-scheme: dark) {{ :root {{ {_variables('dark')} }} }}"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{ICON}
<title>{title}</title>
<style>
:root {{ {_variables(theme or "light")} --st-font: {FONT}; --st-heading-font: {FONT}; --st-base-radius: 4px;
--st-button-radius: 4px; }}
{dark}
body {{ background: var(--st-background-color); color: var(--st-text-color); font: 16px/1.5 var(--st-font);
margin: 12px; }}
footer {{ font-size: 0.8125rem; margin-top: 8px; }}
a {{ color: inherit; }}
</style>
</head>
<body>
<main id="chart"></main>
<footer><a href="{html.escape(embedded.page)}" target="_blank" rel="noopener">{SITE_NAME}</a>, {known}</footer>
<script type="application/json" id="settings">{settings}</script>
<script type="application/json" id="data">{data}</script>
{SCRIPT}
</body>
</html>
"""


def _variables(theme: str) -> str:
    colours = COLOURS[theme]
    return f"--st-background-color: {colours['background']}; --st-text-color: {colours['text']};"
