"""What the charts of claims show, on their page and by themselves."""

from datetime import date

import pandas as pd

from dashboard.charts.claims.claim_bounds import draw_claim_bounds
from dashboard.charts.claims.who_says_what import draw_who_says_what
from dashboard.claims import bounds_text
from dashboard.claims import text as wording
from dashboard.component import ChartContent
from dashboard.shell.exact_settings import NothingThereError, a_day, a_period, one_of
from dashboard.shell.pages import PageChart, Settings
from dashboard.shell.parts import source_line
from dashboard.shell.sections.echoes import echo_content
from indicators.core.evidence.load import Evidence
from indicators.core.ledger.claims import claim_echoes, who_says_what
from indicators.core.ledger.voices import statements_by_topic
from indicators.core.snapshot import Snapshot
from indicators.methods.comparison.claim_bounds import claimed_intervals, common_ground, contested_series

FIRST_SERIES = "ru_force_in_ukraine"
START, END = date(2023, 8, 1), date(2023, 12, 31)
FIRST, LAST = date(2014, 1, 1), date(2100, 12, 31)


def who_says_what_on(evidence: Evidence, topic: str) -> ChartContent:
    """Return who says what on a topic."""
    rows = who_says_what(evidence, topic)
    return {
        "figure": draw_who_says_what(rows),
        "title": f"Who says what: {wording.topic_name(topic)}",
        "subtitle": wording.strip_finding(rows),
        "source": source_line(evidence, rows),
        "alt": f"Claims on {topic} by claimant and day. {wording.strip_finding(rows)}",
        "table": wording.strip_table(rows),
        "file_name": f"claims_{topic.replace(' ', '_')}",
    }


def series_names(evidence: Evidence) -> dict[str, str]:
    """Return the name of every series by its id."""
    return dict(zip(evidence.series["series"], evidence.series["name"].map(str), strict=True))


def contested(evidence: Evidence) -> list[str]:
    """Return the quantities for which two claimants have stated figures, in the order in which they are offered."""
    names = series_names(evidence)
    return sorted(contested_series(evidence), key=lambda name: (name != FIRST_SERIES, names[name]))


def bounds_of(evidence: Evidence, series: str, start: date, end: date) -> ChartContent:
    """Return each claimant's interval for one quantity and period, and what all of them allow."""
    intervals = claimed_intervals(evidence, [series], start, end)
    ground, unit = common_ground(intervals), str(evidence.series.set_index("series").at[series, "unit"])
    found = bounds_text.bounds_finding(ground, unit, intervals)
    return {
        "figure": draw_claim_bounds(intervals, ground, unit),
        "title": f"{series_names(evidence)[series]}, {unit}, as claimed",
        "subtitle": found,
        "source": source_line(evidence, bounds_text.bounds_sources(intervals)),
        "alt": f"Interval of each claimant. {found}",
        "table": bounds_text.bounds_table(intervals),
        "file_name": f"claim_bounds_{series}",
    }


def _strip_by_address(snapshot: Snapshot, settings: Settings) -> ChartContent:
    topics = statements_by_topic(snapshot.evidence)
    if not topics:
        raise NothingThereError("No statement was known by this day.")
    return who_says_what_on(snapshot.evidence, one_of(settings, "topic", topics, next(iter(topics))))


def _bounds_by_address(snapshot: Snapshot, settings: Settings) -> ChartContent:
    listed = contested(snapshot.evidence)
    if not listed:
        raise NothingThereError("No two claimants had stated a figure for the same quantity on this day.")
    series = one_of(settings, "quantity", listed, listed[0])
    start = a_day(settings, "bounds_from", FIRST, LAST, START) or FIRST
    end = a_day(settings, "bounds_to", FIRST, LAST, END) or LAST
    a_period(start, end)
    return bounds_of(snapshot.evidence, series, start, end)


def _echoes_by_address(snapshot: Snapshot, settings: Settings) -> ChartContent:
    claims = snapshot.evidence.claims
    rows = claims[claims["claim_id"] == one_of(settings, "claim", claims["claim_id"].tolist(), "")]
    (graph,) = claim_echoes(snapshot.evidence, rows)
    return echo_content(snapshot.evidence, graph, pd.DataFrame(rows), key=f"claim_{settings['claim']}")


CHARTS = {
    "": PageChart(content=_strip_by_address, settings=("topic",)),
    "bounds": PageChart(content=_bounds_by_address, settings=("quantity", "bounds_from", "bounds_to")),
    "echoes": PageChart(content=_echoes_by_address, settings=("claim",), printed=False),
}
