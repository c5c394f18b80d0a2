"""What the projection page draws, and what it hands the panel's engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.charts.columns import Columns
from dashboard.charts.events import event_lines
from dashboard.charts.fan import draw_fan
from dashboard.charts.frame import Drawing
from dashboard.charts.labels import QUALIFIER_WORDS
from dashboard.projection.text import PHRASES, past_name
from dashboard.shell.addresses import api_link
from indicators.core.figures.periods import Figure
from indicators.methods.projection.browser_tables import pace_constants
from indicators.methods.projection.parameters import BOUNDS
from indicators.methods.projection.project import Projection, project
from indicators.methods.projection.readings import Reading
from indicators.methods.projection.run_rate import WEEKS_PER_YEAR_OF_COURTS, WORKING_DAYS_PER_WEEK

ENGINE = "projection.js"
UNIT = "persons sentenced"


def target_dates(projection: Projection, origin: date) -> list[date]:
    """Return the date on which each week of a projection ends.

    Args:
        projection: The projection.
        origin: Day from which it runs.
    """
    return [origin + timedelta(weeks=int(week)) for week in projection.weeks]


def projection_fan(
    projection: Projection, dates: Sequence[date], past: Sequence[Figure] = (), events: Columns | None = None
) -> Drawing:
    """Draw the fan of a projection.

    Args:
        projection: The projection; without a claim layer the fan is its two lines.
        dates: Target date of each week.
        past: Dated totals that were counted before it began.
        events: Dated events to mark.
    """
    paths = projection.claim_paths
    return draw_fan(
        dates,
        {} if paths is None else dict(zip(projection.levels, paths.tolist(), strict=True)),
        headline=projection.headline_path.tolist(),
        calendar=projection.calendar_path.tolist(),
        observed={"period_end": [total.period_end for total in past], "value": [total.value for total in past]},
        observed_name=past_name(past),
        events=events,
        unit=UNIT,
    )


def panel_fan(
    projection: Projection, dates: Sequence[date], past: Sequence[Figure], events: Mapping[str, Any]
) -> Drawing:
    """Draw the fan with everything that the panel may need later; what has no values yet is hidden.

    Args:
        projection: The projection with which the panel starts.
        dates: Target date of each week.
        past: Dated totals that were counted before it began.
        events: From `fan_events`; those beyond the horizon would stretch the axis.
    """
    shared = projection
    if projection.claim_paths is None:
        shared = project(projection.parameters.model_copy(update={"reading": Reading.SHARE}))
    figure = projection_fan(shared, dates, past)
    if projection.claim_paths is None:
        for trace in figure["data"]:
            trace["visible"] = trace["uid"] in ("observed", "headline", "calendar")
    shown = [day <= dates[-1].isoformat() for day in events["days"]]
    figure["layout"]["shapes"] += [
        shape | {"visible": visible} for shape, visible in zip(events["shapes"], shown, strict=True)
    ]
    figure["layout"]["meta"] = {"events": events["entries"][: sum(shown)]}
    return figure


def fan_events(events: Columns, past: Sequence[Figure], origin: date) -> dict[str, list[Any]]:
    """Return the marks of all events between the first counted day and the end of the longest horizon.

    Args:
        events: Dated events, restricted to what was known on a day or not.
        past: Dated totals that were counted before the projection.
        origin: Day from which the projection runs.
    """
    longest = origin + timedelta(weeks=int(BOUNDS["weeks"][1]))
    return event_lines(events, past[0].period_end if past else origin, longest)


def panel_model(origin: date, past: Sequence[Figure], events: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the panel's engine needs besides the tables: where they are, constants, sentences, dated marks.

    Args:
        origin: Day from which the projection runs.
        past: Dated totals that were counted before it began.
        events: From `fan_events`.
    """
    return {
        "addresses": {"claim": api_link("projection/table", None)},
        "pace": pace_constants(),
        "court_days": WORKING_DAYS_PER_WEEK * WEEKS_PER_YEAR_OF_COURTS,
        "weeks_per_year": WEEKS_PER_YEAR_OF_COURTS,
        "origin": origin.isoformat(),
        "past": [[total.period_end.isoformat(), total.value] for total in past],
        "events": {name: events[name] for name in ("days", "entries")},
        "phrases": PHRASES,
        "words": QUALIFIER_WORDS,
    }
