"""What the projection page draws, and what it hands the panel's engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.assets import server_path
from dashboard.charts.fan import draw_fan
from dashboard.charts.frame import Figure
from dashboard.charts.labels import QUALIFIER_WORDS
from dashboard.projection_wording import PHRASES
from indicators.methods.browser_tables import GROWTH_GRID
from indicators.methods.projection import Projection, project
from indicators.methods.readings import Reading
from indicators.methods.run_rate import WEEKS_PER_MONTH, WEEKS_PER_YEAR_OF_COURTS, WORKING_DAYS_PER_WEEK

ENGINE = "projection.js"
UNIT = "persons sentenced"


def target_dates(projection: Projection, origin: date) -> list[date]:
    """Return the date on which each week of a projection ends.

    Args:
        projection: The projection.
        origin: Day from which it runs.
    """
    return [origin + timedelta(weeks=int(week)) for week in projection.weeks]


def projection_fan(projection: Projection, dates: Sequence[date]) -> Figure:
    """Draw the fan of a projection.

    Args:
        projection: The projection; without a claim layer the fan is its two lines.
        dates: Target date of each week.
    """
    paths = projection.claim_paths
    return draw_fan(
        dates,
        {} if paths is None else dict(zip(projection.levels, paths.tolist(), strict=True)),
        headline=projection.headline_path.tolist(),
        calendar=projection.calendar_path.tolist(),
        unit=UNIT,
    )


def panel_fan(projection: Projection, dates: Sequence[date]) -> Figure:
    """Draw the fan with all traces that the panel may need later, those without values hidden.

    Args:
        projection: The projection with which the panel starts.
        dates: Target date of each week.
    """
    if projection.claim_paths is not None:
        return projection_fan(projection, dates)
    figure = projection_fan(project(projection.parameters.model_copy(update={"reading": Reading.SHARE})), dates)
    for trace in figure["data"]:
        trace["visible"] = trace["uid"] in ("headline", "calendar")
    return figure


def panel_model(origin: date) -> Mapping[str, Any]:
    """Return what the panel's engine needs besides the tables: where they are, constants, sentences.

    Args:
        origin: Day from which the projection runs.
    """
    return {
        "addresses": {
            "growth": server_path("/api/v1/projection/growth"),
            "claim": server_path("/api/v1/projection/table"),
        },
        "growths": GROWTH_GRID,
        "court_days": WORKING_DAYS_PER_WEEK * WEEKS_PER_YEAR_OF_COURTS,
        "weeks_per_year": WEEKS_PER_YEAR_OF_COURTS,
        "weeks_per_month": WEEKS_PER_MONTH,
        "origin": origin.isoformat(),
        "phrases": PHRASES,
        "words": QUALIFIER_WORDS,
    }
