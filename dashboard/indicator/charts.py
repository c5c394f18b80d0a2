"""What the charts of an indicator show, on its page and by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dashboard.charts.known_later import add_known_later
from dashboard.charts.series import Stretch, draw
from dashboard.charts.strip import draw_strip
from dashboard.component import ChartContent
from dashboard.indicator import text as indicator_wording
from dashboard.shell import figure_text as wording
from dashboard.shell.figure_text import LINE_NAMES
from dashboard.shell.gap_text import KIND_WORDS, gap_note
from dashboard.shell.parts import source_line
from dashboard.snapshots import snapshot_on
from indicators.core.figures.gaps import Gap, gaps_of
from indicators.core.figures.glance import incomplete_from
from indicators.core.ledger.entries import concerning, dated_entries
from indicators.core.model import DATED_KINDS, Indicator, Panel

LONG_GAP = timedelta(days=89)
"""Shorter gaps are named below a chart and not hatched in it."""


def panel_content(
    indicator: Indicator, panel: Panel, day: date | None, *, with_later: bool = False, place: str | None = None
) -> ChartContent:
    """Return what one panel of an indicator shows.

    Args:
        indicator: What the panel belongs to.
        panel: The panel.
        day: The replayed day, or None for the latest evidence.
        with_later: Whether figures that became known after the replayed day are laid over the chart.
        place: Where shown events happened; None for all.
    """
    if panel.kind in DATED_KINDS:
        return _strip_content(indicator, panel, day, place)
    evidence = snapshot_on(day).evidence
    rows = wording.in_order(snapshot_on(day).figures(indicator.id), panel.series)
    gaps = gaps_of(evidence, indicator.id, day or date.today())
    figure = draw(
        rows,
        panel,
        events=concerning(evidence.events, indicator.id),
        incomplete_from=incomplete_from(rows),
        gaps=hatched_gaps(gaps, panel.series),
    )
    if with_later and day is not None:
        figure = add_known_later(figure, snapshot_on(None).figures(indicator.id), panel.series, panel.unit, day)
    return {
        "figure": figure,
        "title": panel.title,
        "subtitle": " ".join(part for part in (wording.finding(rows), panel.note) if part),
        "note": gap_note(gaps, panel.series),
        "source": source_line(evidence, rows),
        "alt": wording.alternative_text(indicator, panel.title, rows),
        "table": wording.number_table(rows),
        "file_name": f"{indicator.id}_{panel.id}",
    }


def hatched_gaps(gaps: Sequence[Gap], series: Sequence[str]) -> list[Stretch]:
    """Return the long gaps of a chart of one series as it hatches them; a stretch of several would hide the others.

    Args:
        gaps: Gaps of the indicator.
        series: The series drawn.
    """
    if len(series) > 1:
        return []
    ended = [(gap, gap.end or date.max) for gap in gaps if gap.series in series and (gap.end or gap.source_id)]
    return [(gap.start, end, KIND_WORDS[gap.kind]) for gap, end in ended if end - gap.start >= LONG_GAP]


def _strip_content(indicator: Indicator, panel: Panel, day: date | None, place: str | None) -> ChartContent:
    evidence = snapshot_on(day).evidence
    entries = dated_entries(indicator.id, panel, evidence)
    if place is not None:
        entries = entries[entries["geography"] == place]
    finding = indicator_wording.entries_finding(entries)
    return {
        "figure": draw_strip(entries, panel, LINE_NAMES),
        "title": panel.title,
        "subtitle": " ".join(part for part in (panel.note, finding) if part),
        "source": source_line(evidence, entries),
        "alt": indicator_wording.entries_alternative(indicator, panel.title, entries),
        "table": indicator_wording.entry_table(entries),
        "file_name": f"{indicator.id}_{panel.id}",
    }
