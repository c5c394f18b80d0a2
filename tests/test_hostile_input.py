"""A link or a row from a hostile hand gets a sentence and nothing else, on every page and in every setting."""

import csv
import datetime
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from factories import copy_of_data
from hostile_text import FOREIGN, PAYLOADS, html_texts, made_of, made_of_html, marked_texts
from streamlit.testing.v1 import AppTest
from test_pages import ARTICLE, open_page

from dashboard.charts.elements import element, written
from dashboard.shell.citation import seal_of_view
from dashboard.shell.pages import all_pages, page_of
from indicators.core.citation.seal import write_seal
from indicators.core.evidence.load import Evidence, load_evidence
from indicators.core.registry import all_indicators

STEMS = [page.stem for page in all_pages()]
CITABLE = [page.stem for page in all_pages() if page.citable]
SETTINGS = {page.stem: [f"{name}x" if name.endswith("_") else name for name in page.settings] for page in all_pages()}
SETTINGS["indicator"].append("later")
PAIRS = [(stem, name) for stem in STEMS for name in (*SETTINGS.get(stem, ()), "as_of", "cite", "unknown")]
SILENT = {
    "controls",  # of links to a second form that is gone
    "search",
    "scenario",
    "unknown",
}  # any text may be looked for; a scenario's name is text; a name is what is told

TEXT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "assumptions": ("name", "reason"),
    "claims": ("claimant", "statement", "credibility_reason", "locator", "note"),
    "comparison_guards": ("russia", "ukraine", "reason"),
    "comparisons": ("name",),
    "corrections": ("old", "new", "cause"),
    "events": ("title", "summary", "geography", "asserted_by", "denied_by", "locator"),
    "gaps": ("reason",),
    "mentions": ("assessor", "summary"),
    "observations": ("claimant", "geography", "locator", "note"),
    "published_projections": ("projector", "statement", "window_basis", "note"),
    "publishers": ("publisher", "reason"),
    "series": ("name", "definition", "direction_reason", "counter_scope"),
    "signposts": ("claimant", "statement", "reason"),
    "sources": ("publisher", "title", "licence"),
}
"""Columns of the data that hold words of people."""
NAMES = {"publisher", "claimant", "assessor", "projector", "asserted_by", "denied_by", "row_id"}
"""Columns that name somebody; a name is the same in all of them."""


def made(page: AppTest) -> list[str]:
    """Return what a page made of hostile text besides text."""
    faults = [fault for text in marked_texts(page) if FOREIGN in text for fault in made_of(text)]
    return faults + [fault for text in html_texts(page) for fault in made_of_html(text)]


def test_a_tag_that_a_stranger_wrote_is_found_in_html() -> None:
    assert made_of_html(f"<p>{PAYLOADS[2]}</p>") == [f"img [('src', '//{FOREIGN}/x')]"]
    assert made_of_html(f"<a href='http://{FOREIGN}/'>here</a>") == [f"a [('href', 'http://{FOREIGN}/')]"]
    for payload in PAYLOADS:
        assert made_of_html(written(element("p", payload, title=payload))) == []


def warnings(page: AppTest) -> list[str]:
    """Return the sentences in the page's warnings."""
    return [warning.value for warning in page.warning]


def unfolded(page: AppTest) -> AppTest:
    """Open every part of a page that waits to be asked for; where only one stands open at a time, the last."""
    for part in page.expander:
        *_, key = part.proto.id.split("-", maxsplit=2)  # as Streamlit writes it: $$ID-code-key
        if key:
            page.session_state[key] = True
    return page.run()


def hostile_address(name: str, payload: str) -> dict[str, str]:
    """Return an address with a payload in one place."""
    if name == "cite":
        return {"as_of": ARTICLE, name: payload}
    return {payload: payload} if name == "unknown" else {name: payload}


@pytest.mark.parametrize("stem", STEMS)
def test_a_page_makes_nothing_of_an_address_full_of_hostile_text(stem: str) -> None:
    payload = PAYLOADS[STEMS.index(stem) % len(PAYLOADS)]
    names = [name for page, name in PAIRS if page == stem and name not in ("cite", "unknown")]
    page = open_page(stem, **dict.fromkeys(names, payload), **{payload: payload})
    assert made(page) == []
    sentences = "\n".join(warnings(page))
    assert FOREIGN in sentences
    assert [name for name in names if name not in SILENT and name not in sentences] == []
    said = warnings(page)
    page.run()
    assert warnings(page) == said
    cited = open_page(stem, as_of=ARTICLE, cite=payload)
    assert made(cited) == []
    told = "This citation can't be checked" if stem in CITABLE else "'cite', which this page does not have"
    assert any(told in sentence for sentence in warnings(cited))


