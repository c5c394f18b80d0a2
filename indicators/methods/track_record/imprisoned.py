"""From sentences counted in a window to people sent to prison, by the published share that was suspended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Qualifier
from indicators.core.figures.derived import figures
from indicators.core.figures.direction import wilson_interval
from indicators.core.figures.periods import Figure, merge_provenance
from indicators.core.text import percent_text, percents_text, period_text
from indicators.methods.counts.window_counts import Route

SHARE = "ru_art337_suspended_share"
TEXTS = "ru_art337_texts_published"
DEFINITION = "People imprisoned, converted from sentences"

_PERCENT = 100


@dataclass(frozen=True, kw_only=True)
class SuspendedShare:
    """A published share of absence sentences that were suspended, and how sure it is.

    Args:
        texts: Number of published texts of which it was taken; None where nobody stated it.
        low: Lower end of its 95 % interval (Wilson), 0 to 1; the share itself without a number of texts.
    """

    figure: Figure
    texts: int | None
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share, 0 to 1."""
        return self.figure.value / _PERCENT

    @property
    def words(self) -> str:
        """The share with its period, its texts and its interval."""
        interval = percents_text(self.low, self.high)
        taken = f" ({round(self.share * self.texts)} of {self.texts} texts; {interval})" if self.texts else ""
        return f"{percent_text(self.share)} of {period_text(self.figure.period_start, self.figure.period_end)}{taken}"


@dataclass(frozen=True, kw_only=True)
class Imprisoned:
    """People sent to prison in a window.

    Args:
        figure: The estimate; its bounds are the limits of the sentences with the interval of the share.
        routes: With the share itself, and with both ends of its interval.
    """

    figure: Figure
    routes: tuple[Route, ...]
    sentence: str


def suspended_share(evidence: Evidence, start: date, end: date) -> SuspendedShare | None:
    """Return the published share that speaks most of a window, with its Wilson interval.

    Returns:
        The share, or None where none was known.
    """
    shares = figures(evidence.of_series(SHARE))
    if not shares:
        return None
    used = share_for_window(shares, start, end)
    same = (one for one in figures(evidence.of_series(TEXTS)) if one.period_end == used.period_end)
    texts = next((one for one in same if one.period_start == used.period_start), None)
    share = used.value / _PERCENT
    if texts is None:
        return SuspendedShare(figure=used, texts=None, low=share, high=share)
    number = round(texts.value)
    low, high = wilson_interval(round(share * number), number)
    figure = replace(used, **merge_provenance(used, texts))
    return SuspendedShare(figure=figure, texts=number, low=low, high=high)


def share_for_window(shares: Sequence[Figure], start: date, end: date) -> Figure:
    """Return the published share that speaks most of a window.

    That is the one whose period has most days in the window; where none has any, the one nearest to it. A share that a
    reader sets on a slider plays no part: what was counted does not move with an assumption.
    """

    def overlap(share: Figure) -> int:
        # Negative where the periods are apart: the days between them.
        return (min(end, share.period_end) - max(start, share.period_start)).days

    return max(shares, key=lambda share: (overlap(share), share.known))


def imprisoned_of(absence: Figure, everything: Figure, share: SuspendedShare) -> Imprisoned:
    """Convert sentences to people sent to prison: P = A (1 - s) + (S - A).

    A are absence sentences, S all refusal sentences, s the share of absence sentences that are suspended. The share is
    known of absence alone; sentences for refusing an order and for desertion all count as prison, which they almost
    always are, so P is an upper reading.

    Args:
        absence: A, in a window.
        everything: S, in the same window.
        share: s with its interval.

    Example:
        >>> from indicators.core.evidence.vocabulary import KnownBasis
        >>> def count(value):
        ...     return Figure(period_start=date(2023, 8, 30), period_end=date(2024, 8, 27), value=value, low=None,
        ...         high=None, qualifier=Qualifier.EXACT, known=date(2025, 6, 26), known_basis=KnownBasis.PUBLISHED,
        ...         source_ids=("s",), inputs=("o",))
        >>> share = SuspendedShare(figure=count(75.0), texts=None, low=0.6, high=0.8)
        >>> found = imprisoned_of(count(7000.0), count(8000.0), share)
        >>> found.figure.value, [route.value for route in found.routes]
        (2750.0, [2400.0, 2750.0, 3800.0])
    """

    def served(suspended: float) -> float:
        return everything.value - suspended * absence.value

    ends = dict.fromkeys((share.high, share.share, share.low))
    routes = tuple(Route(name=f"with {percent_text(end)} suspended", value=served(end)) for end in ends)
    low = None if everything.low is None else everything.low * (1 - share.high)
    high = None if everything.high is None else everything.high - share.low * (absence.low or 0.0)
    value = served(share.share)
    figure = replace(
        everything,
        value=value,
        low=None if low is None else min(low, value),
        high=None if high is None else max(high, value),
        qualifier=Qualifier.ESTIMATE,
        **merge_provenance(everything, absence, share.figure),
    )
    sentence = (
        f"Of {absence.value:,.0f} absence sentences {share.words} count as suspended; all "
        f"{everything.value - absence.value:,.0f} others count as prison, so this is an upper reading: "
        f"{value:,.0f} people, {min(route.value for route in routes):,.0f} to "
        f"{max(route.value for route in routes):,.0f} by the interval of that share. Courts publish few texts."
    )
    return Imprisoned(figure=figure, routes=routes, sentence=sentence)
