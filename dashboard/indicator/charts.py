"""What the charts of an indicator show, on its page and by themselves."""

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from dashboard.charts.over_time.rows import prepared
from dashboard.charts.over_time.series import Stretch, draw, shown_groups
from dashboard.charts.over_time.strip import draw_strip
from dashboard.component import ChartContent
from dashboard.indicator import text as indicator_wording
from dashboard.shell.exact_settings import NothingThereError, RefusedError
from dashboard.shell.pages import PageChart, Settings
from dashboard.shell.parts import source_line
from dashboard.shell.sections.echoes import echo_content
from dashboard.shell.wording import figure_text as wording
from dashboard.shell.wording.figure_text import LINE_NAMES
from dashboard.shell.wording.finding import panel_finding, place_of, span_text
from dashboard.shell.wording.gap_text import KIND_WORDS, gap_note
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.echoes import figure_echoes
from indicators.core.figures.gaps import Gap, gaps_of
from indicators.core.figures.glance import incomplete_from
from indicators.core.ledger.entries import concerning, dated_entries, places
from indicators.core.model import DATED_KINDS, Indicator, Panel, as_known
from indicators.core.plain_text import quoted
from indicators.core.registry import all_indicators
from indicators.core.snapshot import Snapshot
from indicators.methods.counts.rate_changes import RateChanges

INDICATORS = {indicator.id: indicator for indicator in all_indicators()}
OTHER = "other"
"""Stands for figures that are in no chart."""
FEWEST = 5
"""Figures that a chart needs; fewer are a table, and one alone is a sentence."""

LONG_GAP = timedelta(days=89)
"""Shorter gaps are named below a chart and not hatched in it."""


def panel_content(
    indicator: Indicator, panel: Panel, snapshot: Snapshot, *, with_later: bool = False, place: str | None = None
) -> ChartContent:
    """Return what one panel of an indicator shows.

    Args:
        with_later: Whether the figures as known today stand pale behind those of the replayed day.
        place: Where shown events happened; None for all.
    """
    if panel.kind in DATED_KINDS:
        return _strip_content(indicator, panel, snapshot, place)
    rows = wording.in_order(snapshot.figures(indicator.id), panel.series)
    gaps = gaps_of(snapshot.evidence, indicator.id, snapshot.day or date.today())
    figure = draw(
        rows,
        panel,
        events=concerning(snapshot.evidence.events, indicator.id),
        incomplete_from=incomplete_from(rows),
        gaps=hatched_gaps(gaps, panel.series),
        now=_now(indicator, panel) if with_later and snapshot.day is not None else None,
    )
    return {
        "figure": figure,
        "title": titled(panel, rows["side"].tolist()),
        "subtitle": " ".join(part for part in (panel_finding(rows), panel.note, _left_out(rows, panel)) if part),
        "note": gap_note(gaps, panel.series),
        "source": source_line(snapshot.evidence, rows),
        "alt": wording.alternative_text(indicator, panel.title, rows),
        "table": wording.number_table(rows),
        "file_name": f"{indicator.id}_{panel.id}",
    }


def hatched_gaps(gaps: Sequence[Gap], series: Sequence[str]) -> list[Stretch]:
    """Return the long gaps of a chart of one series as it hatches them; a stretch of several would hide the others."""
    if len(series) > 1:
        return []
    ended = [(gap, gap.end or date.max) for gap in gaps if gap.series in series and (gap.end or gap.source_id)]
    return [(gap.start, end, KIND_WORDS[gap.kind]) for gap, end in ended if end - gap.start >= LONG_GAP]


def titled(panel: Panel, sides: list[str]) -> str:
    """Return a chart's title: what is measured, and in which country, so that a saved picture explains itself."""
    place = place_of(sides)
    named = any(name in panel.title for name in (place, place.replace("Russia", "Russian")))
    return panel.title if named else f"{panel.title}, {place}"


def can_be_charted(indicator: Indicator, panel: Panel, snapshot: Snapshot, *, with_later: bool) -> bool:
    """Return whether something of a panel was known and enough is shown to be read as a chart."""
    if panel.kind in DATED_KINDS:
        return len(dated_entries(indicator.id, panel, snapshot.evidence)) >= FEWEST
    known = len(prepared(wording.in_order(snapshot.figures(indicator.id), panel.series)))
    shown = len(prepared(_now(indicator, panel))) if with_later else known
    return known > 0 and max(known, shown) >= FEWEST


def _now(indicator: Indicator, panel: Panel) -> pd.DataFrame:
    return wording.in_order(snapshot_on(None).figures(indicator.id), panel.series)


