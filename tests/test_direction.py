"""Direction words: only where bounds and chance leave a gap between two figures."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.figures.direction import (
    Direction,
    Level,
    change_between,
    direction,
    level_of,
    spread_between,
    wilson_interval,
)

OPPOSITE = {
    Direction.UP: Direction.DOWN,
    Direction.DOWN: Direction.UP,
    Direction.SAME: Direction.SAME,
    Direction.UNCLEAR: Direction.UNCLEAR,
}


@st.composite
def levels(draw: st.DrawFn) -> Level:
    """Return a figure with bounds around it, open on either side or not, counted or not."""
    value = draw(st.integers(0, 1000).map(float))
    low = draw(st.none() | st.floats(0, value))
    high = draw(st.none() | st.floats(value, 2000))
    return Level(value=value, low=low, high=high, counted=draw(st.none() | st.just(value)))


def counted(value: float, events: float, low: float | None = None, high: float | None = None) -> Level:
    """Return a rate that rests on so many events, without other doubt unless bounds are given."""
    return Level(
        value=value, low=value if low is None else low, high=value if high is None else high, counted=events, weeks=10
    )


def row(value: float, start: str, end: str, **cells: object) -> pd.Series:
    """Return a row of sentences per week."""
    return pd.Series(
        {
            "value": value, "low": None, "high": None, "qualifier": "exact", "unit": "sentences per week",
            "stage": "sentence", "period_start": pd.Timestamp(start), "period_end": pd.Timestamp(end), **cells,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("later", "events", "dispersion", "expected"),
    [
        # z = ln(1.3) / sqrt(1/100 + 1/130) = 1.973
        (130, 130, 1, Direction.UP),
        # z = ln(1.29) / sqrt(1/100 + 1/129) = 1.910
        (129, 129, 1, Direction.UNCLEAR),
        # z = ln(1.3) / sqrt(1.1 (1/100 + 1/130)) = 1.881
        (130, 130, 1.1, Direction.UNCLEAR),
        # z = ln(0.74) / sqrt(1/100 + 1/74) = -1.964
        (74, 74, 1, Direction.DOWN),
        (75, 75, 1, Direction.UNCLEAR),
        (100, 100, 1, Direction.SAME),
    ],
)
def test_chance_decides_between_two_counts(later: float, events: float, dispersion: float, expected: Direction) -> None:
    assert direction(counted(100, 100), counted(later, events), dispersion) is expected


def test_chance_is_taken_at_the_nearest_bounds() -> None:
    # 184 against "about" 173, 168 to 179: 184 / 173 would pass (z = 2.31), 184 / 179 does not (z = 1.03).
    few, many = counted(173, 1659, 168, 179), counted(184, 9100)
    assert direction(counted(173, 1659), many) is Direction.UP
    assert direction(few, many) is Direction.UNCLEAR


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (Level(value=715, low=715, high=None), Level(value=723, low=723, high=None)),
        (Level(value=350, low=None, high=None), Level(value=252, low=0, high=252)),
        (counted(4, 4), counted(0, 0)),
    ],
)
def test_open_bounds_and_nothing_counted_tell_no_direction(earlier: Level, later: Level) -> None:
    assert direction(earlier, later) is Direction.UNCLEAR


def test_prices_move_without_chance() -> None:
    price = {"unit": "roubles", "stage": "price"}
    before, after = row(400_000, "2024-08-01", "2024-08-01", **price), row(500_000, "2026-08-01", "2026-08-01", **price)
    assert level_of(before).counted is None
    assert direction(level_of(before), level_of(after)) is Direction.UP


@pytest.mark.parametrize(
    ("unit", "stage", "expected"),
    [
        ("sentences per week", "sentence", 10 * 14 / 7),
        ("persons per day", "loss", 140),
        ("days per 30 days", "strike", 10 * 14 / 30),
        ("days", "strike", 10),
        ("days", "training", None),
        ("persons per vehicle", "loss", None),
        ("share", "loss", None),
        ("percent", "poll", None),
    ],
)
def test_the_events_behind_a_figure(unit: str, stage: str, expected: float | None) -> None:
    assert level_of(row(10, "2023-06-01", "2023-06-14", unit=unit, stage=stage)).counted == expected


def test_a_poll_holds_the_chance_of_a_thousand_answers() -> None:
    poll = level_of(row(67, "2026-02-18", "2026-02-25", unit="percent", stage="poll"))
    assert (poll.low, poll.high) == (pytest.approx(64.02, abs=0.01), pytest.approx(69.84, abs=0.01))
    near = level_of(row(66, "2025-12-11", "2025-12-19", unit="percent", stage="poll"))
    assert direction(near, poll) is Direction.UNCLEAR


def test_wilsons_interval_of_32_in_44() -> None:
    assert wilson_interval(32, 44) == pytest.approx((0.5815, 0.8365), abs=5e-4)


def test_few_steps_are_spread_as_weeks_of_a_negative_binomial() -> None:
    # 1,300 events in 10 weeks: 1 + 130 / 10.
    assert spread_between([counted(130, 1300)]) == 14
    assert spread_between([]) == 1


def test_many_steps_are_spread_by_their_own_median() -> None:
    # Five equal steps of ln(1.2): each over 1/100 + 1/120, then the reverse; the median is their common size.
    swing = [counted(100, 100), counted(120, 120)] * 3
    assert spread_between(swing) == pytest.approx(0.033241 / (1 / 100 + 1 / 120) / 0.4549, abs=1e-3)


def test_the_step_that_is_judged_does_not_count_towards_the_spread() -> None:
    months = pd.date_range("2023-01-01", periods=8, freq="MS")
    values = [100.0] * 7 + [200.0]
    rows = [row(value, f"{start:%F}", f"{start + pd.Timedelta(27, 'D'):%F}")
            for value, start in zip(values, months, strict=True)]  # fmt: skip
    assert change_between(rows[-2], rows[-1], pd.DataFrame(rows)) is Direction.UP


def test_a_dispersion_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        direction(counted(1, 1), counted(2, 2), 0.9)


@given(levels(), levels(), st.floats(1, 100))
def test_a_direction_is_said_only_of_bounds_that_part(earlier: Level, later: Level, dispersion: float) -> None:
    found = direction(earlier, later, dispersion)
    if found is Direction.UP:
        assert earlier.high is not None
        assert later.low is not None
        assert later.low > earlier.high
    assert direction(later, earlier, dispersion) is OPPOSITE[found]


@given(levels(), levels(), st.floats(1, 50), st.floats(1, 2))
def test_more_spread_never_makes_a_direction(earlier: Level, later: Level, spread: float, factor: float) -> None:
    wider = direction(earlier, later, spread * factor)
    assert wider in (Direction.UNCLEAR, Direction.SAME) or wider is direction(earlier, later, spread)
