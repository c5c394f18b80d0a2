"""What to look for by a day, and whether the evidence known by now shows it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from factories import Row, bundled, evidence_of, typed_tables
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.consistency import check_consistency
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.parsing import DataError
from indicators.core.model import DERIVED_COLUMNS
from indicators.core.registry import all_indicators
from indicators.methods.comparison.signposts import Signpost, SignpostStatus, signposts_of

NOTHING = pd.DataFrame(columns=list(DERIVED_COLUMNS))
EVENT: Row = {"comparison": "event", "event_category": "law", "series": "", "threshold": ""}


def evidence(signpost: Row, *observations: Row, **tables: list[Row]) -> Evidence:
    """Return evidence with one signpost and observations, each dated by its period's end and known a day later."""
    return evidence_of(signposts=[signpost], observations=observations or [{}], **tables)


def total(value: int, end: str, known: str, **cells: str) -> Row:
    """Return one running total."""
    return {"observation_id": f"o{value}-{known}", "value": value, "period_end": end, "known": known, **cells}


def judge(found: Evidence, today: str = "2023-07-01", derived: pd.DataFrame = NOTHING) -> Signpost:
    """Return the one signpost with its status."""
    (signpost,) = signposts_of("sample", found, derived, date.fromisoformat(today))
    return signpost


def test_the_first_known_figure_that_meets_it_is_named() -> None:
    found = evidence(
        {},
        total(19, "2023-03-31", "2023-04-02"),
        total(25, "2023-06-30", "2023-07-02"),
        total(20, "2023-05-31", "2023-06-02"),
    )
    signpost = judge(found, "2023-12-01")
    assert signpost.status is SignpostStatus.SEEN
    assert signpost.sighting is not None
    assert (signpost.sighting.row, signpost.sighting.value) == ("o20-2023-06-02", 20)
    assert (signpost.sighting.day, signpost.sighting.known) == (date(2023, 5, 31), date(2023, 6, 2))
    assert signpost.sighting.source_id == "page"


@pytest.mark.parametrize(
    ("today", "status"),
    [("2023-06-30", "not yet"), ("2023-12-31", "not yet"), ("2024-01-01", "no data since the deadline")],
)
def test_what_is_not_seen_lacks_data_from_the_day_after_it_was_due(today: str, status: str) -> None:
    signpost = judge(evidence({}, total(19, "2023-03-31", "2023-04-02")), today)
    assert (signpost.status.value, signpost.sighting) == (status, None)


def test_a_late_publication_turns_no_data_into_seen() -> None:
    found = evidence({}, total(20, "2023-12-31", "2024-03-01"))
    assert judge(found, "2024-02-28").status is SignpostStatus.NO_DATA
    assert judge(found, "2024-03-01").status is SignpostStatus.SEEN


def test_the_day_looked_back_to_counts_and_not_today() -> None:
    found = evidence({"due": "2023-05-31"}, total(20, "2023-05-31", "2023-06-10"))
    assert judge(as_of(found, date(2023, 5, 31)), "2026-01-01").status is SignpostStatus.NOT_YET
    assert judge(as_of(found, date(2023, 6, 9)), "2026-01-01").status is SignpostStatus.NO_DATA
    assert judge(as_of(found, date(2023, 6, 10)), "2026-01-01").status is SignpostStatus.SEEN


@pytest.mark.parametrize(
    ("end", "status"), [("2022-12-31", "no data since the deadline"), ("2024-01-01", "did not happen")]
)
def test_a_figure_outside_the_window_does_not_count(end: str, status: str) -> None:
    row = total(30, end, "2024-02-01", period_start="2022-01-01")
    assert judge(evidence({}, row), "2024-06-01").status.value == status


def test_data_that_reach_the_deadline_say_no_and_data_that_do_not_say_nothing() -> None:
    before, after = total(18, "2023-11-30", "2023-12-02"), total(19, "2023-12-31", "2024-01-02")
    assert judge(evidence({}, before), "2024-06-01").status is SignpostStatus.NO_DATA
    assert judge(evidence({}, before, after), "2024-01-01").status is SignpostStatus.NO_DATA
    assert judge(evidence({}, before, after), "2024-01-02").status is SignpostStatus.NOT_SEEN


