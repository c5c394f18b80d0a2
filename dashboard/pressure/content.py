"""What the chart of the index shows, on its page and by itself."""

from typing import Any

from dashboard.charts.frame import Drawing
from dashboard.charts.models.cascade import draw_importance
from dashboard.charts.models.pressure import draw_pressure
from dashboard.component import ChartContent
from dashboard.component.source_line import SourceLine
from dashboard.pressure import sections
from dashboard.pressure import text as wording
from dashboard.shell.exact_settings import NothingThereError, RefusedError, number_expected, settled, words_expected
from dashboard.shell.pages import PageChart, Settings
from dashboard.shell.wording.index_wording import finding, month_name
from indicators.core.evidence.provenance import cited_pages
from indicators.core.snapshot import Snapshot
from indicators.methods.index.coverage import (
    LEAST_ORIGINS,
    LEAST_PILLARS,
    LEAST_WEIGHT,
    REASONS,
    ROUNDING,
    part_weights,
)
from indicators.methods.index.index import MoraleIndex
from indicators.methods.index.parameters import BOUNDS, IndexParameters, Mean, read_index_settings
from indicators.methods.index.parts import PILLARS
from indicators.methods.index.robustness import Robustness, choice_shares

FILE_NAME = "pressure_index"


def index_content(snapshot: Snapshot, parameters: IndexParameters) -> ChartContent:
    """Return what the chart of the index shows."""
    index, drawn = snapshot.index(parameters), snapshot.index_robustness(parameters)
    found = finding(index, drawn)
    return {
        "figure": index_figure(index, drawn),
        "title": wording.TITLE,
        "subtitle": found,
        "source": source(snapshot, index),
        "alt": f"{wording.TITLE}. {found}",
        "table": wording.month_table(index, drawn),
        "file_name": FILE_NAME,
    }


def _by_address(snapshot: Snapshot, settings: Settings) -> ChartContent:
    return index_content(snapshot, exact_parameters(settings))


def exact_parameters(settings: Settings) -> IndexParameters:
    """Return weights and mean of an address, taken as they are written."""

    def expected(name: str) -> str:
        return words_expected(list(Mean)) if name == "mean" else number_expected(BOUNDS[name])

    if settings and not any(settings.get(pillar.id, "1").strip("0.") for pillar in PILLARS):
        raise RefusedError(422, "This index is refused and nothing is drawn. All weights are 0; expected one above 0.")
    return settled(settings, read_index_settings, expected, subject="index")


def choices_content(index: MoraleIndex) -> ChartContent:
    """Return which choice of method decides most about the newest month.

    Raises:
        RefusedError: If no month is published.
    """
    if not index.published:
        raise NothingThereError(wording.PHRASES["none"])
    level, change = choice_shares(index)
    finding = sections.importance_finding(level)
    shares = sections.importance(level, change)
    return {
        "figure": draw_importance(shares, x_title="share of the spread, alone", y_title="Choice"),
        "title": "Which choice of method decides most",
        "subtitle": finding,
        "source": f"Own computation: 2,000 draws of all choices at once. {wording.ABOUT}",
        "alt": f"Shares of method choices. {finding}",
        "table": sections.importance_table(level, change),
        "file_name": "pressure_index_choices",
    }


def _choices_by_address(snapshot: Snapshot, settings: Settings) -> ChartContent:
    return choices_content(snapshot.index(exact_parameters(settings)))


NAMES = tuple(IndexParameters.model_fields)
CHARTS = {
    "": PageChart(content=_by_address, settings=NAMES),
    "choices": PageChart(content=_choices_by_address, settings=NAMES),
}


def index_figure(index: MoraleIndex, drawn: Robustness) -> Drawing:
    """Draw the index with the bands of its draws."""
    values = [index.value_of.get(state.month) for state in index.states]
    shares = part_weights(index.grid, index.parameters.shares).tolist()
    weights = {part.id: share for part, share in zip(index.grid.parts, shares, strict=True)}
    carried = [float(sum(weights[part] for part in state.carried)) for state in index.states]
    return draw_pressure(_days(index), values, _by_month(index, drawn), carried)


def source(snapshot: Snapshot, index: MoraleIndex) -> SourceLine:
    """Return the source line: who counted, and the pages that print the figures."""
    ids = {source for held in index.grid.cells.values() for cell in held.values() for source in cell.source_ids}
    return (f"Source: {wording.source_text(index)}. {wording.ABOUT} Figures on ", cited_pages(snapshot.evidence, ids))


def engine_model(index: MoraleIndex, drawn: Robustness, values: dict[str, Any]) -> dict[str, Any]:
    """Return what the panel's engine needs to know.

    Args:
        index: The index for the weights that the reader released last.
        values: Value of every control for these weights.
    """
    grid = index.grid
    origins = list(dict.fromkeys(part.origin for part in grid.parts))
    ids = [pillar.id for pillar in PILLARS]
    rises = {month: drawn.chance_of_rise(month) for month in drawn.months}
    return {
        "months": _days(index),
        "names": [month_name(month) for month in grid.months],
        "pillars": ids,
        "parts": [{"pillar": ids.index(part.pillar), "origin": origins.index(part.origin)} for part in grid.parts],
        "scores": [[None if score != score else score for score in row] for row in index.part_scores.tolist()],
        "fresh": grid.fresh.tolist(),
        "least": {
            "weight": LEAST_WEIGHT,
            "pillars": LEAST_PILLARS,
            "origins": LEAST_ORIGINS,
            "rounding": ROUNDING,
        },
        "reasons": dict(REASONS),
        "phrases": dict(wording.PHRASES),
        "rest": {
            "values": values,
            "levels": {f"{level:g}": column for level, column in _by_month(index, drawn).items()},
            "rises": [rises.get(month) for month in grid.months],
        },
    }


def _days(index: MoraleIndex) -> list[str]:
    return [f"{state.month}-15" for state in index.states]


def _by_month(index: MoraleIndex, drawn: Robustness) -> dict[float, list[float | None]]:
    """Return the quantiles of every month, None for a refused one."""
    places = {month: place for place, month in enumerate(drawn.months)}
    return {
        level: [column[places[state.month]] if state.published else None for state in index.states]
        for level, column in drawn.levels.items()
    }
