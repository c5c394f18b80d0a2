"""The answer to "100 a week, 5,200 a year: what happened?" on a page."""

from datetime import date

from dashboard.shell.addresses import api_link
from dashboard.shell.markdown import markup
from dashboard.shell.writing import bullets, links, note, notice
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.provenance import cited_pages


def short(day: date | None) -> None:
    """Write the answer in one sentence."""
    notice(snapshot_on(day).answer.sentence, "info")


def whole(day: date | None) -> None:
    """Write the answer in one sentence, what stands behind it, and its sources."""
    found = snapshot_on(day).answer
    short(day)
    bullets(part for part in found.parts if part != found.happened)
    if found.source_ids:
        sources = cited_pages(snapshot_on(day).evidence, found.source_ids)
        note(markup("Source: {}.", sources))
        links(("This answer as JSON", api_link("answer", day)))
