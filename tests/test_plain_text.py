"""Text from outside stays text: nothing hides, nothing turns, and Markdown makes nothing of it."""

from __future__ import annotations

import unicodedata

import pytest
from hostile_text import PAYLOADS, made_of, text_nodes, tokens
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.shell.markdown import JOINER, Markdown, escaped, joined, link, markup
from indicators.core.plain_text import LONGEST, quoted, read_day, visible

PIECES = (
    *PAYLOADS,
    *("**", "__", "`", "$x$", "|", "\n\n", "> ", "# ", "- ", "1. ", "&lt;", "&#65;", ":red[", "]", "::a", "(", "[^1]"),
    *(":smile:", ":material/home:", ":material_home:", ":streamlit:", "www.evil.invalid", "me@evil.invalid", "<!--"),
    *("HTTPS://evil.invalid", " -> ", " -- ", " >= ", "~~", "\\", "x", " ", "\u202e", "\ud800", "\x00"),
)
HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=12).map("".join)


@given(text=HOSTILE | st.text())
@example("![a](//evil.invalid/x.png)")
@example("_a_b_")
def test_markdown_makes_nothing_of_escaped_text(text: str) -> None:
    shown = escaped(text)
    assert {token.type for token in tokens(shown)} <= {
        "paragraph_open",
        "paragraph_close",
        "inline",
        "text",
        "text_special",
    }
    assert made_of(shown) == []
    # What is read is what came, but for the spaces at its ends and what makes invisible characters visible.
    assert "".join(text_nodes(shown)).replace(JOINER, "") == visible(text).strip()


@given(text=HOSTILE)
def test_a_gap_of_a_template_takes_no_mark_in(text: str) -> None:
    kinds = [token.type for token in tokens(markup("**{}**", f"a{text}a"))]
    assert kinds.count("strong_open") == 1
    assert not {"link_open", "image", "code_inline", "html_inline", "em_open"} & set(kinds)


@given(text=st.text(st.characters() | st.characters(categories=["Cs"])))
def test_what_is_shown_has_no_character_that_hides(text: str) -> None:
    shown = visible(text)
    assert not {unicodedata.category(letter) for letter in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert visible(shown) == shown
    assert shown.encode().decode() == shown


def test_text_is_cut_at_the_stated_length() -> None:
    assert visible("x" * (LONGEST + 1)) == "x" * LONGEST + "…"
    assert escaped("x" * 10_000) == "x" * LONGEST + "…"
    assert quoted("x" * 41) == f"'{'x' * 40}…'"


def test_what_is_markdown_stays_so() -> None:
    assert markup("{} and {}", link("a", "/b"), "[c](/d)") == r"[a](/b) and \[c\](/d)"
    assert joined(", ", ["*a*", Markdown("*b*")]) == r"\*a\*, *b*"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.invalid", "data:text/html,x", "mailto:a@b.c", ""])
def test_a_link_leads_to_this_server_or_to_a_page(address: str) -> None:
    with pytest.raises(ValueError, match="expected an address on this server or one of http and https"):
        link("a", address)


@pytest.mark.parametrize("address", ["https://a.b/c) [d](https://e.f", "https://a.b/\\", "https://a.b/<i> x"])
def test_no_address_ends_its_link_early(address: str) -> None:
    kinds = [token.type for token in tokens(link("a", address))]
    assert kinds.count("link_open") == 1
    assert kinds[-2] == "link_close"


@pytest.mark.parametrize(
    "text", ["20230830", "2023-W35-3", "2023-8-30", "30.08.2023", "2023-02-30", "yesterday", "", "٢٠٢٣-08-30"]
)
def test_a_day_has_one_form(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|range"):
        read_day(text)
