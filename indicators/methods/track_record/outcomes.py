"""What was observed in a window or on a day: the figures by which a published projection can be scored.

Running totals are counted within one counter, by the cases that they follow or between their own dates. A total of a
period counts if it is of the window's period. A stock or price counts if it is dated within a month of the day. What
falls short says why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Kind, KnownBasis, Qualifier
from indicators.core.figures.derived import figures
from indicators.core.figures.periods import Figure
from indicators.core.figures.totals import dated_total
from indicators.core.text import count_text, day_text
from indicators.methods.counts.court_totals import Counter, counter_of, counters
from indicators.methods.counts.window_counts import Route, WindowCount, count_in_window
from indicators.methods.counts.window_limits import Limits

LONGEST_GAP = 31
"""Days by which a count may end before its window, or a stock stand away from its day."""

NEAREST_START = 7
"""Days within which another counter's total may stand in for the total at a window's start."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """An observed figure for a window or day.

    Args:
        figure: Value with bounds and provenance; its period is the one that was counted.
        claimants: Who counted; two where one counter's total starts and another's ends the window.
        interpolated: Whether an edge of the window lies between two dated totals.
        routes: The honest ways to the figure, of which it is the middle; empty where it was published as it is.
        paced: Limits if nothing ever rose faster than the highest published pace; None without such a pace.
        sentence: Which figures it uses, with their dates.
        edition: The first edition of the same figure, if a later one replaced it; None otherwise.
    """

    figure: Figure
    claimants: tuple[str, ...]
    interpolated: bool
    sentence: str
    routes: tuple[Route, ...] = ()
    paced: Limits | None = None
    edition: Figure | None = None

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest value that an honest route leads to."""
        values = [route.value for route in self.routes] or [self.figure.value]
        return min(values), max(values)


@dataclass(frozen=True, kw_only=True)
class NoOutcome:
    """Why a series does not tell what happened."""

    reason: str


def find_outcomes(evidence: Evidence, series: str, start: date, end: date) -> list[Outcome] | NoOutcome:
    """Return what one series says about a window, one outcome per counter and way of counting.

    Args:
        end: Last day of the window; the day itself for a stock or price.
    """
    rows = evidence.of_series(series)
    # What was projected is not what happened.
    rows = rows[rows["qualifier"] != Qualifier.PROJECTION.value]
    if rows.empty:
        return NoOutcome(reason="No figure of this series was known.")
    kind = Kind(rows["kind"].iloc[0])
    if kind is Kind.CUMULATIVE:
        return _running_totals(evidence, series, start, end)
    if kind is Kind.FLOW:
        return _period_totals(rows, start, end)
    return _on_a_day(rows, end)


def _running_totals(evidence: Evidence, series: str, start: date, end: date) -> list[Outcome] | NoOutcome:
    found = counters(evidence, series, start)
    outcomes: list[Outcome] = []
    reasons: list[str] = []
    for claimant, counter in found.items():
        one = _one_counter(counter, start, end)
        if isinstance(one, Outcome):
            outcomes += [one, *_started_by_another(counter, found, start, end)]
        else:
            reasons.append(f"By {claimant}: {one.reason}")
    return outcomes or NoOutcome(
        reason=" ".join(reasons) or f"No total that counts from before {day_text(start)} was known."
    )


def _one_counter(counter: Counter, start: date, end: date) -> Outcome | WindowCount:
    counted, last, short = count_in_window(counter, start, end), counter.own[-1].period_end, 0
    if counted.count is None and start <= last < end and (end - last).days <= LONGEST_GAP:
        short = (end - last).days
        counted = count_in_window(counter, start, last)
    if counted.count is None:
        return counted
    return Outcome(
        figure=_at_least(counted.count) if short else counted.count,
        claimants=(counter.claimant,),
        interpolated=counted.interpolated,
        routes=counted.routes,
        paced=counted.paced,
        sentence=f"By {counter.claimant}: {_used(counted)}{_cut_short(short)}",
    )


