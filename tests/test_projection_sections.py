"""Sections below the projection panel: what they say, what they keep in the address, and what a replayed day hides."""

from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import charts, drawn, open_page, said_first, texts, with_parts

from dashboard.projection.scenario_text import scenario_table
from dashboard.projection.section_text import share_finding
from dashboard.projection.text import projection_tiles
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import project
from indicators.methods.projection.scenarios import SavedView, Scenario, to_address, to_file

HALVED = to_address([Scenario(name="Halved", parameters=ProjectionParameters(weekly=50))])


PARTS = ("break_even", "afterwards", "causes", "scenarios", "assumptions", "caveats")


def opened(part: str, **address: str) -> AppTest:
    """Open the projection page and one of its folded parts."""
    page = open_page("projection", **address)
    page.session_state[f"{part}_section"] = True
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def needed(page: AppTest) -> dict[str, str]:
    """Return the value that every setting would have to have."""
    table = next(table.value for table in page.table if "Would have to be" in table.value)
    return dict(zip(table["Setting"], table["Would have to be"], strict=True))


def test_one_part_is_open_at_a_time() -> None:
    page = open_page("projection")
    assert not any(page.session_state[f"{part}_section"] for part in PARTS)
    for part in PARTS:
        page.session_state[f"{part}_section"] = True
        page.run()
        assert [name for name in PARTS if page.session_state[f"{name}_section"]] == [part]


def test_what_a_total_would_take_stands_below_the_panel_and_follows_the_target() -> None:
    page = open_page("projection")
    # 10,000 over 52 weeks are 192.3 a week, and people come whole.
    sentence = "10,000 would take 193 a week (184 were counted in 2024/25), or growth of 10.7 % a month."
    assert sentence in texts(page)
    page.number_input(key="target").set_value(5200).run()
    assert "5,200 would take 100 a week" in texts(page)
    assert "(184 were counted" not in texts(open_page("projection", as_of="2023-08-30"))


def test_the_target_is_reached_by_one_setting_at_a_time() -> None:
    page = opened("break_even")
    assert needed(page) == {
        "Sentenced a week": "192.3",
        "Growth a month": "10.7 % a month",
        "For how many weeks": "100",
        "Court days a year": "no value is enough",
        "Chance that a case is recorded": "no value is enough",
        "Average week, middle": "no value is enough",
    }
    assert "weekly figure of 192.3 to reach 10,000" in texts(page)


def test_target_and_layer_come_from_the_address() -> None:
    page = opened("break_even", target="4000", layer="claim")
    # 3,867.8 x (w / 100) = 4,000.
    assert needed(page)["Sentenced a week"] == "103.4"
    # 3,787.33 x (w / 100) = 4,000.
    still = opened("break_even", target="4000", layer="claim", drift="0", growth_sd="0")
    assert needed(still)["Sentenced a week"] == "105.6"
    assert page.selectbox(key="layer").value == "claim"


def test_later_counts_stand_beside_the_projection_by_definition() -> None:
    sentences = texts(opened("afterwards"))
    everything = (
        "**Refusal sentences (Art. 337, 332, 338), by Mediazona**: about 8,000 (at least 5,100) up to 27 Aug 2024"
    )
    assert f"{everything}, **1.5 times** the plain arithmetic" in sentences
    assert "**Absence sentences (Art. 337), by Mediazona**: about 7,200 (at least 4,500)" in sentences
    assert "**Absence cases (Art. 337), by Mediazona**: about 8,000" in sentences
    assert "**People imprisoned, converted from sentences, by Mediazona**: about 2,800" in sentences


def test_what_was_known_when_the_projection_ended_is_laid_over_it() -> None:
    assert "As known on 28 Aug 2024" in drawn(opened("afterwards"))
    assert "As known on 1 Dec 2023" in drawn(opened("afterwards", then="2023-12-01"))


