"""The echo graph: pages followed to their origins; a repeater adds a page and no weight."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from factories import bundled
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.claims.echoes import draw_echoes
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.echoes import EchoGraph, chain_of, figure_echoes, printed_by
from indicators.core.ledger.claims import claim_echoes

COLUMNS = ["source_id", "publisher", "published", "derived_from"]
CHAIN = pd.DataFrame(
    [
        ("count", "Mediazona", "2023-07-19", ""),
        ("update", "Ministry", "2023-08-30", "count"),
        ("paper", "Paper", "2023-08-30", "update"),
        ("radio", "Radio", "2023-08-31", "update"),
        ("other", "Other", "2023-09-01", ""),
        ("survey", "Survey", "2023-09-02", "count;other"),
        ("undated", "Ministry", "", ""),
        ("relay", "Relay", "2023-09-03", "undated"),
    ],
    columns=COLUMNS,
)


def graph(*rows: tuple[str, str], sources: pd.DataFrame = CHAIN) -> EchoGraph:
    """Return the echo graph of rows given as source and claimant."""
    return figure_echoes(chain_of(sources), pd.DataFrame(rows, columns=["source_id", "claimant"]))


def bundled_graph(claim_id: str, day: date | None = None) -> EchoGraph:
    """Return the echo graph of a claim of the bundled ledger."""
    evidence = as_of(bundled(), day)
    (found,) = claim_echoes(evidence, evidence.claims[evidence.claims["claim_id"] == claim_id])
    return found


def test_a_chain_is_followed_to_who_counted() -> None:
    found = graph(("paper", "Ministry"), ("radio", "Ministry"), ("count", "Mediazona"))
    assert [(page.source_id, page.step) for page in found.pages] == [
        ("count", 0), ("update", 1), ("paper", 2), ("radio", 2)
    ]  # fmt: skip
    assert found.repeats == (("paper", "update"), ("radio", "update"), ("update", "count"))
    assert (found.sources, found.origins) == (3, 1)


def test_the_branch_that_leads_to_the_claimant_is_followed_through_relays() -> None:
    digest = pd.DataFrame([("digest", "Digest", "2023-09-02", "update;other")], columns=COLUMNS)
    sources = pd.concat([CHAIN, digest])
    found = graph(("digest", "Mediazona"), sources=sources)
    assert {page.source_id for page in found.pages} == {"digest", "update", "count"}
    assert found.origins == 1


@pytest.mark.parametrize(
    ("claimant", "expected"),
    [("Other", {"survey", "other"}), ("Mediazona", {"survey", "count"}), ("Survey", {"survey", "count", "other"})],
)
def test_only_the_claimants_branch_is_followed(claimant: str, expected: set[str]) -> None:
    assert {page.source_id for page in graph(("survey", claimant)).pages} == expected


def test_without_rows_there_is_nothing_to_draw() -> None:
    assert graph() == EchoGraph(pages=(), repeats=(), sources=0)
    assert draw_echoes(graph())["layout"]["meta"] == {"empty": True}


@given(st.lists(st.sampled_from(["count", "update", "paper", "radio", "survey"]), min_size=1, max_size=12))
def test_adding_repeaters_leaves_the_weight_unchanged(repeated: list[str]) -> None:
    added = pd.DataFrame(
        [(f"r{place}", f"P{place}", "2024-01-01", page) for place, page in enumerate(repeated)], columns=COLUMNS
    )
    rows = [(source, "Mediazona") for source in ("count", "update", "paper", "radio", "survey")]
    before = graph(*rows)
    after = graph(*rows, *((source, "Mediazona") for source in added["source_id"]), sources=pd.concat([CHAIN, added]))
    assert after.origins == before.origins == 1
    assert after.sources == before.sources + len(repeated)


def test_a_dated_statement_is_printed_by_all_that_repeat_it() -> None:
    assert printed_by(chain_of(CHAIN), "paper", "Ministry") == ("paper", "radio", "update")


def test_a_page_without_a_day_stands_for_no_single_statement() -> None:
    assert printed_by(chain_of(CHAIN), "relay", "Ministry") == ("relay",)


def test_the_hundred_a_week_stands_on_many_pages_with_one_origin() -> None:
    found = bundled_graph("A03")
    assert found.origins == 1
    assert found.sources >= 5
    assert [page.publisher for page in found.pages if page.step == 0] == ["Mediazona"]
    assert "19FortyFive" in {page.publisher for page in found.pages}


def test_what_an_author_says_on_a_page_of_its_own_begins_there() -> None:
    found = bundled_graph("A19")
    assert [page.publisher for page in found.pages] == ["19FortyFive"]


def test_on_a_past_day_later_repeaters_are_missing() -> None:
    pages = {page.source_id for page in bundled_graph("A03", date(2023, 8, 30)).pages}
    assert "the-independent-2023-08-31" not in pages
    assert {"euromaidan-press-2023-08-30", "mediazona-2023-07-19"} <= pages


@pytest.mark.parametrize("claim_id", ["A03", "A10", "A19", "A23"])
def test_every_publisher_is_drawn(claim_id: str) -> None:
    found = bundled_graph(claim_id)
    labels = [text.strip() for trace in draw_echoes(found)["data"] for text in trace.get("text", ())]
    assert sorted(labels) == sorted(page.publisher for page in found.pages)


def test_pages_of_one_publisher_at_one_step_are_one_mark() -> None:
    more = pd.DataFrame([("paper2", "Paper", "2023-09-05", "update")], columns=COLUMNS)
    figure = draw_echoes(graph(("paper", "M"), ("paper2", "M"), sources=pd.concat([CHAIN, more])))
    assert "Paper (2 pages)" in {text.strip() for trace in figure["data"] for text in trace.get("text", ())}
