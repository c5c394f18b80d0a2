"""Every page through the entry of the dashboard: its headings, controls, sentences and the day that counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block
from streamlit.util import calc_hash

from dashboard.shell.addresses import FIRST
from dashboard.shell.pages import all_pages
from dashboard.snapshots import snapshot_on
from indicators.core.registry import all_indicators, get_indicator

ENTRY = Path(__file__).parent.parent / "dashboard" / "main.py"
ARTICLE = "2023-08-30"
NO_CHARTS = ("morale_copy", "morale_take_along")
STEMS = [page.stem for page in all_pages()]
LATER = re.compile(r"(?<![\d.,])(5,?024|5,?096|9,?059|18,?159)(?![\d,]|\.\d*[1-9])")


def open_page(stem: str, **address: str) -> AppTest:
    """Open a page by its address, as a shared link does; a panel is taken as drawn."""
    page = AppTest.from_file(ENTRY, default_timeout=60)
    # Streamlit names a page that is a function by its address, and its tests switch to files alone.
    page._page_hash = calc_hash("" if stem == FIRST else stem)
    page.query_params = dict(address)
    page.session_state[stem] = {"drawn": True}
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def with_parts(stem: str, *parts: str, **address: str) -> AppTest:
    """Open a page by its address, and then folded parts of it."""
    page = open_page(stem, **address)
    for part in parts:
        page.session_state[part] = True
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def texts(page: AppTest) -> str:
    """Return all sentences on a page."""
    blocks = (page.title, page.header, page.markdown, page.caption, page.info, page.warning, page.success)
    metrics = [f"{metric.label} {metric.value}" for metric in page.metric]
    tables = [" ".join(ElementTree.fromstring(table).itertext()) for table in html_tables(page)]
    return "\n".join([element.value for block in blocks for element in block] + metrics + tables)


def html_tables(page: AppTest) -> list[str]:
    """Return the tables that a page writes as HTML, which is XML as well."""
    return [element.proto.body for element in page.get("html") if element.proto.body.startswith("<table")]


def drawn(page: AppTest) -> str:
    """Return all that a page hands to the components which draw in the browser."""
    return "\n".join(str(element.proto) for element in page.get("bidi_component"))


def charts(page: AppTest) -> int:
    """Return the number of charts and panels on a page; the buttons above them draw nothing."""
    return sum(element.proto.component_name not in NO_CHARTS for element in page.get("bidi_component"))


def said_first(page: AppTest) -> str:
    """Return the answer that stands below a page's title, or the question where there is no answer."""
    return str(part_of(page._tree, "opening(_alone)?").markdown[0].value)


def part_of(block: Block, key: str) -> Block:
    """Return the part of a page that is kept under a key of its own; the key is a pattern."""
    found = [part for part in blocks_of(block) if re.search(f"-{key}$", getattr(part.proto, "id", ""))]
    assert len(found) == 1, f"expected one part with the key {key}, got {len(found)}"
    return found[0]


def blocks_of(block: Block) -> Iterator[Block]:
    """Yield every part of a page that holds others."""
    for child in block.children.values():
        if isinstance(child, Block):
            yield child
            yield from blocks_of(child)


@pytest.mark.parametrize("stem", STEMS)
def test_every_page_has_one_title_a_question_and_the_day_that_counts(stem: str) -> None:
    page = open_page(stem)
    assert len(page.title) == 1
    assert said_first(page).strip()
    assert "as_of" not in page.query_params
    assert not page.warning or stem == "both_sides"


@pytest.mark.parametrize("stem", STEMS)
def test_every_page_can_be_replayed_and_says_so(stem: str) -> None:
    # What is known today stands behind the figures of the day on an indicator's page, unless the reader takes it away.
    page = open_page(stem, as_of=ARTICLE, **({"later": "false"} if stem == "indicator" else {}))
    assert page.query_params["as_of"] == ARTICLE
    assert "You see what the public knew on 30 Aug 2023." in page.info[0].value
    assert LATER.findall(texts(page) + drawn(page)) == []


@pytest.mark.parametrize("stem", STEMS)
def test_every_page_says_that_a_day_makes_no_sense(stem: str) -> None:
    page = open_page(stem, as_of="yesterday")
    sentences = [warning.value for warning in page.warning]
    assert any("'yesterday'" in sentence and "YYYY-MM-DD" in sentence for sentence in sentences)


