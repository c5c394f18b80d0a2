"""The claim ledger: every statement and denial has a row, every figure in it an id, and no link changes a number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import pytest
from factories import Row, bundled, evidence_of, typed_tables

from dashboard.article.text import then_and_later
from dashboard.shell.markdown import source_links
from dashboard.shell.pages import all_pages
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.consistency import LEDGER_COLUMNS, check_consistency, split_ids
from indicators.core.evidence.echoes import figure_echoes
from indicators.core.evidence.load import Evidence
from indicators.core.ledger.claims import (
    Annotation,
    annotated_article,
    article_day,
    ledger,
    who_says_what,
)

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
ARTICLE = [f"A{number:02d}" for number in range(1, 25)]


def links_to_topic(topic: str) -> pd.DataFrame:
    """Return the links into a topic's claims, with the claimant of the claim that each link comes from."""
    claims = bundled().claims.set_index("claim_id")
    links = bundled().claim_links
    links = links[links["to_claim"].map(claims["topic"]) == topic]
    return links.assign(claimant=links["from_claim"].map(claims["claimant"]))


def problems(**rows: list[Row]) -> list[tuple[str, int | None, str]]:
    """Return where tiny tables break a rule."""
    return [(problem.file, problem.row, problem.column) for problem in check_consistency(typed_tables(**rows))]


def figures_without_row(evidence: Evidence) -> list[tuple[str, str]]:
    """Return claim id and number of every number in a statement that none of the rows named by its claim holds.

    A row holds its value, bounds and rate, the numbers of its title and summary, and the years of its days.
    """
    return [
        (claim["claim_id"], text)
        for claim in evidence.claims.to_dict("records")
        for text in NUMBER.findall(claim["statement"])
        if number(text) not in numbers_held(evidence, claim)
    ]


def numbers_held(evidence: Evidence, claim: Mapping[Any, Any]) -> set[float]:
    held: set[float] = set()
    for column, table in LEDGER_COLUMNS.items():
        rows: pd.DataFrame = getattr(evidence, table)
        rows = rows[rows[column] == claim[column]]
        for name in ("value", "low", "high", "rate_value"):
            held.update(rows[name].dropna() if name in rows else ())
        for name in rows.select_dtypes("datetime").columns:
            held.update(rows[name].dt.year)
        for name in ("title", "summary"):
            held.update(number(text) for cell in rows.get(name, ()) for text in NUMBER.findall(cell))
    return held


def number(text: str) -> float:
    return float(text.replace(",", ""))


def test_every_statement_of_the_article_has_a_claim_in_its_order() -> None:
    ids = bundled().claims["claim_id"]
    assert ids[ids.str.fullmatch(r"A\d\d")].tolist() == ARTICLE


def test_the_crash_is_denied_and_suspected_by_different_claimants() -> None:
    links = links_to_topic("crash")
    assert set(links.loc[links["relation"] == "denies", "claimant"]) == {"Kremlin"}
    accusers = links.loc[links["relation"].isin(["suspects", "asserts"]), "claimant"]
    assert set(accusers) == {"Institute for the Study of War", "US government"}


@pytest.mark.parametrize(
    ("topic", "relation"),
    [("mutiny", "confirms"), ("officers", "denies"), ("purge", "asserts"), ("purge", "denies")],
)
def test_the_contested_events_since_are_linked(topic: str, relation: str) -> None:
    assert relation in set(links_to_topic(topic)["relation"])


def test_a_denial_is_a_record_of_its_own_and_no_figure() -> None:
    denials = bundled().claims[bundled().claims["kind"] == "denial"]
    assert len(denials) >= 3
    assert (denials[["observation_id", "projection_id"]] == "").all(axis=None)


@pytest.mark.parametrize("claim_id", ["A02", "A03", "A04", "A05", "mediazona-100-a-week"])
def test_the_hundred_a_week_and_what_follows_from_it_have_one_origin(claim_id: str) -> None:
    graph = figure_echoes(bundled().chain, bundled().claims[bundled().claims["claim_id"] == claim_id])
    assert {page.publisher for page in graph.pages if page.step == 0} == {"Mediazona"}


def test_the_british_hundred_repeats_the_court_count() -> None:
    links = bundled().claim_links.set_index("link_id")
    assert "A03-repeats-mediazona-100-a-week" in links.index


