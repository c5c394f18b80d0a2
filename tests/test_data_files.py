"""The bundled evidence: every row loads, every reference resolves, and every column is explained."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from factories import bundled
from frictionless import Package

from indicators.core.evidence.consistency import split_ids
from indicators.core.evidence.load import DATA_DIRECTORY
from indicators.core.evidence.schema import KEYS, TABLES
from indicators.core.registry import all_indicators

DESCRIPTOR = DATA_DIRECTORY / "datapackage.json"
GROWING_PAGES = ("the-economist", "the-economist-2")
"""Files to which later figures are added, so that an early figure was public before the newest one."""
OUTSIDE = re.compile(
    r"""(?:^|[\s"'`(,;=])(?:[/~]/?[\w.-]+/|\.{1,2}/|[A-Za-z]:\\)|\bTODO\b|\bXXX\b""", re.IGNORECASE | re.MULTILINE
)
"""A path that starts at a root, a home or a folder's parent, or a note to oneself."""
CODEBOOK = (DATA_DIRECTORY / "README.md").read_text(encoding="utf-8")


@cache
def resources() -> dict[str, dict[str, Any]]:
    """Return the descriptor's resources by file name."""
    return {item["path"]: item for item in json.loads(DESCRIPTOR.read_text(encoding="utf-8"))["resources"]}


def table_files() -> set[str]:
    """Return the names of all tables in the folder."""
    return {path.name for path in DATA_DIRECTORY.glob("*.csv")}


def rows_with_a_source() -> pd.DataFrame:
    """Return id and source of every row that names one."""
    tables = {name: getattr(bundled(), name) for name in TABLES if "source_id" in TABLES[name] and name != "sources"}
    return pd.concat([table[["source_id"]].assign(table=name) for name, table in tables.items()])


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning")
def test_the_data_package_is_valid() -> None:
    report = Package(str(DESCRIPTOR)).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:20]


def test_every_table_is_described_and_read() -> None:
    assert set(resources()) == table_files()
    assert table_files() == {f"{table}.csv" for table in TABLES}


@pytest.mark.parametrize("table", list(TABLES))
def test_the_descriptor_has_the_columns_that_are_read(table: str) -> None:
    fields = [field["name"] for field in resources()[f"{table}.csv"]["schema"]["fields"]]
    assert fields == list(TABLES[table])
    assert resources()[f"{table}.csv"]["schema"]["primaryKey"] in (KEYS[table], [KEYS[table]])


@pytest.mark.parametrize("table", list(TABLES))
def test_the_codebook_names_the_file_and_each_of_its_columns(table: str) -> None:
    assert f"{table}.csv" in CODEBOOK
    named = set(re.findall(r"`([a-z_0-9]+)`", CODEBOOK))
    assert set(TABLES[table]) - named == set()


@pytest.mark.parametrize("path", sorted(DATA_DIRECTORY.glob("*.csv")), ids=lambda path: path.stem)
def test_a_file_is_plain_text_without_stray_characters(path: Path) -> None:
    content = path.read_bytes()
    text = content.decode("utf-8")
    assert not text.startswith("\ufeff")
    assert b"\r" not in content
    assert text.endswith("\n")
    assert all(character == "\n" or character.isprintable() for character in text)


def test_every_row_names_a_source_or_says_that_it_is_assumed() -> None:
    known = set(bundled().sources["source_id"])
    rows = rows_with_a_source()
    named = rows[rows["source_id"] != ""]
    assert set(named["source_id"].map(split_ids).explode()) <= known
    unnamed = rows.loc[rows["source_id"] == "", "table"]
    # Signposts are ours: questions to the evidence, not evidence.
    assert set(unnamed) <= {"assumptions", "signposts"}
    assumptions = bundled().assumptions
    assert (assumptions.loc[assumptions["source_id"] == "", "basis"] == "assumed").all()
    assert (assumptions["reason"].str.len() > 10).all()


def test_no_source_publisher_or_series_is_an_orphan() -> None:
    evidence = bundled()
    used = set(rows_with_a_source()["source_id"].map(split_ids).explode())
    relayed = set(evidence.sources["derived_from"].map(split_ids).explode().dropna())
    assert set(evidence.sources["source_id"]) - used - relayed == set()
    tables = [getattr(evidence, name) for name in TABLES if name != "publishers"]
    named = {
        part.strip() for table in tables for cell in table.select_dtypes(object).stack() for part in cell.split(";")
    }
    assert set(evidence.publishers["publisher"]) - named == set()
    assert set(evidence.series["series"]) - set(evidence.observations["series"]) == set()


def test_every_indicator_has_series() -> None:
    assert {indicator.id for indicator in all_indicators()} <= set(bundled().series["indicator"])


def test_events_and_assessments_name_indicators_that_exist() -> None:
    named = set(bundled().events["indicators"].map(split_ids).explode().dropna())
    assert named - set(bundled().series["indicator"]) == set()


def test_a_publisher_has_a_grade_with_a_reason() -> None:
    publishers = bundled().publishers
    assert publishers["reliability"].isin(list("ABCDEF")).all()
    assert (publishers["reason"].str.len() > 5).all()


def test_the_projections_of_the_article_and_of_frontelligence_are_there() -> None:
    projections = bundled().published_projections
    assert {5200.0, 70000.0} <= set(projections["value"])
    year = projections[projections["value"] == 5200]
    own = year[year["reading_of"] == ""]
    assert own["projector"].tolist() == ["UK Ministry of Defence"]
    assert set(year["reading_of"]) == {"", own["projection_id"].item()}
    assert set(year["rate_value"]) == {100}
    assert set(year["rate_per"]) == {"week"}


