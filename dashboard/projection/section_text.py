"""Sentences and tables below the projection panel."""

import math
from collections.abc import Iterable, Mapping, Sequence

from dashboard.charts.columns import Columns
from dashboard.component.controls import Control
from dashboard.shell.markdown import Markdown, markup
from dashboard.shell.wording.assumption_wording import assumption_table
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Stage
from indicators.core.figures.periods import Figure
from indicators.core.figures.rounding import lower_limit, two_digit_ratio
from indicators.core.text import (
    day_text,
    lower_first,
    number_text,
    percent_text,
    rounded_text,
)
from indicators.methods.projection.afterwards import Afterwards
from indicators.methods.projection.assumptions import StatedAssumption
from indicators.methods.projection.break_even import BreakEven, Layer
from indicators.methods.projection.count_layer import NO_COUNT, CountLayer
from indicators.methods.projection.project import Projection
from indicators.methods.projection.uncertainty import Swing

CAUSES: Mapping[str, str] = {
    "reading": "How the figure is read",
    "growth": "How fast it grows",
    "drift": "How the pace drifts",
    "recording": "Cases that nobody recorded",
    "counting": "Chance within each week",
    "future": "Weeks that differ",
}
TAKEN_AS_KNOWN = ("growth", "drift", "recording")
"""Causes that nobody measured; a setting without a spread takes them as known."""

ALL_COUNTS = "All definitions"
LAYERS: Mapping[Layer, str] = {
    "headline": "Every week",
    "calendar": "Minus court holidays",
    "claim": "Realistic average",
}
NO_RANGE = "There is no range to explain: the reading gives no distribution, or nothing is projected."
NOTHING_COUNTED = "No count that goes on for a month after the first day of this projection was known."
UNREACHABLE = "no value is enough"


def share_finding(shares: Mapping[str, float]) -> str:
    """Name the largest cause of the range, and the causes that add nothing because the settings take them as known."""
    largest = max(shares, key=lambda cause: shares[cause])
    sentence = f"The largest part of the range, {percent_text(shares[largest])}: {lower_first(CAUSES[largest])}."
    taken = [cause for cause in TAKEN_AS_KNOWN if shares[cause] == 0]
    if not taken:
        return sentence
    named = ", ".join([*taken[:-2], " and ".join(taken[-2:])])
    adds = "it adds" if len(taken) == 1 else "they add"
    return f"{sentence} You set {named} as certain, so {adds} nothing."


def named_shares(shares: Mapping[str, float]) -> dict[str, float]:
    """Return the shares by the causes' names for people; causes that play no part are left out."""
    return {CAUSES[cause]: share for cause, share in shares.items() if share > 0}


def share_table(shares: Mapping[str, float]) -> Columns:
    """Return all shares for people, in percent."""
    return {"Cause": [CAUSES[cause] for cause in shares], "Share (percent)": [100 * share for share in shares.values()]}


def tornado_rows(bars: Sequence[Swing]) -> Columns:
    """Return the bars of a tornado as its chart wants them."""
    return {
        "name": [CAUSES[bar.input] for bar in bars],
        "low_result": [bar.low for bar in bars],
        "high_result": [bar.high for bar in bars],
        "low_value": ["its 5th percentile"] * len(bars),
        "high_value": ["its 95th percentile"] * len(bars),
    }


def middle_sentence(middle: float, projection: Projection) -> str:
    """Say where the bars start, beside the average that stands above the chart."""
    mean = (
        ""
        if projection.claim is None
        else f" The average of all outcomes is about {rounded_text(projection.claim.mean)}."
    )
    return (
        "Each at its 5th and 95th percentile, all others at their middle, which comes to about "
        f"{rounded_text(middle)}.{mean}"
    )


def tornado_table(bars: Sequence[Swing]) -> Columns:
    """Return the bars of a tornado for people."""
    return {
        "Input": [CAUSES[bar.input] for bar in bars],
        "Total at its 5th percentile": [bar.low for bar in bars],
        "Total at its 95th percentile": [bar.high for bar in bars],
        "Swing": [bar.swing for bar in bars],
        "Interacts with": ["" if bar.partner is None else CAUSES[bar.partner] for bar in bars],
    }


def break_even_table(
    answers: Iterable[BreakEven], listed: Sequence[Control], values: Mapping[str, float | str]
) -> Columns:
    """Return for every setting its value and the one that would have to be true."""
    controls = {control.name: control for control in listed}
    asked = [(controls[answer.solve_for], answer.value) for answer in answers if answer.solve_for in controls]
    return {
        "Setting": [control.label for control, _ in asked],
        "Now": [setting_text(control, float(values[control.name])) for control, _ in asked],
        "Would have to be": [
            UNREACHABLE if value is None else setting_text(control, value) for control, value in asked
        ],
    }


