"""The pages in the order of the menu; a page's script is `views/<stem>.py` and its stem is its address."""

from __future__ import annotations

PAGES: tuple[tuple[str, str], ...] = (
    ("overview", "Overview"),
    ("indicator", "Indicator"),
    ("projection", "Projection"),
    ("track_record", "Track record"),
    ("cascade", "Cascade"),
    ("timeline", "Timeline"),
    ("both_sides", "Both sides"),
    ("claims", "Claims"),
    ("sources", "Sources and data"),
    ("method", "Method"),
)
"""Stem and title of each page; the first one stands at the root address."""

SITE_NAME = "Morale indicators"


def page_addresses() -> tuple[str, ...]:
    """Return the address of every page below the server's root.

    Example:
        >>> page_addresses()[:2]
        ('/', '/indicator')
    """
    return ("/", *(f"/{stem}" for stem, _ in PAGES[1:]))
