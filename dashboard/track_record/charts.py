"""What the charts of the track record show, on their page and by themselves."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from dashboard.charts.models.by_definition import draw_by_definition
from dashboard.charts.models.counts import draw_counts
from dashboard.charts.models.miss_split import draw_miss_split
from dashboard.component import ChartContent
from dashboard.shell.exact_settings import NothingThereError, one_of
from dashboard.shell.pages import PageChart, Settings
from dashboard.shell.sections.count_paths import path_rows, path_table
from dashboard.shell.sections.forecast import FORECAST_CHARTS
from dashboard.track_record import miss_text
from dashboard.track_record import text as wording
from indicators.core.snapshot import Snapshot
from indicators.core.text import day_text
from indicators.methods.counts.running_counts import counts_since
from indicators.methods.track_record.miss_split import MissSplit
from indicators.methods.track_record.scored_projection import ScoredProjection, ScoreStatus

Content = Callable[[Snapshot, ScoredProjection, Settings], ChartContent]
OF, COMPARED = "of", "compared_"
NO_SPLIT = "No count was close enough to what was projected to tell the parts of the miss apart."


def by_definition(snapshot: Snapshot, scored: ScoredProjection) -> ChartContent:
    """Return the projected figure against every count of the window.

    Raises:
        RefusedError: If nothing was counted.
    """
    rows = wording.definition_rows(scored.comparisons)
    if rows.empty:
        raise NothingThereError("Nothing was counted within the window.")
    title = f"{scored.projector}: projected and counted {scored.unit}, by definition"
    return {
        "figure": draw_by_definition(rows, projected=scored.value, unit=scored.unit),
        "title": title,
        "subtitle": "The mark is the most likely count; the bar shows its hard limits.",
        "source": wording.record_source(snapshot.evidence, scored),
        "alt": f"{title}. {wording.score_finding(scored)}",
        "table": wording.comparison_table(scored.comparisons),
        "file_name": f"track_record_{scored.id}",
    }


def over_time(snapshot: Snapshot, scored: ScoredProjection) -> ChartContent:
    """Return running counts within the window over the projected line.

    Raises:
        RefusedError: If nothing was counted over time.
    """
    scorable = [item for item in scored.comparisons if item.status is not ScoreStatus.UNSCORABLE]
    series = list(dict.fromkeys(item.series for item in scorable if item.series))
    evidence = snapshot.evidence
    paths = [path for id_ in series for path in counts_since(evidence, id_, scored.window_start, scored.window_end)]
    if not paths:
        raise NothingThereError("Nothing was counted over time within the window.")
    rows = path_rows(paths)
    before = scored.window_start - timedelta(days=1)
    title = f"Counted since {day_text(scored.window_start)}, over the projected line"
    return {
        "figure": draw_counts(rows, projected=[(before, 0.0), (scored.window_end, scored.value)], unit=scored.unit),
        "title": title,
        "subtitle": "Dots are published totals; ends are estimated.",
        "source": wording.record_source(evidence, scored),
        "alt": f"{title}. {wording.score_finding(scored)}",
        "table": path_table(rows),
        "file_name": f"track_record_{scored.id}_over_time",
    }


def compared(scored: ScoredProjection) -> str:
    """Return the name of the setting that says with which count a projection is compared."""
    return f"{COMPARED}{scored.id}"


def split_names(scored: ScoredProjection) -> dict[str, str]:
    """Return the names of the counts whose miss can be told apart into its parts."""
    split = [item for item in scored.comparisons if item.split is not None]
    return {wording.comparison_id(item): wording.comparison_name(item) for item in split}


def miss_of(snapshot: Snapshot, scored: ScoredProjection, comparison: str) -> ChartContent:
    """Return the parts of the miss for one of `split_names`."""
    splits: dict[str, MissSplit] = {
        wording.comparison_id(item): item.split for item in scored.comparisons if item.split is not None
    }
    split = splits[comparison]
    return {
        "figure": draw_miss_split(miss_text.split_parts(split), split.total),
        "title": "Parts of the miss, as factors on the projected figure",
        "subtitle": miss_text.split_sentence(split),
        "source": wording.record_source(snapshot.evidence, scored),
        "alt": f"Parts of the miss. {miss_text.split_sentence(split)}",
        "table": miss_text.split_table(split),
        "file_name": f"track_record_{scored.id}_miss",
    }


def _miss_by_address(snapshot: Snapshot, scored: ScoredProjection, settings: Settings) -> ChartContent:
    names = split_names(scored)
    if not names:
        raise NothingThereError(NO_SPLIT)
    return miss_of(snapshot, scored, one_of(settings, compared(scored), names, next(iter(names))))


def _by_address(snapshot: Snapshot, settings: Settings, *, content: Content) -> ChartContent:
    known = {scored.id: scored for scored in snapshot.track_record}
    if not known:
        raise NothingThereError("No projection was known by this day.")
    return content(snapshot, known[one_of(settings, OF, known, next(iter(known)))], settings)


def _standing(content: Content, *more: str) -> PageChart:
    return PageChart(content=partial(_by_address, content=content), settings=(OF, *more))


CHARTS = {
    "": _standing(lambda snapshot, scored, _: by_definition(snapshot, scored)),
    "over_time": _standing(lambda snapshot, scored, _: over_time(snapshot, scored)),
    "miss": _standing(_miss_by_address, COMPARED),
    **FORECAST_CHARTS,
}
