"""An indicator at a glance: its newest figure or event, how it changed and how many origins it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from indicators.core.evidence.consistency import split_ids
from indicators.core.evidence.echoes import figure_echoes
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.statuses import statuses
from indicators.core.evidence.vocabulary import Status
from indicators.core.figures.direction import Direction, change_between
from indicators.core.ledger.entries import dated_entries
from indicators.core.model import DATED_KINDS, Indicator

SHARED_COLUMNS = (
    "series", "label", "stage", "period_start", "period_end", "value", "low", "high", "unit", "qualifier", "side",
    "claimant", "known", "known_basis", "source_id", "note",
)  # fmt: skip
UNREADABLE = (Status.NOT_INFORMATIVE.value, Status.INCOMPLETE.value)


@dataclass(frozen=True, kw_only=True)
class Glance:
    """What an indicator's card shows.

    Args:
        latest: The newest row of a headline series that may be read as it stands, or None when there is none or
            nothing was known yet.
        previous: The row before it in the same series by the same claimant, or None.
        history: All rows of that series by that claimant that may be read as they stand, in order of period.
        origins: Number of independent origins behind the history or the entries; relays count once.
        evenly_spaced: Whether the history is one unbroken run of equal steps, so that a line may join it.
        latest_event: Where there is no such row, the newest entry of the first panel of events or mentions (see
            `dated.ENTRY_COLUMNS`), or None when there is none either.
        unreadable: The newest later row of that series by that claimant, which is incomplete or not informative, or
            None where nothing newer is known.
    """

    latest: pd.Series | None
    previous: pd.Series | None
    history: pd.DataFrame
    origins: int
    evenly_spaced: bool
    latest_event: pd.Series | None = None
    unreadable: pd.Series | None = None

    @cached_property
    def change(self) -> Direction | None:
        """How the newest figure stands to the one before it, or None where there is none before it."""
        if self.latest is None or self.previous is None:
            return None
        return change_between(self.previous, self.latest, self.history)


def figure_table(
    indicator: Indicator, evidence: Evidence, derived: pd.DataFrame, series: Sequence[str] | None = None
) -> pd.DataFrame:
    """Stack an indicator's observations and derived rows, so that a panel can take its series from one table.

    Args:
        evidence: Evidence that `derived` was computed from.
        derived: Result of `indicator.compute`.
        series: The series to stack; None for all.

    Returns:
        `SHARED_COLUMNS` and `status`; for that of observations see `statuses`.
    """
    rows = evidence.of_indicator(indicator.id) if series is None else evidence.of_series(*series)
    observations = rows[list(SHARED_COLUMNS)].assign(status=statuses(evidence, rows, derived))
    if series is not None:
        derived = derived[derived["series"].isin(series)]
    tables = [table for table in (observations, derived[[*SHARED_COLUMNS, "status"]]) if not table.empty]
    return pd.concat(tables, ignore_index=True) if tables else observations


def figures_without_chart(indicator: Indicator, evidence: Evidence, derived: pd.DataFrame) -> pd.DataFrame:
    """Return an indicator's observations that no panel shows and no derived row is computed from.

    Args:
        evidence: Evidence that `derived` was computed from.
        derived: Result of `indicator.compute`.
    """
    shown = {series for panel in indicator.panels for series in panel.series}
    used = {row for cell in derived["inputs"] for row in split_ids(cell)}
    observations = evidence.of_indicator(indicator.id)
    return observations[~observations["series"].isin(shown) & ~observations["observation_id"].isin(used)]


def glance(indicator: Indicator, evidence: Evidence, derived: pd.DataFrame) -> Glance:
    """Summarise an indicator for its card.

    Args:
        evidence: Evidence that `derived` was computed from.
        derived: Result of `indicator.compute`.
    """
    table = figure_table(indicator, evidence, derived, indicator.headline)
    table = table[table["side"] == "RU"]
    usable = table[~table["status"].isin(UNREADABLE)]
    if usable.empty:
        strip = next((panel for panel in indicator.panels if panel.kind in DATED_KINDS), None)
        entries = usable if strip is None else dated_entries(indicator.id, strip, evidence)
        return Glance(
            latest=None,
            latest_event=None if entries.empty else entries.iloc[-1],
            previous=None,
            history=usable,
            origins=figure_echoes(evidence.chain, entries).origins,
            evenly_spaced=False,
        )
    rank = usable["series"].map({series: -place for place, series in enumerate(indicator.headline)})
    newest = usable.assign(rank=rank).sort_values(["period_end", "rank", "known"], kind="stable").iloc[-1]
    own = table[(table["series"] == newest["series"]) & (table["claimant"] == newest["claimant"])]
    later = own[own["period_end"] > newest["period_end"]].sort_values(["period_end", "known"], kind="stable")
    history = own[~own["status"].isin(UNREADABLE)]
    history = history.sort_values(["period_end", "known"], kind="stable").drop_duplicates("period_end", keep="last")
    return Glance(
        latest=history.iloc[-1],
        previous=history.iloc[-2] if len(history) > 1 else None,
        history=history.reset_index(drop=True),
        origins=figure_echoes(evidence.chain, history).origins,
        evenly_spaced=_evenly_spaced(history["period_end"]),
        unreadable=None if later.empty else later.iloc[-1],
    )


def incomplete_from(rows: pd.DataFrame) -> pd.Timestamp | None:
    """Return the first day from which figures are still being completed.

    Args:
        rows: Figures with `series`, `period_start`, `period_end` and `status`.

    Returns:
        The first day of the earliest incomplete period that no complete one of its series follows, or None.
    """
    incomplete = rows["status"] == Status.INCOMPLETE
    complete_until = rows[~incomplete].groupby("series")["period_end"].max().to_dict()
    followed = pd.to_datetime(rows["series"].map(complete_until)) > rows["period_start"]
    starts = rows.loc[incomplete & ~followed, "period_start"]
    return None if starts.empty else starts.min()


def _evenly_spaced(ends: pd.Series) -> bool:
    """Return whether there are at least six dates a month apart each."""
    months = ends.dt.year * 12 + ends.dt.month
    return len(ends) >= 6 and bool((months.diff().dropna() == 1).all())