def test_before_the_genetic_tests_nothing_confirms_the_death() -> None:
    day_before, that_day = (as_of(bundled(), date(2023, 8, day)) for day in (26, 27))
    assert "investigators-genetic-tests" not in set(day_before.claims["claim_id"])
    assert "investigators-genetic-tests" in set(that_day.claims["claim_id"])


def test_on_the_day_of_the_british_update_its_claims_and_the_denial_are_known_but_no_later_count() -> None:
    known = set(as_of(bundled(), date(2023, 8, 30)).claims["claim_id"])
    assert {"A03", "A04", "A10", "A17", "A23", "A24", "isw-crash-ordered"} <= known
    assert known.isdisjoint({"mediazona-5024-cases-2023", "putin-grenade-fragments"})


def test_a_confidence_or_likelihood_stands_only_where_the_source_used_one() -> None:
    claims = bundled().claims
    assert claims["confidence"].eq("").all()
    stated = claims[claims["likelihood_low"].notna()].set_index("claim_id")["likelihood_scale"].to_dict()
    assert stated == {
        "A06": "phia",
        "A07": "phia",
        "A08": "phia",
        "A12": "icd203",
        "A24": "icd203",
        "isw-crash-ordered": "icd203",
        "uk-mod-training-2022": "phia",
        "uk-mod-blocking-units-2022": "phia",
    }


@pytest.mark.parametrize("claim_id", ["A06", "A07", "A08", "A12"])
def test_a_hedge_of_the_source_stands_in_words_and_as_its_band(claim_id: str) -> None:
    claim = bundled().claims.set_index("claim_id").loc[claim_id]
    assert " likely " in claim["statement"]
    # "Likely" is 55 to 75 % on the UK yardstick and 55 to 80 % on the US one.
    band = {"phia": (0.55, 0.75), "icd203": (0.55, 0.8)}[claim["likelihood_scale"]]
    assert (claim["likelihood_low"], claim["likelihood_high"]) == band


def test_the_report_says_jailed_where_the_update_said_convicted() -> None:
    claims = bundled().claims.set_index("claim_id")
    for claim_id in ("A03", "A04"):
        assert "jailed" in claims.at[claim_id, "statement"]
        assert "convict" in claims.at[claim_id, "note"]
    assert "most of those whose texts are known were suspended" in claims.at["A03", "note"]


def test_nobody_confirms_himself() -> None:
    claimants = bundled().claims.set_index("claim_id")["claimant"]
    links = bundled().claim_links[bundled().claim_links["relation"] == "confirms"]
    assert not links.empty
    assert (links["from_claim"].map(claimants) != links["to_claim"].map(claimants)).all()


def test_a_claim_repeats_only_what_could_be_read_by_then() -> None:
    known = bundled().claims.set_index("claim_id")["known"]
    links = bundled().claim_links[bundled().claim_links["relation"] == "repeats"]
    assert (links["from_claim"].map(known) >= links["to_claim"].map(known)).all()


def test_the_calendar_year_is_the_newspapers_reading_of_the_ministrys_projection() -> None:
    claims = bundled().claims.set_index("claim_id")
    assert claims.at["independent-5200-in-2023", "claimant"] == "The Independent"
    rows = who_says_what(bundled(), "refusals")
    assert rows.loc[rows["about"] == claims.at["A04", "statement"], "claimant"].tolist() == ["The Independent"]


def test_a_claim_names_only_pages_that_there_are() -> None:
    pages = bundled().claims.set_index("claim_id")["pages"].map(split_ids)
    assert set().union(*pages) <= {page.stem for page in all_pages()}
    assert {claim: sorted(named) for claim, named in pages.items() if named} == {
        "A03": ["projection"],
        "A04": ["projection", "track_record"],
        "A10": ["timeline"],
        "A11": ["cascade"],
        "A12": ["cascade", "timeline"],
    }


def test_no_claim_of_the_report_rests_on_a_front_page() -> None:
    claims = bundled().claims
    article = claims[claims["claim_id"].isin(ARTICLE)]
    assert not article["source_id"].str.startswith("origin-").any()


def test_a_figure_without_a_ledger_id_stops_the_loading() -> None:
    assert problems(claims=[{"statement": "There were 10 cases."}]) == [("claims.csv", 2, "statement")]
    assert problems(claims=[{"statement": "There were 10 cases.", "observation_id": "o1"}]) == []