def test_a_replayed_day_shows_no_later_count() -> None:
    page = opened("afterwards", as_of="2023-12-01")
    assert "27 Aug 2024" not in texts(page)
    assert "18 Jun 2024" not in texts(page) + drawn(page)
    assert "up to 21 Nov 2023" in texts(page)


def test_the_largest_cause_is_named() -> None:
    assert (
        "The largest part of the range, 43 %: how fast it grows. You set recording as certain, so it adds nothing."
    ) in drawn(opened("causes"))
    assert (
        "The largest part of the range, 89 %: how the figure is read. "
        "You set growth, drift and recording as certain, so they add nothing."
    ) in drawn(opened("causes", drift="0", growth_sd="0"))
    assert "no range to explain" in texts(opened("causes", reading="ceiling"))


@pytest.mark.parametrize(
    ("growth", "recording", "said"),
    [
        (0.0, 0.0, " You set growth and recording as certain, so they add nothing."),
        (0.0, 0.2, " You set growth as certain, so it adds nothing."),
        (0.2, 0.0, " You set recording as certain, so it adds nothing."),
        (0.1, 0.1, ""),
    ],
)
def test_what_the_settings_take_as_known_is_named(growth: float, recording: float, said: str) -> None:
    shares = {"reading": 0.7, "growth": growth, "drift": 0.1, "recording": recording, "counting": 0.1, "future": 0.1}
    assert share_finding(shares).partition("how the figure is read.")[2] == said


def test_counted_weeks_carried_on_say_what_they_rest_on() -> None:
    sentences = texts(opened("afterwards"))
    assert "**About 9,600** (90 %: 8,600 to 11,000). Mediazona counted 9,127 sentences in 49.6 weeks" in sentences


def test_a_scenario_is_saved_in_the_address_compared_shown_and_removed() -> None:
    page = opened("scenarios", weekly="120")
    page.text_input(key="scenario_name").set_value("More").run()
    page.button(key="save_scenario").click().run()
    saved = str(page.query_params["scenario"])
    assert {("name", "More"), ("weekly", "120")} <= set(parse_qsl(saved))
    page = open_page("projection", scenario=saved)
    table = next(table.value for table in page.table if "Scenario" in table.value)
    assert list(table["Scenario"]) == ["As set above", "More"]
    # A fifth more a week: a fifth of 3,868 more.
    assert int(table["Difference"][1].split(" ")[0]) == pytest.approx(774, abs=20)
    assert table["Larger in"][1] == "100 % of draws"
    page.button(key="show_0").click().run()
    assert page.query_params["weekly"] == "120"
    page.button(key="remove_0").click().run()
    assert "scenario" not in page.query_params


def test_scenarios_of_a_shared_address_are_there() -> None:
    page = open_page("projection", scenario=HALVED)
    assert "**Halved**: sentenced a week: 50" in texts(page)
    assert "up to 2,600" in str(next(table.value for table in page.table if "Scenario" in table.value))


def test_tile_and_scenario_table_round_a_small_total_alike() -> None:
    # 2 a week for 30 weeks come to 60; 3.787 of 5.2 expect 43.7 of them.
    projection = project(ProjectionParameters(weekly=2, weeks=30))
    table = scenario_table(["A"], [projection], [None])
    assert projection_tiles(projection)[1].value == "about 44"
    assert table["Realistic average"][0].startswith("about 44 (")


def test_a_scenario_that_makes_no_sense_becomes_the_nearest_valid_one() -> None:
    page = open_page("projection", scenario="name=Odd&weeks=999")
    assert 'Scenario "Odd": weeks was 999; the largest value, 156, is used.' in [item.value for item in page.warning]


def test_a_name_from_an_address_makes_no_link() -> None:
    named = to_address([Scenario(name="[here](https://example.org)", parameters=ProjectionParameters(weeks=8))])
    page = open_page("projection", scenario=named)
    assert "[here](" not in texts(page)
    assert "[here](" not in str(next(table.value for table in page.table if "Scenario" in table.value))


