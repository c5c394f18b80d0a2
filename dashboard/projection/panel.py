"""What the projection page draws, and what it hands the panel's engine."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.charts.frame import Drawing
from dashboard.charts.models.fan import LINE_COLOURS, draw_fan
from dashboard.projection.text import BOUND_WORDS, PHRASES, counted_days, projection_ends
from dashboard.shell.addresses import api_link
from indicators.core.text import QUALIFIER_WORDS, day_text
from indicators.methods.projection.afterwards import CountedLine
from indicators.methods.projection.claim_layer.browser_tables import pace_constants
from indicators.methods.projection.project import Projection, project
from indicators.methods.projection.readings import Reading
from indicators.methods.projection.run_rate import WEEKS_PER_YEAR_OF_COURTS, WORKING_DAYS_PER_WEEK

ENGINE = "projection.js"
UNIT = "persons sentenced"
NARROW_HEIGHT = 150  # on a phone the fan stays in sight above the settings


def target_dates(projection: Projection, origin: date) -> list[date]:
    """Return the first day of a projection and the date on which each of its weeks ends."""
    return [origin, *(origin + timedelta(weeks=int(week)) for week in projection.weeks)]


def projection_fan(projection: Projection, dates: Sequence[date], counted: CountedLine | None = None) -> Drawing:
    """Draw the fan of a projection.

    Args:
        projection: The projection; without a claim layer the fan is its line.
        dates: First day, then target date of each week.
    """
    paths = projection.claim_paths
    within = None if counted is None else counted.within(projection.parameters.weeks)
    return draw_fan(
        dates,
        {}
        if paths is None
        else {level: [0.0, *path] for level, path in zip(projection.levels, paths.tolist(), strict=True)},
        headline=[0.0, *projection.headline_path.tolist()],
        counted=None if within is None else {"day": counted_days(within, dates[0]), "value": within.values},
        ends=projection_ends(projection, dates, counted),
        unit=UNIT,
        since=day_text(dates[0]),
    )


def panel_fan(projection: Projection, dates: Sequence[date], counted: CountedLine | None) -> Drawing:
    """Draw the fan with everything that the panel may need later; what has no values yet is hidden.

    Args:
        dates: First day, then target date of each week.
    """
    shared = projection
    if projection.claim_paths is None:
        shared = project(projection.parameters.model_copy(update={"reading": Reading.SHARE}))
    figure = projection_fan(shared, dates, counted)
    if projection.claim_paths is None:
        for trace in figure["data"]:
            trace["visible"] = trace["uid"] in ("counted", "headline", "ends")
            if trace["uid"] == "ends":
                trace |= projection_fan(projection, dates, counted)["data"][-1]
    figure["layout"]["meta"] = {"narrow_height": NARROW_HEIGHT}
    return figure


def panel_model(origin: date, counted: CountedLine | None) -> Mapping[str, Any]:
    """Return what the panel's engine needs besides the tables: where they are, constants, counts, sentences."""
    return {
        "addresses": {"claim": api_link("projection/table", None)},
        "pace": pace_constants(),
        "court_days": WORKING_DAYS_PER_WEEK * WEEKS_PER_YEAR_OF_COURTS,
        "weeks_per_year": WEEKS_PER_YEAR_OF_COURTS,
        "origin": origin.isoformat(),
        "counted": None
        if counted is None
        else {
            "claimant": counted.claimant,
            "weeks": counted.weeks,
            "values": counted.values,
            "lows": counted.lows,
            "last_day": day_text(counted.last_day),
        },
        "phrases": PHRASES,
        "words": QUALIFIER_WORDS,
        "bounds": BOUND_WORDS,
        "colours": LINE_COLOURS,
    }
