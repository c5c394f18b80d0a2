"""Did the rate of an indicator's counts change: at an unknown date, and around dates known beforehand.

Both answers describe counts. Neither says why: law, population and counting changed too, and records come late.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from indicators.core.derived import DerivedRow, DerivedSeries, derived_table, figures
from indicators.core.latest import settled_rows
from indicators.core.model import Indicator, Qualifier, Stage
from indicators.core.observations import Evidence
from indicators.core.periods import DAYS_PER_WEEK, Figure, days_between, merge_provenance
from indicators.methods.change_points import ChangePoint, single_change
from indicators.methods.event_study import EventStudy, study_event

KNOWN_DATES: tuple[tuple[date, str], ...] = (
    (date(2022, 9, 21), "Mobilisation decree"),
    (date(2023, 6, 24), "Wagner mutiny"),
    (date(2024, 8, 1), "Federal bonus doubled"),
)
COUNTS_NEEDED = 12
MOST_DISPERSION = 10.0


@dataclass(frozen=True, kw_only=True)
class RateChanges:
    """What the counts of one indicator say about changes of their rate.

    Args:
        label: What is counted; "" without a series of counts.
        studies: Comparison around each known date, with the date's name.
        posterior: Probability by first period of the new rate, with `DERIVED_COLUMNS`; empty if refused.
        sentence: When the rate most probably changed, or why no date is sought.
    """

    label: str
    studies: tuple[tuple[str, EventStudy], ...]
    posterior: pd.DataFrame = field(repr=False)
    sentence: str


def rate_changes(indicator: Indicator, evidence: Evidence) -> RateChanges:
    """Seek one change of rate in an indicator's counts, and compare both sides of known dates.

    Args:
        indicator: The indicator; its `counts` names the series.
        evidence: Evidence, restricted to what was known on a day or not.
    """
    if not indicator.counts:
        return _without_counts("No series of counts in even periods is published here, so no change of rate is sought.")
    rows = evidence.of_series(indicator.counts)
    for panel in indicator.panels:
        if indicator.counts in panel.series:
            rows = settled_rows(panel, rows)
    if rows.empty:
        return _without_counts("No count was known yet on this day.")
    label, claimant = str(rows["label"].iloc[0]), str(rows["claimant"].iloc[0])
    periods = _newest_editions(figures(rows[rows["claimant"] == claimant]))
    past = [(day, name) for day, name in KNOWN_DATES if evidence.as_of is None or day <= evidence.as_of]
    studies = tuple((name, study_event(periods, day)) for day, name in past)
    posterior, sentence = _unknown_date(indicator, label, claimant, periods)
    return RateChanges(label=label, studies=studies, posterior=posterior, sentence=sentence)


def dispersion(periods: list[Figure], change: ChangePoint) -> float:
    """Return how much counts vary around the two rates compared with chance counts: sum (y - mu)^2 / mu over n - 2.

    Args:
        periods: The counts that the change was sought in, at least three.
        change: The change; mu is its rate before or after times the weeks of the period.
    """
    total = 0.0
    for place, figure in enumerate(periods):
        rate = change.rate_before if place < change.most_likely else change.rate_after
        expected = rate * _weeks(figure)
        total += (figure.value - expected) ** 2 / expected if expected > 0 else 0.0
    return total / (len(periods) - 2)


def _without_counts(sentence: str) -> RateChanges:
    return RateChanges(label="", studies=(), posterior=derived_table([]), sentence=sentence)


def _weeks(figure: Figure) -> float:
    return days_between(figure.period_start, figure.period_end) / DAYS_PER_WEEK


def _newest_editions(counts: list[Figure]) -> list[Figure]:
    newest = {figure.period_start: figure for figure in sorted(counts, key=lambda figure: figure.known)}
    return [newest[start] for start in sorted(newest)]


def _unknown_date(indicator: Indicator, label: str, claimant: str, periods: list[Figure]) -> tuple[pd.DataFrame, str]:
    if len(periods) < COUNTS_NEEDED:
        return derived_table([]), (
            f"The date of a change is sought only in {COUNTS_NEEDED} counts or more; there are {len(periods)}."
        )
    change = single_change([int(figure.value) for figure in periods], [_weeks(figure) for figure in periods])
    spread = dispersion(periods, change)
    if spread > MOST_DISPERSION:
        return derived_table([]), (
            f"These counts vary {spread:,.0f} times as much as chance counts would, even around two rates, so a search "
            "for one date of change would look far surer than it is; none is shown."
        )
    series = DerivedSeries(
        id=f"{indicator.id}_change",
        label="Probability that the new rate began with this period",
        stage=Stage.EVENT,
        unit="share",
        method="Posterior of one change in a Poisson rate, each date equally probable beforehand.",
    )
    provenance = merge_provenance(*periods)
    table = derived_table(
        DerivedRow(
            series=series,
            figure=Figure(
                period_start=first.period_start,
                period_end=first.period_end,
                value=probability,
                low=None,
                high=None,
                qualifier=Qualifier.ESTIMATE,
                **provenance,
            ),
            claimant=claimant,
        )
        for first, probability in zip(periods[1:], change.probabilities, strict=True)
    )
    place = change.most_probable
    return table, (
        f"If the rate changed once, it most probably did with {periods[place].period_start:%B %Y} (probability "
        f"{change.probabilities[place - 1]:.2f}). {label}: {change.rate_before:.2g} a week before the likeliest date, "
        f"{change.rate_after:.2g} from then on. The counts vary {spread:.1f} times as much as chance counts, so the "
        "date is less sure than the probability says."
    )