@pytest.mark.parametrize("address", [{"weekly": "0"}, {"weekly": "0", "recording": "0.5"}, {"weeks": "4"}])
def test_settings_at_the_end_of_their_range_leave_a_page(address: dict[str, str]) -> None:
    assert "Sentenced a week" in needed(opened("break_even", **address))


def test_a_saved_file_restores_settings_scenarios_and_day() -> None:
    view = SavedView(
        parameters=ProjectionParameters(weekly=80, weeks=26),
        scenarios=(Scenario(name="Halved", parameters=ProjectionParameters(weekly=50)),),
    )
    page = opened("scenarios")
    page.session_state["scenario_files"] = True
    page.run()
    page.file_uploader(key="scenario_file").upload("projection.json", to_file(view).encode(), "application/json").run()
    assert "The file is understood in full." in texts(page)
    page.button(key="open_file").click().run()
    assert (page.query_params["weekly"], page.query_params["weeks"]) == ("80", "26")
    assert page.query_params["scenario"] == HALVED


def test_an_estimate_of_the_force_can_be_taken_from_a_claimant() -> None:
    page = opened("assumptions")
    estimate = page.selectbox(key="force_claimant")
    assert estimate.value == "Ukrainian military intelligence"
    assert "Ukrainian military intelligence: more than 420,000, 9 Sep 2023" in estimate.options
    page.button(key="use_estimate").click().run()
    assert not page.exception
    # 5,200 over 420,000 are 12.4 per 1,000.
    assert "420,000" in str(page.table[0].value["Value"].tolist())


def test_the_track_record_page_answers_like_for_like_first() -> None:
    page = with_parts("track_record", "definitions_section", "over_time_section", "miss_section")
    assert said_first(page).startswith("About right for the day, too low for the year: ")
    assert (
        "Absence sentences (Art. 337), by Mediazona: at least 4,500 and probably about 7,200, 1.4 times what was "
        "projected (about 5,200)."
    ) in texts(page)
    assert "7 published projections: 2 scored, 3 still open, 2 can't be scored." in texts(page)
    assert "too rarely to forecast" in texts(page)
    assert "We take the 52 weeks from publication" in texts(page)
    assert charts(page) == 3


@pytest.mark.parametrize(
    ("projection", "sentence"),
    [
        ("frontelligence-2025-09-28", "Can't be scored: No count of soldiers absent in 2025 has been published."),
        ("planned-force-2026", "Still open: The window runs to 31 Dec 2026 and is not over."),
        ("planned-force-2024", "575,000, 0.83 times what was projected"),
        ("recruitment-plan-2025", "Can't be scored: The outcome was known when the projection was published."),
    ],
)
def test_every_published_projection_can_be_looked_up(projection: str, sentence: str) -> None:
    page = open_page("track_record", of=projection)
    assert sentence in texts(page)


def test_a_plan_whose_outcome_was_known_is_drawn_over_no_count() -> None:
    assert charts(open_page("track_record", of="recruitment-plan-2025")) == 0


def test_a_projection_made_late_in_its_window_says_so() -> None:
    # 242 of the 365 days of 2023 had passed on 31 August.
    assert "66 % of it had passed at publication." in texts(open_page("track_record", of="independent-2023-08-31"))


def test_the_track_record_opens_with_its_answer_and_a_table_and_folds_the_rest() -> None:
    page = open_page("track_record")
    assert page.title[0].value == "Were published projections right?"
    assert charts(page) == 0
    (table,) = page.table
    assert list(table.value.columns) == ["Who said what", "It came to", "Times projected"]
    assert len(table.value) == 7
    assert "**UK Ministry of Defence**, [30 Aug 2023](http" in table.value.iloc[0, 0]


def test_before_any_projection_the_track_record_says_so() -> None:
    page = open_page("track_record", as_of="2023-08-29")
    assert said_first(page).endswith("had been published by this day.")
    assert not page.table
