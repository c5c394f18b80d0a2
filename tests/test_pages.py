"""Every page through the entry of the dashboard: its headings, controls, sentences and the day that counts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.shell.addresses import FIRST
from dashboard.shell.pages import all_pages
from indicators.core.registry import all_indicators, get_indicator

ENTRY = Path(__file__).parent.parent / "dashboard" / "main.py"
ARTICLE = "2023-08-30"
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


def texts(page: AppTest) -> str:
    """Return all sentences on a page."""
    blocks = (page.title, page.header, page.markdown, page.caption, page.info, page.warning, page.success)
    metrics = [f"{metric.label} {metric.value}" for metric in page.metric]
    return "\n".join([element.value for block in blocks for element in block] + metrics)


def drawn(page: AppTest) -> str:
    """Return all that a page hands to the components which draw in the browser."""
    return "\n".join(str(element.proto) for element in page.get("bidi_component"))


def charts(page: AppTest) -> int:
    """Return the number of charts and panels on a page."""
    return len(page.get("bidi_component"))


@pytest.mark.parametrize("stem", STEMS)
def test_every_page_has_one_title_a_question_and_the_day_that_counts(stem: str) -> None:
    page = open_page(stem)
    assert len(page.title) == 1
    assert page.markdown[0].value.strip()
    assert page.date_input(key="as_of").value is None
    assert not page.warning or stem == "both_sides"


@pytest.mark.parametrize("stem", STEMS)
def test_every_page_can_be_replayed_and_says_so(stem: str) -> None:
    # What is known today stands behind the figures of the day on an indicator's page, unless the reader takes it away.
    page = open_page(stem, as_of=ARTICLE, **({"later": "false"} if stem == "indicator" else {}))
    assert page.date_input(key="as_of").value == date(2023, 8, 30)
    assert "Replaying 30 August 2023" in page.info[0].value
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
    assert "Replaying 24 February 2022" in page.info[0].value


def test_overview_has_a_card_for_every_indicator() -> None:
    page = open_page("overview")
    assert page.title[0].value == "Morale indicators"
    assert "Refusal and law" in [heading.value for heading in page.header]
    assert len(page.metric) == sum(bool(item.headline) for item in all_indicators())
    assert "What changed last" in [heading.value for heading in page.header]
    assert [link.proto.label for link in page.get("page_link")] == [f"**{item.name}**" for item in all_indicators()]
    assert "A quoted figure is a claim, not a count." in texts(page)


def test_overview_on_the_day_of_the_article_shows_what_was_known() -> None:
    page = open_page("overview", as_of=ARTICLE)
    assert "up to 100" in texts(page)
    assert 1 <= len(page.metric) <= len(all_indicators())


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
    assert len(page.dataframe) == 1
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
    newest = re.findall(r"Newest known (\d+ \w+ \d{4})", drawn(page))
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
    assert charts(page) >= 1
    assert {"Assumptions", "What to mind"} <= {heading.value for heading in page.header}
    assumptions = page.dataframe[0].value
    weekly = assumptions.iloc[0]
    assert weekly["Value"] == "100"
    assert weekly["Basis"] == "published"


def test_projection_with_native_controls() -> None:
    page = open_page("projection", controls="native")
    assert (page.slider(key="weekly").value, page.slider(key="weeks").value) == (100, 52)
    shares = ["share_low", "share_mode", "share_high"]
    expected = ["weekly", *shares, "weeks", "growth_monthly", "growth_sd", "drift"]
    assert [slider.key for slider in page.slider] == expected
    for first in ("reading", "working_days", "suspended_share"):
        page.session_state[f"group_{first}"] = True
    page.run()
    assert len(page.slider) == 14
    assert {"qualifier", "damping", "reading"} <= {box.key for box in page.selectbox}
    assert [metric.value for metric in page.metric] == ["up to 5,200", "up to 4,940", "about 3,900"]
    page.slider(key="weeks").set_value(26).run()
    assert [metric.value for metric in page.metric][:2] == ["up to 2,600", "up to 2,470"]


def test_a_setting_counts_whether_its_group_is_open_or_not() -> None:
    page = open_page("projection", controls="native", working_days="234")
    assert page.metric[1].value == "up to 4,680"  # 5,200 times 234 over the 260 days of 52 weeks of five
    page.session_state["group_working_days"] = True
    page.run()
    page.slider(key="working_days").set_value(221).run()
    assert page.metric[1].value == "up to 4,420"
    page.session_state["group_working_days"] = False
    page.run()
    assert page.metric[1].value == "up to 4,420"


@pytest.mark.parametrize(
    ("address", "figures", "message"),
    [
        ({"weeks": "500"}, ("up to 15,600", "up to 14,820"), "weeks was 500; the largest value, 156, is used."),
        ({"growth_weekly": "0.01"}, ("up to 6,777", "up to 6,438"), ""),
        (
            {"working_days": "208"},
            ("up to 5,200", "up to 4,400"),
            "working_days was 208; the smallest value, 220, is used.",
        ),
        (
            {"dispersion": "poisson"},
            ("up to 5,200", "up to 4,940"),
            "dispersion was poisson; this control takes 3 to 100.",
        ),
        ({"force_size": ""}, ("up to 5,200", "up to 4,940"), ""),
    ],
)
def test_plain_controls_do_what_a_message_says(address: dict[str, str], figures: tuple[str, str], message: str) -> None:
    page = open_page("projection", controls="native", **address)
    assert (page.metric[0].value, page.metric[1].value) == figures
    assert [warning.value for warning in page.warning] == [message] * bool(message)


def test_a_shared_projection_restores_its_settings() -> None:
    page = open_page("projection", controls="native", weekly="130", weeks="26", qualifier="at_least")
    assert (page.slider(key="weekly").value, page.slider(key="weeks").value) == (130, 26)
    assert page.metric[0].value == "at least 3,380"
    assert not page.dataframe  # with plain controls it waits until it is asked for
    page.session_state["assumptions_section"] = True
    page.run()
    assumptions = page.dataframe[0].value
    assert assumptions.iloc[0]["Basis"] == "reader's assumption"
    assert "UK" not in assumptions.iloc[0]["Source"]


@pytest.mark.parametrize("controls", [{}, {"controls": "native"}])
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
def test_a_setting_that_makes_no_sense_is_said(
    controls: dict[str, str], address: dict[str, str], sentence: str
) -> None:
    page = open_page("projection", **controls, **address)
    assert sentence in [warning.value for warning in page.warning]


def test_sources_lists_all_and_can_be_searched() -> None:
    page = open_page("sources")
    assert page.title[0].value == "Sources and data"
    assert "Figures that were corrected" in [heading.value for heading in page.header]
    assert (len(page.text_input), len(page.selectbox), len(page.dataframe)) == (1, 3, 2)
    corrections = page.dataframe[1].value
    assert ["25 Nov 2026", "known", "2024-12-31", "2024-07-31"] in corrections[
        ["Corrected", "Column", "Was", "Is now"]
    ].to_numpy().tolist()
    everything = len(page.dataframe[0].value)
    page.text_input(key="search").set_value("mediazona").run()
    found = page.dataframe[0].value
    assert 0 < len(found) < everything
    assert (found["Publisher"] + found["Title"] + found["Address"]).str.contains("mediazona", case=False).all()


def test_sources_keeps_its_filter_in_the_address() -> None:
    page = open_page("sources", reliability="B")
    assert page.selectbox(key="reliability").value == "B"
    assert set(page.dataframe[0].value["Reliability"]) == {"B"}


def test_a_search_without_a_hit_says_so() -> None:
    page = open_page("sources", search="no such page anywhere")
    assert "No source fits this choice." in page.info[0].value


def test_the_downloads_of_a_replayed_day_are_of_that_day() -> None:
    assert f"as_of={ARTICLE}" in texts(open_page("sources", as_of=ARTICLE))
    assert f"as_of={ARTICLE}" in texts(open_page("indicator", as_of=ARTICLE))


def test_the_timeline_filters_and_keeps_the_filter_in_the_address() -> None:
    page = open_page("timeline")
    assert page.title[0].value == "Timeline"
    assert [box.key for box in page.selectbox] == ["kind", "status", "concerns"]
    assert charts(page) == 1
    assert texts(page).count("Source: [") == 20
    page.toggle(key="all").set_value(True).run()
    assert texts(page).count("Source: [") >= 201
    page.selectbox(key="kind").set_value("mutiny").run()
    assert page.query_params["kind"] == "mutiny"
    assert texts(page).count("Source: [") == 15


def test_the_timeline_opens_from_its_address() -> None:
    page = open_page("timeline", kind="leadership", status="contested")
    assert page.selectbox(key="kind").value == "leadership"
    assert "contested: Surovikin removed" in texts(page)
    assert ", confirmed: " not in texts(page)


def test_both_sides_shows_and_refuses() -> None:
    fair = open_page("both_sides")
    assert fair.title[0].value == "Both sides"
    assert fair.selectbox(key="comparison").value == "equipment_abandonment"
    assert "with care" in fair.success[0].value
    assert charts(fair) == 1
    assert len(fair.table[0].value) == 5
    page = open_page("both_sides", comparison="absence_cases")
    assert "The two sides are not compared." in page.warning[0].value
    assert charts(page) == 0
