"""What the chart of a projection shows, on its page and by itself."""

from __future__ import annotations

from datetime import date

from dashboard.component import ChartContent
from dashboard.component.source_line import SourceLine
from dashboard.projection import text as wording
from dashboard.projection.panel import UNIT, projection_fan, target_dates
from dashboard.shell.assumption_wording import assumption_line
from dashboard.snapshots import snapshot_on
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import Projection

TITLE = f"Total of {UNIT} if the weekly figure goes on"
FILE_NAME = "projection"
RATES = "refusal_sentences"


def projection_content(projection: Projection, day: date | None) -> ChartContent:
    """Return what the fan of a projection shows.

    Args:
        projection: The projection.
        day: The replayed day; None for the latest evidence.
    """
    finding = wording.projection_finding(projection)
    dates, past = target_dates(projection, snapshot_on(day).projection_origin), snapshot_on(day).counted_before
    return {
        "figure": projection_fan(projection, dates, past, snapshot_on(day).events_concerning(RATES)),
        "title": TITLE,
        "subtitle": finding,
        "source": source(projection.parameters, day),
        "alt": f"{TITLE}. {finding}",
        "table": wording.projection_table(projection, dates, past),
        "file_name": FILE_NAME,
    }


def source(parameters: ProjectionParameters, day: date | None) -> SourceLine:
    """Return the source line: who published the weekly figure and the counted past, and that the rest is assumed.

    Args:
        parameters: The settings.
        day: The replayed day; None for the latest evidence.
    """
    evidence = snapshot_on(day).evidence
    stated = assumption_line(evidence, snapshot_on(day).stated_assumptions(parameters))
    return (*stated, *wording.past_source(evidence, snapshot_on(day).counted_before))
