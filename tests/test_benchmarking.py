"""Sentences read by the cases that they follow: worked values, limits, and laws."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from factories import bundled, figure
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from indicators.core.evidence.as_of import as_of
from indicators.core.figures.periods import Figure
from indicators.methods.counts.benchmarking import by_share, denton_ratios, on_line, shares_followed, sum_on_line
from indicators.methods.counts.court_totals import (
    ABSENCE_CASES,
    ABSENCE_SENTENCES,
    ARTICLES,
    PARTS,
    SENTENCES,
    Counter,
    counters,
)
from indicators.methods.counts.window_counts import WindowCount, count_in_window

START, END = date(2023, 8, 30), date(2024, 8, 27)
BEFORE = START - timedelta(days=1)
DAY_ZERO = date(2022, 9, 20)


def mediazona(series: str = SENTENCES, day: date | None = None) -> Counter:
    """Return Mediazona's totals of a series and of all that bears on it, as known on a day."""
    return counters(as_of(bundled(), day), series, START)["Mediazona"]


def knots(counter: Counter, series: str) -> dict[date, float]:
    """Return the dated totals of a series."""
    return {total.period_end: total.value for total in counter.totals[series]}


def route(found: WindowCount, name: str) -> float:
    """Return the value of a named route."""
    (value,) = [one.value for one in found.routes if one.name == name]
    return value


def test_sentences_follow_cases_by_worked_values() -> None:
    counter = mediazona()
    parts = [knots(counter, article) for article in ARTICLES]
    shares = shares_followed(
        [(knots(counter, series), [knots(counter, part) for part in PARTS[series]])
         for series in (SENTENCES, ABSENCE_SENTENCES)]
    )  # fmt: skip
    # 586 of 951 absence cases, 3,470 of 4,121; 8,594 and 17,721 of all cases.
    assert shares[date(2023, 4, 26)] == pytest.approx(586 / 951)
    assert shares[date(2023, 11, 21)] == pytest.approx(3470 / 4121)
    assert shares[date(2024, 6, 18)] == pytest.approx(8594 / 10025)
    # 125 of the 209 days from 26 April to 21 November.
    assert on_line(shares, BEFORE) == pytest.approx(0.7513, abs=5e-5)
    assert on_line(shares, END) == pytest.approx(0.8584, abs=5e-5)
    assert [on_line(part, BEFORE) for part in parts] == pytest.approx([2723, 210.5, 67.9], abs=0.1)
    assert sum_on_line(parts, END) == pytest.approx(12146, abs=1)
    assert by_share(shares, parts, BEFORE) == pytest.approx(2255, abs=1)
    assert by_share(shares, parts, END) == pytest.approx(10426, abs=1)


def test_the_window_of_the_projection_by_every_route() -> None:
    found = count_in_window(mediazona(), START, END)
    assert route(found, "the share of cases that was sentenced") == pytest.approx(8171, abs=1)
    assert found.count is not None
    assert (found.count.low, found.count.high) == (pytest.approx(5132), pytest.approx(17135))
    assert all(7800 <= one.value <= 8300 for one in found.routes)
    assert len(found.routes) == 4
    assert found.count.value == pytest.approx(8012, abs=1)
    assert found.paced == (pytest.approx(7361, abs=1), pytest.approx(8262, abs=1))


def test_absence_alone_lies_within_limits_of_its_own() -> None:
    found = count_in_window(mediazona(ABSENCE_SENTENCES), START, END)
    assert found.count is not None
    # 8,594 sentences less 627 + 339 cases of the other articles are at least 7,628 of absence; less 3,049 cases.
    assert found.count.low == pytest.approx(4579)
    # 17,721 sentences at the most, less the 586 of April 2023.
    assert found.count.high == pytest.approx(17135)
    assert 1.37 <= found.count.value / 5200 <= 1.42


def test_cases_use_the_count_of_part_of_a_year() -> None:
    found = count_in_window(mediazona(ABSENCE_CASES), START, END).count
    assert found is not None
    assert found.value == pytest.approx(7985, abs=1)
    assert "ru_art337_cases_received_partyear_20240812" in found.inputs


