"""Abandoned and captured armour in the weeks of retreats, beside years of positional war.

Context for a what-if, no calibration: a crew that leaves its vehicle behind may have broken, run out of fuel or failed
in an assault, and vehicles are listed when a picture turns up.
"""

import pandas as pd

WINDOWS = (
    ("Retreat from the north of Ukraine", "2022-03-01", "2022-04-30"),
    ("Retreats in Kharkiv and Kherson regions", "2022-09-01", "2022-11-30"),
    ("Positional war, 2023", "2023-01-01", "2023-12-31"),
    ("Positional war, 2024", "2024-01-01", "2024-12-31"),
)
"""Name, first and last day."""


def abandonment_by_window(months: pd.DataFrame) -> pd.DataFrame:
    """Return the abandoned and captured share of listed losses in each window.

    The share is the sum of abandoned and captured vehicles over the sum of losses, month by month.

    Args:
        months: Rows by month with period_start, period_end, value (share) and n (vehicles listed as lost).

    Returns:
        Columns name, start, end, share and vehicles; windows of which a month is missing are left out.
    """
    rows = []
    for name, first, last in WINDOWS:
        start, end = pd.Timestamp(first), pd.Timestamp(last)
        inside = months[(months["period_start"] >= start) & (months["period_end"] <= end)]
        wanted = (end.year - start.year) * 12 + end.month - start.month + 1
        vehicles = float(inside["n"].sum())
        if len(inside) == wanted and vehicles > 0:
            share = float((inside["value"] * inside["n"]).sum()) / vehicles
            rows.append({"name": name, "start": start, "end": end, "share": share, "vehicles": vehicles})
    return pd.DataFrame(rows, columns=["name", "start", "end", "share", "vehicles"])
