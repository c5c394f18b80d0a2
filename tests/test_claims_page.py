"""The claims page: what became of the report's projection, the pages that work with a statement, and a replayed day."""

from __future__ import annotations

from functools import cache

from factories import bundled
from streamlit.testing.v1 import AppTest
from test_pages import ARTICLE, open_page, texts

from indicators.methods.track_record.answer import answer


@cache
def page(day: str = "") -> AppTest:
    """Return the claims page as known on a day."""
    return open_page("claims", **({"as_of": day} if day else {}))


def test_the_projection_of_the_report_shows_its_score_and_the_imprisoned() -> None:
    words = texts(page())
    assert answer(bundled()).sentence in words
    assert "so about 2,800 people went to prison, about 0.54 times what was projected." in words
    assert "Soldiers sent to prison for any crime: 6,838 persons (2024)" in words


def test_a_replayed_day_shows_no_score_that_came_later() -> None:
    assert "people went to prison" not in texts(page(ARTICLE))
    open_then = texts(page("2024-01-31"))
    assert "but the year is not over" in open_then
    assert "18 Jun 2024" not in open_then


def test_statements_lead_to_the_pages_that_work_with_them() -> None:
    links = [(link.proto.page, link.proto.label, link.proto.query_string) for link in page().get("page_link")]
    labels = [label for _, label, _ in links]
    # A03 and A04; A04; A11 and A12; A10 and A12.
    names = ("Projection", "Track record", "Cascade", "Timeline")
    assert [labels.count(name) for name in names] == [2, 1, 2, 2]
    assert [query for _, label, query in links if label == "Track record"] == ["of=uk-mod-2023-08-30"]


def test_conflicting_figures_have_no_column_of_denials() -> None:
    assert "Denial" not in str([element.proto for element in page().get("bidi_component")])
    assert "A denial states no figure; it stands in the ledger above." in texts(page())
