"""Sentences and tables of the sections below the cascade panel."""

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.cascade.text import SHARE_WORDS
from dashboard.shell.markdown import Markdown, markup
from indicators.core.text import chance_text, lower_first, number_text, period_text, upper_first
from indicators.methods.cascade.clustering import Clustering
from indicators.methods.cascade.parameters import CascadeParameters
from indicators.methods.cascade.plausible import NOISE, Outcome
from indicators.methods.cascade.run import BINS, SHARES, Cascade

SMALL, LARGE = 10, 30
"""Percent of broken units below which a run counts as small, and from which it counts as large."""
COMPARED = 0.2
"""Broken share whose probability is compared between networks."""


def outcome_table(cascade: Cascade) -> pd.DataFrame:
    """Return the histogram as a table, for people."""
    return pd.DataFrame(
        {
            "Broken from": [place / BINS for place in range(BINS)],
            "Broken to": [(place + 1) / BINS for place in range(BINS)],
            "Share of runs": cascade.histogram,
        }
    )


def outcome_finding(cascade: Cascade) -> str:
    """Say whether outcomes cluster at one end or at both."""
    small, large = sum(cascade.histogram[: SMALL * BINS // 100]), sum(cascade.histogram[LARGE * BINS // 100 :])
    between = chance_text(max(1 - small - large, 0.0))
    sentence = f"{chance_text(small)} of runs end below {SMALL} % broken, {chance_text(large)} at {LARGE} % or more"
    return f"{upper_first(sentence)}, {between} between."


def break_even_text(least: float | None, largest: float) -> str:
    """Write how many others each broken unit must break, or that there is no such number.

    Example:
        >>> break_even_text(1.3493, 10), break_even_text(None, 10)
        ('1.35 others', 'more than 10')
        >>> break_even_text(1e-7, 10)
        'under 0.01 others'
    """
    if least is None:
        return f"more than {largest:g}"
    return "under 0.01 others" if 0 < least < 0.01 else f"{number_text(least)} others"


def outcome_sentence(outcome: Outcome, what: str) -> Markdown:
    """Say how far an outcome holds over all plausible settings, and what decides.

    Args:
        what: The outcome in words, as the end of "the break spreads ...".
    """
    verdict = "Robust" if outcome.verdict == "robust" else "Fragile"
    chance = chance_text(outcome.likely)
    return markup("**{}:** the break spreads {} more often than not in {} of settings.", verdict, what, chance)


def importance_names(outcome: Outcome, names: Mapping[str, str]) -> dict[str, float]:
    """Return the importance of inputs by display name, largest first and the noise last."""
    ordered = sorted(outcome.importance.items(), key=lambda pair: pair[0] == NOISE)
    return {names.get(name, name): value for name, value in ordered}


def clustering_sentence(found: Clustering | None) -> str:
    """Say how much contagion counted cases allow.

    Args:
        found: Clustering of case counts; None where too few windows were known.
    """
    if found is None:
        return "Too few dated totals were known by this day to say how much contagion counted cases allow."
    return (
        f"Counted absence cases tell little: at most {chance_text(found.upper_limit)} of them were set off by earlier "
        f"ones (95 % limit), and perhaps none. There are {found.windows} periods, some shorter than a trial takes, and "
        "court batches and changes of law make counts uneven too. The cases are persons, not units."
    )


def window_table(windows: pd.DataFrame) -> pd.DataFrame:
    """Return the windows of abandoned armour, for people.

    Args:
        windows: From `abandonment_by_window`.
    """
    return pd.DataFrame(
        {
            "Window": windows["name"],
            "Months": [period_text(start, end) for start, end in zip(windows["start"], windows["end"], strict=True)],
            "Abandoned or captured": [chance_text(share) for share in windows["share"]],
            "Vehicles listed": [number_text(count) for count in windows["vehicles"]],
        }
    )


FRONT_WORDS: Mapping[str, str] = {
    "play": "Play this run",
    "pause": "Pause this run",
    "restart": "From the start",
    "back": "Week back",
    "forward": "Week on",
    "week": "Week",
    "state": "Week {week}: {broken} of {units} units broken, {pressing} of them pressing on others.",
    "standing": "stands",
    "pressing": "broken, presses on others",
    "withdrawn": "broken, withdrawn",
}
"""Labels of the picture of one run."""
WINDOWS_TEXT = (
    "Crews that leave working vehicles behind are the closest public trace of units that broke. Two retreats stand out "
    "against the positional war that followed. These shares calibrate nothing above: they count vehicles, not units, "
    "and a failed assault looks alike."
)
WINDOWS_SOURCE = "Oryx, visually confirmed losses of Russian armour, by month of listing; minimums."


def network_finding(chances: Mapping[str, Sequence[float]]) -> str:
    """Say how much it matters who feels whom."""
    place = SHARES.index(COMPARED)
    parts = [f"{chance_text(values[place])} ({lower_first(name)})" for name, values in chances.items()]
    return f"At least {SHARE_WORDS[COMPARED]} broken: {', '.join(parts)}."


def network_table(chances: Mapping[str, Sequence[float]]) -> pd.DataFrame:
    """Return the probabilities by network, for people."""
    rows = {
        f"At least {SHARE_WORDS[share]}": [row[place] for row in chances.values()] for place, share in enumerate(SHARES)
    }
    return pd.DataFrame({"A broken unit presses on": list(chances), **rows})


def run_text(ticks: Sequence[int | None], parameters: CascadeParameters) -> str:
    """Tell one run in words.

    Args:
        ticks: Week in which each unit breaks; None for units that stand.

    Example:
        >>> run_text([0, 2, 2, None], CascadeParameters(units=4))
        'Of 4 units, 1 is broken at the start. Week 2: 2 more. In the end 3 are broken and 1 stands.'
    """
    weeks = [tick for tick in ticks if tick]
    counts = {week: weeks.count(week) for week in sorted(set(weeks))}
    start = parameters.initial
    told = " ".join(f"Week {week}: {count} more." for week, count in counts.items()) or "Nobody follows."
    broken, standing = start + len(weeks), len(ticks) - start - len(weeks)
    return (
        f"Of {len(ticks)} units, {start} {'is' if start == 1 else 'are'} broken at the start. {told} In the end "
        f"{broken} {'is' if broken == 1 else 'are'} broken and {standing} {'stands' if standing == 1 else 'stand'}."
    )


def place_text(parameters: CascadeParameters) -> str:
    """Say what a unit's place in the picture means."""
    if parameters.topology == "ring":
        return "Units stand in the order of the line; its ends touch."
    return "Positions are arbitrary."


def doubt_text(runs: int) -> str:
    """Say how far a simulated chance may be off: two standard errors of a chance of one half.

    Example:
        >>> doubt_text(2_000)
        '2,000 runs leave up to about 2 points of doubt in each chance.'
    """
    return f"{number_text(runs)} runs leave up to about {round(100 / math.sqrt(runs))} points of doubt in each chance."


def draws_text(draws: int, runs: int) -> str:
    """Say what the share of settings rests on."""
    return (
        f"One unit of 100 broken at the start, no pressure from outside; {number_text(draws)} settings drawn evenly "
        f"from the plausible ranges, {runs} runs each. Robust means: the same answer in at least nine tenths."
    )


def input_names(names: Mapping[str, str]) -> dict[str, str]:
    """Return display names of all inputs whose importance is shown."""
    return {
        **names,
        "topology": "Who presses on whom",
        "tolerance": "Kind of tolerance",
        NOISE: "For comparison: an input without effect",
    }


def importance_finding(outcome: Outcome, names: Mapping[str, str]) -> str:
    """Name the inputs that decide most."""
    first, second, *_ = [names[name] for name in outcome.importance if name != NOISE]
    if outcome.tied:
        return f"Whether a tenth breaks depends most on two settings that cannot be ranked: {first}, and {second}."
    return f"Whether a tenth breaks depends most on: {first}; then {second}."


def importance_table(indices: Mapping[str, Mapping[str, float]]) -> pd.DataFrame:
    """Return the importance of inputs by outcome, for people."""
    names = list(next(iter(indices.values())))
    columns = {f"Break {outcome}": [index[name] for name in names] for outcome, index in indices.items()}
    return pd.DataFrame({"Setting": names, **columns})
