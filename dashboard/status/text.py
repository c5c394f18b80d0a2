"""Freshness in words: of what was fetched, and apart from that of what is in it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import pandas as pd

from indicators.core.evidence.contacts import Contact
from indicators.core.figures.freshness import Freshness
from indicators.core.text import day_text

QUESTION = "How fresh are the figures?"
NEVER_ASKED = "No live source has been asked on this server; the figures are those that came along."
CARE = (
    "A source that was reached today may still hold old figures: see when its newest figure was published.",
    "Overdue means that a regular figure has not come as soon as the one before it did; it says nothing of why.",
    "What comes at no regular time is never overdue.",
)
SOURCES = {
    "general-staff": "Claims of the Ukrainian General Staff",
    "oryx": "Losses listed by Oryx",
    "economist": "Folder of The Economist (named deaths, area)",
}
"""What the connectors fetch; any other one goes by its own name."""


def freshness_sentence(edition: date, series: Sequence[Freshness]) -> str:
    """Say which edition is in use, when its newest regular figure was published, and how many series are overdue."""
    said = f"The data in use are the edition of {day_text(edition)}."
    if regular := [one for one in series if one.due is not None]:
        late = sum(one.overdue for one in regular)
        newest = max(one.known for one in regular)
        overdue = "none is" if not late else f"{late} {_are(late)}"
        said += f" The newest regular figure was published on {day_text(newest)}; "
        said += f"of {len(regular)} regular series, {overdue} overdue."
    return said


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def contact_table(contacts: Iterable[Contact]) -> pd.DataFrame:
    """Return when each source was asked and reached."""
    rows = [
        {
            "Source": SOURCES.get(one.source, one.source),
            "Last asked": _moment(one.asked),
            "Last reached": "never" if one.reached is None else _moment(one.reached),
            "Outcome": one.fault or "as it has to be",
        }
        for one in contacts
    ]
    return pd.DataFrame(rows, columns=["Source", "Last asked", "Last reached", "Outcome"])


def content_table(series: Iterable[Freshness]) -> pd.DataFrame:
    """Return how old the newest figure of each regular series is, those overdue for longest first."""
    regular = [(one.due, one) for one in series if one.due is not None]
    rows = [
        {
            "Series": one.label,
            "Figures up to": day_text(one.period_end),
            "Published": day_text(one.known),
            "Next due": day_text(due),
            "State": "overdue" if one.overdue else "in time",
        }
        for due, one in sorted(regular, key=lambda pair: pair[0])
    ]
    return pd.DataFrame(rows, columns=["Series", "Figures up to", "Published", "Next due", "State"])


def _moment(moment: datetime) -> str:
    return f"{day_text(moment)}, {moment:%H:%M} UTC"
