"""Text that Streamlit reads as Markdown: marks that we mean, and all other text escaped.

`markup` fills the gaps of a template of our own; whatever is no `Markdown` is escaped on the way in. So text from an
address, a file or a row of the data can't become a link, a picture, a formula or anything else but text.
"""

import re
from collections.abc import Iterable
from string import Formatter

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import CitedPages
from indicators.core.plain_text import visible

JOINER = "\u2060"
"""An invisible word joiner. Streamlit looks for bare addresses, emoji codes, icons and arrows when escapes are resolved
already, so only a character between their letters keeps them as they are."""

_MARKS = re.compile(
    r"[\\`*\[\]<>#|~$]"
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"  # between letters it marks nothing
    r"|&(?=[#\w])"
    r"|:(?=[\w:])"
    r"|^[-+=](?=[-=\s]|$)"
)
_FOUND_LATER = re.compile(
    r"(?<=:)(?=//|material|[\w+-]+:)"  # http://, :material/home:, :smile:
    r"|(?<=www)(?=\.)"
    r"|(?<=@)"
    r"|(?<=(?<!\S)[-<>~])(?=[-=>]>?(?!\S))",  # arrows and signs that stand alone
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")


class Markdown(str):
    """Text whose marks are meant; only this module makes it."""

    __slots__ = ()


class _Escaping(Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, CitedPages):
            return page_links(value)
        return value if isinstance(value, Markdown) else escaped(format(value, format_spec))


def escaped(text: str) -> Markdown:
    r"""Return text so that Markdown shows it as it is, and makes no link, picture, formula, colour or emoji of it.

    Args:
        text: Any text, such as a name from an address or a sentence of the evidence; Markdown stays as it is.

    Returns:
        The text in one line, cut and with invisible characters written out as `visible` does.

    Example:
        >>> print(escaped("[here](https://example.org) and *now*").replace(JOINER, "·"))
        \[here\](https:·//example.org) and \*now\*
    """
    if isinstance(text, Markdown):
        return text
    shown = _FOUND_LATER.sub(JOINER, visible(text).strip())
    return Markdown(_NUMBERED.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", shown)))


def markup(template: str, *parts: object, **named: object) -> Markdown:
    r"""Fill the gaps of a template; cited pages become links, what is no Markdown is escaped.

    Args:
        template: Text of our own with gaps as in `str.format`.

    Example:
        >>> print(markup("**{}**: {:.1f} %", "a*b", 1.25))
        **a\*b**: 1.2 %
    """
    return Markdown(_Escaping().vformat(template, parts, named))


def joined(between: str, parts: Iterable[str]) -> Markdown:
    """Join parts, each escaped unless it is Markdown."""
    return Markdown(between.join(escaped(part) for part in parts))


def code(text: str) -> Markdown:
    """Return text of our own as it stands in code.

    Args:
        text: A formula or the name of a file, without backticks.
    """
    return Markdown(f"`{text.replace('`', chr(39))}`")


def link(label: str, address: str) -> Markdown:
    """Return a link.

    Args:
        address: Where it leads: on this server, or `http://` and `https://` elsewhere.

    Raises:
        ValueError: If the address has another scheme.

    Example:
        >>> print(link("a page", "https://example.org/a_(b)"))
        [a page](https://example.org/a_%28b%29)
    """
    if not re.match(r"https?://|/(?!/)", address):
        raise ValueError(f"expected an address on this server or one of http and https, got {visible(address, 80)}")
    target = re.sub(r"[\s<>()\\]", lambda found: f"%{ord(found[0]):02X}", visible(address))
    return Markdown(f"[{escaped(label)}]({target})")


def page_links(cited: CitedPages) -> Markdown:
    """Return links to pages that print a figure, every one named."""
    return joined("; ", (link(page.name, page.url) for page in cited.pages))


def source_link(evidence: Evidence, source_id: str) -> Markdown:
    """Return a link to a source with its publisher and day."""
    page = evidence.pages[source_id]
    return link(page.name, page.url)


def source_links(evidence: Evidence) -> dict[str, Markdown]:
    """Return a link to every source by its id."""
    return {source_id: source_link(evidence, source_id) for source_id in map(str, evidence.source_rows)}
