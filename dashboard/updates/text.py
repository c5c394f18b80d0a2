"""What is new, in words."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from indicators.core.ledger.updates import Update, UpdateKind
from indicators.core.text import count_text, day_text

QUESTION = "What is new?"
KINDS = {
    UpdateKind.FIGURES: "New figures",
    UpdateKind.REVISIONS: "Revised figures",
    UpdateKind.CORRECTIONS: "Corrections of our own entries",
}
NOTHING = "Nothing became known or was corrected."
CARE = (
    "Figures count by the day on which the public could know them; one that is found late stands below that day.",
    "A revised figure stands beside the old one, which stays in the data.",
    "A correction mends our own entry.",
)
_COUNTED = {
    UpdateKind.FIGURES: "new figure",
    UpdateKind.REVISIONS: "revised figure",
    UpdateKind.CORRECTIONS: "corrected entry",
}


def updates_sentence(found: Sequence[Update], since: date) -> str:
    """Say how much is new since a day."""
    if not found:
        return f"{NOTHING[:-1]} since {day_text(since)}."
    counts = Counter[UpdateKind]()
    for one in found:
        counts[one.kind] += len(one.lines)
    said = [_count(counts[kind], kind) for kind in UpdateKind if counts[kind]]
    listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"Since {day_text(since)}: {listed}. The latest is of {day_text(found[0].day)}."


def _count(count: int, kind: UpdateKind) -> str:
    if kind is UpdateKind.CORRECTIONS:
        return f"{count} corrected {'entry' if count == 1 else 'entries'}"
    return count_text(count, _COUNTED[kind])


def opening_table(found: Sequence[Update]) -> list[tuple[str, str]]:
    """Return the newest entries under a row of headings; empty without any."""
    return [("Day", "What"), *((day_text(one.day), one.title) for one in found)] if found else []