def test_an_event_record_that_goes_on_says_no() -> None:
    due = {**EVENT, "event_category": "law", "due": "2023-01-05"}
    assert judge(evidence(due), "2023-02-01").status is SignpostStatus.NOT_SEEN
    assert judge(evidence({**due, "event_category": "mutiny"}), "2023-02-01").status is SignpostStatus.NO_DATA


@pytest.mark.parametrize("status", ["not_informative", "incomplete", "mixed_vintages"])
def test_a_computed_figure_that_is_not_ok_shows_nothing(status: str) -> None:
    cells = {
        "series": "sample_computed", "period_end": pd.Timestamp("2023-12-31"), "value": 21.0, "qualifier": "exact",
        "claimant": "Counter", "known": pd.Timestamp("2024-01-01"), "source_id": "page", "inputs": "o1;o2",
        "status": status,
    }  # fmt: skip
    row = pd.DataFrame([{**dict.fromkeys(DERIVED_COLUMNS), **cells}])
    assert judge(evidence({"series": "sample_computed"}), "2024-06-01", row).status is SignpostStatus.NO_DATA


def test_a_month_that_is_not_over_shows_nothing() -> None:
    monthly: list[Row] = [{"kind": "flow", "cadence": "monthly"}]
    part = total(30, "2023-03-21", "2023-03-22", period_start="2023-03-01")
    assert judge(evidence({}, part, series=monthly)).sighting is None
    whole = total(30, "2023-03-31", "2023-04-01", period_start="2023-03-01")
    assert judge(evidence({}, whole, series=monthly)).sighting is not None


def test_only_the_named_claimant_counts() -> None:
    publishers: list[Row] = [{}, {"publisher": "Other"}]
    row = total(30, "2023-03-31", "2023-04-01", claimant="Other")
    assert judge(evidence({"claimant": "Counter"}, row, publishers=publishers)).status is SignpostStatus.NOT_YET
    assert judge(evidence({"claimant": "Other"}, row, publishers=publishers)).status is SignpostStatus.SEEN
    assert judge(evidence({}, row, publishers=publishers)).status is SignpostStatus.SEEN


@pytest.mark.parametrize(
    ("comparison", "qualifier", "seen"),
    [
        ("at_least", "exact", True),
        ("at_least", "at_least", True),
        ("at_least", "about", True),
        ("at_least", "up_to", False),
        ("at_least", "projection", False),
        ("at_most", "exact", True),
        ("at_most", "up_to", True),
        ("at_most", "at_least", False),
        ("at_most", "more_than", False),
    ],
)
def test_a_bound_from_the_other_side_shows_nothing(comparison: str, qualifier: str, seen: bool) -> None:
    row = total(20, "2023-03-31", "2023-04-01", qualifier=qualifier)
    assert (judge(evidence({"comparison": comparison}, row)).sighting is not None) == seen


def test_a_computed_figure_counts_like_an_observation() -> None:
    cells = {
        "series": "sample_computed", "period_end": pd.Timestamp("2023-03-31"), "value": 21.0, "qualifier": "exact",
        "claimant": "Counter", "known": pd.Timestamp("2023-04-01"), "source_id": "page", "inputs": "o1;o2",
        "status": "ok",
    }  # fmt: skip
    signpost = judge(
        evidence({"series": "sample_computed"}), derived=pd.DataFrame([{**dict.fromkeys(DERIVED_COLUMNS), **cells}])
    )
    assert signpost.sighting is not None
    assert (signpost.sighting.row, signpost.sighting.value) == ("o1;o2", 21)


@pytest.mark.parametrize(
    ("status", "seen"),
    [("confirmed", True), ("assessed", True), ("claimed", True), ("contested", False), ("denied", False)],
)
def test_an_event_of_the_kind_counts_unless_unsettled(status: str, seen: bool) -> None:
    signpost = judge(evidence(EVENT, events=[{"status": status}]))
    assert (signpost.status is SignpostStatus.SEEN) == seen
    if signpost.sighting is not None:
        assert (signpost.sighting.row, signpost.sighting.value) == ("e1", None)


def test_an_event_of_another_kind_or_time_does_not_count() -> None:
    assert judge(evidence({**EVENT, "event_category": "mutiny"})).sighting is None
    assert judge(evidence({**EVENT, "window_start": "2023-01-11"})).sighting is None
    assert judge(evidence(EVENT), "2023-01-10").sighting is None


