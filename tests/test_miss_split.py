"""The miss of a published projection, split on the log scale."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.methods.track_record.miss_split import MissSplit, split_miss

AMOUNTS = st.floats(1, 1e6)


def sum_of(split: MissSplit) -> float:
    """Return the sum of all parts, those not identified as 0."""
    parts = (split.definition, split.rate, split.model, split.delay, split.unexplained)
    return sum(part for part in parts if part is not None)


def test_a_miss_by_hand() -> None:
    # 5,200 projected as 104 a week for 52 weeks, less 208 for pauses: 104 * 52 = 5,408.
    # In the end 6,500 were counted as projected and 7,800 by the wider definition; when scored, 80 % of them: 5,200,
    # which is 100 a week.
    split = split_miss(5200, 7800, observed_as_projected=6500, weeks=52, assumed_rate=104, known_share=0.8)
    assert split.definition == pytest.approx(0.182322, abs=1e-6)  # ln(7800 / 6500) = ln 1.2
    assert split.rate == pytest.approx(-0.039221, abs=1e-6)  # ln(100 / 104)
    assert split.model == pytest.approx(0.039221, abs=1e-6)  # ln(5408 / 5200)
    assert split.delay == pytest.approx(0.223144, abs=1e-6)  # -ln 0.8
    assert split.unexplained == 0
    assert split.total == pytest.approx(0.405465, abs=1e-6)  # ln(7800 / 5200) = ln 1.5
    assert split.reasons == {}


def test_a_rate_times_its_weeks_leaves_nothing_to_the_model() -> None:
    split = split_miss(5200, 7318, observed_as_projected=7318, weeks=52, assumed_rate=100, known_share=1)
    assert (split.definition, split.model, split.delay) == (0, 0, 0)
    assert split.rate == pytest.approx(split.total)
    assert math.exp(split.total) == pytest.approx(1.4073, abs=1e-4)


def test_a_part_not_identified_is_empty_with_a_reason_and_joins_the_unexplained() -> None:
    split = split_miss(5200, 7800, observed_as_projected=None, weeks=52, assumed_rate=100, known_share=0.8)
    assert (split.definition, split.rate) == (None, None)
    assert (split.model, split.delay) == (0, pytest.approx(0.223144, abs=1e-6))
    assert split.unexplained == pytest.approx(math.log(1.5) - 0.223144, abs=1e-6)
    assert set(split.reasons) == {"definition", "rate"}


def test_without_editions_the_rate_holds_the_delay() -> None:
    split = split_miss(5200, 7800, observed_as_projected=6500, weeks=52, assumed_rate=100, known_share=None)
    assert split.rate == pytest.approx(math.log(125 / 100))
    assert (split.delay, split.unexplained) == (None, pytest.approx(0, abs=1e-12))
    assert "cannot be separated from the rate" in split.reasons["delay"]


def test_nothing_identified_means_all_unexplained() -> None:
    split = split_miss(5200, 7800, observed_as_projected=None, weeks=52, assumed_rate=None, known_share=None)
    assert split.unexplained == split.total
    assert set(split.reasons) == {"definition", "rate", "model", "delay"}


@given(AMOUNTS, AMOUNTS, st.none() | AMOUNTS, st.floats(1, 200), st.none() | AMOUNTS, st.none() | st.floats(0.01, 1))
def test_the_parts_sum_to_the_total(
    projected: float, observed: float, as_projected: float | None, weeks: float, rate: float | None, share: float | None
) -> None:
    split = split_miss(
        projected, observed, observed_as_projected=as_projected, weeks=weeks, assumed_rate=rate, known_share=share
    )
    assert sum_of(split) == pytest.approx(math.log(observed / projected), abs=1e-12)
    empty = {name for name in ("definition", "rate", "model", "delay") if getattr(split, name) is None}
    assert set(split.reasons) == empty
    assert bool(empty) or split.unexplained == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"projected": 0}, "projected above 0, got 0"),
        ({"observed": 0}, "observed above 0, got 0"),
        ({"observed_as_projected": -1}, "observed_as_projected above 0, got -1"),
        ({"weeks": 0}, "weeks above 0"),
        ({"assumed_rate": math.nan}, "assumed_rate above 0, got nan"),
        ({"known_share": 1.1}, "known_share at most 1, got 1.1"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_value(changed: dict[str, float], words: str) -> None:
    valid = {
        "projected": 5200, "observed": 7800, "observed_as_projected": 6500, "weeks": 52, "assumed_rate": 100,
        "known_share": 0.8,
    }  # fmt: skip
    with pytest.raises(ValueError, match=words):
        split_miss(**{**valid, **changed})
