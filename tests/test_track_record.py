"""Published projections against what was counted: the arithmetic by hand, refusals, states and replay."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from factories import Row, bundled, evidence_of, figure
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.track_record.text import counts_sentence, record_table
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Qualifier, Stage
from indicators.methods.track_record.imprisoned import share_for_window
from indicators.methods.track_record.score import track_record
from indicators.methods.track_record.scored_projection import (
    Comparison,
    ScoredProjection,
    ScoreStatus,
    counts_by_status,
)

UPDATE = "uk-mod-2023-08-30"
SENTENCES = "ru_refusal_sentences_cumulative_since_mobilisation"
ABSENCE = "ru_art337_sentences_cumulative_since_mobilisation"
CASES_337 = "ru_art337_cases_cumulative_since_mobilisation"
CASES_ALL = "ru_refusal_cases_cumulative_since_mobilisation"

# The window has 364 days: 30 Aug 2023 to 27 Aug 2024. Its edges are the ends of 29 Aug 2023 and 27 Aug 2024.
# Sentences follow cases; tests/test_benchmarking.py works them out. All articles, then absence alone: middle of routes.
SENTENCES_IN_WINDOW = 8011.5
ABSENCE_IN_WINDOW = 7154.1
# Art. 337 at the start: 951 on 26 Apr 2023, 3,049 on 21 Sep 2023 (148 days; 125 to 29 Aug): 2,723.0.
# At the end: 7,400 to 12 Apr 2024, of these 2,300 since January, of which 5,204 to 12 Aug 2024: 10,304; from there
# 292 days to 18,159 on 31 May 2025, of which 15 lie in the window.
CASES_337_AT_START = 951 + (3049 - 951) * 125 / 148
CASES_337_IN_WINDOW = 10304 + (18159 - 10304) * 15 / 292 - CASES_337_AT_START  # 7,984.5
# Art. 332: 52 on 26 Apr, 317 on 21 Nov 2023 (209 days); 627 on 18 Jun 2024, 1,369 on 31 May 2025 (70 of 347 days).
# Art. 338: 14 on 21 Mar, 96 on 21 Nov 2023 (245 days, 161 of them); 339 and 1,010 at the end.
OTHERS_IN_WINDOW = (
    627 + (1369 - 627) * 70 / 347 - (52 + (317 - 52) * 125 / 209)
    + 339 + (1010 - 339) * 70 / 347 - (14 + (96 - 14) * 161 / 245)
)  # fmt: skip
CASES_ALL_IN_WINDOW = CASES_337_IN_WINDOW + OTHERS_IN_WINDOW  # 8,957
# RFE/RL's 2,930 of 31 Aug 2023 starts the count, and Mediazona's 10,025 and 20,538 end it.
CASES_ALL_FROM_ANOTHER_COUNTER = 10025 + (20538 - 10025) * 70 / 347 - 2930  # 9,215.8


@cache
def record(day: date | None = None) -> dict[str, ScoredProjection]:
    """Return the track record of the bundled evidence as known on a day."""
    return {scored.id: scored for scored in track_record(as_of(bundled(), day))}


def compared(series: str, *counters: str, projection: str = UPDATE, day: date | None = None) -> Comparison:
    """Return the comparison of one projection with one series by the given counters."""
    (found,) = [
        comparison
        for comparison in record(day)[projection].comparisons
        if comparison.series == series
        and comparison.stage is not Stage.PERSON
        and (comparison.outcome is None or not counters or comparison.outcome.claimants == counters)
    ]
    return found


def test_what_the_figure_counted_comes_first_and_all_articles_beside_it() -> None:
    absence, everything = record()[UPDATE].comparisons[:2]
    assert [(item.series, item.own_definition) for item in (absence, everything)] == [
        (ABSENCE, True),
        (SENTENCES, True),
    ]
    assert everything.outcome is not None
    assert absence.outcome is not None
    assert absence.outcome.figure.value == pytest.approx(ABSENCE_IN_WINDOW, abs=0.1)
    assert round(absence.ratio or 0, 1) == 1.4
    assert everything.outcome.figure.value == pytest.approx(SENTENCES_IN_WINDOW, abs=0.1)
    assert 1.5 <= (everything.ratio or 0) <= 1.6
    assert (everything.outcome.figure.low, everything.outcome.figure.high) == (
        pytest.approx(5132), pytest.approx(17135),
    )  # fmt: skip
    assert everything.outcome.span == (pytest.approx(7852, abs=1), pytest.approx(8171, abs=1))
    assert everything.outcome.interpolated
    assert everything.outcome.figure.qualifier is Qualifier.ESTIMATE
    assert "It can't lie outside 5,132 to 17,135." in everything.reason


def test_read_as_a_calendar_year_the_miss_changes_its_sign() -> None:
    calendar = compared(SENTENCES, projection="independent-2023-08-31")
    assert 0.84 <= (calendar.ratio or 0) <= 0.92


def test_no_comparison_has_a_lower_limit_of_nothing() -> None:
    lows = [item.ratio_low for scored in record().values() for item in scored.comparisons]
    assert 0 not in lows
    assert any(low is not None for low in lows)


@pytest.mark.parametrize(
    ("series", "counters", "observed", "ratio"),
    [
        (CASES_337, ("Mediazona",), CASES_337_IN_WINDOW, 1.5),
        (CASES_ALL, ("Mediazona",), CASES_ALL_IN_WINDOW, 1.7),
        (CASES_ALL, ("RFE/RL", "Mediazona"), CASES_ALL_FROM_ANOTHER_COUNTER, 1.8),
    ],
)
def test_cases_are_another_stage_and_say_how_they_were_read(
    series: str, counters: tuple[str, ...], observed: float, ratio: float
) -> None:
    other = compared(series, *counters)
    assert other.outcome is not None
    assert other.outcome.figure.value == pytest.approx(observed)
    assert round(other.ratio or 0, 1) == ratio
    assert not other.own_definition
    assert "on the line between dated totals" in other.reason


def test_two_counters_in_one_count_are_named_with_the_inferred_date() -> None:
    reason = compared(CASES_ALL, "RFE/RL", "Mediazona").reason
    assert "Two counters: starts from 2,930 to 31 Aug 2023 by RFE/RL, its date inferred" in reason


def test_a_miss_by_another_stage_splits_as_worked_by_hand() -> None:
    split = compared(CASES_337, "Mediazona").split
    assert split is not None
    # ln(7,984.6 / 5,200) = 0.4288; ln(7,984.6 / 8,011.5) = -0.0034; 8,011.5 in 52 weeks are 154.07 a week, and
    # ln(154.07 / 100) = 0.4322; 100 times 52 weeks is the projection itself, so the rule adds nothing.
    assert split.total == pytest.approx(0.4288, abs=1e-4)
    assert split.definition == pytest.approx(-0.0034, abs=1e-4)
    assert split.rate == pytest.approx(0.4322, abs=1e-4)
    assert split.model == pytest.approx(0, abs=1e-12)
    assert split.delay is None
    assert "cannot be separated" in split.reasons["delay"]
    assert split.unexplained == pytest.approx(0, abs=1e-12)


def test_an_edition_that_grew_shows_as_delay() -> None:
    first_edition, newest = 5024, 5096
    later = compared("ru_art337_cases_received_annual", projection="independent-2023-08-31")
    assert later.ratio == pytest.approx(newest / 5200)
    assert later.split is not None
    assert later.split.delay == pytest.approx(math.log(newest / first_edition))


def imprisoned(projection: str) -> Comparison:
    """Return the comparison of one projection with people imprisoned."""
    (found,) = [item for item in record()[projection].comparisons if item.stage is Stage.PERSON]
    return found


def test_only_absence_sentences_are_converted_by_the_share_of_absence() -> None:
    prison = imprisoned(UPDATE)
    assert prison.outcome is not None
    # Only the share of March 2024, 72.7 %, has days in the window: 27.3 % of absence, and all of the other 857.
    people = ABSENCE_IN_WINDOW * 0.273 + SENTENCES_IN_WINDOW - ABSENCE_IN_WINDOW
    assert prison.outcome.figure.value == pytest.approx(people, abs=0.2)  # 2,810.5
    assert prison.ratio == pytest.approx(0.54, abs=1e-3)
    # 32 of 44 texts: 58.2 to 83.7 % (Wilson).
    low, high = prison.outcome.span
    assert low == pytest.approx(SENTENCES_IN_WINDOW - 0.8365 * ABSENCE_IN_WINDOW, abs=1)
    assert high == pytest.approx(SENTENCES_IN_WINDOW - 0.5815 * ABSENCE_IN_WINDOW, abs=1)
    assert "73 % of Mar 2024 (32 of 44 texts; 58 to 84 %)" in prison.reason
    assert "upper reading" in prison.reason


def test_a_window_takes_the_share_that_speaks_most_of_it() -> None:
    reason = imprisoned("independent-2023-08-31").reason
    assert "60 % of 21 Sep 2022 to 19 Jul 2023 (198 of 330 texts; 55 to 65 %)" in reason


def test_a_second_claimant_of_one_definition_is_not_another_definition() -> None:
    splits = [item.split for item in record()["planned-force-2024"].comparisons]
    assert [split.definition for split in splits if split is not None] == [0, 0]


def test_where_no_share_speaks_of_a_window_the_nearest_is_taken() -> None:
    shares = [figure(40, "2023-06-30", start="2023-06-01"), figure(70, "2024-06-30", start="2024-06-01")]
    # From 30 June 2023 to 1 January 2024 are 185 days, from 31 March to 1 June 2024 are 62.
    assert share_for_window(shares, date(2024, 1, 1), date(2024, 3, 31)) is shares[1]
    assert share_for_window(shares, date(2023, 7, 5), date(2023, 9, 30)) is shares[0]


def test_what_a_reader_assumes_about_suspension_moves_no_score() -> None:
    assumptions = bundled().assumptions
    moved = assumptions.assign(
        default=assumptions["default"].where(assumptions["assumption_id"] != "suspended_share", 0)
    )
    (scored, *_) = track_record(replace(bundled(), assumptions=moved))
    assert scored == record()[UPDATE]


def test_every_split_adds_up_exactly() -> None:
    splits = [item.split for scored in record().values() for item in scored.comparisons if item.split]
    assert len(splits) > 8
    for split in splits:
        parts = (split.definition, split.rate, split.model, split.delay, split.unexplained)
        assert math.fsum(part for part in parts if part is not None) == pytest.approx(split.total, abs=1e-12)
        assert {name for name in ("definition", "rate", "model", "delay") if getattr(split, name) is None} == set(
            split.reasons
        )


def test_every_projection_has_one_status_and_every_open_or_unscorable_one_a_reason() -> None:
    statuses = {scored.id: scored.status.value for scored in record().values()}
    assert statuses == {
        UPDATE: "resolved",
        "independent-2023-08-31": "resolved",
        "frontelligence-2025-09-28": "unscorable",
        "planned-force-2024": "resolved",
        "planned-force-2026": "open",
        "recruitment-plan-2025": "unscorable",
        "recruitment-plan-2026": "open",
        "average-bonus-2025": "open",
    }
    assert all(item.reason for scored in record().values() for item in scored.comparisons)


def test_a_plan_for_a_day_is_held_against_estimates_near_that_day() -> None:
    comparisons = record()["planned-force-2024"].comparisons
    assert [(item.outcome.figure.value, item.outcome.claimants) for item in comparisons if item.outcome] == [
        (575_000, ("Ukrainian military intelligence",)),
        (600_000, ("President of Ukraine",)),
    ]
    assert comparisons[0].ratio == pytest.approx(575 / 690)
    assert "22 days away" in comparisons[1].reason


def test_a_yearly_total_needs_no_interpolation_and_a_short_one_is_a_lower_bound() -> None:
    contracts, recruits = record()["recruitment-plan-2025"].comparisons
    assert contracts.outcome is not None
    assert recruits.outcome is not None
    assert (contracts.outcome.figure.value, contracts.outcome.interpolated) == (422_704, False)
    assert recruits.outcome.figure.qualifier is Qualifier.AT_LEAST
    assert "28 days before" in recruits.reason


def test_a_plan_printed_with_its_outcome_is_not_scored() -> None:
    plan = record()["recruitment-plan-2025"]
    assert {item.status for item in plan.comparisons} == {ScoreStatus.UNSCORABLE}
    for item in plan.comparisons:
        assert item.reason.startswith("The outcome was known when the projection was published. By Ukrainian military")
        assert (item.ratio, item.split) == (None, None)
    # 359 of the 365 days of 2025 had passed on 26 December.
    assert plan.window_gone == pytest.approx(359 / 365)


def test_the_first_edition_of_an_outcome_decides_whether_it_was_known() -> None:
    total = {"series": "a_year", "period_start": "2023-02-01", "period_end": "2023-04-11", "claimant": "Counter"}
    evidence = evidence_of(
        series=[{"series": "a_year", "kind": "flow", "counter_scope": ""}],
        observations=[
            {**total, "observation_id": "first", "value": "110", "known": "2023-04-20"},
            {**total, "observation_id": "later", "value": "120", "known": "2023-12-01"},
        ],
        published_projections=[
            {"projection_id": f"p{day}", "value": "100", "window_start": "2023-02-01", "window_end": "2023-04-11",
             "outcome_series": "a_year", "published": f"2023-04-{day}", "known": f"2023-04-{day}"}
            for day in (19, 20)
        ],
    )  # fmt: skip
    before, on_the_day = track_record(evidence)
    assert (before.status, on_the_day.status) == (ScoreStatus.RESOLVED, ScoreStatus.UNSCORABLE)
    assert before.comparisons[0].ratio == pytest.approx(1.2)


@pytest.mark.parametrize(
    ("projection", "gone"),
    [(UPDATE, 0), ("independent-2023-08-31", 242 / 365), ("frontelligence-2025-09-28", 270 / 365)],
)
def test_the_share_of_the_window_gone_at_publication_is_stated(projection: str, gone: float) -> None:
    assert record()[projection].window_gone == pytest.approx(gone)


def test_a_count_of_the_projections_own_origin_says_so() -> None:
    assert compared(SENTENCES).reason.endswith("Same origin as the projection: Mediazona.")
    # Another body's estimates of the force: the commander-in-chief projected, military intelligence counted.
    assert "Same origin" not in record()["planned-force-2024"].comparisons[0].reason


def test_another_reading_of_a_projection_is_scored_but_not_counted_again() -> None:
    reading = record()["independent-2023-08-31"]
    assert (reading.projector, reading.reading_of) == ("The Independent", UPDATE)
    assert {status.value: count for status, count in counts_by_status(record().values()).items()} == {
        "resolved": 2, "open": 3, "unscorable": 2,
    }  # fmt: skip
    assert counts_sentence(list(record().values())) == (
        "7 published projections: 2 scored, 3 still open, 2 can't be scored."
    )
    assert counts_sentence([record()[UPDATE]]) == "1 published projection: 1 scored, 0 still open, 0 can't be scored."
    assert record_table([reading]).empty


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2023, 8, 31), "open"),
        (date(2024, 8, 26), "open"),
        (date(2024, 9, 30), "open"),
        (date(2025, 6, 26), "resolved"),
    ],
)
def test_the_update_is_resolved_once_a_total_after_its_window_is_known(day: date, status: str) -> None:
    assert record(day)[UPDATE].comparisons[0].status == status


def projected(outcome_series: str, **cells: str) -> Evidence:
    """Return evidence with one projection of 100 cases in 10 weeks and a series of cases and of sentences."""
    total: Row = {"period_start": "2022-12-31", "claimant": "Counter", "known": "2023-12-01"}
    observations: list[Row] = [
        {**total, "observation_id": "a", "value": "50", "period_end": "2023-01-31"},
        {**total, "observation_id": "b", "value": "170", "period_end": "2023-04-11"},
        {**total, "observation_id": "c", "value": "30", "period_end": "2023-01-31", "series": "sentences_total",
         "unit": "sentences"},
        {**total, "observation_id": "d", "value": "120", "period_end": "2023-04-11", "series": "sentences_total",
         "unit": "sentences"},
    ]  # fmt: skip
    row = {"value": "100", "window_start": "2023-02-01", "window_end": "2023-04-11", "outcome_series": outcome_series}
    return evidence_of(
        series=[{}, {"series": "sentences_total", "stage": "sentence", "unit": "sentences"}],
        observations=observations,
        published_projections=[{**row, **cells}],
    )


def test_an_unlike_definition_is_refused_without_a_count_that_converts_it() -> None:
    (scored,) = track_record(projected("sentences_total"))
    (refused,) = scored.comparisons
    assert refused.status is ScoreStatus.UNSCORABLE
    assert refused.reason.startswith("Refused: the projection is about cases received by courts, this counts sentences")
    assert refused.ratio is None
    assert refused.split is None
    assert refused.outcome is not None
    assert refused.outcome.figure.value == 90


def test_an_unlike_definition_converts_visibly_where_both_were_counted() -> None:
    (scored,) = track_record(projected("sentences_total;cases_total"))
    cases, sentences = scored.comparisons
    assert (cases.ratio, sentences.ratio) == (pytest.approx(1.2), pytest.approx(0.9))
    assert cases.split is not None
    assert sentences.split is not None
    # 120 cases in 10 weeks are 12 a week against 10 assumed; 90 sentences follow from 120 cases.
    assert cases.split.rate == pytest.approx(math.log(1.2))
    assert cases.split.definition == 0
    assert sentences.split.definition == pytest.approx(math.log(90 / 120))
    assert sentences.split.rate == pytest.approx(math.log(1.2))


def test_a_projection_without_an_outcome_series_or_a_rate_says_so() -> None:
    (nothing,) = track_record(projected("", note="Nobody counts this."))
    assert [(item.status.value, item.reason) for item in nothing.comparisons] == [("unscorable", "Nobody counts this.")]
    (rateless,) = track_record(projected("cases_total", rate_value="", rate_per=""))
    split = rateless.comparisons[0].split
    assert split is not None
    assert split.rate is None
    assert split.model is None
    assert split.unexplained == pytest.approx(math.log(1.2))


@given(day=st.dates(min_value=date(2022, 1, 1), max_value=date(2026, 12, 31)))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_score_uses_what_became_known_later(day: date) -> None:
    for scored in track_record(as_of(bundled(), day)):
        assert scored.published <= day
        for comparison in scored.comparisons:
            assert comparison.status is not ScoreStatus.RESOLVED or scored.window_end <= day
            if comparison.outcome is not None:
                assert comparison.outcome.figure.known <= day


@given(shift=st.integers(-900, 900))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_scored_outcome_was_known_when_its_projection_was(shift: int) -> None:
    rows = bundled().published_projections
    moved = rows.assign(known=rows["known"] + timedelta(days=shift))
    known = moved.set_index("projection_id")["known"].dt.date
    for scored in track_record(replace(bundled(), published_projections=moved)):
        for comparison in scored.comparisons:
            if comparison.status is ScoreStatus.RESOLVED:
                assert comparison.outcome is not None
                assert (comparison.outcome.edition or comparison.outcome.figure).known > known[scored.id]


def test_the_table_of_projections_says_who_what_when_and_what_it_came_to() -> None:
    table = record_table(track_record(bundled())).set_index("What")
    assert list(table.columns) == ["Who", "When", "Came to", "Times projected"]
    assert len(table) == 7
    update = table.loc[
        "If 100 soldiers a week go on being convicted for refusing to fight, about 5,200 will have been "
        "convicted in a year."
    ]
    assert tuple(update) == ("UK Ministry of Defence", "30 Aug 2023", "at least 4,500 and probably about 7,200", "1.4")
    plan = table.loc["Russia plans to recruit 409,000 men in 2026."]
    assert plan["Came to"] == "Still open: the window runs to 31 Dec 2026 and is not over."
    assert plan["Times projected"] == ""
