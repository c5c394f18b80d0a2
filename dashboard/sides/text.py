"""Whether two sides can be compared, in a sentence, and the table of what that rests on."""

from collections.abc import Iterable, Sequence

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import cited_pages, source_note
from indicators.core.evidence.vocabulary import Status
from indicators.core.figures.rounding import two_digits
from indicators.core.text import figure_text, lower_first, period_text
from indicators.methods.comparison.two_sides import Comparison, Guard, verdict

QUESTION = "Can Russian and Ukrainian figures be compared?"
CARE = (
    "One mismatch is enough for us not to draw the two together.",
    "Figures of unlike units stand beside each other, each on its own axis. No ratio is computed.",
)


def comparison_sentence(pair: Comparison) -> str:
    """Say in one breath what is compared, whether it can be, and why not."""
    return f"{pair.name}: {lower_first(verdict(pair.guards))}"


def sides_finding(rows: pd.DataFrame, pair: Comparison) -> str:
    """Say the newest figure of each side that can be read.

    Args:
        rows: Figures of one or both sides, with `series`, `status`, `value`, `unit`, `qualifier` and their period.
    """
    parts = []
    for side, series in (("Russia", pair.ru_series), ("Ukraine", pair.ua_series)):
        readable = rows[(rows["series"] == series) & (rows["status"] == Status.OK.value)]
        if len(readable):
            newest = readable.sort_values("period_end", kind="stable").iloc[-1]
            period = period_text(newest["period_start"], newest["period_end"])
            value = (
                two_digits(100 * newest["value"]) / 100 if newest["unit"] == "share" else two_digits(newest["value"])
            )
            parts.append(f"{side}: {figure_text(value, newest['unit'], newest['qualifier'])} ({period})")
    return f"Newest figures that can be read. {'; '.join(parts)}." if parts else "No figure can be read by itself."


def guards_source(evidence: Evidence, guards: Sequence[Guard]) -> str:
    """Say on which pages the judgement rests."""
    sources = {guard.source_id for guard in guards}
    return f"Judged from {source_note(evidence, sources)}." if sources else ""


def opening_table(pairs: Iterable[Comparison]) -> list[list[str]]:
    """Return every pair with whether it can be compared, under a row of headings."""
    return [["Pair", "Can they be compared?"], *([pair.name, verdict(pair.guards)] for pair in pairs)]


def guard_table(evidence: Evidence, guards: Sequence[Guard]) -> pd.DataFrame:
    """Return what a comparison of two sides rests on, for people."""
    return pd.DataFrame(
        {
            "Aspect": [guard.aspect.replace("_", " ").capitalize() for guard in guards],
            "Russia": [guard.russia for guard in guards],
            "Ukraine": [guard.ukraine for guard in guards],
            "Alike": [guard.alike for guard in guards],
            "Why": [guard.reason for guard in guards],
            "Source": [cited_pages(evidence, guard.source_id) for guard in guards],
        }
    )