def test_an_undated_page_was_not_known_before_its_newest_figure() -> None:
    evidence = bundled()
    undated = set(evidence.sources.loc[evidence.sources["published"] == "", "source_id"]) - set(GROWING_PAGES)
    observations = evidence.observations[evidence.observations["source_id"].isin(undated)]
    ends = observations.loc[observations["qualifier"] != "projection", ["source_id", "period_end"]]
    dates = [
        table[["source_id", "date"]].set_axis(ends.columns, axis=1) for table in (evidence.events, evidence.mentions)
    ]
    newest = pd.concat([ends, *dates]).groupby("source_id")["period_end"].max()
    guessed = observations[observations["known_basis"] == "inferred"]
    early = guessed[guessed["known"] < guessed["source_id"].map(newest)]
    assert early["observation_id"].tolist() == []


def test_a_guess_about_a_dated_page_is_its_date() -> None:
    rows = bundled().observations.merge(bundled().sources[["source_id", "published"]], on="source_id")
    dated = (rows["published"].str.len() == 10) & ~rows["source_id"].isin(GROWING_PAGES)
    guessed = rows[(rows["known_basis"] == "inferred") & dated]
    other = guessed[guessed["known"].dt.strftime("%Y-%m-%d") != guessed["published"]]
    assert other["observation_id"].tolist() == []


def test_nearly_is_read_in_one_way() -> None:
    rows = bundled().observations
    printed = rows["note"].str.extract(r"(?:[Nn]early|almost) ([\d,]+)")[0].str.replace(",", "").astype(float)
    nearly = rows[printed == rows["value"]]
    assert len(nearly) == 8
    assert set(nearly["qualifier"]) == {"about"}


def test_the_newest_raids_on_the_capital_are_there() -> None:
    raids = bundled().of_series("moscow_drones_downed_per_attack").set_index("observation_id")
    newest = raids.loc[["moscow_drones_downed_per_attack_20260618", "moscow_drones_downed_per_attack_20260920"]]
    assert newest["value"].tolist() == [180.0, 450.0]
    assert newest["period_start"].dt.strftime("%Y-%m-%d").tolist() == ["2026-06-18", "2026-09-19"]
    pages = bundled().sources.set_index("source_id").loc[newest["source_id"]]
    assert pages["page"].tolist() == ["repost", "repost"]


@pytest.mark.parametrize(
    ("series", "newest"),
    [
        ("oryx_ru_armour_losses_net", "2026-09-30"),
        ("oryx_ua_armour_abandoned_captured_net", "2026-09-30"),
        ("vciom_approve_putin", "2026-04-19"),
        ("fom_trust_putin", "2026-06-21"),
    ],
)
def test_a_series_reaches_its_newest_figure(series: str, newest: str) -> None:
    assert bundled().of_series(series)["period_end"].max() == pd.Timestamp(newest)


def test_a_page_is_known_from_one_day_on() -> None:
    evidence = bundled()
    tables = (evidence.observations, evidence.events, evidence.mentions, evidence.claims)
    rows = pd.concat([table[["source_id", "known", "known_basis"]] for table in tables])
    rows = rows[rows["known_basis"].isin(["published", "inferred"]) & ~rows["source_id"].isin(GROWING_PAGES)]
    days = rows.groupby("source_id")["known"].nunique()
    assert days[days > 1].index.tolist() == []


def test_a_page_was_not_read_before_it_was_published() -> None:
    sources = bundled().sources
    read = sources[sources["accessed"].notna() & (sources["published"].str.len() == 10)]
    assert len(read) > 40
    assert (read["accessed"].dt.strftime("%Y-%m-%d") >= read["published"]).all()


def test_more_than_is_kept_apart_from_at_least() -> None:
    rows = bundled().observations
    more = rows[rows["note"].str.match(r"(?:Over|More than) [\d,]+")]
    assert len(more) == 3
    assert set(more["qualifier"]) == {"more_than"}


def test_judgements_of_the_ministry_are_assessments() -> None:
    events = bundled().events
    assert set(events.loc[events["asserted_by"] == "UK MoD", "status"]) == {"assessed"}


def test_an_event_over_moscow_names_it() -> None:
    events = bundled().events
    over = events[events["category"] == "moscow_drone"]
    assert ((over["geography"] == "Moscow and its region") | over["summary"].str.contains("Moscow")).all()


def test_a_page_that_was_read_has_one_id() -> None:
    sources = bundled().sources
    pages = sources[~sources["source_id"].str.startswith("origin-")]
    assert pages.loc[pages["url"].duplicated(keep=False), "source_id"].tolist() == []


@pytest.mark.parametrize("text", ["see /home/someone/notes.md", "(../notes)", "~/notes/a", "C:\\notes", "TODO"])
def test_a_path_outside_the_project_is_found(text: str) -> None:
    assert OUTSIDE.search(without_addresses(text)) is not None


@pytest.mark.parametrize(
    "text", ["https://a.org/b/c,d", "7x7 / timeconstructor", "DNR/LNR", "data/byType daily", "a. b"]
)
def test_an_address_or_a_slash_is_no_path(text: str) -> None:
    assert OUTSIDE.search(without_addresses(text)) is None


def without_addresses(text: str) -> str:
    """Return a text without the addresses of pages in it."""
    return re.sub(r"https?://\S+", "", text)


def test_the_tables_speak_of_nothing_outside_the_project() -> None:
    for path in (*DATA_DIRECTORY.glob("*.csv"), DATA_DIRECTORY / "README.md", DESCRIPTOR):
        found = OUTSIDE.search(without_addresses(path.read_text(encoding="utf-8")))
        assert found is None, (path.name, found)
