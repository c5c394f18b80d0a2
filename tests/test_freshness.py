"""When a regular series is overdue, and how a silence is said; days worked by hand."""

from __future__ import annotations

from datetime import date

import pytest
from factories import bundled, evidence_of
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.figures.freshness import due_day, freshness_of, freshness_sentence, quiet_sentence
from indicators.core.figures.glance import glance
from indicators.core.registry import get_indicator


@pytest.mark.parametrize(
    ("cadence", "end", "known", "due"),
    [
        ("weekly", date(2026, 3, 8), date(2026, 3, 9), date(2026, 3, 16)),
        ("monthly", date(2026, 1, 31), date(2026, 2, 14), date(2026, 3, 14)),
        ("monthly", date(2026, 4, 13), date(2026, 4, 14), date(2026, 5, 1)),
        ("quarterly", date(2025, 9, 30), date(2025, 12, 31), date(2026, 4, 2)),
        ("yearly", date(2025, 12, 31), date(2026, 1, 14), date(2027, 1, 14)),
        ("yearly", date(2023, 12, 29), date(2023, 12, 29), date(2024, 12, 31)),
        ("yearly", date(2026, 12, 31), date(2025, 12, 26), date(2027, 12, 31)),
        ("monthly with gaps", date(2025, 10, 31), date(2025, 11, 30), None),
        ("", date(2025, 10, 31), date(2025, 11, 30), None),
    ],
)
def test_the_next_figure_is_due_one_period_on_and_as_late_as_the_last(
    cadence: str, end: date, known: date, due: date | None
) -> None:
    assert due_day(cadence, end, known) == due


@given(st.sampled_from(["weekly", "monthly", "quarterly", "yearly"]), st.dates(date(2022, 1, 1), date(2030, 1, 1)))
def test_a_figure_is_due_at_least_a_week_after_the_period_before_it(cadence: str, end: date) -> None:
    due = due_day(cadence, end, end)
    assert due is not None
    assert 7 <= (due - end).days <= 373


@pytest.mark.parametrize(("today", "overdue"), [(date(2023, 3, 1), False), (date(2023, 3, 2), True)])
def test_a_series_is_overdue_after_its_day(today: date, overdue: bool) -> None:
    evidence = evidence_of(series=[{"cadence": "monthly"}], observations=[{}])  # January 2023, known 1 February
    (found,) = freshness_of(evidence, "sample", today)
    assert (found.due, found.overdue) == (date(2023, 3, 1), overdue)
    assert found.known == date(2023, 2, 1)


def test_silence_is_said_after_half_a_year() -> None:
    assert quiet_sentence(date(2026, 6, 1), date(2026, 11, 28)) == ""
    said = quiet_sentence(date(2026, 5, 1), date(2026, 11, 28), "entry")
    assert said == "No newer entry has been found since May 2026."


def test_the_refusal_counts_have_been_silent_since_june_2025() -> None:
    indicator = get_indicator("refusal_cases")
    at_a_glance = glance(indicator, bundled(), indicator.compute(bundled()))
    assert freshness_sentence(at_a_glance, date(2026, 11, 28)) == "No newer figure has been found since Jun 2025."
    monthly = {one.series: one for one in freshness_of(bundled(), "personnel_losses", date(2026, 11, 28))}
    assert monthly["ukmod_ru_casualties_avg_daily"].overdue
    assert not monthly["uk_mod_ru_casualties_year_total"].overdue