@pytest.mark.parametrize("stem", STEMS)
def test_before_the_first_figure_every_page_still_stands(stem: str) -> None:
    page = open_page(stem, as_of="2022-02-24")
    assert len(page.title) == 1
    assert "You see what the public knew on 24 Feb 2022." in page.info[0].value


def signs_of(page: AppTest) -> dict[str, list[str]]:
    """Return the rows of the table of signs by indicator."""
    (table,) = html_tables(page)
    rows = [row.findall("*") for row in ElementTree.fromstring(table).findall("tbody/tr")]
    return {"".join(name.itertext()): [" ".join(cell.itertext()) for cell in cells] for name, *cells in rows}


def test_the_first_page_has_the_answer_its_chart_and_a_row_for_every_indicator() -> None:
    page = open_page("overview")
    answer = snapshot_on(None).answer
    assert (page.title[0].value, said_first(page)) == (answer.question, answer.sentence)
    assert charts(page) == 1
    signs = signs_of(page)
    assert list(signs) == [item.name for item in all_indicators()]
    # 17,721 - 8,594 sentences in 347 days.
    assert signs["Sentences for refusing to serve"][0] == (
        "about 184 sentences a week All refusal articles, between totals, 19 Jun 2024 to 31 May 2025"
    )
    assert signs["Sentences for refusing to serve"][2] == "↑ up, worse"
    assert signs["Discontent of war bloggers"][2] == "no direction"
    assert "A quoted figure is a claim, not a count." in texts(page)


def test_the_first_page_says_what_is_new_and_which_counts_ended() -> None:
    words = texts(open_page("overview"))
    assert "Weekly counts of refusal end in May 2025, published in Jun 2025." in words
    assert re.search(r"Last dated publication: \d+ \w+ \d{4} \(", words)


def test_the_first_page_on_the_day_of_the_article_shows_what_was_known() -> None:
    page = open_page("overview", as_of=ARTICLE)
    signs = signs_of(page)
    assert signs["Sentences for refusing to serve"][0].startswith("up to 100 convictions a week")
    assert "as_of=2023-08-30" in html_tables(page)[0]


def test_before_anything_was_published_the_first_page_draws_nothing_empty() -> None:
    page = open_page("overview", as_of="2022-02-24")
    assert charts(page) == 0
    assert "No weekly figure of convictions for refusing to fight had been published by this day." in texts(page)
    assert {cells[0].strip() for cells in signs_of(page).values()} == {"No figure had been published by this day."}


@pytest.mark.parametrize("indicator_id", [indicator.id for indicator in all_indicators()])
def test_an_indicator_opens_from_its_address(indicator_id: str) -> None:
    indicator = get_indicator(indicator_id)
    page = open_page("indicator", indicator=indicator_id)
    assert page.title[0].value.startswith(f"{indicator.name}: ")
    assert page.selectbox(key="indicator").value == indicator_id
    assert page.query_params["indicator"] == indicator_id
    assert charts(page) == 1
    assert {"What we are watching, fixed in advance", "Method"} <= {part.label for part in page.expander}
    assert all(caveat in texts(page) for caveat in indicator.caveats[:3])


@pytest.mark.parametrize("day", ["2022-03-01", ARTICLE, None])
@pytest.mark.parametrize("indicator_id", [indicator.id for indicator in all_indicators()])
def test_an_indicator_draws_nothing_empty(indicator_id: str, day: str | None) -> None:
    page = open_page("indicator", indicator=indicator_id, **({"as_of": day} if day else {}))
    assert '"empty"' not in drawn(page).replace("\\", "")
    shown = charts(page) + len([*page.dataframe, *page.table])
    refusals = [info.value for info in page.info if "had been published" in info.value]
    assert shown + len(refusals) == 1
    assert not refusals or day is not None


def test_every_part_of_an_indicator_opens() -> None:
    page = open_page("indicator", indicator="refusal_cases")
    for part in ("more", "sources", "revisions", "changes", "watched", "article", "method"):
        page.session_state[f"refusal_cases_{part}_section"] = True
    page.run()
    assert not page.exception
    assert charts(page) == 2  # and who repeats whom
    assert len(page.table) == 1
    assert all(caveat in texts(page) for caveat in get_indicator("refusal_cases").caveats)


