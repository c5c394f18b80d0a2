"""Hover labels: a few lines of plain text as Plotly reads them."""

import html
import textwrap
from collections.abc import Iterable
from functools import lru_cache

HOVER_WIDTH = 44


def hover_text(lines: Iterable[str]) -> str:
    """Join lines for a hover label, wrapped to the width of a phone and safe as Plotly markup.

    Args:
        lines: Plain text; empty lines are left out. The first line is set in bold.

    Returns:
        Text with ``<br>`` between lines, and a space and ``<br>`` where one goes on.

    Example:
        >>> hover_text(["up to 100 a week", "", "R&D"])
        '<b>up to 100 a week</b><br>R&amp;D'
    """
    first, *rest = [_wrapped(line) for line in lines if line] or [()]
    return "<br>".join(" <br>".join(parts) for parts in ([f"<b>{part}</b>" for part in first], *rest))


@lru_cache(maxsize=4096)
def _wrapped(line: str) -> tuple[str, ...]:
    """Wrap and escape one line; claimants and notes come back again and again."""
    return tuple(html.escape(part, quote=False) for part in textwrap.wrap(line, HOVER_WIDTH))