@pytest.mark.long
@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize(("stem", "name"), PAIRS)
def test_each_setting_of_each_page_gets_its_sentence(stem: str, name: str, payload: str) -> None:
    page = open_page(stem, **hostile_address(name, payload))
    assert made(page) == []
    told = [sentence for sentence in warnings(page) if name in sentence.replace("citation", "cite")]
    assert told or name in SILENT
    page.run()
    assert [sentence for sentence in warnings(page) if sentence in told] == told


def test_the_parts_of_a_seal_are_shown_as_text() -> None:
    parts = write_seal(seal_of_view(page_of("timeline"), {}, date(2023, 8, 30))).split("~")
    page = open_page(
        "timeline", as_of=ARTICLE, cite="~".join([parts[0], PAYLOADS[0], *parts[2:4], PAYLOADS[1], *parts[5:]])
    )
    assert made(page) == []
    assert "Changed since it was cited" in warnings(page)[0]


def test_a_scenario_with_a_hostile_name_is_text() -> None:
    for payload in PAYLOADS:
        page = open_page("projection", scenario=f"name={payload}&weekly=90")
        assert FOREIGN in "\n".join(marked_texts(page))
        assert made(page) == []


@pytest.fixture
def data_with_payload(tmp_path: Path, serve: Callable[[Evidence], None]) -> None:
    """Let pages show data whose words all end in a payload."""
    directory = copy_of_data(tmp_path)
    for place, (table, columns) in enumerate(TEXT_COLUMNS.items()):
        path = directory / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            of_publisher = ("row_id",) if (table, row.get("file")) == ("corrections", "publishers.csv") else ()
            for name in (name for name in (*columns, *of_publisher) if row[name]):
                row[name] += f" {PAYLOADS[0 if name in NAMES else place % len(PAYLOADS)]}"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    serve(load_evidence(directory))


@pytest.mark.thorough
@pytest.mark.usefixtures("data_with_payload")
def test_no_page_makes_anything_of_hostile_rows() -> None:
    indicators = [indicator.id for indicator in all_indicators() if indicator.headline is None][:1] or [
        all_indicators()[-1].id
    ]
    pages = [(stem, {}) for stem in STEMS] + [("indicator", {"indicator": id_}) for id_ in indicators]
    seen = []
    for stem, address in [*pages, ("both_sides", {"comparison": "equipment_abandonment"})]:
        page = unfolded(open_page(stem, **address))
        assert made(page) == [], stem
        seen += [stem for text in [*marked_texts(page), *html_texts(page)] if FOREIGN in text][:1]
    with_words = {"overview", "answer", "indicator", "timeline", "both_sides", "claims", "article", "corrections"}
    assert {*with_words, "track_record"} <= set(seen)


@pytest.mark.long
@pytest.mark.usefixtures("data_with_payload")
@pytest.mark.parametrize("indicator", [indicator.id for indicator in all_indicators()])
def test_no_indicator_makes_anything_of_hostile_rows(indicator: str) -> None:
    page = unfolded(open_page("indicator", indicator=indicator))
    assert made(page) == []


