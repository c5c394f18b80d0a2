"""Text that Streamlit reads as Markdown."""

from __future__ import annotations

import re

from indicators.core.observations import Evidence


def escaped(text: str) -> str:
    r"""Return text so that Markdown shows it as it is, and makes no link, picture, formula or emoji of it.

    Args:
        text: Any text, such as a name from an address or a sentence of the evidence.

    Example:
        >>> print(escaped("[here](https://example.org) and *now*"))
        \[here\](https://example.org) and \*now\*
    """
    return re.sub(r"([\\`*_\[\]<>#|~$]|:(?=\w))", r"\\\1", text)


def source_link(evidence: Evidence, source_id: str) -> str:
    """Return a link to a source with its publisher and day.

    Args:
        evidence: Evidence that holds the source.
        source_id: Which source.
    """
    source = evidence.source_rows[source_id]
    return f"[{escaped(source['publisher'])}, {source['published'] or 'undated page'}]({source['url']})"


def source_links(evidence: Evidence) -> dict[str, str]:
    """Return a link to every source by its id.

    Args:
        evidence: Evidence that holds the sources.
    """
    return {source_id: source_link(evidence, source_id) for source_id in map(str, evidence.source_rows)}
