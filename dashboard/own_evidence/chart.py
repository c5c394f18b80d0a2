"""A reader's figures in the same chart as ours."""

import re
from dataclasses import replace

import pandas as pd

from dashboard.charts.over_time.series import MOST_GROUPS, draw
from dashboard.component import ChartContent
from dashboard.component.source_line import SourceLine
from dashboard.shell.markdown import JOINER
from dashboard.shell.parts import source_line
from dashboard.shell.wording import figure_text as wording
from dashboard.shell.wording.finding import panel_finding
from indicators.core.evidence.vocabulary import Status
from indicators.core.figures.glance import SHARED_COLUMNS
from indicators.core.ledger.entries import concerning
from indicators.core.model import Indicator, Panel
from indicators.core.own_evidence.observations import OWN_SERIES
from indicators.core.plain_text import visible
from indicators.core.snapshot import Snapshot

OWN = "own:"
"""Stands before the id of a series of ours in a reader's file, so that the two are told apart."""
LONGEST_NAME = 60
_MARKS = re.compile(r"[<&]")


def own_rows(observations: pd.DataFrame) -> pd.DataFrame:
    """Return a reader's observations as figures to draw beside ours, each series named as theirs.

    Args:
        observations: From `indicators.core.own_evidence.observations`.
    """
    own = observations["series"] == OWN_SERIES
    label = observations["label"].where(own, observations["label"] + ", your file")
    rows = observations.assign(series=OWN + observations["series"], label=label, status=Status.OK.value)
    return rows[[*SHARED_COLUMNS, "status"]]


def beside(own: pd.DataFrame, place: tuple[Indicator, Panel] | None, snapshot: Snapshot, file: str) -> ChartContent:
    """Return a chart of a reader's figures.

    Args:
        own: Their figures, from `own_rows`; at least one.
        place: The chart of ours in which they stand; None for one of their own.
    """
    series = tuple(own["series"].drop_duplicates())
    ours = own.iloc[:0]
    if place is None:
        dated = (own["period_start"] == own["period_end"]).all()
        panel = Panel(
            id="own_evidence",
            title=visible(own["label"].iloc[0], LONGEST_NAME),
            unit=visible(own["unit"].iloc[0], LONGEST_NAME),
            series=series[:MOST_GROUPS],
            kind="points" if dated else "intervals",
        )
        events = None
    else:
        indicator, panel = place
        drawn = series[: MOST_GROUPS - 1]
        panel = replace(panel, series=(*panel.series[: MOST_GROUPS - len(drawn)], *drawn))
        ours = wording.in_order(snapshot.figures(indicator.id), panel.series)
        events = concerning(snapshot.evidence.events, indicator.id)
    rows = pd.concat([part for part in (ours, own) if not part.empty], ignore_index=True)
    title = panel.title if place is None else f"{panel.title}, with your own figures"
    return {
        "figure": draw(_plain(rows), replace(panel, title=_inert(panel.title), unit=_inert(panel.unit)), events=events),
        "title": title,
        "subtitle": panel_finding(own),
        "source": _source(snapshot, ours, file),
        "alt": f"{title}. {len(own)} of your figures and {len(ours)} of ours. {wording.finding(own)}",
        "table": wording.number_table(rows),
        "file_name": "own_evidence",
    }


def _source(snapshot: Snapshot, ours: pd.DataFrame, file: str) -> SourceLine:
    own = f"Your own figures: {file}, not checked by anybody else, for this visit only."
    return (own,) if ours.empty else (*source_line(snapshot.evidence, ours), f". {own}")


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows whose words the drawing library takes for words: it would read tags and entities in them."""
    texts = {name: rows[name].map(_inert) for name in ("label", "claimant", "note", "unit")}
    return rows.assign(**{**texts, "label": texts["label"].map(lambda text: visible(text, LONGEST_NAME))})


def _inert(text: str) -> str:
    return _MARKS.sub(rf"\g<0>{JOINER}", text)
