"""One projection: its layers at the horizon, their paths, and what never makes them fall."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.core.evidence.vocabulary import Qualifier
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import Projection, project

few = settings(max_examples=30)


def test_up_to_a_hundred_a_week_for_a_year() -> None:
    result = project(ProjectionParameters())
    assert (result.headline, result.calendar, result.qualifier) == (5200, 4940, Qualifier.UP_TO)
    assert result.claim is not None
    # With a pace that drifts: 4e5 draws of the formula.
    assert result.claim.mean == pytest.approx(3869, rel=0.003)
    assert (result.claim.q05, result.claim.q95) == (pytest.approx(2395, rel=0.005), pytest.approx(5853, rel=0.005))
    still = project(ProjectionParameters(drift=0, growth_sd=0)).claim
    assert still is not None
    # 100 * (0.5 + 0.8 + 1) / 3 * 49.4, with the published range of the claim model.
    assert still.mean == pytest.approx(3787.33, abs=0.01)
    assert (still.q05, still.q95) == (pytest.approx(2870, rel=0.002), pytest.approx(4650, rel=0.002))


@pytest.mark.parametrize("qualifier", [q for q in Qualifier if q is not Qualifier.EXACT])
def test_a_total_keeps_the_qualifier_of_its_rate(qualifier: Qualifier) -> None:
    assert project(ProjectionParameters(qualifier=qualifier)).qualifier is qualifier


def test_an_exact_rate_gives_a_projection_not_an_exact_total() -> None:
    assert project(ProjectionParameters(qualifier="exact")).qualifier is Qualifier.PROJECTION


def test_a_ceiling_has_no_point_estimate_and_says_why() -> None:
    result = project(ProjectionParameters(reading="ceiling"))
    assert (result.claim, result.claim_paths) == (None, None)
    assert "no point estimate" in result.claim_sentence
    assert result.headline == 5200


@pytest.mark.parametrize(
    ("observed_weeks", "dispersion", "total"),
    [
        (4, "poisson", 4687), (13, "poisson", 4386), (26, "poisson", 4242), (52, "poisson", 4116),
        (4, 10, 3817), (13, 10, 3173), (26, 10, 2903), (52, 10, 2685),
    ],
)  # fmt: skip
def test_a_year_of_the_mean_week_behind_the_largest_one(observed_weeks: int, dispersion: object, total: int) -> None:
    given = {"reading": "maximum", "observed_weeks": observed_weeks, "dispersion": dispersion, "growth_sd": 0}
    result = project(ProjectionParameters.model_validate(given))
    assert result.claim is not None
    assert result.claim.mean == pytest.approx(total, abs=1)


@pytest.mark.parametrize("damping", ["off", "on"])
def test_growth_means_the_same_in_every_total(damping: str) -> None:
    grown = project(ProjectionParameters(growth_monthly=0.1, growth_sd=0, damping=damping))
    flat = project(ProjectionParameters(growth_sd=0))
    assert grown.claim is not None
    assert flat.claim is not None
    ratio = grown.headline / flat.headline
    assert (grown.calendar / flat.calendar, grown.claim.mean / flat.claim.mean) == pytest.approx((ratio, ratio))
    # 2.216 % a week for 52 weeks: (1.02216^52 - 1) / 0.02216 weeks of the first; where it fades, less.
    assert ratio * 52 == pytest.approx(95.94 if damping == "off" else 75.06, abs=0.01)


def test_nothing_a_week_is_nothing_whatever_share_is_recorded() -> None:
    result = project(ProjectionParameters(weekly=0, recording=0.2)).claim
    assert result is not None
    assert set(vars(result).values()) == {0.0}


@pytest.mark.parametrize("given", [{"qualifier": "about"}, {"qualifier": "at_least"}, {"reading": "mean"}])
def test_an_average_holds_its_court_holidays(given: dict[str, str]) -> None:
    result = project(ProjectionParameters.model_validate(given))
    assert result.calendar == result.headline == 5200


def test_related_totals_by_hand() -> None:
    result = project(ProjectionParameters(suspended_share=0.6, force_size=360_000, weeks=26))
    assert result.imprisoned == pytest.approx(2600 * 0.4)
    assert result.per_thousand_a_year == pytest.approx(2600 / 0.5 / 360)
    plain = project(ProjectionParameters())
    assert (plain.imprisoned, plain.per_thousand_a_year) == (None, None)


@few
@given(st.integers(4, 156), st.floats(0, 500), st.floats(-0.02, 0.028))
def test_paths_end_at_the_totals_and_never_fall(weeks: int, weekly: float, growth: float) -> None:
    result = project(ProjectionParameters(weeks=weeks, weekly=weekly, growth_weekly=growth))
    assert result.weeks.tolist() == list(range(1, weeks + 1))
    assert result.headline_path[-1] == result.headline
    assert result.calendar_path[-1] == result.calendar
    assert result.claim is not None
    assert result.claim_paths is not None
    assert result.claim_paths[:, -1].tolist() == [
        getattr(result.claim, f"q{level * 100:02.0f}") for level in result.levels
    ]
    for path in (result.headline_path, result.calendar_path, *result.claim_paths):
        assert np.all(np.diff(path) >= 0)
    assert np.all(np.diff(result.claim_paths, axis=0) >= 0)


def layers(result: Projection) -> list[float]:
    """Return all totals of a projection."""
    assert result.claim is not None
    return [result.headline, result.calendar, *vars(result.claim).values()]


RISES = [
    ("weekly", st.floats(0, 400), st.floats(0, 100)),
    ("weeks", st.integers(4, 100), st.integers(0, 56)),
    ("growth_weekly", st.floats(-0.02, 0.01), st.floats(0, 0.018)),
    ("working_days", st.integers(220, 240), st.integers(0, 20)),
]


@pytest.mark.parametrize(("name", "values", "rises"), RISES, ids=[name for name, *_ in RISES])
def test_no_layer_falls_when_a_setting_rises(
    name: str, values: st.SearchStrategy[float], rises: st.SearchStrategy[float]
) -> None:
    @few
    @given(values, rises)
    def law(value: float, rise: float) -> None:
        before = layers(project(ProjectionParameters(**{name: value})))
        after = layers(project(ProjectionParameters(**{name: value + rise})))
        assert all(low <= high + 1e-6 for low, high in zip(before, after, strict=True))

    law()


@few
@given(st.floats(0, 50), st.floats(0, 10))
def test_plain_layers_scale_with_the_rate(weekly: float, factor: float) -> None:
    once, scaled = project(ProjectionParameters(weekly=weekly)), project(ProjectionParameters(weekly=weekly * factor))
    assert scaled.headline == pytest.approx(once.headline * factor)
    assert scaled.calendar == pytest.approx(once.calendar * factor)


@few
@given(st.floats(100, 500), st.floats(0.1, 1))
def test_unrecorded_cases_never_make_the_claim_smaller(weekly: float, recording: float) -> None:
    whole = project(ProjectionParameters(weekly=weekly)).claim
    part = project(ProjectionParameters(weekly=weekly, recording=recording)).claim
    assert whole is not None
    assert part is not None
    assert part.mean >= whole.mean - 1e-9
