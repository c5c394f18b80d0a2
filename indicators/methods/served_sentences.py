"""From sentences counted in a window to people sent to prison, by a published share of suspended sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from indicators.core.periods import Figure, merge_provenance
from indicators.core.vocabulary import Qualifier
from indicators.methods.outcomes import Outcome
from indicators.methods.run_rate import imprisoned

_PERCENT = 100


def share_for_window(shares: Sequence[Figure], start: date, end: date) -> Figure:
    """Return the published share that speaks most of a window.

    That is the one whose period has most days in the window; where none has any, the one nearest to it. A share that a
    reader sets on a slider plays no part: what was scored does not move with an assumption.

    Args:
        shares: Published shares; at least one.
        start: First day of the window.
        end: Last day of the window.
    """

    def overlap(share: Figure) -> int:
        # Negative where the periods are apart: the days between them.
        return (min(end, share.period_end) - max(start, share.period_start)).days

    return max(shares, key=lambda share: (overlap(share), share.known))


def served(sentences: Outcome, shares: Sequence[Figure], start: date, end: date, *, projected: float) -> Outcome:
    """Convert sentences to people sent to prison: n (1 - s), with s of `share_for_window`.

    The bounds hold for every published share, so they are those of the count times the largest and smallest part that
    was not suspended.

    Args:
        sentences: Sentences counted in the window.
        shares: Published shares of suspended sentences, in percent; at least one.
        start: First day of the window.
        end: Last day of the window.
        projected: The projected total that the sentence compares with.
    """
    counted, used = sentences.figure, share_for_window(shares, start, end)
    every = [share.value / _PERCENT for share in shares]
    figure = Figure(
        period_start=counted.period_start,
        period_end=counted.period_end,
        value=imprisoned(counted.value, used.value / _PERCENT),
        low=None if counted.low is None else imprisoned(counted.low, max(every)),
        high=None if counted.high is None else imprisoned(counted.high, min(every)),
        qualifier=Qualifier.ESTIMATE,
        **merge_provenance(counted, *shares),
    )
    inside = used.period_end >= start and used.period_start <= end
    sentences_in_words = [
        f"Converted with the published share of suspended sentences whose period "
        f"{'overlaps the window most' if inside else 'is nearest to the window'}, {_share(used)}: {counted.value:,.0f} "
        f"sentences become {figure.value:,.0f} people."
    ]
    for other in sorted(shares, key=lambda share: share.period_end, reverse=True):
        if other is not used:
            people = imprisoned(counted.value, other.value / _PERCENT)
            sentences_in_words.append(
                f"With {_share(other)} they become {people:,.0f}, {people / projected:.2f} times projected."
            )
    sentences_in_words.append("Each share rests on the few texts that courts publish.")
    if figure.value < projected < counted.value:
        sentences_in_words.append(
            "The sign flips: more people were sentenced than projected, but most known sentences were suspended, so "
            "read as people sent to prison the same figure is too high."
        )
    return replace(sentences, figure=figure, sentence=" ".join(sentences_in_words))


def _share(share: Figure) -> str:
    first, last = f"{share.period_start:%b %Y}", f"{share.period_end:%b %Y}"
    return f"{share.value:g} % of {last if first == last else f'{first} to {last}'}"