BAD_VALUES = [
    ("sources", {"stance": "none"}, "stance 'none', which does not exist; 'All' is shown"),
    ("sources", {"reliability": "Z"}, "reliability 'Z', which does not exist"),
    ("sources", {"licence": "x"}, "licence 'x', which does not exist"),
    ("timeline", {"from": "20230830"}, "from '20230830'; expected a day as YYYY-MM-DD from 24 Feb 2022"),
    ("timeline", {"to": "2099-01-01"}, "to '2099-01-01'; expected a day"),
    ("timeline", {"all": "yes"}, "all 'yes'; expected true or false. Shown: false"),
    ("timeline", {"from": "2024-01-01", "to": "2023-01-01"}, "The period ends before it begins"),
    ("claims", {"claim": "zzz"}, "claim 'zzz', which does not exist; the whole topic is shown"),
    ("article", {"statement": "A99"}, "statement 'A99', which does not exist; 'All 24 statements' is shown"),
    ("compare", {"indicators": "refusal_cases,x"}, "indicators 'x', which does not exist here"),
    ("compare", {"events": "x,y"}, "events 'x', 'y', none of which exists here"),
    ("compare", {"from": "2099-01-01"}, "from '2099-01-01'; expected a day"),
    ("answer", {"colour": "red"}, "'colour', which this page does not have as it is shown here"),
    ("corrections", {"all": "yes"}, "all 'yes'; expected true or false. Shown: false"),
    ("corrections", {"corrected": "x"}, "corrected 'x', which does not exist; 'Everything' is shown"),
    ("claims", {"bounds_from": "zzz"}, "bounds_from 'zzz'; expected a day"),
    ("claims", {"bounds_to": "2023-13-01"}, "bounds_to '2023-13-01'; expected a day"),
    ("claims", {"bounds_from": "2024-01-01", "bounds_to": "2023-01-01"}, "The period ends before it begins"),
    ("indicator", {"later": "true"}, "'later', which this page does not have as it is shown here"),
    ("indicator", {"place": "Kyiv"}, "'place', which this page does not have as it is shown here"),
    ("indicator", {"later": "x", "as_of": ARTICLE}, "later 'x'; expected true or false"),
    ("projection", {"target": "many"}, "target 'many'; expected a whole number from 1 to 1,000,000. Shown: 10,000"),
    ("projection", {"target": "0"}, "target '0'; expected a whole number"),
    ("projection", {"then": "2001-01-01"}, "then '2001-01-01'; expected a day"),
    ("projection", {"weekly": "600"}, "weekly was 600; the largest value, 500, is used"),
    ("track_record", {"compared_x": "y"}, "'compared_x', which this page does not have as it is shown here"),
    ("method", {"colour": "red"}, "'colour', which this page does not have as it is shown here"),
    ("overview", {"as_of": "2099-01-01"}, "as_of '2099-01-01'; expected a day"),
    ("projection", {"as_of": "zzz"}, "as_of 'zzz'; expected a day as YYYY-MM-DD from 24 Feb 2022"),
    ("cascade", {"as_of": "20230830"}, "as_of '20230830'; expected a day as YYYY-MM-DD from 24 Feb 2022"),
]


@pytest.mark.parametrize(("stem", "address", "sentence"), BAD_VALUES)
def test_a_bad_value_gets_its_sentence_and_keeps_it(stem: str, address: dict[str, str], sentence: str) -> None:
    page = open_page(stem, **address)
    for _ in range(2):
        assert [text for text in warnings(page) if sentence in text], warnings(page)
        page.run()


def test_the_sentence_goes_with_the_reader_s_own_choice() -> None:
    page = open_page("sources", stance="none")
    page.selectbox(key="reliability").set_value("B").run()
    assert "'none'" in warnings(page)[0]
    page.selectbox(key="stance").set_value("independent count").run()
    assert warnings(page) == []


def test_what_the_reader_left_is_no_fault_of_the_address() -> None:
    page = open_page("indicator", indicator="rear_area_strikes")
    page.selectbox(key="place").set_value("southern Ukraine and Crimea").run()
    assert page.query_params["place"] == "southern Ukraine and Crimea"
    page.selectbox(key="indicator").set_value("refusal_cases").run()
    assert warnings(page) == []
    assert "place" not in page.query_params


@pytest.mark.parametrize("stem", CITABLE)
def test_marks_that_networks_add_change_nothing(stem: str) -> None:
    marks = {"utm_source": "news", "fbclid": PAYLOADS[0], "GCLID": "x", "ref": "x"}
    seal = write_seal(seal_of_view(page_of(stem), {}, date(2023, 8, 30)))
    page = open_page(stem, as_of=ARTICLE, cite=seal, **marks)
    assert [box.value for box in page.success if box.value.startswith("Same as cited")]
    assert [sentence for sentence in warnings(page) if "The address asks" in sentence] == []


class Early(date):
    """A clock that was set wrong."""

    @classmethod
    def today(cls) -> date:
        """Return a day before anything here begins."""
        return date(2021, 5, 1)


@pytest.mark.parametrize("stem", STEMS)
def test_a_clock_before_the_first_day_breaks_no_page(stem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("dashboard") and getattr(module, "date", None) is date:
            monkeypatch.setattr(module, "date", Early)
    monkeypatch.setattr(datetime, "date", Early)  # for the page's own script, which is read anew
    page = open_page(stem)
    assert len(page.title) == 1