def test_every_figure_of_the_ledger_stands_in_the_row_that_its_claim_names() -> None:
    assert figures_without_row(bundled()) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"statement": "There were 11 cases.", "observation_id": "o1"}, ["11"]),
        ({"statement": "There were 10 cases and 300 refusals.", "observation_id": "o1"}, ["300"]),
        ({"statement": "There were 520 cases.", "observation_id": "o1"}, ["520"]),
        ({"statement": "There were 10 cases in 2023.", "observation_id": "o1"}, []),
        ({"statement": "520 a year are to come, at 10 a week.", "projection_id": "p1"}, []),
        ({"statement": "520 a year are to come in 2031.", "projection_id": "p1"}, ["2031"]),
    ],
)
def test_a_planted_figure_is_found(row: Row, expected: list[str]) -> None:
    assert figures_without_row(evidence_of(claims=[row])) == [("k1", text) for text in expected]


def test_each_figure_of_the_bundled_ledger_is_missed_when_its_id_goes() -> None:
    claims = bundled().claims
    with_figure = claims["statement"].str.contains(r"\d")
    for column in LEDGER_COLUMNS:
        claims = claims.assign(**{column: claims[column].where(~with_figure, "")})
    missed = {claim for claim, _ in figures_without_row(replace(bundled(), claims=claims))}
    assert missed == set(claims.loc[with_figure, "claim_id"])
    assert {"A03", "A04"} <= missed


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("claims", {"claimant": "unknown"}, "claimant"),
        ("claims", {"claimant": ""}, "claimant"),
        ("claims", {"kind": "proposition"}, "claimant"),
        ("claims", {"source_id": "unknown"}, "source_id"),
        ("claims", {"outcome_series": "unknown"}, "outcome_series"),
        ("claims", {"event_id": "unknown"}, "event_id"),
        ("claims", {"answered_by": "m1;unknown"}, "answered_by"),
        ("claims", {"likelihood_scale": "phia"}, "likelihood_scale"),
        ("claims", {"likelihood_low": "0.5", "likelihood_high": "0.6"}, "likelihood_scale"),
        ("claims", {"likelihood_low": "0.9", "likelihood_high": "0.8", "likelihood_scale": "phia"}, "likelihood_high"),
        ("claim_links", {"to_claim": "unknown"}, "to_claim"),
        ("claim_links", {"source_id": "unknown"}, "source_id"),
    ],
)
def test_a_broken_rule_names_the_cell(table: str, row: Row, column: str) -> None:
    assert problems(**{table: [row]}) == [(f"{table}.csv", 2, column)]


def test_a_claim_or_link_is_not_known_before_what_it_names() -> None:
    early = {"known": "2023-01-31"}
    assert problems(claims=[{**early, "observation_id": "o1"}]) == [("claims.csv", 2, "known")]
    assert problems(claim_links=[early]) == [("claim_links.csv", 2, "known")] * 2


def test_who_says_what_names_each_claimant_with_what_it_does() -> None:
    rows = who_says_what(bundled(), "crash")
    pairs = set(zip(rows["claimant"], rows["relation"], strict=True))
    assert {
        ("Kremlin", "denies"),
        ("US government", "suspects"),
        ("Institute for the Study of War", "asserts"),
        ("Russian Investigative Committee", "confirms"),
    } <= pairs
    assert rows["known"].is_monotonic_increasing
    assert (rows["claimant"] != "").all()


def test_the_report_stands_beside_what_was_known_then_and_what_came_later() -> None:
    day = article_day(bundled())
    assert day == date(2023, 8, 31)
    notes = {note.claim["claim_id"]: note for note in annotated_article(bundled(), day).statements}
    assert list(notes) == ARTICLE
    hundred = notes["A03"]
    assert hundred.then[["series", "value"]].to_numpy().tolist() == [
        ["ru_art337_sentences_weekly", 100.0], ["ru_art337_suspended_share", 60.0],
    ]  # fmt: skip
    later = dict(zip(hundred.later["series"], hundred.later["value"], strict=True))
    assert later["ru_art337_sentences_monthly"] == 684.0
    assert later["ru_art337_suspended_share"] == 72.7
    assert later["ru_military_imprisoned_all_articles"] == 6838.0
    assert hundred.later["claimant"].unique().tolist() == ["Mediazona", "Judicial Department of Russia"]
    projection = notes["A04"].later.set_index("series")["value"]
    assert projection["ru_art337_cases_received_annual"] == 5096.0
    assert notes["A19"].links[["relation", "claimant"]].to_numpy().tolist() == [
        ["confirms", "Russian Investigative Committee"]
    ]
    crash = {(row["relation"], row["claimant"]) for row in notes["A23"].links.to_dict("records")}
    assert crash == {
        ("asserts", "Institute for the Study of War"), ("suspects", "US government"), ("denies", "Kremlin")
    }  # fmt: skip