def test_figures_too_few_for_a_chart_stand_in_a_table() -> None:
    page = open_page("indicator", indicator="refusal_sentences", chart="other")
    assert charts(page) == 0
    (shown,) = [*page.dataframe, *page.table]
    assert "up to 100 convictions per week" in set(shown.value["Figure"])


def test_a_chart_is_chosen_by_the_address_and_an_unknown_one_is_said() -> None:
    assert "since the September 2022 mobilisation" in drawn(open_page("indicator", chart="totals"))
    assert "'weather', which does not exist" in open_page("indicator", chart="weather").warning[0].value


@pytest.mark.parametrize("indicator_id", [indicator.id for indicator in all_indicators()])
def test_an_indicator_can_be_replayed(indicator_id: str) -> None:
    page = open_page("indicator", indicator=indicator_id, as_of=ARTICLE)
    assert page.title[0].value.startswith(f"{get_indicator(indicator_id).name}: ")
    newest = re.findall(r"latest published (\d+ \w+ \d{4})", drawn(page))
    assert all(pd.to_datetime(day) <= pd.Timestamp(ARTICLE) for day in newest)
    assert newest or not charts(page)


def test_a_replayed_day_shows_no_signpost_of_a_later_window() -> None:
    page = open_page("indicator", indicator="refusal_cases", as_of=ARTICLE)
    assert "What we are watching, fixed in advance" not in [part.label for part in page.expander]
    later = open_page("indicator", indicator="refusal_cases", as_of="2025-01-01")
    later.session_state["refusal_cases_watched_section"] = True
    later.run()
    assert "passes 20,000" in texts(later)
    assert "30,000" not in texts(later)


def test_another_indicator_can_be_chosen() -> None:
    page = open_page("indicator")
    page.selectbox(key="indicator").set_value("personnel_losses").run()
    assert page.title[0].value.startswith(get_indicator("personnel_losses").name)
    assert page.query_params["indicator"] == "personnel_losses"


def test_an_unknown_indicator_is_said_and_the_first_one_shown() -> None:
    page = open_page("indicator", indicator="weather")
    assert "'weather', which does not exist" in page.warning[0].value
    assert page.selectbox(key="indicator").value == all_indicators()[0].id
    assert charts(page) == 1


def test_an_indicator_before_its_first_figure_says_so() -> None:
    page = open_page("indicator", indicator="refusal_cases", as_of="2022-03-01")
    assert page.title[0].value == "Refusal cases reaching courts: nothing was known by 1 Mar 2022"
    assert "Nothing that refusal cases reaching courts rests on had been published by 1 Mar 2022." in texts(page)
    assert charts(page) == 0


def test_projection_has_its_panel_and_its_assumptions() -> None:
    page = open_page("projection")
    assert page.title[0].value == "If “100 a week” had gone on"
    assert charts(page) == 1
    page.session_state["assumptions_section"] = True
    page.run()
    weekly = page.table[0].value.iloc[0]
    assert weekly["Value"] == "100 persons sentenced per week"
    assert weekly["On whose word"].endswith("(published)")


@pytest.mark.parametrize("form", ["native", "plain"])
def test_a_link_to_the_former_second_form_opens_the_page_without_a_word(form: str) -> None:
    page = open_page("projection", controls=form, weekly="130", weeks="26", qualifier="at_least")
    assert not page.warning
    # 130 a week for 26 weeks.
    assert "At least 3,380 in 26 weeks" in drawn(page)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ({"weeks": "500"}, "weeks was 500; the largest value, 156, is used."),
        ({"weekly": "many"}, "weekly was 'many', which is not a number; the default, 100, is used."),
        (
            {"colour": "red"},
            "The address asks for 'colour', which this page does not have as it is shown here; it is ignored.",
        ),
    ],
)
def test_a_setting_that_makes_no_sense_is_said(address: dict[str, str], sentence: str) -> None:
    page = open_page("projection", **address)
    assert sentence in [warning.value for warning in page.warning]


def wide_table_of(page: AppTest) -> pd.DataFrame:
    """Return the cells of a page's table that scrolls in its place."""
    (body,) = [block.proto.body for block in page.get("html") if "mi-wide" in block.proto.body]
    heads, *rows = [["".join(cell.itertext()) for cell in row] for row in ElementTree.fromstring(body).iter("tr")]
    return pd.DataFrame(rows, columns=heads)