def test_signposts_come_by_due_day_and_by_indicator() -> None:
    found = evidence_of(
        series=[{}, {"series": "of_another", "indicator": "another"}],
        signposts=[
            {"signpost_id": "later", "due": "2024-06-30"},
            {"signpost_id": "sooner", "due": "2024-01-31"},
            {"signpost_id": "other", "indicator": "another"},
        ],
    )
    assert [post.signpost_id for post in signposts_of("sample", found, NOTHING, date(2023, 7, 1))] == [
        "sooner",
        "later",
    ]


def test_signposts_past_due_come_before_those_that_were_seen() -> None:
    dues = {"seen": "2023-02-28", "overdue-late": "2023-06-30", "overdue": "2023-04-30", "to-come": "2024-01-31"}
    found = evidence_of(
        signposts=[{"signpost_id": id_, "due": due, "threshold": "10" if id_ == "seen" else "20"}
                   for id_, due in dues.items()],
        observations=[total(12, "2023-01-31", "2023-02-02")],
    )  # fmt: skip
    assert [post.signpost_id for post in signposts_of("sample", found, NOTHING, date(2023, 7, 1))] == [
        "overdue", "overdue-late", "seen", "to-come",
    ]  # fmt: skip


def test_our_own_signposts_stand_on_every_day_and_published_ones_from_theirs() -> None:
    published = {"signpost_id": "s2", "source_id": "page", "known": "2023-02-01", "known_basis": "published"}
    found = evidence_of(signposts=[{}, published])
    assert as_of(found, date(2023, 1, 31)).signposts["signpost_id"].tolist() == ["s1"]
    assert as_of(found, date(2023, 2, 1)).signposts["signpost_id"].tolist() == ["s1", "s2"]


@pytest.mark.parametrize(
    ("changed", "column", "words"),
    [
        ({"due": "2022-12-31"}, "due", "not below window_start"),
        ({"series": ""}, "series", "a series and a threshold otherwise"),
        ({"threshold": ""}, "threshold", "a number unless comparison = event"),
        ({"event_category": "law"}, "event_category", "a kind of event if comparison = event"),
        ({**EVENT, "event_category": ""}, "event_category", "a kind of event if comparison = event"),
        ({**EVENT, "threshold": "1"}, "threshold", "a number unless comparison = event"),
        ({"claimant": "Nobody"}, "claimant", "publishers.csv"),
        ({"known": "2023-01-01"}, "known", "together"),
        ({"source_id": "page"}, "known", "together"),
    ],
)
def test_a_malformed_signpost_is_named(changed: Row, column: str, words: str) -> None:
    problems = check_consistency(typed_tables(signposts=[changed]))
    assert [(problem.file, problem.row, problem.column) for problem in problems] == [("signposts.csv", 2, column)]
    assert words in problems[0].reason


def test_an_unknown_comparison_is_an_error() -> None:
    with pytest.raises(DataError, match=r"signposts.csv, row 2, column comparison: expected one of at_least"):
        evidence({"comparison": "more"})


def test_every_bundled_signpost_points_at_something_real() -> None:
    found = bundled()
    indicators = {indicator.id: indicator for indicator in all_indicators()}
    series = set(found.series["series"])
    for indicator in indicators.values():
        series |= set(indicator.compute(found)["series"])
    signposts = found.signposts
    assert set(signposts["indicator"]) <= set(indicators)
    assert set(signposts["series"]) - {""} <= series
    assert set(signposts["event_category"]) - {""} <= set(found.events["category"])


@pytest.mark.parametrize(
    "indicator",
    ["refusal_cases", "refusal_sentences", "personnel_losses", "equipment_abandonment", "capital_drone_strikes"],
)
def test_an_indicator_has_at_least_three_signposts(indicator: str) -> None:
    assert (bundled().signposts["indicator"] == indicator).sum() >= 3


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dates(date(2022, 1, 1), date(2027, 12, 31)))
def test_no_bundled_signpost_is_seen_before_its_sighting_was_known(day: date) -> None:
    restricted = as_of(bundled(), day)
    for indicator in all_indicators():
        for signpost in signposts_of(indicator.id, restricted, indicator.compute(restricted), date(2027, 12, 31)):
            assert (signpost.status is SignpostStatus.SEEN) == (signpost.sighting is not None)
            past = signpost.status in (SignpostStatus.NO_DATA, SignpostStatus.NOT_SEEN)
            assert past <= (signpost.due < day)
            if signpost.sighting is not None:
                assert signpost.sighting.known <= day
                assert signpost.window_start <= signpost.sighting.day <= signpost.due
