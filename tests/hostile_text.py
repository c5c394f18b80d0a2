"""Text that would like to be more than text, and what a page would make of the text that it was handed.

The renderer here is not the one in the browser, but it reads the same language; what that one looks for in text once
escapes are resolved (bare addresses, codes of emoji and icons) is looked for in the same way. `tests/browser` asks the
real one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from google.protobuf.message import Message
from markdown_it import MarkdownIt
from markdown_it.token import Token
from streamlit.testing.v1 import AppTest

FOREIGN = "evil.invalid"
PAYLOADS = (
    f"![a](//{FOREIGN}/x.png)",
    f"[Sign in](http://{FOREIGN}/)",
    f"<img src=//{FOREIGN}/x> http://{FOREIGN}/",
)
"""Each fits into the letters that a sentence quotes of a bad value."""

FOUND_LATER = re.compile(
    r"(https?://|www(?=\.))[-.\w]+|(?<![\w.+-])[-.\w+]+@[-\w]+(\.[-\w]+)+|:material[/_]\w+:|:streamlit:|:[\w+-]+:"
    r"|(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)"
)
DIRECTIVE = re.compile(r"(?<!\\):[A-Za-z][\w-]*\[")
_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_PLAIN = {"code", "bidi_component", "text_input", "arrow_data_frame", "html"}
"""Elements whose text is never read as Markdown; HTML is read as what it is, the components have tests of their own."""
_WORDS = {"alt", "aria-label", "title"}
"""Attributes of HTML that hold words and lead nowhere."""
_MARKED_FIELDS = {"label", "body", "help", "value", "delta", "caption", "title", "text"}


def tokens(text: str) -> Iterator[Token]:
    """Yield all tokens that a text becomes as Markdown."""
    for block in _MARKDOWN.parse(text):
        yield block
        yield from block.children or ()


def text_nodes(text: str) -> list[str]:
    """Return the text between the marks, neighbours joined and the text of links left out."""
    found, depth, broken = [""], 0, False
    for token in tokens(text):
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type in ("text", "text_special") and not depth:
            found = [*found, token.content] if broken else [*found[:-1], found[-1] + token.content]
            broken = False
        else:
            broken = True
    return found


def made_of(text: str) -> list[str]:
    """Return what a text makes on a page besides text, as far as a stranger's address is in it."""
    made = [
        f"{token.type} {token.attrs} {token.content[:80]}"
        for token in tokens(text)
        if FOREIGN in str(token.attrs) or ("html" in token.type and FOREIGN in token.content)
    ]
    made += [f"directive: {found[0]}" for found in DIRECTIVE.finditer(text)]
    return made + [f"found later: {found[0]}" for node in text_nodes(text) for found in FOUND_LATER.finditer(node)]


class _Tags(HTMLParser):
    """Collects the tags that a stranger's address made or got into."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if any(FOREIGN in f"{name}{value}" and name not in _WORDS for name, value in attrs):
            self.found.append(f"{tag} {attrs}")


def made_of_html(text: str) -> list[str]:
    """Return the tags of HTML that a stranger's address is in, besides words for readers."""
    tags = _Tags()
    tags.feed(text)
    tags.close()
    return tags.found


def html_texts(page: AppTest) -> list[str]:
    """Return what a page hands to Streamlit to be read as HTML."""
    return [element.proto.body for element in page.main if element.type == "html"]


def marked_texts(page: AppTest) -> Iterator[str]:
    """Yield every text that a page hands to Streamlit to be read as Markdown, cells of tables included."""
    for element in page.main:
        kind, message = element.type, element.proto
        if kind == "table":
            cells = element.value  # type: ignore[attr-defined]
            yield from (str(cell) for cell in [*cells.columns, *cells.to_numpy().ravel()])
        elif kind not in _PLAIN and isinstance(message, Message):
            yield from _texts_of(message)


def _texts_of(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if isinstance(value, Message):
            yield from _texts_of(value)
        elif isinstance(value, str) and field.name in _MARKED_FIELDS:
            yield value
