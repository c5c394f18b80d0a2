"""Corrections: what was wrong in the data, what stands there now, and why."""

from functools import partial

import pandas as pd

from dashboard.corrections import text as wording
from dashboard.shell.addresses import api_link
from dashboard.shell.header import shown_snapshot
from dashboard.shell.markdown import joined
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.parts import page_header, section
from dashboard.shell.settings_in_address import choice, switch
from dashboard.shell.writing import bullets, links, paragraph, wide_table
from indicators.core.evidence.load import Evidence
from indicators.core.ledger.corrections import entry_names, kind_of
from indicators.core.snapshot import Snapshot
from indicators.core.text import day_text

ALL = "all"
LISTED = 8


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the page's question, how much was corrected, and the newest reasons."""
    corrections = snapshot.evidence.corrections
    groups = wording.mended(corrections)[:LISTED]
    rows = [(one.day, one.cause, str(len(one.rows))) for one in groups]
    newest = f"The latest correction is of {day_text(corrections['date'].max())}." if len(corrections) else ""
    return Opening(
        question=wording.QUESTION,
        answer=wording.corrections_sentence(corrections),
        source=newest,
        table=[("Corrected", "Why", "Entries"), *rows] if rows else (),
    )


def whole_table(evidence: Evidence, corrections: pd.DataFrame) -> None:
    """Show every corrected cell with its old and new value."""
    wide_table(
        wording.correction_table(corrections, entry_names(evidence)),
        alt="Corrections with day, entry, part, old and new value, reason, file and row.",
    )


def draw_page() -> None:
    """Draw the page from top to bottom."""
    snapshot = shown_snapshot()
    evidence = snapshot.evidence
    page_header(opening(snapshot, {}))
    if not evidence.corrections.empty:
        kind = choice("What was corrected", {ALL: "Everything", **wording.KINDS}, key="corrected")
        rows = evidence.corrections
        rows = rows if kind == ALL else rows[rows["field"].map(kind_of) == kind]
        groups = wording.mended(rows)
        whole = len(groups) <= LISTED or switch(f"List all {len(groups)} reasons", key="all")
        shown = groups if whole else groups[:LISTED]
        if groups:
            names = entry_names(evidence)
            paragraph(joined("\n", (wording.mended_line(group, names) for group in shown)))
            section("Every corrected entry", partial(whole_table, evidence, rows), key="cells")
        else:
            paragraph("Nothing of this kind was corrected by this day.")
    section("Read with care", partial(bullets, wording.CARE), key="care")
    links(
        ("Corrections as CSV", api_link("corrections", snapshot.day, format="csv")),
        ("Atom feed", api_link("corrections.atom", snapshot.day)),
    )


def _result_cited(snapshot: Snapshot, settings: Settings) -> object:
    evidence = snapshot.evidence
    names = entry_names(evidence)
    return [wording.mended_line(group, names) for group in wording.mended(evidence.corrections)]


PAGE = Page(
    stem="corrections",
    title="Corrections",
    group="Data",
    order=2,
    draw=draw_page,
    settings=("corrected", "all"),
    opening=opening,
    result=_result_cited,
    opens_with_chart=False,
)
