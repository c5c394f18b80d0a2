"""Sentences and tables of the cascade panel, and what every chart of its page says."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.component.controls import Tile
from dashboard.shell.markdown import Markdown, markup
from indicators.core.evidence.provenance import CitedPages
from indicators.core.text import chance_text, number_text, percent_text
from indicators.methods.cascade.parameters import CascadeParameters
from indicators.methods.cascade.run import SHARES, UNMEASURED, Cascade
from indicators.methods.levels import LEVELS

WARNING = markup(
    "**{}** This page shows what would follow from assumptions; it is not a forecast for any army or unit.",
    UNMEASURED,
)
R_TEXT = markup(
    "What counts most is **how many others one broken unit breaks** on average while all others stand. Below 1 a break "
    "dies out; above 1 it can run through everybody."
)
SOURCE = "Own model with assumed settings; nobody has measured them. Observed units: none."
SHARE_WORDS = {0.1: "10 %", 0.2: "20 %", 0.5: "half"}
PHRASES: Mapping[str, str] = {
    "tile": "At least {share} broken",
    "tile_note": "of runs, in the end",
    "nobody": "In {nobody} of runs the break stays alone; on average {mean} of units break.",
    "beside_ring": "If units felt only their {neighbours} neighbours on a line: at least 10 % in {first}, 20 % in "
    "{second}, half in {third} of runs.",
    "beside_mixed": "If every unit felt all others: at least 10 % in {first}, 20 % in {second}, half in "
    "{third} of runs.",
    "peak": "Where a tenth is reached, most units break in week {peak}, in the run in the middle.",
    "unfinished": "In {unfinished} of runs the break still spreads in the last week shown; the figures count what "
    "comes after.",
    "self_starting": "With these tolerances {share} of units would break without any cause. Here they wait for the "
    "first pressure.",
    "finding": "If each broken unit breaks {r} of the others, {initial} lead{s} to at least 10 % broken in {chance} of "
    "runs",
    "one": "one broken unit",
    "several": "{initial} broken units",
}
"""Sentences of the figures; the panel fills the same ones in the browser."""


def origin_text(event: pd.Series, source: CitedPages) -> Markdown:
    """Return the sentence that the what-if starts from, with who said it and who printed it."""
    template = "Where the question comes from: {} Asserted by {}; reported by {}."
    return markup(template, event["summary"], event["asserted_by"], source)


def cascade_tiles(cascade: Cascade) -> tuple[Tile, ...]:
    """Return the probabilities of large cascades as tiles."""
    return tuple(
        Tile(
            label=PHRASES["tile"].format(share=SHARE_WORDS[share]),
            value=chance_text(cascade.p_at_least[share]),
            note=PHRASES["tile_note"],
        )
        for share in SHARES
    )


def cascade_lines(cascade: Cascade, beside: Sequence[float]) -> tuple[str, ...]:
    """Return the sentences below the tiles.

    Args:
        beside: Probability of each of `SHARES` if units felt each other otherwise: on a ring or, from a ring, all.
    """
    parameters = cascade.parameters
    first, second, third = (chance_text(chance) for chance in beside)
    name = "beside_mixed" if parameters.topology == "ring" else "beside_ring"
    neighbours = number_text(parameters.neighbours)
    peak, unfinished, alone = cascade.peak_tick, cascade.p_unfinished, cascade.self_starting
    return (
        PHRASES["nobody"].format(nobody=chance_text(cascade.p_seed_only), mean=chance_text(cascade.mean_share)),
        PHRASES[name].format(neighbours=neighbours, first=first, second=second, third=third),
        "" if peak is None else PHRASES["peak"].format(peak=number_text(peak)),
        PHRASES["unfinished"].format(unfinished=chance_text(unfinished)) if unfinished > 0 else "",
        PHRASES["self_starting"].format(share=chance_text(alone)) if alone > 0 else "",
    )


def cascade_finding(cascade: Cascade) -> str:
    """Say in one sentence what a cascade comes to."""
    parameters = cascade.parameters
    one = parameters.initial == 1
    sentence = PHRASES["finding"].format(
        r=number_text(parameters.effective_r),
        initial=PHRASES["one"] if one else PHRASES["several"].format(initial=parameters.initial),
        s="s" if one else "",
        chance=chance_text(cascade.p_at_least[SHARES[0]]),
    )
    return f"{sentence}."


def fan_table(cascade: Cascade) -> pd.DataFrame:
    """Return the broken share by week and level, for people."""
    columns = {f"{percent_text(level)} level": row for level, row in zip(LEVELS, cascade.fan.tolist(), strict=True)}
    return pd.DataFrame({"Week": range(cascade.fan.shape[1]), **columns})


def settings_text(parameters: CascadeParameters) -> str:
    """Name the settings behind a chart in short."""
    r, runs = number_text(parameters.effective_r), number_text(parameters.replicates)
    return (
        f"{parameters.units} units, {parameters.initial} broken at the start, each breaking {r} of the others, "
        f"{runs} runs, seed {parameters.seed}."
    )
