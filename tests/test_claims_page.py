"""The claims page by statement, the article with what became of its projection, and both on a replayed day."""

from __future__ import annotations

import re
from functools import cache

from factories import bundled
from streamlit.testing.v1 import AppTest
from test_pages import ARTICLE, open_page, texts

from dashboard.claims.text import topic_name
from dashboard.shell.pages import all_pages
from indicators.core.ledger.voices import statements_by_topic
from indicators.methods.track_record.answer import answer


@cache
def statement(claim_id: str, day: str = "") -> AppTest:
    """Return a statement of the article as known on a day."""
    return open_page("article", statement=claim_id, **({"as_of": day} if day else {}))


def test_the_projection_of_the_report_shows_its_score_and_the_imprisoned() -> None:
    words = texts(statement("A04"))
    assert answer(bundled()).sentence in words
    assert "about 2,800 people went to prison, about 0.54 times what was projected." in words
    assert "Soldiers sent to prison for any crime: 6,838 persons (2024)" in words


def test_a_replayed_day_shows_no_score_that_came_later() -> None:
    assert "people went to prison" not in texts(statement("A04", ARTICLE))
    open_then = texts(statement("A04", "2024-01-31"))
    assert "but the year is not over" in open_then
    assert "18 Jun 2024" not in open_then


def test_statements_lead_to_the_pages_that_work_with_them() -> None:
    links = {
        claim_id: {link.proto.label: link.proto.query_string for link in statement(claim_id).get("page_link")}
        for claim_id in ("A03", "A04", "A11", "A12")
    }
    titles = {page.stem: page.title for page in all_pages()}
    assert titles["projection"] in links["A03"]
    assert links["A04"][titles["track_record"]] == "of=uk-mod-2023-08-30"
    assert titles["cascade"] in links["A11"]
    assert {titles["cascade"], titles["timeline"]} <= links["A12"].keys()


def test_conflicting_figures_have_no_column_of_denials() -> None:
    page = open_page("claims", quantity="ru_force_in_ukraine")
    assert "Denial" not in str([element.proto for element in page.get("bidi_component")])
    assert "A denial states no figure; it stands with the statement that it denies." in texts(page)


def test_a_statement_stands_above_who_says_so_suspects_and_denies_it() -> None:
    words = texts(open_page("claims", topic="crash"))
    first = words.index("**The crash was a killing on orders from Moscow.**")
    says, suspects, denies = (words.index(f"*{does}:*") for does in ("Says so", "Suspects it", "Denies it"))
    assert first < says < suspects < denies
    line = words[denies:].splitlines()[0]
    assert line.count("Kremlin (D), [") == 2
    assert "[25 Aug 2023](http" in line
    assert "[6 Oct 2023](http" in line
    assert "Denied: “The crash was a killing on orders from Moscow” (Kremlin)." in words


def test_the_topics_stand_beside_each_other_with_the_number_of_their_statements() -> None:
    page = open_page("claims")
    (topics,) = page.button_group
    counts = {topic: len(listed) for topic, listed in statements_by_topic(bundled()).items()}
    assert list(topics.options) == [f"{topic_name(topic)} ({count})" for topic, count in counts.items()]


def test_a_claim_in_the_address_opens_its_grades() -> None:
    page = open_page("claims", topic="crash", claim="A24")
    assert "Likelihood: likely (55 to 80 %); US yardstick, ICD 203." in texts(page)
    assert "Likelihood: likely" not in texts(open_page("claims", topic="crash"))
    wrong = open_page("claims", topic="crash", claim="A99")
    assert "claim 'A99', which does not exist; the whole topic is shown." in wrong.warning[0].value


def test_no_verdict_of_ours_stands_on_the_page() -> None:
    for topic in statements_by_topic(bundled()):
        words = texts(open_page("claims", topic=topic)).lower()
        assert not re.search(r"\b(true|false|debunked|proven|refuted|lied|liar)\b", words), topic
