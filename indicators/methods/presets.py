"""Starting points of a projection: the published figure, variations of it, and what was observed later.

A preset is a set of settings; all others take their default. Rates observed later are means over calendar time, so
they hold for court holidays too and are taken as the mean of a week.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from indicators.core.derived import DerivedRow, DerivedSeries
from indicators.core.model import Qualifier, Stage
from indicators.core.observations import Evidence
from indicators.core.provenance import with_ancestors
from indicators.core.totals import rates_between_totals
from indicators.methods.assumptions import projection_origin
from indicators.methods.parameters import DEFAULTS, ProjectionParameters
from indicators.methods.readings import Reading
from indicators.methods.run_rate import WEEKS_PER_YEAR_OF_COURTS, WORKING_DAYS_PER_WEEK

TOTALS = "ru_refusal_sentences_cumulative_since_mobilisation"
SMALLEST_COVERAGE = 2 / 3
"""Share of a half-year's days that dated totals must cover."""

_WEEKLY = DerivedSeries(
    id="sentences_weekly_between_totals",
    label="All refusal articles, between totals",
    stage=Stage.SENTENCE,
    unit="sentences per week",
    method="Difference of two running totals of one counter, times 7, over the days between their dates.",
)


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A named starting point.

    Args:
        id: Stable name, as in an address.
        name: Name for people.
        settings: Parameters that differ from the default.
        explanation: What it means and where its values come from, in one or two sentences.
        source_ids: Sources of its values, the origins behind them included; empty where nobody published them.
    """

    id: str
    name: str
    settings: Mapping[str, object]
    explanation: str
    source_ids: tuple[str, ...] = ()

    @property
    def parameters(self) -> ProjectionParameters:
        """All settings of a projection that starts here."""
        return ProjectionParameters.model_validate(dict(self.settings))


def presets(evidence: Evidence) -> tuple[Preset, ...]:
    """Return the starting points, as published first, then what each later half-year brought.

    Args:
        evidence: Evidence, restricted to what was known on a day or not.
    """
    weekly, working_days = DEFAULTS.weekly, DEFAULTS.working_days
    sources = _published_sources(evidence)
    basis = (
        "As the update words it" if sources else "The model's own start; nobody had published a weekly figure by then"
    )
    return (
        Preset(
            id="as_published",
            name="As published",
            settings={},
            explanation=f"{basis}: up to {weekly:g} a week for {DEFAULTS.weeks} weeks, no growth.",
            source_ids=sources,
        ),
        Preset(
            id="court_calendar",
            name="Court calendar",
            settings={"reading": Reading.MEAN.value},
            explanation=(
                f"{weekly:g} in every full week of courts, none on the {_days_off(working_days)} weekdays of a "
                f"52-week year on which they do not sit ({working_days} working days)."
            ),
            source_ids=sources,
        ),
        Preset(
            id="halved",
            name="Halved",
            settings={"weekly": weekly / 2},
            explanation=f"Half the published figure: up to {weekly / 2:g} a week. Assumed; nobody published it.",
        ),
        Preset(
            id="doubled",
            name="Doubled",
            settings={"weekly": weekly * 2},
            explanation=f"Twice the published figure: up to {weekly * 2:g} a week. Assumed; nobody published it.",
        ),
        *_later_half_years(evidence),
    )


def _later_half_years(evidence: Evidence) -> Iterator[Preset]:
    rates = list(rates_between_totals(evidence.of_series(TOTALS), _WEEKLY))
    if not rates:
        return
    origin, last = projection_origin(evidence), max(rate.figure.period_end for rate in rates)
    start = date(origin.year, 1 if origin.month <= 6 else 7, 1)
    while start <= last:
        after = date(start.year, 7, 1) if start.month == 1 else date(start.year + 1, 1, 1)
        preset = _half_year(evidence, start, after, rates)
        if preset is not None:
            yield preset
        start = after


def _half_year(evidence: Evidence, start: date, after: date, rates: list[DerivedRow]) -> Preset | None:
    parts = [(rate, _overlap(rate, start, after)) for rate in rates]
    parts = [(rate, overlap) for rate, overlap in parts if overlap > 0]
    covered = sum(overlap for _, overlap in parts)
    days = (after - start).days
    if covered < SMALLEST_COVERAGE * days:
        return None
    weekly = sum(rate.figure.value * overlap for rate, overlap in parts) / covered
    counters = " and ".join(dict.fromkeys(rate.claimant for rate, _ in parts))
    totals = "; ".join(dict.fromkeys(total for rate, _ in parts for total in rate.note.split("; ")))
    part = "" if covered == days else f" They cover {covered} of its {days} days."
    which = "first" if start.month == 1 else "second"
    ids = (source for rate, _ in parts for source in rate.figure.source_ids)
    return Preset(
        id=f"{which}_half_{start.year}",
        name=f"As in the {which} half of {start.year}",
        # Whole, because that is the step of the setting; the explanation has the figure with one decimal.
        settings={
            "weekly": float(round(weekly)),
            "qualifier": Qualifier.EXACT.value,
            "working_days": WORKING_DAYS_PER_WEEK * WEEKS_PER_YEAR_OF_COURTS,
        },
        explanation=(
            f"{weekly:,.1f} sentences a week, all three articles, by {counters}: growth spread evenly between dated "
            f"totals ({totals}).{part}"
        ),
        source_ids=tuple(sorted(with_ancestors(evidence.sources, ids))),
    )


def _overlap(rate: DerivedRow, start: date, after: date) -> int:
    first = max(rate.figure.period_start, start)
    return (min(rate.figure.period_end + timedelta(days=1), after) - first).days


def _published_sources(evidence: Evidence) -> tuple[str, ...]:
    rows = evidence.assumptions
    ids = rows.loc[(rows["assumption_id"] == "weekly") & (rows["source_id"] != ""), "source_id"]
    return tuple(sorted(with_ancestors(evidence.sources, ids)))


def _days_off(working_days: int) -> int:
    return WORKING_DAYS_PER_WEEK * WEEKS_PER_YEAR_OF_COURTS - working_days