def test_each_statement_of_the_report_is_answered_by_a_figure_an_entry_or_a_claim() -> None:
    for note in annotated_article(bundled(), article_day(bundled())).statements:
        answers = len(note.then) + len(note.later) + len(note.entries) + len(note.links)
        assert answers > 0, note.claim["claim_id"]


def test_the_rear_strikes_are_answered_by_the_assessment_of_that_day_and_by_later_ones() -> None:
    known = notes()["A10"].entries.set_index("entry_id")["known"].dt.date.to_dict()
    assert known["isw-rear-strikes-degrade-frontline-morale-2023-08-20"] == date(2023, 8, 20)
    assert known["isw-rear_strikes-2024-01-23"] == date(2024, 1, 25)
    assert set(notes()["A19"].entries["status"]) == {"confirmed", "contested"}


@cache
def notes() -> dict[str, Annotation]:
    """Return every statement of the report with what was known when it appeared and later."""
    return {note.claim["claim_id"]: note for note in annotated_article(bundled(), date(2023, 8, 31)).statements}


def answers(claim_id: str) -> tuple[list[str], list[str]]:
    """Return what was known when the report appeared and what became known later, as the page says it."""
    return then_and_later(notes()[claim_id], pd.Timestamp("2023-08-31"), source_links(bundled()))


def test_an_answer_says_who_stated_and_who_denied_it_and_on_which_page() -> None:
    then, later = answers("A24")
    assert (
        "24 Aug 2023: US assessment: deliberate explosion (contested, stated by US and Western officials, denied by "
        "Kremlin). Known 25 Aug 2023, [TRT Global (25 Aug 2023)](https://trt.global/world/article/14674387)"
    ) in then
    assert any(
        line.startswith("5 Oct 2023: Putin points to grenade fragments (contested, stated by Vladimir Putin). Known 6")
        for line in later
    )


def test_every_answer_links_to_its_page() -> None:
    for claim_id in ARTICLE:
        for line in (line for lines in answers(claim_id) for line in lines):
            assert re.search(r"Known \d+ \w+ \d{4}, \[.+\]\(https?://\S+\)$", line), line


def test_what_another_claim_does_is_said_in_statements_and_not_in_ids() -> None:
    then, _ = answers("A23")
    assert any(
        line.startswith(
            "Institute for the Study of War asserts “The crash was a killing on orders from Moscow.” and says “Putin"
        )
        for line in then
    )
    confirmed, _ = answers("A19")
    assert any(line.startswith("Russian Investigative Committee confirms this and says “Genetic") for line in confirmed)
    ids = [claim for claim in bundled().claims["claim_id"] if "-" in claim]
    lines = [line.partition(", [")[0] for claim in ARTICLE for part in answers(claim) for line in part]
    assert not [line for line in lines for claim in ids if claim in line]


def test_a_claim_names_no_answer_that_became_known_after_the_replayed_day() -> None:
    answers = as_of(bundled(), date(2023, 8, 30)).claims.set_index("claim_id")["answered_by"]
    assert answers["A17"].split(";") == [
        "revenge-announced-for-drones-over-moscow-2023-05-30",
        "calls-for-retaliation-after-drones-hit-moscow-city-2023-07-30",
        "bloggers-demand-retaliation-after-kerch-attacks-2023-08-20",
        "isw-retaliation-2023-08-20",
    ]


@pytest.mark.parametrize("day", [date(2023, 8, 30), date(2023, 12, 31), date(2024, 12, 31)])
def test_the_report_shows_nothing_that_became_known_after_the_replayed_day(day: date) -> None:
    restricted = as_of(bundled(), day)
    for note in annotated_article(restricted, min(day, article_day(bundled()))).statements:
        for rows in (note.then, note.later, note.entries, note.links):
            assert not (rows["known"] > pd.Timestamp(day)).any()
            assert note.claim["known"] <= pd.Timestamp(day)


def test_the_ledger_says_what_each_claim_does_to_others() -> None:
    rows = ledger(bundled()).set_index("claim_id")
    assert rows.at["A03", "does"] == "repeats mediazona-100-a-week"
    assert rows.at["A03", "reliability"] == "B"
    assert rows.at["crash-was-a-killing", "reliability"] == ""
    assert len(rows) == len(bundled().claims)
