"""What is new, in words: when something was last published, which figures ended, and what became known last."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from dashboard.now.signs import Sign, updated_text
from indicators.core.evidence.vocabulary import KnownBasis
from indicators.core.snapshot import Snapshot
from indicators.core.text import day_text, lower_first, month_text

LONG = timedelta(days=365)
REFUSAL = "Refusal and law"
EVENTS = "Timeline"
NOTHING = "Nothing was known yet on this day."


class News(NamedTuple):
    """Something that became known: the day, what it is about, and the indicator's id, "" for an event."""

    known: date
    about: str
    words: str
    indicator: str

    @property
    def said(self) -> str:
        """What became known, in one line."""
        return f"{self.about}: {self.words}" if self.indicator else self.words


def news_sentences(snapshot: Snapshot, signs: Iterable[Sign], today: date) -> list[str]:
    """Say when anything was last published, where the count of refusal ends, and which figures are over a year old."""
    tables = (snapshot.evidence.observations, snapshot.evidence.events, snapshot.evidence.mentions)
    # Where the day was inferred from a page without one, it is the day of our reading, not of the publication.
    stated = [table.loc[table["known_basis"] != KnownBasis.INFERRED, "known"] for table in tables]
    days = [column.max().date() for column in stated if not column.empty]
    if not days:
        return [NOTHING]
    said = [f"Last dated publication: {day_text(max(days))} ({updated_text(max(days), today)})."]
    dated = [sign for sign in signs if sign.end is not None and not sign.newer]
    refusal = [(sign.known, sign.end) for sign in dated if sign.indicator.group == REFUSAL and sign.known and sign.end]
    if refusal:
        published, end = max(refusal)
        said.append(f"Weekly counts of refusal end in {month_text(end)}, published in {month_text(published)}.")
    ended = [
        (sign.end, lower_first(sign.indicator.name))
        for sign in signs
        if sign.end is not None and today - sign.end > LONG and sign.indicator.group != REFUSAL
    ]
    if ended:
        listed = "; ".join(f"{name} ({month_text(end)})" for end, name in sorted(ended))
        said.append(f"Nothing complete for a year or more: {listed}.")
    return said


def newest(snapshot: Snapshot, signs: Iterable[Sign], most: int) -> list[News]:
    """Return what became known last, newest first: figures, incomplete ones too, and dated events."""
    found = []
    for sign in signs:
        name, id_ = sign.indicator.name, sign.indicator.id
        if sign.newer_known is not None:
            found.append(News(sign.newer_known, name, sign.newer, id_))
        elif sign.known is not None:
            found.append(News(sign.known, name, f"{sign.figure}, {lower_first(sign.about)}", id_))
    events = snapshot.evidence.events.sort_values("known", kind="stable").tail(most)
    found += [
        News(known.date(), EVENTS, title, "") for known, title in zip(events["known"], events["title"], strict=True)
    ]
    return sorted(found, key=lambda news: news.known, reverse=True)[:most]
