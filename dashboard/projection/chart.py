"""What the chart of a projection shows, on its page and by itself."""

from dashboard.component import ChartContent
from dashboard.component.source_line import SourceLine
from dashboard.projection import text as wording
from dashboard.projection.panel import projection_fan, target_dates
from dashboard.shell.wording.assumption_wording import assumption_line
from indicators.core.snapshot import Snapshot
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import Projection

TITLE = "Soldiers sentenced for refusal in Russia, if the weekly figure had gone on"
BANDS = "Shaded: where 50, 80 and 90 % of outcomes lie."
FILE_NAME = "projection"
RATES = "refusal_sentences"


def projection_content(projection: Projection, snapshot: Snapshot) -> ChartContent:
    """Return what the fan of a projection shows."""
    finding = wording.projection_finding(projection)
    dates, counted = target_dates(projection, snapshot.projection_origin), snapshot.counted_line
    return {
        "figure": projection_fan(projection, dates, counted),
        "title": TITLE,
        "subtitle": finding,
        "source": source(projection.parameters, snapshot),
        "alt": f"{TITLE}. {finding}",
        "table": wording.projection_table(projection, dates, counted),
        "file_name": FILE_NAME,
    }


def source(parameters: ProjectionParameters, snapshot: Snapshot) -> SourceLine:
    """Return the source line: who published the weekly figure and the counts, and that the rest is assumed."""
    stated = assumption_line(snapshot.evidence, snapshot.stated_assumptions(parameters))
    return (f"{BANDS} ", *stated, *wording.counted_source(snapshot.evidence, snapshot.counted_line))
