"""A view as one page to print: finding, charts, assumptions with sources, caveats, sources and citation."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd

from dashboard.charts.elements import element, written
from dashboard.component import drawing_settings, script_data
from dashboard.component.assets import component_path
from dashboard.downloads.standing import drawn_of
from dashboard.downloads.view import View
from dashboard.server.icon import ICON
from dashboard.shell.pages import SITE_NAME
from indicators.core.citation.references import full
from indicators.core.evidence.provenance import page_of_source
from indicators.core.text import day_text

CHARTS = "charts"
"""Id of the place of the charts; a browser that shows the page fills it with what its reader sees."""
MOST_SOURCES = 80
"""A view that rests on more names them in its archive."""
STYLE = """
:root { color-scheme: light; }
@page { size: A4; margin: 16mm 14mm; }
* { box-sizing: border-box; }
body { background: #fff; color: #101317; font: 11pt/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans",
  "Helvetica Neue", Arial, sans-serif; margin: 0 auto; max-width: 190mm; padding: 8mm 4mm; overflow-wrap: break-word; }
.long { overflow-wrap: anywhere; }
.long :is(td, th):first-child { white-space: nowrap; }
h1 { font-size: 13pt; font-weight: 600; margin: 0 0 4pt; }
h2 { border-top: 1px solid #d5d9de; break-after: avoid; font-size: 11pt; margin: 16pt 0 6pt; padding-top: 6pt; }
.answer { font-size: 16pt; font-weight: 500; line-height: 1.3; margin: 0 0 6pt; }
.muted { color: #5b626b; font-size: 9pt; }
figure { break-inside: avoid; margin: 12pt 0; }
figure svg { display: block; height: auto; max-height: 245mm; max-width: 100%; width: 100%; }
table { border-collapse: collapse; font-size: 9pt; font-variant-numeric: tabular-nums; width: 100%; }
th, td { border-bottom: 1px solid #d5d9de; padding: 3pt 8pt 3pt 0; text-align: start; vertical-align: top; }
tbody tr:last-child td { border-bottom: 0; }
thead { display: table-header-group; }
tr, li { break-inside: avoid; }
:is(td, th):first-child { min-width: 6.5em; }
a { color: #1f4e79; }
ul { padding-inline-start: 14pt; }
@media (max-width: 600px) { body, td { overflow-wrap: anywhere; } table { font-size: 7.5pt; } }
@media print { body { max-width: none; padding: 0; } }
"""


def briefing(view: View) -> str:
    """Return the HTML document of a view's briefing; a page that shows its charts itself puts them there."""
    opening, reference, drawn = view.opening, view.reference, drawn_of(view)
    settings = [(name.replace("_", " "), value) for name, value in view.parameters.items()]
    source = [element("p", opening.source, class_="muted")] if opening.source else []
    answer = [element("p", opening.answer, class_="answer")] if opening.answer else []
    content = element(
        "main",
        element("p", f"{SITE_NAME}, as known on {day_text(view.day)}", class_="muted"),
        element("h1", opening.question),
        *answer,
        *source,
        element("section", *map(_words, drawn), id=CHARTS),
        *_part("Key figures", _table(opening.table[0], opening.table[1:]) if opening.table else None),
        *_part("Assumptions and their sources", _columns_table(view.assumptions)),
        *_part("Read with care", _list(view.caveats)),
        *_part("Settings of this view", _table(("Setting", "Value"), settings, class_="long")),
        *_part("Sources", _sources(view.sources)),
        *_part(
            "Cite as",
            element("p", full(reference), " ", element("a", "Open this view", href=reference.address), class_="long"),
        ),
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{opening.question} - {SITE_NAME}"),
    )
    page = written(element("html", head, element("body", content), lang="en"))
    # A style and a script hold signs that a text would escape.
    page = page.replace("</head>", f"{ICON}<style>{STYLE}</style></head>", 1)
    if drawn:
        data = script_data("drawing", {"settings": drawing_settings("briefing.js"), "charts": drawn})
        script = f'<script type="module" src="{component_path("briefing.js")}"></script>'
        page = page.replace("</section>", f"{data}{script}</section>", 1)
    return f"<!doctype html>\n{page}\n"


def _words(drawn: Mapping[str, Any]) -> Element:
    """Return a chart in words, for the moment before it is drawn and for browsers that run no script."""
    texts = element("p", drawn["title"]), element("p", drawn["subtitle"])
    return element("figure", *texts, element("p", drawn["source"], class_="muted"))


def _part(title: str, content: Element | None) -> Sequence[Element]:
    return () if content is None else (element("h2", title), content)


def _list(lines: Sequence[str]) -> Element | None:
    return element("ul", *(element("li", line) for line in lines)) if lines else None


def _table(head: Sequence[str], rows: Iterable[Sequence[object]], **attributes: str) -> Element:
    return element(
        "table",
        element("thead", element("tr", *(element("th", name) for name in head))),
        element("tbody", *(element("tr", *(element("td", str(cell)) for cell in row)) for row in rows)),
        **attributes,
    )


def _columns_table(columns: Mapping[str, Sequence[object]]) -> Element | None:
    return _table(list(columns), list(zip(*columns.values(), strict=True))) if columns else None


def _sources(sources: pd.DataFrame) -> Element | None:
    if sources.empty:
        return None
    if len(sources) > MOST_SOURCES:
        named = f"This view rests on {len(sources)} pages; “Save view (ZIP)” on its page lists each with its licence."
        return element("p", named)
    pages = [page_of_source(row) for row in sources.to_dict("records")]
    return element(
        "ul", *(element("li", element("a", page.name, href=page.url), f". {page.note} {page.url}") for page in pages)
    )
