"""A citation verifies itself: the same data say "same", one changed byte says "changed" and names the row."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from factories import bundled, copy_of_data
from hypothesis import given, settings
from hypothesis import strategies as st
from test_pages import drawn, open_page, texts

from dashboard.shell import citation
from dashboard.shell.citation import verdict_sentence
from dashboard.shell.pages import all_pages, page_of
from dashboard.snapshots import row_codes_of_data, snapshot_on
from indicators.core.citation import code_version
from indicators.core.citation.references import FORMATS, Reference
from indicators.core.citation.row_sums import RowId
from indicators.core.citation.seal import Seal, Standing, compare, read_seal, row_codes, write_seal
from indicators.core.evidence.load import Evidence, load_evidence
from indicators.core.evidence.schema import TABLES
from indicators.core.snapshot import Snapshot
from indicators.methods.forecast.outlook import Outlook

ARTICLE = date(2023, 8, 30)
REFUSED = Outlook(series="", day=ARTICLE, history=None, forecast=None, refusal="No forecast.")
STEMS = [page.stem for page in all_pages() if page.citable]
HUNDRED = "ru_refusal_convictions_weekly_ukmod_20230830"
CITED = Reference(
    title="Refusals & more",
    address="http://127.0.0.1/indicator?as_of=2023-08-30",
    seen=date(2026, 1, 2),
    replayed=ARTICLE,
    data_version="abc",
    code_version="0.1.0",
    result="123",
)


def seal_of_view(stem: str, address: Mapping[str, str], day: date) -> Seal:
    """Seal a page, named by its stem."""
    return citation.seal_of_view(page_of(stem), address, day)


def codes_of_view(stem: str, address: Mapping[str, str], day: date) -> Mapping[RowId, str]:
    """Return the codes of the rows of a page, named by its stem."""
    return citation.codes_of_view(page_of(stem), address, day)


def page_module(stem: str) -> ModuleType:
    """Return the module that draws a page."""
    return sys.modules[page_of(stem).draw.__module__]


def with_cell(folder: Path, table: str, row: str, column: str, text: str) -> Evidence:
    """Return the bundled evidence with one cell changed in a copy of its file."""
    path = copy_of_data(folder) / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = list(csv.reader(file))
    for line in lines:
        if line[0] == row:
            line[header.index(column)] = text
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *lines])
    return load_evidence(folder)


def judge(stem: str, cited: Seal, address: dict[str, str]) -> tuple[Standing, tuple[RowId, ...], str]:
    """Return how a page stands to its citation now."""
    now, codes = seal_of_view(stem, address, ARTICLE), codes_of_view(stem, address, ARTICLE)
    verdict = compare(cited, now, codes, row_codes_of_data())
    return verdict.standing, verdict.rows, "; ".join(verdict.reasons)


@pytest.mark.parametrize("stem", STEMS)
def test_every_page_can_be_cited_and_is_the_same_at_once(stem: str) -> None:
    cited = seal_of_view(stem, {}, ARTICLE)
    assert read_seal(write_seal(cited)) == cited
    assert cited.rows > 0
    assert len(write_seal(cited)) < 500
    assert judge(stem, cited, {}) == (Standing.SAME, (), "")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("stem", "table", "row", "column", "text"),
    [
        ("indicator", "observations", HUNDRED, "value", "101"),
        ("indicator", "observations", HUNDRED, "qualifier", "at_least"),
        ("indicator", "publishers", "Mediazona", "reliability", "C"),
        ("overview", "observations", HUNDRED, "value", "101"),
        ("claims", "claims", "A23", "statement", "Officials had a part in the death."),
        ("claims", "claim_links", "A24-suspects-crash-was-a-killing", "relation", "denies"),
        ("timeline", "events", "wagner-mutiny-2023-06-23", "status", "denied"),
        ("sources", "sources", "mediazona-2023-07-19", "title", "One hundred convictions a week!"),
        ("article", "events", "wagner-mutiny-2023-06-23", "summary", "Fighters moved north."),
        ("article", "mentions", "isw-losses-2022-05-14", "direction", "mixed"),
        ("article", "published_projections", "uk-mod-2023-08-30", "value", "5300"),
        ("claims", "publishers", "Kremlin", "reliability", "F"),
        ("indicator", "signposts", "home-front-anxiety-60", "threshold", "123"),
        ("projection", "events", "tougher-penalties-for-desertion-2022-09-01", "title", "Another title"),
        ("track_record", "published_projections", "uk-mod-2023-08-30", "value", "5300"),
        ("track_record", "assumptions", "suspended_share", "default", "0.7"),
        ("both_sides", "comparison_guards", "absence_cases-legal-definition", "reason", "Unlike in another way."),
    ],
)
def test_one_changed_cell_flips_a_citation_and_names_the_row(
    tmp_path: Path, serve: Callable[[Evidence], None], stem: str, table: str, row: str, column: str, text: str
) -> None:
    shown = "home_front" if table == "signposts" else "refusal_sentences"
    address = {"indicator": shown} if stem == "indicator" else {}
    cited = seal_of_view(stem, address, ARTICLE)
    serve(with_cell(tmp_path, table, row, column, text))
    standing, rows, reasons = judge(stem, cited, address)
    assert standing is Standing.CHANGED
    assert rows == (RowId(table, row),)
    assert f"{table}.csv: {row}" in reasons


@pytest.mark.parametrize(
    ("stem", "where", "computed", "otherwise"),
    [
        ("overview", Snapshot, "derived_digest", lambda *_: "0"),
        ("indicator", page_module("indicator"), "signposts_of", lambda *_: ()),
        ("projection", Snapshot, "count_layer", lambda *_: None),
        ("track_record", Snapshot, "track_record", property(lambda _: ())),
        ("cascade", Snapshot, "derived_digest", lambda *_: "0"),
        ("timeline", page_module("timeline"), "timeline", lambda *_: ()),
        ("both_sides", page_module("both_sides"), "comparisons", lambda *_: ()),
        ("claims", page_module("claims"), "claim_echoes", lambda *_: ()),
        ("method", page_module("method"), "METHODS", ()),
    ],
)
def test_what_a_page_computes_is_sealed(
    monkeypatch: pytest.MonkeyPatch, stem: str, where: ModuleType, computed: str, otherwise: Callable[..., object]
) -> None:
    address = {"indicator": "home_front"} if stem == "indicator" else {}
    cited = seal_of_view(stem, address, ARTICLE)
    monkeypatch.setattr(where, computed, otherwise)
    standing, rows, reasons = judge(stem, cited, address)
    assert (standing, rows) == (Standing.CHANGED, ())
    assert reasons == "the computation gives another result from the same rows"


@pytest.mark.parametrize("stem", ["indicator", "track_record"])
def test_the_forecast_that_an_address_names_is_sealed(monkeypatch: pytest.MonkeyPatch, stem: str) -> None:
    address = {"indicator": "personnel_losses", "forecast": "claimed_ru_armour_losses"}
    cited = seal_of_view(stem, address, ARTICLE)
    assert seal_of_view(stem, address | {"forecast": "no_series"}, ARTICLE).result != cited.result
    monkeypatch.setattr(Snapshot, "outlook", lambda *_: REFUSED)
    assert judge(stem, cited, address)[0] is Standing.CHANGED


def test_every_page_but_the_list_of_sources_seals_a_result() -> None:
    assert [page.stem for page in all_pages() if page.citable and page.result is None] == ["sources"]


def test_a_citation_seals_the_settings_that_the_page_shows() -> None:
    early = date(2023, 3, 1)  # before the weekly figure was published
    assert "nobody had published a figure by this day" in drawn(open_page("projection", as_of=early.isoformat()))
    nothing, zero, hundred = (
        seal_of_view("projection", given, early).result for given in ({}, {"weekly": "0"}, {"weekly": "100"})
    )
    assert nothing == zero != hundred
    assert seal_of_view("cascade", {"seed": "7"}, early).result != seal_of_view("cascade", {}, early).result


def test_a_setting_whose_source_came_later_is_reported_and_not_sealed() -> None:
    day = date(2022, 6, 1)
    page = open_page("projection", as_of=day.isoformat(), force_size="300000")
    assert [warning.value for warning in page.warning] == [
        "force_size rests on a source that was not known yet on this day, so it is ignored."
    ]
    given, left = (seal_of_view("projection", address, day).result for address in ({"force_size": "300000"}, {}))
    assert given == left


def test_the_version_of_the_code_follows_its_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cited = seal_of_view("timeline", {}, ARTICLE)
    shutil.copytree(code_version.SOURCES, tmp_path / "indicators", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(code_version, "SOURCES", tmp_path / "indicators")
    code_version.code_version.cache_clear()
    assert code_version.code_version("0.1.0") == cited.code_version
    (tmp_path / "indicators" / "core" / "timeline.py").write_text("# changed", encoding="utf-8")
    code_version.code_version.cache_clear()
    now = seal_of_view("timeline", {}, ARTICLE)
    monkeypatch.undo()
    code_version.code_version.cache_clear()
    assert now.code_version.startswith("0.1.0-")
    assert now.code_version != cited.code_version
    same = compare(cited, now, codes_of_view("timeline", {}, ARTICLE), row_codes_of_data())
    assert "computes the same" in verdict_sentence(same, cited, now)


def test_a_change_elsewhere_leaves_a_citation_the_same(tmp_path: Path, serve: Callable[[Evidence], None]) -> None:
    address = {"indicator": "refusal_sentences"}
    cited = seal_of_view("indicator", address, ARTICLE)
    serve(with_cell(tmp_path, "events", "wagner-mutiny-2023-06-23", "title", "A mutiny"))
    assert snapshot_on(ARTICLE).evidence.data_version != cited.data_version
    assert judge("indicator", cited, address)[0] is Standing.SAME


def test_a_page_opened_by_a_frozen_link_says_same_and_after_a_change_names_the_row(
    tmp_path: Path, serve: Callable[[Evidence], None]
) -> None:
    address = {"indicator": "refusal_sentences"}
    link = {**address, "as_of": ARTICLE.isoformat(), "cite": write_seal(seal_of_view("indicator", address, ARTICLE))}
    assert "Same as cited" in texts(open_page("indicator", **link))
    serve(with_cell(tmp_path, "observations", HUNDRED, "value", "101"))
    words = texts(open_page("indicator", **link))
    assert "Changed since it was cited" in words
    assert f"observations.csv: {HUNDRED}" in words


@pytest.mark.parametrize(
    ("stem", "name", "first"),
    [
        ("indicator", "indicator", "refusal_cases"),
        ("both_sides", "comparison", "equipment_abandonment"),
        ("claims", "topic", "refusals"),
        ("track_record", "of", "uk-mod-2023-08-30"),
        ("index", "month", "2024-01"),
        ("indicator", "chart", "weekly"),
    ],
)
def test_a_choice_that_follows_the_data_stands_in_the_address_and_in_its_citation(
    stem: str, name: str, first: str
) -> None:
    day = date(2024, 2, 1)
    assert open_page(stem, as_of=day.isoformat()).query_params[name] in (first, [first])
    for given_by_name in ({name: first}, {}):  # the second as links were written before
        seal = write_seal(seal_of_view(stem, given_by_name, day))
        assert "Same as cited" in texts(open_page(stem, as_of=day.isoformat(), cite=seal, **given_by_name))


def test_other_settings_are_another_view_and_a_damaged_link_says_so() -> None:
    cited = write_seal(seal_of_view("projection", {"weekly": "100"}, ARTICLE))
    day = ARTICLE.isoformat()
    assert "not the cited view" in texts(open_page("claims", as_of=day, cite=cited))
    assert "can't be checked" in texts(open_page("claims", as_of=day, cite=cited[:-5]))
    assert "its day is missing" in texts(open_page("claims", cite=cited))


def test_a_citation_is_no_unknown_setting_of_the_projection() -> None:
    cited = write_seal(seal_of_view("projection", {}, ARTICLE))
    page = open_page("projection", as_of=ARTICLE.isoformat(), cite=cited)
    assert [warning.value for warning in page.warning] == []
    assert "Same as cited" in texts(page)


def test_another_result_from_the_same_rows_is_a_change_of_the_computation() -> None:
    cited = seal_of_view("indicator", {}, ARTICLE)
    older = replace(cited, result="0" * 12)
    assert "another result from the same rows" in judge("indicator", older, {})[2]
    assert "code went from version '0.0.9'" in judge("indicator", replace(older, code_version="0.0.9"), {})[2]


@settings(max_examples=8)
@given(st.dates(min_value=date(2022, 3, 1), max_value=date(2026, 6, 30)), st.sampled_from(STEMS))
def test_no_citation_rests_on_a_row_known_later(day: date, stem: str) -> None:
    evidence = snapshot_on(day).evidence
    for row in codes_of_view(stem, {}, day):
        if row.table not in ("series", "publishers", "comparisons"):
            known = getattr(evidence, row.table)
            assert row.row in set(known.iloc[:, 0])


def test_every_row_of_the_data_has_its_own_code() -> None:
    codes = row_codes(bundled())
    assert len(codes) == sum(len(getattr(bundled(), table)) for table in TABLES)
    assert len({code.name for code in codes.values()}) == len(codes)


@pytest.mark.parametrize(
    "text", ["", "1~a~b", "2~d~c~s~r~3~AAAAAAAAAAAA", "1~d~c~s~r~three~AAAAAAAAAAAA", "1~d~c~s~r~3~A"]
)
def test_what_is_no_seal_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_seal(text)


def test_every_format_carries_title_address_and_versions() -> None:
    for name, write in FORMATS.items():
        text = write(CITED).replace("\\", "")
        assert "as known on 30 Aug 2023" in text, name
        assert "data abc" in text, name
        assert name == "Short" or CITED.address in text, name


def test_the_machine_formats_are_well_formed() -> None:
    (record,) = json.loads(FORMATS["CSL-JSON"](CITED))
    assert record["type"] == "dataset"
    assert record["accessed"] == {"date-parts": [[2026, 1, 2]]}
    lines = FORMATS["RIS"](CITED).split("\n")
    assert (lines[0], lines[-1]) == ("TY  - DATA", "ER  - ")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    entry = FORMATS["BibTeX"](CITED)
    assert entry.startswith("@misc{morale-indicators-refusals-more-2026-01-02,")
    assert r"Refusals \& more" in entry
    assert entry.count("{") == entry.count("}")
