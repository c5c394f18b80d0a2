"""Rows of a table one below the other, each as label and value: for rows of long texts, on a screen of any width."""

import pandas as pd

from dashboard.shell.markdown import Markdown, joined, markup
from dashboard.shell.writing import bullets


def records(rows: pd.DataFrame) -> None:
    """Write each row under the text of its first column; empty cells are left out."""
    bullets(record_line(row) for row in rows.to_dict("records"))


def record_line(row: dict[object, object]) -> Markdown:
    r"""Return one row as Markdown.

    Example:
        >>> record_line({"Aspect": "Stage", "Russia": "A court file", "Why": ""}).split("  \n  ")
        ['**Stage**', '*Russia:* A court file']
    """
    (_, title), *cells = row.items()
    shown = (markup("*{}:* {}", name, cell) for name, cell in cells if cell != "")
    return joined("  \n  ", (markup("**{}**", title), *shown))
