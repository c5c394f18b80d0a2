"""Sentences of the answer; every number in them comes from the evidence."""

from collections.abc import Sequence
from datetime import date

from indicators.core.figures.periods import Figure
from indicators.core.figures.rounding import lower_limit, two_digit_ratio, two_digits
from indicators.core.text import day_text, period_text, upper_first
from indicators.methods.track_record.imprisoned import SuspendedShare

QUESTION = "“100 a week, 5,200 a year”: what happened?"
UNPUBLISHED = "No weekly figure of convictions for refusing to fight had been published by this day."
COUNTED = (
    "The weekly figure rests on Mediazona's count of sentences for absence without leave (Art. 337); its words, "
    "“refusing to fight”, would also cover refusing an order (Art. 332) and desertion (Art. 338)."
)
MOSTLY = "most known absence sentences were suspended"
TOO_EARLY = "Too early to say"
NEAR = 0.1
"""A ratio within a tenth of 1 is called about right."""


def claimed(projector: str, day: date, statement: str) -> str:
    """Say who said what, and when."""
    return f"{projector}, {day_text(day)}: “{statement}”"


def verdict(of_the_day: float | None, of_the_year: Sequence[float]) -> str:
    """Say in a few words whether the weekly figure held on its day, and its sum over the year.

    Args:
        of_the_day: Count a week between two totals over weekly figure; None where there is none yet.
        of_the_year: Count over projection by every honest route; empty while the year can't be told.

    Example:
        >>> verdict(0.966, [1.35, 1.57])
        'About right for the day, too low for the year'
        >>> verdict(None, [])
        'Too early to say'
    """
    said = []
    if of_the_day is not None:
        said.append(f"{_how([of_the_day])} for the day")
    if of_the_year:
        said.append(f"{_how(of_the_year)} for the year")
    return upper_first(", ".join(said)) or TOO_EARLY


def _how(ratios: Sequence[float]) -> str:
    if min(ratios) > 1 + NEAR:
        return "too low"
    return "too high" if max(ratios) < 1 - NEAR else "about right"


def happened(counts: Sequence[tuple[bool, Figure, float]], *, cited: float, projected: float, over: bool) -> str:
    """Say what followed: absence first, then all articles; "" where nothing was counted.

    Args:
        counts: Whether it is all articles, the count, and its ratio to the projection for the same days.
        over: Whether the counts reach the end of the year.
    """
    if not counts:
        return ""
    parts = {everything: (_amount(figure), two_digit_ratio(ratio)) for everything, figure, ratio in counts}
    last = counts[0][1].period_end
    until = "within a year" if over else f"by {day_text(last)}"
    against = f"the {projected:,.0f}" if over else f"what {cited:g} a week gives for these days"
    amount, ratio = parts[False]
    text = (
        f"{amount} sentences for absence, which is what the {cited:g} a week counted, followed {until}, "
        f"about {ratio:g} times {against}"
    )
    if True in parts:
        amount, ratio = parts[True]
        text += f" (under all refusal articles {amount}, about {ratio:g} times)"
    return text


def sentence(verdict: str, happened: str, start: date, *, ahead: bool, over: bool, mostly: bool) -> str:
    """Write the whole answer in one sentence.

    Args:
        verdict: From `verdict`.
        happened: From `happened`.
        ahead: Whether the year was not over on the day whose knowledge counts.
        over: Whether the counts reach its end.
        mostly: Whether most known absence sentences were suspended.
    """
    end = f", and {MOSTLY}" if mostly else ""
    if over:
        return f"{verdict}: {happened}{end}."
    open_ = "the year is not over" if ahead else "no total from after the end of the year is known"
    if not happened:
        open_ = f"no count of sentences after {day_text(start)} is known yet"
    if verdict == TOO_EARLY:
        return f"{verdict}: {open_}{end}."
    found = f"; {happened}" if happened else ""
    return f"{verdict}, but {open_}{found}{end}."


def pace(counted: Figure | None, *, published: bool) -> str:
    """Say what was counted a week around the day of the claim.

    Args:
        counted: Absence sentences a week; None where nobody counted.
        published: Whether the pace was published as it is, not computed from two totals.
    """
    if counted is None:
        return ""
    about = "about " if published else ""
    return f"Absence sentences came to {about}{_a_week(counted)}."


def suspended(share: SuspendedShare | None, people: Figure | None, ratio: float | None) -> str:
    """Say which share of known absence sentences was suspended and how many people went to prison.

    Args:
        share: The share; None where none was known.
        people: People imprisoned; None where they can't be told.
        ratio: Their ratio to the projection; None unless they are counted to the end of the year.
    """
    if share is None:
        return ""
    text = f"Suspended among known absence sentences: {share.words}"
    if people is None:
        return f"{text}."
    times = "" if ratio is None else f", about {two_digit_ratio(ratio):g} times what was projected"
    return f"{text}; if all others mean prison, about {two_digits(people.value):,.0f} people went to prison{times}."


def latest(counted: Figure, everything: bool) -> str:
    """Say what the newest two totals come to a week.

    Args:
        everything: Whether it counts all refusal articles, not absence alone.
    """
    what = "sentences under all refusal articles" if everything else "absence sentences"
    return f"The latest count is {_a_week(counted, f' {what}')}."


def _a_week(counted: Figure, what: str = "") -> str:
    return f"{counted.value:,.0f}{what} a week ({period_text(counted.period_start, counted.period_end)})"


def _amount(figure: Figure) -> str:
    about = f"probably about {two_digits(figure.value):,.0f}"
    return f"at least {lower_limit(figure.low):,.0f} and {about}" if figure.low else about
