"""Names above the marks of a row, where a phone has room for them."""

from typing import Any

ROW_HEIGHT = 66
NAME_ABOVE = 0.12
"""How far a name stands above the middle of its row."""

MARK_BELOW = 0.3
"""How far a mark stands below it."""


def row_name(text: str, *, x: float, place: int) -> dict[str, Any]:
    """Return the name of a row as an annotation that hides the lines behind it.

    Args:
        text: The name as Plotly markup; already escaped.
        place: Row, the first being 0.

    Returns:
        An annotation whose colours are tokens.

    Example:
        >>> row_name("Rate", x=0.0, place=2)["y"]
        1.88
    """
    return {
        "xref": "x",
        "yref": "y",
        "x": x,
        "y": place - NAME_ABOVE,
        "xanchor": "left",
        "align": "left",
        "showarrow": False,
        "bgcolor": "@background",
        "font": {"size": 12, "color": "@text"},
        "text": text,
    }