def test_sources_lists_all_and_can_be_searched() -> None:
    page = with_parts("sources", "table_section")
    assert page.title[0].value == "Where does every figure come from?"
    assert len(page.selectbox) == 3
    assert len(re.findall(r"^- \*\*.+\]\(http", texts(page), re.MULTILINE)) == 12
    everything = len(wide_table_of(page))
    page.text_input(key="search").set_value("mediazona").run()
    found = wide_table_of(page)
    assert 0 < len(found) < everything
    assert (found["Publisher"] + found["Title"] + found["Address"]).str.contains("mediazona", case=False).all()


def test_sources_keeps_its_filter_in_the_address() -> None:
    page = with_parts("sources", "table_section", reliability="B")
    assert page.selectbox(key="reliability").value == "B"
    assert set(wide_table_of(page)["Reliability"]) == {"B"}


def test_a_search_without_a_hit_says_so() -> None:
    page = open_page("sources", search="no such page anywhere")
    assert "No source fits this choice." in texts(page)


def test_corrections_are_told_in_words_with_old_and_new_value() -> None:
    page = with_parts("corrections", "cells_section")
    assert "entries were corrected since 25 Nov 2026: 3 changed a figure itself" in said_first(page)
    # Three monthly counts of armour had held the first twenty days of August 2026 only.
    assert "**28 Nov 2026: The full month; the row held its first twenty days.**" in texts(page)
    cells = wide_table_of(page)
    assert ["25 Nov 2026", "day of first publication", "31 Dec 2024", "31 Jul 2024"] in cells[
        ["Corrected", "Which part", "Was", "Is now"]
    ].to_numpy().tolist()
    page.selectbox(key="corrected").set_value("source").run()
    assert set(wide_table_of(page)["Which part"]) <= {
        "source", "place on the page", "publisher", "kind of page", "what the page repeats",
    }  # fmt: skip
    then = open_page("corrections", as_of=ARTICLE)
    assert said_first(then) == "No correction was on record by this day."


def test_the_downloads_of_a_replayed_day_are_of_that_day() -> None:
    assert f"as_of={ARTICLE}" in texts(open_page("sources", as_of=ARTICLE))
    assert f"as_of={ARTICLE}" in texts(open_page("indicator", as_of=ARTICLE))


def test_the_timeline_filters_and_keeps_the_filter_in_the_address() -> None:
    page = open_page("timeline")
    assert page.title[0].value == "What happened when, and who says so?"
    assert [box.key for box in page.selectbox] == ["kind", "status", "concerns"]
    assert charts(page) == 0
    assert texts(page).count("Source: ") == 8
    page.toggle(key="all").set_value(True).run()
    assert texts(page).count("Source: ") >= 201
    page.selectbox(key="kind").set_value("mutiny").run()
    assert page.query_params["kind"] == "mutiny"
    assert texts(page).count("Source: ") == 15
    assert charts(with_parts("timeline", "axis_section")) == 1


def test_the_timeline_opens_from_its_address() -> None:
    page = open_page("timeline", kind="leadership", status="contested")
    assert page.selectbox(key="kind").value == "leadership"
    assert "Surovikin removed** (contested)" in texts(page)
    assert "** (confirmed)" not in texts(page)


def test_the_timeline_is_searched_in_words_and_by_who_denies() -> None:
    page = open_page("timeline", search="surovikin")
    assert page.text_input(key="search").value == "surovikin"
    items = texts(page).split("\n- **")[1:]
    assert items
    assert all("surovikin" in item.lower() for item in items)
    assert "No event fits this choice." in texts(open_page("timeline", search="no such event anywhere"))


def test_both_sides_shows_and_refuses() -> None:
    fair = with_parts("both_sides", "aspects_section")
    assert fair.title[0].value == "Can Russian and Ukrainian figures be compared?"
    assert fair.selectbox(key="comparison").value == "equipment_abandonment"
    assert "with care" in said_first(fair)
    assert charts(fair) == 1
    assert texts(fair).count("*Russia:*") == texts(fair).count("*Ukraine:*") == 5
    page = open_page("both_sides", comparison="absence_cases")
    assert "the two sides are not compared." in said_first(page)
    assert charts(page) == 0
    assert not page.warning