def _started_by_another(counter: Counter, found: Mapping[str, Counter], start: date, end: date) -> Iterator[Outcome]:
    """Start from another counter's total near the window's first day: nothing to interpolate, but two counters."""
    for other, theirs in found.items():
        near = min(theirs.own, key=lambda total: abs((total.period_end - start).days))
        if other == counter.claimant or abs((near.period_end - start).days) > NEAREST_START:
            continue
        if near.period_start != counter.own[0].period_start:
            continue
        later = [total for total in counter.own if total.period_end > near.period_end and total.value >= near.value]
        joined = counter_of(counter.series, [near, *later])
        counted = count_in_window(joined, near.period_end + _ONE_DAY, end)
        if counted.count is None:
            continue
        inferred = ", its date inferred" if near.known_basis is KnownBasis.INFERRED else ""
        yield Outcome(
            figure=counted.count,
            claimants=(other, counter.claimant),
            interpolated=counted.interpolated,
            routes=counted.routes,
            sentence=(
                f"Two counters: starts from {dated_total(near)} by {other}{inferred}, goes on by {counter.claimant}: "
                f"{_used(counted)}"
            ),
        )


def _period_totals(rows: pd.DataFrame, start: date, end: date) -> list[Outcome] | NoOutcome:
    """Take, by claimant, the newest edition of the total whose period is the window's, or ends shortly before it."""
    outcomes = []
    fitting = rows[
        (rows["period_start"] == pd.Timestamp(start))
        & (rows["period_end"] <= pd.Timestamp(end))
        & (rows["period_end"] >= pd.Timestamp(end - timedelta(days=LONGEST_GAP)))
    ]
    for claimant, group in fitting.groupby("claimant"):
        *earlier, newest = figures(group.sort_values(["period_end", "known"]))
        short = (end - newest.period_end).days
        outcomes.append(
            Outcome(
                figure=_at_least(newest) if short else newest,
                claimants=(str(claimant),),
                interpolated=False,
                sentence=f"By {claimant}: {dated_total(newest)}, known {day_text(newest.known)}.{_cut_short(short)}",
                edition=earlier[0] if earlier else None,
            )
        )
    return outcomes or NoOutcome(reason=f"No total from {day_text(start)} to about {day_text(end)} was known.")


def _on_a_day(rows: pd.DataFrame, day: date) -> list[Outcome] | NoOutcome:
    """Take, by claimant, the figure dated nearest to the day, the nearest of all first."""
    nearest = {
        str(claimant): min(figures(group), key=lambda figure: (_distance(figure, day), -figure.known.toordinal()))
        for claimant, group in rows.groupby("claimant")
    }
    close = sorted(
        ((claimant, figure) for claimant, figure in nearest.items() if _distance(figure, day) <= LONGEST_GAP),
        key=lambda pair: _distance(pair[1], day),
    )
    if not close:
        claimant, figure = min(nearest.items(), key=lambda pair: _distance(pair[1], day))
        found = f"the nearest is {_on(figure)}, by {claimant}"
        return NoOutcome(reason=f"No figure within {LONGEST_GAP} days of {day_text(day)} was known; {found}.")
    return [
        Outcome(
            figure=figure,
            claimants=(claimant,),
            interpolated=False,
            sentence=f"By {claimant}: {_on(figure)}{_apart(figure, day)}.",
        )
        for claimant, figure in close
    ]


def _at_least(figure: Figure) -> Figure:
    return replace(
        figure, low=figure.value if figure.low is None else figure.low, high=None, qualifier=Qualifier.AT_LEAST
    )


def _used(counted: WindowCount) -> str:
    if counted.count is None or not counted.interpolated:
        return f"totals {'; '.join(map(dated_total, counted.totals))}."
    limits = _between(counted.count.low, counted.count.high)
    paced = (
        ""
        if counted.paced is None
        else (f" At no more than the highest published pace it is {_between(*counted.paced)}.")
    )
    return f"the exact window was not counted. {counted.reason} It can't lie outside {limits}.{paced}"


def _between(low: float | None, high: float | None) -> str:
    lower = f"{low or 0:,.0f}"
    return f"{lower} or more" if high is None else f"{lower} to {high:,.0f}"


def _cut_short(days: int) -> str:
    return f" It ends {count_text(days, 'day')} before the window does, so it is a lower bound." if days else ""


def _distance(figure: Figure, day: date) -> int:
    if figure.period_start <= day <= figure.period_end:
        return 0
    return min(abs((figure.period_start - day).days), abs((figure.period_end - day).days))


def _apart(figure: Figure, day: date) -> str:
    distance = _distance(figure, day)
    return f", {count_text(distance, 'day')} away from the day" if distance else ""


def _on(figure: Figure) -> str:
    return f"{figure.value:,.0f} on {day_text(figure.period_end)}"