def _left_out(rows: pd.DataFrame, panel: Panel) -> str:
    """Name the series that stand in the numbers alone, because a chart of more than four can't be read."""
    drawn = {row.label for group in shown_groups(rows, panel) for row in group.rows}
    others = [label for label in dict.fromkeys(rows["label"].tolist()) if label not in drawn]
    return f"In Numbers as well: {'; '.join(others)}." if others else ""


def _strip_content(indicator: Indicator, panel: Panel, snapshot: Snapshot, place: str | None) -> ChartContent:
    entries = dated_entries(indicator.id, panel, snapshot.evidence)
    if place is not None:
        entries = entries[entries["geography"] == place]
    count = "" if entries.empty else f"{len(entries)} entries, {span_text(entries, 'date', 'end_date')}."
    return {
        "figure": draw_strip(entries, panel, LINE_NAMES),
        "title": panel.title,
        "subtitle": " ".join(part for part in (count, panel.note, indicator_wording.entries_finding(entries)) if part),
        "source": source_line(snapshot.evidence, entries),
        "alt": indicator_wording.entries_alternative(indicator, panel.title, entries),
        "table": indicator_wording.entry_table(entries),
        "file_name": f"{indicator.id}_{panel.id}",
    }


def change_content(indicator: Indicator, snapshot: Snapshot, changes: RateChanges) -> ChartContent:
    """Return when the counts of an indicator changed their rate, if once.

    Args:
        changes: Its changes of rate, with at least one possible day.
    """
    rows = changes.posterior
    panel = Panel(
        id="change",
        title="When the rate changed, if it changed once",
        unit="share",
        series=(rows["series"].iloc[0],),
        kind="columns",
    )
    return {
        "figure": draw(rows, panel),
        "title": panel.title,
        "subtitle": changes.sentence,
        "source": source_line(snapshot.evidence, rows),
        "alt": f"{panel.title} ({indicator.name}). {changes.sentence}",
        "table": wording.number_table(rows),
        "file_name": f"{indicator.id}_change",
    }


def _by_address(snapshot: Snapshot, settings: Settings) -> ChartContent:
    """Return the chart of an address, taken as it is written; without a name the first that the page draws."""
    indicator = as_known(_indicator(settings), snapshot.day)
    panels = {panel.id: panel for panel in indicator.panels}
    drawn = (panel.id for panel in indicator.panels if can_be_charted(indicator, panel, snapshot, with_later=False))
    asked = settings["chart"] if "chart" in settings else next(drawn, "")
    if asked not in panels:
        named = f"{indicator.id} has no chart {quoted(asked)} here; expected one of {', '.join(panels)}."
        raise RefusedError(404, named) if asked not in ("", OTHER) else NothingThereError(named)
    panel, place = panels[asked], settings.get("place")
    offered = places(dated_entries(indicator.id, panel, snapshot.evidence)) if panel.kind in DATED_KINDS else []
    if place is not None and place not in offered:
        expected = f"expected one of {', '.join(offered)}, or leave it out" if offered else "this chart has no places"
        raise RefusedError(422, f"place is {quoted(place)}; {expected}.")
    return panel_content(indicator, panel, snapshot, place=place)


def _change_by_address(snapshot: Snapshot, settings: Settings) -> ChartContent:
    indicator = _indicator(settings)
    changes = snapshot.rate_changes(indicator.id)
    if changes.posterior.empty:
        raise NothingThereError(changes.sentence or f"{indicator.name}: too few counts to look for a change of rate.")
    return change_content(indicator, snapshot, changes)


def _echoes_by_address(snapshot: Snapshot, settings: Settings) -> ChartContent:
    indicator = _indicator(settings)
    history = snapshot.glance(indicator.id).history
    if history.empty:
        raise NothingThereError(f"{indicator.name}: nothing was known by this day.")
    graph = figure_echoes(snapshot.evidence.chain, history)
    return echo_content(snapshot.evidence, graph, history, key=indicator.id)


def _indicator(settings: Settings) -> Indicator:
    asked = settings.get("indicator", next(iter(INDICATORS)))
    if asked not in INDICATORS:
        raise RefusedError(404, f"No indicator {quoted(asked)}; expected one of {', '.join(INDICATORS)}.")
    return INDICATORS[asked]


CHARTS = {
    "": PageChart(content=_by_address, settings=("indicator", "chart", "place")),
    "change": PageChart(content=_change_by_address, settings=("indicator",), printed=False),
    "echoes": PageChart(content=_echoes_by_address, settings=("indicator",), printed=False),
}
