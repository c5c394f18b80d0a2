"""Vintages: how the figure for one period changed with the day of its publication."""

from collections.abc import Sequence

import pandas as pd

END_TOLERANCE = pd.Timedelta(days=3)

_ONE_FIGURE = ["series", "claimant", "side", "geography", "period_start"]
_COLUMNS = (
    "series", "label", "unit", "claimant", "period_start", "period_end", "first_value", "first_known", "last_value",
    "last_known", "editions", "change", "source_id",
)  # fmt: skip


def revisions(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that were published more than once with different values.

    Two rows are editions of one figure if series, claimant, side, place and first day agree and their last days lie
    within three days: a count printed on 29 December and the year's count are one figure in two editions. Running
    totals are left out, as each day has a total of its own.

    Args:
        observations: Observations of any series, with `kind`, `label` and `unit`.

    Returns:
        One row per revised figure: first and newest value with the day each was known, and the relative change
        (last - first) / first.
    """
    found = []
    for _, rows in observations[observations["kind"] != "cumulative"].groupby(_ONE_FIGURE, sort=False):
        for _, editions in rows.sort_values("period_end").groupby(_same_end(rows)):
            newest_last = editions.sort_values("known", kind="stable")
            if newest_last["known"].nunique() < 2 or newest_last["value"].nunique() < 2:
                continue
            first, last = newest_last.iloc[0], newest_last.iloc[-1]
            found.append(
                {
                    **last[["series", "label", "unit", "claimant", "period_start", "period_end"]],
                    "first_value": first["value"],
                    "first_known": first["known"],
                    "last_value": last["value"],
                    "last_known": last["known"],
                    "editions": len(newest_last),
                    "change": last["value"] / first["value"] - 1 if first["value"] else float("nan"),
                    "source_id": ";".join(newest_last["source_id"].drop_duplicates()),
                }
            )
    return pd.DataFrame(found, columns=list(_COLUMNS))


def most_editions(observations: pd.DataFrame, series: Sequence[str]) -> int:
    """Return in how many editions the best documented period of some series is known; 0 without rows."""
    rows = observations[observations["series"].isin(series)]
    editions = rows.groupby([*_ONE_FIGURE, "period_end"])["known"].nunique()
    return 0 if editions.empty else int(editions.max())


def _same_end(rows: pd.DataFrame) -> pd.Series:
    """Number the clusters of last days that lie within the tolerance of their neighbour."""
    return (rows["period_end"].sort_values().diff() > END_TOLERANCE).cumsum()
