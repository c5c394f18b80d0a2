"""What the charts of a projection show, on their page and by themselves."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from dashboard.charts.models.counts import draw_counts
from dashboard.charts.models.differences import draw_differences
from dashboard.charts.models.shares import draw_shares
from dashboard.charts.models.tornado import draw_tornado
from dashboard.component import ChartContent
from dashboard.component.controls import Control
from dashboard.component.source_line import SourceLine
from dashboard.projection import scenario_text, section_text
from dashboard.projection import text as wording
from dashboard.projection.controls import controls, read_settings
from dashboard.projection.panel import UNIT, projection_fan, target_dates
from dashboard.shell.exact_settings import (
    NothingThereError,
    RefusedError,
    a_day,
    number_expected,
    one_of,
    settled,
    words_expected,
)
from dashboard.shell.pages import PageChart, Settings
from dashboard.shell.parts import source_line
from dashboard.shell.sections.count_paths import path_rows, path_table
from dashboard.shell.wording.assumption_wording import assumption_line
from dashboard.snapshots import paired_totals_of, snapshot_on
from indicators.core.plain_text import quoted
from indicators.core.snapshot import Snapshot
from indicators.core.text import day_text
from indicators.methods.counts.running_counts import CountPath
from indicators.methods.projection.afterwards import SERIES, hold_against
from indicators.methods.projection.parameters import BOUNDS, ProjectionParameters
from indicators.methods.projection.project import Projection, project
from indicators.methods.projection.scenario_difference import Difference, paired_difference
from indicators.methods.projection.scenarios import Scenario, from_addresses
from indicators.methods.projection.uncertainty import median_total, tornado, variance_shares

TITLE = "Soldiers sentenced for refusal in Russia, if the weekly figure had gone on"
BANDS = "Shaded: where 50, 80 and 90 % of outcomes lie."
FILE_NAME = "projection"
RATES = "refusal_sentences"
ALL = "all"
THEN, COUNT, SCENARIOS = "then", "count", "scenario"
NAMES = tuple(ProjectionParameters.model_fields)


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


def shares_content(parameters: ProjectionParameters, snapshot: Snapshot) -> ChartContent:
    """Return the causes of the range.

    Raises:
        RefusedError: If the settings leave no range.
    """
    shares = variance_shares(parameters)
    if not shares:
        raise NothingThereError(section_text.NO_RANGE)
    finding = section_text.share_finding(shares)
    return {
        "figure": draw_shares(section_text.named_shares(shares)),
        "title": "Share of the range by cause",
        "subtitle": finding,
        "source": source(parameters, snapshot),
        "alt": f"Share of the range by cause. {finding}",
        "table": section_text.share_table(shares),
        "file_name": "projection_causes",
    }


def tornado_content(parameters: ProjectionParameters, snapshot: Snapshot) -> ChartContent:
    """Return how far each input alone moves the total.

    Raises:
        RefusedError: If the settings leave no range.
    """
    middle = median_total(parameters)
    if middle is None or not variance_shares(parameters):
        raise NothingThereError(section_text.NO_RANGE)
    bars = tornado(parameters)
    return {
        "figure": draw_tornado(section_text.tornado_rows(bars), base=middle, unit=UNIT),
        "title": "How far each input alone moves the total",
        "subtitle": section_text.middle_sentence(middle, project(parameters)),
        "source": source(parameters, snapshot),
        "alt": f"How far each input alone moves the total. Widest: {section_text.CAUSES[bars[0].input].lower()}.",
        "table": section_text.tornado_table(bars),
        "file_name": "projection_tornado",
    }


def counts_of(projection: Projection, snapshot: Snapshot) -> tuple[CountPath, ...]:
    """Return what was counted since the first day of a projection, path by path."""
    return snapshot.counts_afterwards(snapshot.projection_origin, projection.parameters.weeks)


def end_of(projection: Projection, snapshot: Snapshot) -> date:
    """Return the day on which a projection ends."""
    return snapshot.projection_origin + timedelta(weeks=projection.parameters.weeks)


def afterwards_content(projection: Projection, snapshot: Snapshot, chosen: str, then: date | None) -> ChartContent:
    """Return later counts over the projection, as known now and as known on an earlier day.

    Args:
        chosen: Id of the count that is shown; "all" for all.
        then: The earlier day; None for the day on which the projection ends.

    Raises:
        RefusedError: If nothing was counted.
    """
    day, origin, end = snapshot.day, snapshot.projection_origin, end_of(projection, snapshot)
    past = min(then or end, day or end)
    paths, known_then = (
        tuple(path for path in group if chosen in (ALL, path.id))
        for group in (counts_of(projection, snapshot), counts_of(projection, snapshot_on(past)))
    )
    if not paths:
        raise NothingThereError(section_text.NOTHING_COUNTED)
    rows = path_rows(paths)
    days = [origin + timedelta(weeks=week) for week in (0, *projection.weeks.tolist())]
    title = f"Counted since {day_text(origin)}, over this projection"
    return {
        "figure": draw_counts(
            rows,
            projected=list(zip(days, [0.0, *projection.headline_path.tolist()], strict=True)),
            unit=UNIT,
            levels=_interval(projection, days),
            earlier=path_rows(known_then),
            earlier_name=f"As known on {day_text(past)}",
        ),
        "title": title,
        "subtitle": "Dots are published totals; ends are estimated.",
        "source": source_line(snapshot.evidence, snapshot.evidence.of_series(*SERIES)),
        "alt": f"{title}. {afterwards_lines(projection, snapshot, chosen)[0]}",
        "table": path_table(rows),
        "file_name": "projection_afterwards",
    }


def afterwards_lines(projection: Projection, snapshot: Snapshot, chosen: str) -> Sequence[str]:
    """Say how the counts stand to the projection."""
    paths = tuple(path for path in counts_of(projection, snapshot) if chosen in (ALL, path.id))
    return section_text.afterwards_lines(hold_against(projection, snapshot.projection_origin, paths))


def differences(saved: Sequence[Scenario], parameters: ProjectionParameters) -> list[Difference | None]:
    """Return how far each scenario lies from some settings; None where one of the two has no range."""
    return [_difference(scenario.parameters, parameters) for scenario in saved]


def scenarios_content(saved: Sequence[Scenario], parameters: ProjectionParameters) -> ChartContent:
    """Return how far scenarios lie from some settings.

    Raises:
        RefusedError: If none has a range.
    """
    found = zip(saved, differences(saved, parameters), strict=True)
    drawn = [(scenario.name, difference.quantiles) for scenario, difference in found if difference is not None]
    if not drawn:
        raise NothingThereError("No scenario is given that has a range.")
    title = f"How far each scenario lies from the settings above, {UNIT}"
    names, levels = [name for name, _ in drawn], [quantiles for _, quantiles in drawn]
    return {
        "figure": draw_differences(names, levels, unit=f"{UNIT} more or fewer"),
        "title": title,
        "subtitle": "From paired draws: the same luck in both, so that only the settings differ.",
        "source": "Reader's scenarios; assumptions as listed with each.",
        "alt": f"{title}. {'; '.join(f'{name} {quantiles[0.5]:,.0f}' for name, quantiles in drawn)}.",
        "table": scenario_text.difference_table(drawn),
        "file_name": "projection_scenarios",
    }


def _difference(parameters: ProjectionParameters, other: ProjectionParameters) -> Difference | None:
    first, second = paired_totals_of(parameters), paired_totals_of(other)
    return None if first is None or second is None else paired_difference(first, second)


def _interval(projection: Projection, days: Sequence[date]) -> list[tuple[date, float, float]]:
    """Return the 90 % interval by day, from nothing on the first."""
    if projection.claim_paths is None:
        return []
    low, high = ([0.0, *projection.claim_paths[row].tolist()] for row in (0, -1))
    return list(zip(days, low, high, strict=True))


def exact_parameters(snapshot: Snapshot, settings: Settings) -> ProjectionParameters:
    """Return the settings of a projection in an address, taken as they are written."""
    listed = controls(snapshot.evidence)
    given = {name: text for name, text in settings.items() if name in NAMES}
    return settled(given, partial(read_settings, listed), partial(_expected, listed), subject="projection")


def _expected(listed: Sequence[Control], name: str) -> str:
    control = next((control for control in listed if control.name == name), None)
    if control is not None and control.options:
        return words_expected(control.options)
    if control is None and name != "growth_weekly":
        return "it rests on a source that was not known yet on this day"
    return number_expected(BOUNDS[name] if control is None else (control.minimum, control.maximum))


def _by_address(
    snapshot: Snapshot, settings: Settings, *, content: Callable[[ProjectionParameters, Snapshot], ChartContent]
) -> ChartContent:
    return content(exact_parameters(snapshot, settings), snapshot)


def _afterwards_by_address(snapshot: Snapshot, settings: Settings) -> ChartContent:
    projection = project(exact_parameters(snapshot, settings))
    paths, end = counts_of(projection, snapshot), end_of(projection, snapshot)
    if not paths:
        raise NothingThereError(section_text.NOTHING_COUNTED)
    chosen = one_of(settings, COUNT, [ALL, *(path.id for path in paths)], ALL)
    then = a_day(settings, THEN, snapshot.projection_origin, max(snapshot.day or end, end))
    return afterwards_content(projection, snapshot, chosen, then)


def _scenarios_by_address(snapshot: Snapshot, settings: Settings) -> ChartContent:
    text = settings.get(SCENARIOS, "")
    saved, changes = from_addresses([text])
    if changes:
        raise RefusedError(422, f"{SCENARIOS} is {quoted(text)}; expected scenarios as their page writes them.")
    return scenarios_content(saved, exact_parameters(snapshot, settings))


CHARTS: Mapping[str, PageChart] = {
    **{
        name: PageChart(content=partial(_by_address, content=content), settings=NAMES)
        for name, content in {
            "": lambda parameters, snapshot: projection_content(project(parameters), snapshot),
            "shares": shares_content,
            "tornado": tornado_content,
        }.items()
    },
    "afterwards": PageChart(content=_afterwards_by_address, settings=(*NAMES, THEN, COUNT)),
    "scenarios": PageChart(content=_scenarios_by_address, settings=(*NAMES, SCENARIOS)),
}
