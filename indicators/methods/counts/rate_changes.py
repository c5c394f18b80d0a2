"""Did the rate of an indicator's counts change: at an unknown date, and around dates known beforehand.

Both answers describe counts. Neither says why: law, population and counting changed too, and records come late.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.statuses import settled_counts
from indicators.core.evidence.vocabulary import Qualifier, Stage
from indicators.core.figures.derived import DerivedRow, DerivedSeries, derived_table, figures
from indicators.core.figures.periods import DAYS_PER_WEEK, Figure, days_between, merge_provenance
from indicators.core.ledger.entries import concerning
from indicators.core.model import Indicator
from indicators.core.text import day_text, lower_first, month_text
from indicators.methods.counts.change_points import ChangePoint, likeliest_dates, single_change
from indicators.methods.counts.dated_changes import AROUND, LEVEL, DatedChange, dated_changes
from indicators.methods.counts.poisson import pearson_dispersion

KNOWN_DATES: Mapping[date, str] = {
    date(2022, 9, 21): "the mobilisation decree",
    date(2023, 5, 30): "the first drone strikes on Moscow",
    date(2023, 6, 24): "the Wagner mutiny",
    date(2023, 8, 23): "the plane crash of Wagner's leader",
    date(2024, 8, 1): "the doubling of the federal bonus",
}
MOOD_DATES = (date(2023, 5, 30), date(2023, 6, 24), date(2023, 8, 23))
"""Known dates at which readers ask about the mood of those who write about the war."""

COUNTS_NEEDED = 12
CLEAR = 3.0
"""Log Bayes factor from which a change of rate is called clear: the counts are 20 times as probable with one."""

MOST_DISPERSION = 10.0
THURSDAY = date(2022, 2, 24).toordinal()
LAW_NEAR = timedelta(days=31)
"""How far from a known date a change of law is still named with it."""


@dataclass(frozen=True, kw_only=True)
class RateChanges:
    """What the counts of one indicator say about changes of their rate.

    Args:
        label: What is counted; "" without a series of counts.
        dated_sentence: What they say together; "" without a known date.
        posterior: Probability by first period of the new rate, with `DERIVED_COLUMNS`; empty unless a change is clear.
        sentence: When the rate most probably changed, or why no date is named; "" where nothing is counted.
    """

    label: str
    dated: tuple[DatedChange, ...]
    dated_sentence: str
    posterior: pd.DataFrame = field(repr=False)
    sentence: str


def rate_changes(indicator: Indicator, evidence: Evidence) -> RateChanges:
    """Seek one change of rate in an indicator's counts, and compare both sides of known dates.

    Args:
        indicator: The indicator; its `counts` names the series.
    """
    past = {day: name for day, name in KNOWN_DATES.items() if evidence.as_of is None or day <= evidence.as_of}
    if not indicator.counts:
        mentions = any(panel.kind == "mentions" for panel in indicator.panels)
        return _without_numbers(past) if mentions else _without_counts("")
    rows = settled_counts(indicator, evidence)
    if rows.empty:
        return _without_counts("No count was known yet on this day.")
    label, claimant = str(rows["label"].iloc[0]), str(rows["claimant"].iloc[0])
    periods = _newest_editions(figures(rows[rows["claimant"] == claimant]))
    weeks = [_weeks(figure, by_thursdays=Stage(rows["stage"].iloc[0]) is Stage.DEATH) for figure in periods]
    events = concerning(evidence.events, indicator.id)
    dated = dated_changes(periods, weeks, past)
    posterior, sentence = _unknown_date(indicator, label, claimant, periods, weeks)
    return RateChanges(
        label=label,
        dated=dated,
        dated_sentence=_dated_sentence(dated, events[events["category"] == "law"]),
        posterior=posterior,
        sentence=sentence,
    )


def dispersion(periods: Sequence[Figure], weeks: Sequence[float], change: ChangePoint) -> float:
    """Return how much counts vary around the two rates compared with chance counts: sum (y - mu)^2 / mu over n - 2.

    Args:
        periods: The counts that the change was sought in, at least three.
        change: The change; mu is its rate before or after times the weeks of the period.
    """
    rates = [change.rate_before] * change.most_likely + [change.rate_after] * (len(periods) - change.most_likely)
    expected = [rate * length for rate, length in zip(rates, weeks, strict=True)]
    return pearson_dispersion([figure.value for figure in periods], expected, fitted=2)


def _dated_sentence(dated: Sequence[DatedChange], laws: pd.DataFrame) -> str:
    if not dated:
        return ""
    found = [change for change in dated if change.stands_out]
    if not found:
        names = _either([change.name for change in dated])
        return f"These figures cannot tell whether the rate changed with {names}: {_why_silent(dated)}."
    sentences = []
    for change in found:
        interval = "" if change.low is None else f" (95 % interval {change.low:.1f} to {change.high:.1f})"
        larger = round((change.chance or 0) * (1 + change.others)) - 1
        sentences.append(
            f"From {day_text(change.day)}, the day of {change.name}, the rate was {change.ratio:.1f} times what the "
            f"year before leads to{interval}; {larger} of {change.others} other dates show a step as large."
        )
        near = laws[
            (laws["date"] <= pd.Timestamp(change.day + LAW_NEAR))
            & (laws["end_date"] >= pd.Timestamp(change.day - LAW_NEAR))
        ]
        sentences += [
            f"The law changed around that date too: {lower_first(law['title'])} ({month_text(law['date'])})."
            for law in near.to_dict("records")
        ]
    if len(found) < len(dated):
        sentences.append("The other dates asked about cannot be told from chance.")
    return " ".join([*sentences, "Nothing here says why."])


def _why_silent(dated: Sequence[DatedChange]) -> str:
    asked = [change for change in dated if change.chance is not None]
    if not asked:
        return f"that takes {AROUND} counts before a date and {AROUND} from it on"
    others = max(change.others for change in asked)
    if len(asked) / (1 + others) > LEVEL:
        return f"only {others} other dates can be set against them, too few to know chance from change"
    return "steps as large stand at other dates of the same series"


def _either(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _without_counts(sentence: str) -> RateChanges:
    return RateChanges(label="", dated=(), dated_sentence="", posterior=derived_table([]), sentence=sentence)


def _without_numbers(past: Mapping[date, str]) -> RateChanges:
    """Answer for reports that somebody looked for: how many there are is no measure of the mood."""
    named = [name for day, name in past.items() if day in MOOD_DATES]
    if not named:
        return _without_counts("")
    cannot = f"These reports cannot tell whether {_either(named)} changed the mood: nobody has counted it."
    return replace(_without_counts(""), dated_sentence=cannot)


def _weeks(figure: Figure, *, by_thursdays: bool) -> float:
    """Return the weeks of a period: days over 7, or whole weeks where a series puts each week where its Thursday is."""
    if not by_thursdays:
        return days_between(figure.period_start, figure.period_end) / DAYS_PER_WEEK
    first, last = figure.period_start.toordinal(), figure.period_end.toordinal()
    return (last - THURSDAY) // 7 - (first - 1 - THURSDAY) // 7


def _newest_editions(counts: list[Figure]) -> list[Figure]:
    newest = {figure.period_start: figure for figure in sorted(counts, key=lambda figure: figure.known)}
    return [newest[start] for start in sorted(newest)]


def _unknown_date(
    indicator: Indicator, label: str, claimant: str, periods: Sequence[Figure], weeks: Sequence[float]
) -> tuple[pd.DataFrame, str]:
    nothing = derived_table([])
    if len(periods) < COUNTS_NEEDED:
        return nothing, f"Too few counts ({len(periods)}) to date a change; it takes {COUNTS_NEEDED}."
    counts = [int(figure.value) for figure in periods]
    spread = dispersion(periods, weeks, single_change(counts, weeks))
    if spread > MOST_DISPERSION:
        return nothing, (
            f"These counts vary {spread:,.0f} times as much as chance counts would, even around two rates, so no date "
            "of change is sought."
        )
    change = single_change(counts, weeks, spread=max(spread, 1.0))
    likeliest = likeliest_dates(change)
    first, last = (periods[place].period_start for place in (likeliest[0], likeliest[-1]))
    span = f"in {month_text(first)}" if first == last else f"between {month_text(first)} and {month_text(last)}"
    if change.log_bayes_factor < CLEAR:
        return nothing, (
            f"Not clear whether the rate changed once: if it did, then most probably {span}, but one rate throughout "
            f"explains the counts nearly as well (log Bayes factor {change.log_bayes_factor:.1f}, "
            f"clear from {CLEAR:.0f})."
        )
    series = DerivedSeries(
        id=f"{indicator.id}_change",
        label="Probability that the new rate began with this period",
        stage=Stage.EVENT,
        unit="share",
        method="Posterior of one change in a rate of uneven counts, each date equally probable beforehand.",
    )
    provenance = merge_provenance(*periods)
    table = derived_table(
        DerivedRow(
            series=series,
            figure=Figure(
                period_start=start.period_start,
                period_end=start.period_end,
                value=probability,
                low=None,
                high=None,
                qualifier=Qualifier.ESTIMATE,
                **provenance,
            ),
            claimant=claimant,
        )
        for start, probability in zip(periods[1:], change.probabilities, strict=True)
    )
    return table, (
        f"If the rate changed once, it did {span} (90 % of the probability; log Bayes factor "
        f"{change.log_bayes_factor:.1f}). {label}: {change.rate_before:.2g} a week before the likeliest date, "
        f"{change.rate_after:.2g} from then on."
    )