@pytest.mark.parametrize("day", [date(2023, 8, 31), date(2024, 6, 17), date(2025, 6, 25)])
def test_where_nothing_can_be_told_a_sentence_says_so(day: date) -> None:
    found = count_in_window(mediazona(day=day), START, END)
    assert found.count is None
    assert found.reason.startswith("The window ")
    assert found.routes == ()


def test_denton_meets_the_totals_and_keeps_a_steady_ratio() -> None:
    first, last = date(2023, 1, 1), date(2023, 1, 10)
    indicator = {date(2022, 12, 31): 0.0, last: 100.0}
    steady = denton_ratios([({date(2023, 1, 4): 20.0, last: 50.0}, [indicator])], first, last)
    assert steady is not None
    assert list(steady.values()) == pytest.approx([0.5] * 10)
    bent = denton_ratios([({date(2023, 1, 4): 10.0, last: 50.0}, [indicator])], first, last)
    assert bent is not None
    assert sum(list(bent.values())[:4]) * 10 == pytest.approx(10)
    assert sum(bent.values()) * 10 == pytest.approx(50)
    assert list(bent.values()) == sorted(bent.values())
    assert denton_ratios([], first, last) is None


STEPS = st.lists(st.integers(0, 60), min_size=5, max_size=5)


def drawn(absence: list[int], others: list[int], share: list[int]) -> Counter:
    """Return a counter whose sentences are parts of its cases, with gaps in what it published."""
    days = [DAY_ZERO + timedelta(days=30 * step) for step in range(6)]

    def totals(values: list[float], kept: slice) -> list[Figure]:
        return [figure(value, day.isoformat(), start="2022-09-21") for value, day in zip(values, days, strict=True)][
            kept
        ]

    running = lambda steps: [float(sum(steps[:count])) for count in range(6)]  # noqa: E731
    cases, other_cases = running([step + 1 for step in absence]), running(others)
    part = [0.0]
    for total, percent in zip(cases[1:], share, strict=True):
        part.append(max(part[-1], total * percent / 100))
    all_ = [one + other / 2 for one, other in zip(part, other_cases, strict=True)]
    series = {
        SENTENCES: totals(all_, slice(0, None, 5)),
        ABSENCE_SENTENCES: totals(part, slice(0, None, 2)),
        ABSENCE_CASES: totals(cases, slice(0, None)),
        ARTICLES[1]: totals(other_cases, slice(0, None)),
        ARTICLES[2]: totals([0.0] * 6, slice(0, None)),
    }
    return Counter(series=SENTENCES, claimant="Counter", totals=series, part_years=series)


@given(STEPS, STEPS, st.lists(st.integers(0, 100), min_size=5, max_size=5), st.integers(0, 100), st.integers(1, 100))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_estimate_lies_within_its_limits_or_is_refused(
    absence: list[int], others: list[int], share: list[int], first: int, length: int
) -> None:
    start = DAY_ZERO + timedelta(days=first + 1)
    end = min(start + timedelta(days=length), DAY_ZERO + timedelta(days=150))
    found = count_in_window(drawn(absence, others, share), start, end)
    if found.count is None:
        assert found.reason
        return
    assert found.count.low is not None
    assert 0 <= found.count.low <= found.count.value + 1e-6
    assert found.count.value <= (math.inf if found.count.high is None else found.count.high) + 1e-6
    assert min(one.value for one in found.routes) <= found.count.value <= max(one.value for one in found.routes)


@given(days=st.lists(st.integers(0, 600), min_size=2, max_size=2, unique=True).map(sorted))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_longer_window_holds_no_less(days: list[int]) -> None:
    counts = [count_in_window(mediazona(), START, START + timedelta(days=day)).count for day in days]
    assert counts[0] is not None
    assert counts[1] is not None
    assert counts[0].value <= counts[1].value + 1e-6
    assert (counts[0].low or 0) <= (counts[1].low or 0) + 1e-6
    assert (counts[0].high or 0) <= (counts[1].high or 0) + 1e-6


@given(day=st.dates(min_value=date(2023, 4, 1), max_value=date(2026, 11, 1)))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_became_known_later_never_counts(day: date) -> None:
    evidence = as_of(bundled(), day)
    assume(not evidence.of_series(SENTENCES).empty)
    found = count_in_window(mediazona(day=day), START, END)
    assert all(total.known <= day for total in found.totals)
    assert found.count is None or found.count.known <= day
