"""Relays of one count are one origin, however many pages print it."""

from __future__ import annotations

import pandas as pd
import pytest
from factories import bundled, evidence_of
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.evidence.echoes import chain_of, figure_echoes
from indicators.core.evidence.provenance import cited_pages, source_note, with_ancestors


def sources(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Return sources from (source_id, publisher, derived_from)."""
    return pd.DataFrame(rows, columns=["source_id", "publisher", "derived_from"]).assign(published="")


def figures(*rows: tuple[str, str]) -> pd.DataFrame:
    """Return rows from (source_id, claimant)."""
    return pd.DataFrame(rows, columns=["source_id", "claimant"])


def origins(table: pd.DataFrame, source_id: str, claimant: str) -> set[str]:
    """Return the publishers at the beginning of one figure's chain of relays."""
    graph = figure_echoes(chain_of(table), figures((source_id, claimant)))
    return {page.publisher for page in graph.pages if page.step == 0}


CHAIN = sources(
    ("count", "Mediazona", ""),
    ("update", "UK Ministry of Defence", "count"),
    ("paper", "Newspaper", "update"),
    ("agency", "Agency", "paper"),
    ("other", "Radio", ""),
    ("survey", "Newspaper", "count;other"),
)


@pytest.mark.parametrize("source", ["count", "update", "paper", "agency"])
def test_a_relay_of_a_relay_has_the_origin_of_the_count(source: str) -> None:
    assert origins(CHAIN, source, "UK Ministry of Defence") == {"Mediazona"}


def test_a_page_that_relays_nobody_is_its_own_origin() -> None:
    assert origins(CHAIN, "other", "Radio") == {"Radio"}


def test_of_a_page_that_relays_two_counts_the_claimants_branch_is_followed() -> None:
    assert origins(CHAIN, "survey", "Radio") == {"Radio"}
    assert origins(CHAIN, "survey", "Mediazona") == {"Mediazona"}


def test_a_page_that_relays_two_counts_for_somebody_else_has_both_origins() -> None:
    assert origins(CHAIN, "survey", "Newspaper") == {"Mediazona", "Radio"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], 0),
        ([("agency", "UK Ministry of Defence")], 1),
        ([("count", "Mediazona"), ("update", "UK Ministry of Defence"), ("paper", "UK Ministry of Defence")], 1),
        ([("count;other", "Mediazona")], 2),
        ([("count", "Mediazona"), ("other", "Radio")], 2),
        ([("survey", "Radio"), ("count", "Mediazona")], 2),
    ],
)
def test_echoes_count_once(rows: list[tuple[str, str]], expected: int) -> None:
    assert figure_echoes(chain_of(CHAIN), figures(*rows)).origins == expected


@given(st.integers(min_value=1, max_value=30))
def test_a_chain_of_any_length_has_one_origin(length: int) -> None:
    rows = [("s0", "P0", "")] + [(f"s{n}", f"P{n}", f"s{n - 1}") for n in range(1, length)]
    table = sources(*rows)
    assert origins(table, f"s{length - 1}", "anybody") == {"P0"}
    assert figure_echoes(chain_of(table), figures(*((source, publisher) for source, publisher, _ in rows))).origins == 1


def test_ancestors_hold_the_whole_chain_and_skip_unknown_ids() -> None:
    assert with_ancestors(CHAIN, ["agency", "unknown"]) == {"agency", "paper", "update", "count"}
    assert with_ancestors(CHAIN, []) == set()


def test_a_source_note_names_the_newest_pages_and_counts_the_rest() -> None:
    evidence = evidence_of(
        sources=[
            {"source_id": "page", "published": "2023-01-31"},
            {"source_id": "b", "published": "2023-05"},
            {"source_id": "c", "published": ""},
            {"source_id": "d", "published": "2024-02-01"},
        ]
    )
    assert source_note(evidence, "page") == "Counter (31 Jan 2023)"
    four = source_note(evidence, "page;b;c;d")
    assert four == "Counter (1 Feb 2024); Counter (May 2023); Counter (31 Jan 2023); and 1 more"
    assert source_note(evidence, ["c"]) == "Counter (undated page)"


def rows_of(series: str) -> pd.DataFrame:
    """Return a bundled series; fails if it is empty."""
    rows = bundled().of_series(series)
    assert not rows.empty
    return rows


def test_the_hundred_a_week_has_one_origin_mediazona() -> None:
    rows = rows_of("ru_refusal_convictions_weekly_ukmod")
    for row in rows.to_dict("records"):
        assert origins(bundled().sources, row["source_id"], row["claimant"]) == {"Mediazona"}


def test_the_hundred_a_week_and_mediazonas_own_pace_are_one_origin() -> None:
    rows = pd.concat([rows_of("ru_refusal_convictions_weekly_ukmod"), rows_of("ru_art337_sentences_weekly")])
    assert figure_echoes(bundled().chain, rows).origins == 1


def test_the_british_averages_and_the_ukrainian_claims_are_one_origin() -> None:
    rows = pd.concat([rows_of("ukmod_ru_casualties_avg_daily"), rows_of("claimed_ru_personnel_losses")])
    assert figure_echoes(bundled().chain, rows).origins == 1


def test_every_bundled_figure_has_an_origin() -> None:
    evidence = bundled()
    publishers = set(evidence.publishers["publisher"])
    for source, claimant in evidence.observations[["source_id", "claimant"]].drop_duplicates().itertuples(index=False):
        found = origins(evidence.sources, source, claimant)
        assert found
        assert found <= publishers


def test_cited_pages_carry_address_title_licence_and_how_they_were_seen() -> None:
    evidence = evidence_of(
        sources=[
            {
                "source_id": "page",
                "published": "2023",
                "url": "https://example.org/a",
                "title": "Count.",
                "page": "repost",
            },
            {"source_id": "b", "published": "", "url": "http://example.org/b", "title": "", "page": "inferred"},
        ]
    )
    first, second = cited_pages(evidence, {"b", "page", "unknown"}).pages
    assert (first.name, first.url) == ("Counter (2023)", "https://example.org/a")
    assert first.note.startswith("Count. Seen as a repost. Licence: ")
    assert second.note.startswith("The page itself was not read; it is named by others. Licence: ")