def break_even_finding(target: float, answers: Sequence[BreakEven]) -> str:
    """Say by which single changes a target is reached."""
    reached = [answer.sentence for answer in answers if answer.reachable]
    if not reached:
        return f"No single setting within its range brings the total to {number_text(target)}."
    first, *second = reached[:2]
    return " ".join([first, *(f"Or {lower_first(sentence)}" for sentence in second)])


def target_sentence(target: float, weekly: BreakEven, growth: BreakEven, pace: Figure | None) -> str:
    """Say what a total would take, beside what was counted.

    Args:
        pace: The newest counted weekly figure; None where none was known.

    Example:
        >>> from indicators.methods.projection.break_even import break_even
        >>> from indicators.methods.projection.parameters import ProjectionParameters
        >>> found = [break_even(ProjectionParameters(), 10_000, name) for name in ("weekly", "growth_monthly")]
        >>> target_sentence(10_000, *found, None)
        '10,000 would take 193 a week, or growth of 10.7 % a month.'
    """
    if weekly.value is None:
        return f"No weekly figure brings the total to {number_text(target)}."
    seen = "" if pace is None else f" ({number_text(round(pace.value))} were counted in {_years(pace)})"
    grown = "" if growth.value is None else f", or growth of {percent_text(growth.value, 1)} a month"
    return f"{number_text(target)} would take {number_text(math.ceil(weekly.value))} a week{seen}{grown}."


def _years(period: Figure) -> str:
    first, last = period.period_start.year, period.period_end.year
    return f"{first}" if first == last else f"{first}/{last % 100:02d}"


def assumption_rows(stated: Sequence[StatedAssumption], evidence: Evidence) -> Columns:
    """Return the assumptions for people: value with its unit, on whose word, and why."""
    columns = assumption_table(stated, evidence)
    values = zip(columns["Value"], columns["Unit"], strict=True)
    words = zip(columns["Source"], columns["Basis"], strict=True)
    return {
        "Assumption": columns["Assumption"],
        "Value": [f"{value} {unit}".strip() for value, unit in values],
        "On whose word": [f"{source} ({basis})" if source else basis for source, basis in words],
        "Why": columns["Why"],
    }


def setting_text(control: Control, value: float) -> str:
    """Write the value of a setting the way its control does.

    Example:
        >>> setting_text(Control(name="g", label="G", kind="slider", default=0.0, display="percent"), 0.1234)
        '12.3 %'
    """
    if control.display == "plain":
        return f"{round(value, 1):,}".removesuffix(".0")
    if control.display == "points":
        return f"± {percent_text(value, 1).removesuffix(' %')} points"
    return f"{percent_text(value, 1)}{' a month' if control.display == 'monthly_growth' else ''}"


def count_sentence(layer: CountLayer | None) -> str:
    """Say what counted weeks lead one to expect, or that there are no two totals to carry on."""
    if layer is None:
        return NO_COUNT
    low, high = (rounded_text(layer.quantiles[level]) for level in (0.05, 0.95))
    return markup(
        "**About {}** (90 %: {} to {}). {} "
        "The published weekly figure plays no part in it; the range holds chance and uneven weeks alone.",
        rounded_text(layer.mean),
        low,
        high,
        layer.sentence,
    )


def afterwards_lines(held: Iterable[Afterwards]) -> list[Markdown]:
    """Return one line of Markdown for each count: how often the plain arithmetic of the same days it is."""
    lines = []
    for item in held:
        times = None if item.ratio is None else number_text(two_digit_ratio(item.ratio))
        ratio = "" if times is None else markup(", **{} times** the plain arithmetic", times)
        low = f" (at least {number_text(lower_limit(item.counted.low))})" if item.counted.low else ""
        named = markup("**{}, by {}**", item.path.definition, item.path.claimant)
        counted = f"about {rounded_text(item.counted.value)}{low} up to {day_text(item.counted.period_end)}"
        if item.path.stage is Stage.SENTENCE:
            inside = (
                "" if item.inside is None else f"; {'inside' if item.inside else 'outside'} the 90 % range of that day"
            )
        elif item.path.stage is Stage.PERSON:
            inside = "; fewer went to prison than were sentenced, because known sentences were often suspended"
        else:
            inside = "; another definition than the sentences projected"
        lines.append(markup("{}: {}{}{}.", named, counted, ratio, inside))
    return lines
