"""Source lines: words and the pages that they name, as text for files and as links for the page."""

from typing import Any

from indicators.core.evidence.provenance import CitedPages

SourceLine = tuple[str | CitedPages, ...]
"""Who says so: words of our own, and pages that become links; plain text without a page is a line too."""


def line_text(line: str | SourceLine) -> str:
    """Return a source line as text, as saved files carry it.

    Example:
        >>> line_text(("Source: ISW, ", CitedPages(()), "known today."))
        'Source: ISW, known today.'
    """
    return line if isinstance(line, str) else "".join(map(str, line))


def source_data(line: str | SourceLine) -> dict[str, Any]:
    """Return a source line as the browser gets it: as text for files, and in parts from which it builds links.

    Returns:
        ``{"source": text, "source_parts": [words or pages, ...]}``.
    """
    parts = (line,) if isinstance(line, str) else line
    return {
        "source": line_text(line),
        "source_parts": [part if isinstance(part, str) else linked(part) for part in parts],
    }


def linked(cited: CitedPages) -> dict[str, Any]:
    """Return pages as the browser gets them.

    Returns:
        ``{"pages": [[name, url, note], ...], "limit": ...}``.
    """
    return {"pages": [[page.name, page.url, page.note] for page in cited.pages], "limit": cited.limit}
