"""Cases waiting: what courts have received and not yet decided."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pandas as pd

from indicators.core.figures.derived import DerivedRow, DerivedSeries, figures
from indicators.core.figures.periods import Figure, less
from indicators.core.figures.totals import newest_by_end


def cases_waiting(cases: pd.DataFrame, sentences: pd.DataFrame, series: DerivedSeries) -> Iterator[DerivedRow]:
    """Subtract the sentences from the cases on every day for which one counter states both: B = C - S.

    Args:
        cases: Running totals of cases, C.
        sentences: Running totals of sentences for the same articles, S.

    Yields:
        One row per claimant, side and day with both totals, of each the newest known; its period is that day.
    """
    decided = dict(_newest(sentences))
    for (claimant, side, day), received in _newest(cases):
        passed = decided.get((claimant, side, day))
        if passed is not None:
            yield DerivedRow(
                series=series,
                figure=replace(less(received, passed), period_start=day),
                claimant=claimant,
                side=side,
                note=f"{received.value:,.0f} cases less {passed.value:,.0f} sentences",
            )


def _newest(totals: pd.DataFrame) -> Iterator[tuple[tuple[str, str, date], Figure]]:
    for (claimant, side), group in totals.groupby(["claimant", "side"]):
        for total in newest_by_end(figures(group)):
            yield (str(claimant), str(side), total.period_end), total
