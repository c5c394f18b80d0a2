"""The report of August 2023: every statement is answered, graded, addressed, and shown where its indicator is."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from factories import Row, bundled, evidence_of
from test_claims import ARTICLE, answers, notes
from test_claims_api import ledger
from test_pages import open_page, texts, with_parts

from dashboard.article.text import UNMEASURED, brief_rows, in_brief, unmeasured
from dashboard.shell.wording.claim_text import grades_text
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.as_of import as_of
from indicators.core.ledger.claims import statements_on
from indicators.core.registry import all_indicators

DAY = pd.Timestamp("2023-08-31")


def test_the_state_says_that_it_paid_for_wagner_and_its_page_is_linked() -> None:
    then, _ = answers("A21")
    assert any("86.2 billion roubles" in line and "(https://tass.com/defense/1639345)" in line for line in then)


def test_refusing_an_order_stands_beside_absence_and_single_cases_are_named_by_court() -> None:
    then, later = answers("A02")
    assert any(line.startswith("Cases of refusing an order since the mobilisation (Art. 332): 52") for line in then)
    assert any(
        line.startswith("25 to 27 Apr 2023: Kamchatka court: prison for two who refused an order") for line in then
    )
    assert any("Convictions for refusing an order by Proekt's count (Art. 332): 289" in line for line in later)
    assert any(line.startswith("22 Aug 2024: Sakhalin court") for line in later)


def test_the_bonus_doubled_between_then_and_later() -> None:
    then, later = (" ".join(lines) for lines in answers("A07"))
    assert "Federal sign-on bonus: 195,000 roubles" in then
    assert "Federal sign-on bonus: 400,000 roubles" in later


def test_the_month_of_the_report_is_shown_and_a_month_counted_in_part_is_not() -> None:
    drones = notes()["A15"]
    # 4 days in July 2023 were known on 31 August; 13 in August a day later; 16 in March 2026, the last whole month.
    assert drones.then["value"].tolist() == [4.0]
    assert drones.later["value"].tolist() == [13.0, 16.0]
    assert drones.later["period_end"].dt.date.tolist() == [date(2023, 8, 31), date(2026, 3, 31)]


@pytest.mark.parametrize("row", [{"kind": "assessment"}, {"kind": "conditional"}])
def test_a_judgement_without_a_series_is_said_to_be_unmeasured(row: Row) -> None:
    claims = evidence_of(claims=[{**row, "outcome_series": ""}, {**row, "claim_id": "k2"}]).claims
    assert [unmeasured(claim) for _, claim in claims.iterrows()] == [True, claims.iloc[1]["outcome_series"] == ""]
    assert not unmeasured(notes()["A08"].claim)


@pytest.mark.parametrize("claim_id", ARTICLE)
def test_a_statement_of_the_report_is_answered_then_and_later(claim_id: str) -> None:
    then, later = answers(claim_id)
    assert then
    # Nothing that became known later speaks to who paid Wagner, and the page says so.
    assert later or claim_id == "A21"
    assert grades_text(notes()[claim_id].claim).startswith("Source ")


def test_a_statement_stands_on_the_pages_of_the_indicators_it_concerns() -> None:
    assert statements_on(bundled(), "capital_drone_strikes")["claim_id"].tolist() == ["A15", "A16", "A17"]
    assert statements_on(as_of(bundled(), date(2023, 8, 25)), "capital_drone_strikes")["claim_id"].tolist() == ["A17"]
    concerned = {
        claim for indicator in all_indicators() for claim in statements_on(bundled(), indicator.id)["claim_id"]
    }
    assert concerned == set(ARTICLE)


def test_the_interface_links_the_pay_of_wagner_to_its_page() -> None:
    answer = ledger()
    (link,) = [link for link in answer["links"] if link["to_claim"] == "A21"]
    assert (link["relation"], link["from_claim"]) == ("confirms", "kremlin-paid-for-wagner")
    pages = {source["source_id"]: source["url"] for source in answer["sources"]}
    assert pages[link["source_id"]] == "https://tass.com/defense/1639345"


def test_a_statement_has_an_address_that_shows_it_alone() -> None:
    page = open_page("article", statement="A11")
    rows = [place.label for place in page.expander if place.label.startswith("**")]
    assert len(rows) == 1
    assert rows[0].startswith("**If one unit under pressure breaks, panic could spread to others and significantly")
    words = texts(page)
    assert UNMEASURED in words
    assert "Source usually reliable (B); statement can't be judged (6)." in words


def test_the_old_address_of_a_statement_leads_to_its_new_one() -> None:
    page = open_page("claims", statement="A04", as_of="2024-01-31")
    assert page.title[0].value == "What became of the news report of 31 Aug 2023, line by line?"
    assert page.selectbox(key="statement").value == "A04"
    assert page.query_params["statement"] == "A04"
    # The replayed day is kept: the total of June 2024 was not known.
    assert "but the year is not over" in texts(page)
    assert "18 Jun 2024" not in texts(page)


def test_every_statement_is_one_row_with_what_was_known_then_and_since() -> None:
    page = open_page("article")
    rows = [place.label for place in page.expander if place.label.startswith("**")]
    assert len(rows) == 24
    assert all("since: " in row for row in rows)
    assert "360 sentences, to Apr 2023; since: about right for the day, too low for the year" in rows[3]


def test_a_statement_in_brief_names_its_closest_figure_first() -> None:
    snapshot = snapshot_on(None)
    briefs = {note.claim["claim_id"]: in_brief(note, DAY, snapshot.answer) for note in snapshot.article.statements}
    # 60 per cent of known absence sentences were suspended by July 2023, 32 of 44 in March 2024.
    of_what = "(suspended share of known absence sentences)"
    assert briefs["A01"] == (f"about 60 %, to Jul 2023 {of_what}", "about 73 %, Mar 2024")
    assert briefs["A15"] == ("at least 4 days, Jul 2023", "at least 16, Mar 2026")
    # Each says its months: 184 a week, counted later, stands elsewhere.
    assert briefs["A03"] == ("about 100 sentences a week, Jun 2023", "about 100, to Nov 2023")
    assert briefs["A24"] == ("denied by Kremlin", "denied by Kremlin")
    assert briefs["A21"] == ("also said by Kremlin", "")


def test_before_the_report_nothing_later_is_told() -> None:
    snapshot = snapshot_on(date(2023, 8, 25))
    rows = brief_rows(snapshot.article, snapshot.answer, later_counts=False)
    assert len(rows) == 8
    assert {later for _, _, later in rows} == {""}


def test_an_indicator_lists_the_statements_that_concern_it() -> None:
    place, day = "capital_drone_strikes_article_section", "2023-08-31"
    words = texts(with_parts("indicator", place, indicator="capital_drone_strikes", as_of=day))
    for claim_id in ("A15", "A16", "A17"):
        assert f"- [{claim_id}](/article?statement={claim_id}&as_of={day}) " in words
    assert "A04" not in words
