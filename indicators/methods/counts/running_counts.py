"""What running totals added since a day, total by total: the observed side of a projection."""

from dataclasses import dataclass
from datetime import date, timedelta

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Kind, Stage
from indicators.core.figures.periods import Figure
from indicators.methods.counts.court_totals import counters
from indicators.methods.counts.window_counts import count_in_window

SHORTEST_STRETCH = timedelta(days=31)
"""A counter that stops sooner after the first day tells nothing about what followed."""


@dataclass(frozen=True, kw_only=True)
class CountPath:
    """One counter's counts from one day on.

    Args:
        definition: What it counts, in words.
        counts: Counts from the first day to each dated total after it, and to the last day where a later total allows.
    """

    series: str
    definition: str
    stage: Stage
    claimant: str
    counts: tuple[Figure, ...]

    @property
    def id(self) -> str:
        """What is counted, as in an address: the series and the stage to which it was converted."""
        return f"{self.series}_{self.stage}"


def counts_since(evidence: Evidence, series: str, start: date, until: date) -> list[CountPath]:
    """Return each counter's counts from a day on, if they go on for a month; none where totals do not run."""
    rows = evidence.of_series(series)
    if rows.empty or rows["kind"].iloc[0] != Kind.CUMULATIVE:
        return []
    paths = []
    for claimant, counter in counters(evidence, series, start).items():
        days = {day for day in counter.dated_days() if start <= day <= until}
        found = (count_in_window(counter, start, day).count for day in sorted({*days, until}))
        counts = tuple(count for count in found if count is not None)
        if counts and counts[-1].period_end - start >= SHORTEST_STRETCH:
            paths.append(
                CountPath(
                    series=series,
                    definition=definition_words(rows["label"].iloc[0]),
                    stage=Stage(rows["stage"].iloc[0]),
                    claimant=claimant,
                    counts=counts,
                )
            )
    return paths


def definition_words(name: str) -> str:
    """Return what a series of running totals counts, without the day from which it counts.

    Example:
        >>> definition_words("Absence cases since the mobilisation (Art. 337)")
        'Absence cases (Art. 337)'
    """
    return name.replace(" since the mobilisation", "").replace(" since 1 January", "")
