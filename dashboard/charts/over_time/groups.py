"""Splitting rows into the groups a chart tells apart: by series, by claimant, projected or observed."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.hover import hover_text
from dashboard.charts.over_time.rows import Row
from dashboard.charts.palette import CATEGORICAL
from indicators.core.text import STATUS_WORDS, day_text, figure_text, period_text

COLOURS = (*CATEGORICAL, "@muted")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x", "star")
NOTE_LENGTH = 120  # longer notes stay in the number table


@dataclass(frozen=True, kw_only=True)
class Group:
    """Rows drawn alike, with the look that tells them from the other groups."""

    label: str
    colour: str
    symbol: str
    projected: bool
    unit: str
    rows: tuple[Row, ...]

    def hover(self) -> list[str]:
        """Return what to say about each row: figure, period, who says so and since when."""
        return [hover_text(_sentences(row, self.label, self.unit)) for row in self.rows]


def split(rows: Sequence[Row], series: Sequence[str], unit: str) -> list[Group]:
    """Split rows into groups in the order of a panel's series, then of first appearance; what is projected last.

    Args:
        rows: Result of ``rows.prepared``.

    Returns:
        Groups with at least one row each. Of up to four no two share a colour, of up to 12 none colour and symbol.

    Example:
        >>> import pandas as pd
        >>> from dashboard.charts.over_time.rows import prepared
        >>> table = pd.DataFrame({"series": ["s", "s"], "claimant": ["A", "B"], "value": [1, 2],
        ...                       "period_start": ["2023-01-01"] * 2, "period_end": ["2023-01-31"] * 2})
        >>> [(group.label, group.colour) for group in split(prepared(table), ["s"], "cases")]
        [('A', '@observed'), ('B', '@second')]
    """
    place = {name: position for position, name in enumerate(series)}
    labels = _labels(rows)
    parts: dict[tuple[bool, str], list[Row]] = {}
    for row, label in sorted(zip(rows, labels, strict=True), key=lambda pair: place.get(pair[0].series, len(place))):
        projected = row.qualifier == "projection"
        parts.setdefault((projected, label), []).append(row)
    groups = []
    for number, ((projected, label), part) in enumerate(sorted(parts.items(), key=lambda item: item[0][0])):
        groups.append(
            Group(
                label=f"{label}, projected" if projected else label,
                colour="@projected" if projected else COLOURS[number % len(COLOURS)],
                symbol=SYMBOLS[(number + number // len(SYMBOLS)) % len(SYMBOLS)],
                projected=projected,
                unit=unit,
                rows=tuple(sorted(part, key=lambda row: (row.start, row.end))),
            )
        )
    return groups


def _labels(rows: Sequence[Row]) -> list[str]:
    """Return a legend entry for each row: the series' own label, and the claimant where there are several."""
    claimants: dict[str, set[str]] = {}
    for row in rows:
        claimants.setdefault(row.series, set()).add(row.claimant)
    labels = []
    for row in rows:
        label = row.label or row.series.replace("_", " ")
        several = len(claimants[row.series]) > 1
        if row.claimant and len(claimants) == 1 and (several or not row.label):
            labels.append(row.claimant)
        else:
            labels.append(f"{label}: {row.claimant}" if several else label)
    return labels


def _sentences(row: Row, label: str, unit: str) -> list[str]:
    known = f"known {day_text(row.known)}" if row.known else ""
    return [
        figure_text(row.value, unit, row.qualifier, row.low, row.high),
        period_text(row.start, row.end),
        label if label != row.claimant else "",
        ", ".join(part for part in (row.claimant, known) if part),
        STATUS_WORDS.get(row.status, ""),
        row.note if len(row.note) <= NOTE_LENGTH else "",
    ]
