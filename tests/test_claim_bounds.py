"""Bounds of conflicting claims: an interval for each claimant, what they share and what they span."""

from __future__ import annotations

from datetime import date

import pytest
from factories import bundled
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.claims.claim_bounds import draw_claim_bounds
from dashboard.claims.bounds_text import bounds_finding, bounds_table
from indicators.core.evidence.vocabulary import Qualifier, Stance
from indicators.methods.comparison.claim_bounds import (
    ClaimedInterval,
    CommonGround,
    Span,
    claimed_intervals,
    claimed_span,
    common_ground,
    contested_series,
)

NUMBERS = st.floats(min_value=0, max_value=1e6)


def said(low: float, high: float | None) -> ClaimedInterval:
    """Return what somebody says."""
    return ClaimedInterval(
        claimant="Somebody",
        stance=Stance.BELLIGERENT,
        value=low,
        low=low,
        high=high,
        qualifier=Qualifier.ESTIMATE,
        period_start=date(2023, 8, 1),
        period_end=date(2023, 8, 31),
        known=date(2023, 9, 1),
        source_id="page",
    )


@pytest.mark.parametrize(
    ("value", "low", "high", "qualifier", "stance", "expected"),
    [
        (100, None, None, Qualifier.UP_TO, Stance.THIRD_PARTY_GOVERNMENT, (0, 100)),
        (420_000, None, None, Qualifier.AT_LEAST, Stance.BELLIGERENT, (420_000, None)),
        (617_000, None, None, Qualifier.EXACT, Stance.BELLIGERENT, (617_000, 617_000)),
        (5_024, None, None, Qualifier.EXACT, Stance.INDEPENDENT_COUNT, (5_024, None)),
        (350_000, None, None, Qualifier.ESTIMATE, Stance.BELLIGERENT, (345_000, 355_000)),
        (179_500, 169_000, 190_000, Qualifier.ESTIMATE, Stance.THIRD_PARTY_GOVERNMENT, (169_000, 190_000)),
        (400_000, None, None, Qualifier.ABOUT, Stance.BELLIGERENT, (350_000, 450_000)),
        (5, None, 7, Qualifier.ABOUT, Stance.MEDIA, (0, 7)),
    ],
)
def test_a_claim_allows_what_its_qualifier_says(
    value: float, low: float | None, high: float | None, qualifier: Qualifier, stance: Stance, expected: Span
) -> None:
    assert claimed_span(value, low, high, qualifier, stance) == expected


def test_no_denied_claim_states_a_figure_so_no_denial_is_drawn_as_one() -> None:
    evidence = bundled()
    links = evidence.claim_links
    denied = evidence.claims[evidence.claims["claim_id"].isin(links.loc[links["relation"] == "denies", "to_claim"])]
    assert not denied.empty
    assert (denied["observation_id"] == "").all()


def test_the_figures_of_the_sides_do_not_order_as_interest_would() -> None:
    # Were a side's figures about its enemy too high and those about itself too low, Kyiv's would lie above Moscow's.
    of = {one.claimant: one.value for one in force_size()}
    assert max(of["Ukrainian analysts"], of["Ukrainian military intelligence"]) < of["Kremlin"]


def test_without_a_claim_there_is_nothing_in_common() -> None:
    assert common_ground([]) == CommonGround(intersection=None, hull=None)


@pytest.mark.parametrize(
    ("spans", "intersection", "hull"),
    [
        ([(10, 30), (20, 40)], (20, 30), (10, 40)),
        ([(10, 15), (20, 40)], None, (10, 40)),
        ([(10, None), (20, 40)], (20, 40), (10, None)),
        ([(10, None), (20, None)], (20, None), (10, None)),
        ([(10, 20), (20, 30)], (20, 20), (10, 30)),
    ],
)
def test_intersection_and_hull(spans: list[Span], intersection: Span | None, hull: Span) -> None:
    assert common_ground(said(*span) for span in spans) == CommonGround(intersection=intersection, hull=hull)


@given(st.lists(st.tuples(NUMBERS, NUMBERS).map(sorted), min_size=1, max_size=6))
def test_the_hull_holds_every_claim_and_every_claim_holds_the_intersection(spans: list[list[float]]) -> None:
    ground = common_ground(said(low, high) for low, high in spans)
    assert ground.hull is not None
    below, above = ground.hull
    assert all(below <= low <= high <= above for low, high in spans)
    if ground.intersection is not None:
        assert all(low <= ground.intersection[0] <= ground.intersection[1] <= high for low, high in spans)


def force_size() -> list[ClaimedInterval]:
    """Return the claims about the size of the force between August and December 2023."""
    return claimed_intervals(bundled(), ["ru_force_in_ukraine"], date(2023, 8, 1), date(2023, 12, 31))


def test_no_force_size_fits_all_claims_of_late_2023() -> None:
    assert [(one.claimant, one.low, one.high) for one in force_size()] == [
        ("Ukrainian analysts", 345_000, 355_000),
        ("Ukrainian military intelligence", 420_000, None),
        ("United24 Media", 350_000, 450_000),
        ("Kremlin", 617_000, 617_000),
    ]
    assert common_ground(force_size()) == CommonGround(intersection=None, hull=(345_000, None))


def test_every_claimant_speaks_once_and_within_the_period() -> None:
    for series in contested_series(bundled()):
        found = claimed_intervals(bundled(), [series], date(2022, 1, 1), date(2026, 12, 31))
        assert len({one.claimant for one in found}) == len(found) >= 2
    assert claimed_intervals(bundled(), ["ru_force_in_ukraine"], date(2021, 1, 1), date(2021, 12, 31)) == []


def test_several_units_are_refused() -> None:
    with pytest.raises(ValueError, match="one unit only"):
        claimed_intervals(
            bundled(), ["ru_force_in_ukraine", "levada_support_total"], date(2023, 1, 1), date(2023, 12, 31)
        )


def test_the_finding_states_both_bounds() -> None:
    assert bounds_finding(
        CommonGround(intersection=(20, 30), hull=(10, 40)), "persons", [said(10, 30), said(20, 40)]
    ) == ("All claims allow from 20 to 30 persons. Taken together they reach from 10 to 40 persons.")
    assert bounds_finding(CommonGround(intersection=None, hull=None), "persons", []).startswith("No claim")


def test_claims_that_do_not_meet_are_no_contradiction_of_one_day() -> None:
    apart = [said(10, 15), said(20, 25)]
    assert bounds_finding(common_ground(apart), "persons", apart) == (
        "The claims do not meet, even read as rounded. They are for Aug 2023, and the quantity may have moved. "
        "Taken together they reach from 10 to 25 persons."
    )


def test_every_claimant_is_drawn_and_listed() -> None:
    figure = draw_claim_bounds(force_size(), common_ground(force_size()), "persons")
    names = [one.claimant for one in force_size()]
    assert figure["layout"]["yaxis"]["ticktext"] == names
    marks = [trace for trace in figure["data"] if trace.get("name")]
    assert sum(len(trace["x"]) for trace in marks) == len(names)
    assert bounds_table(force_size())["Claimant"].tolist() == names
    assert "Denial" not in bounds_table(force_size())
