"""The force behind counts: by one claimant's estimates, and only where these span the counts."""

from __future__ import annotations

import pytest
from factories import Row, evidence_of, figure

from indicators.core.denominators import force_over
from indicators.core.observations import Evidence


def estimates(*rows: tuple[str, str, int]) -> Evidence:
    """Return evidence with estimates of the force: claimant, day and number."""
    observations: list[Row] = [
        {"observation_id": f"o{place}", "series": "ru_force_in_ukraine", "claimant": claimant, "value": value,
         "period_start": day, "period_end": day, "unit": "persons", "known": "2023-12-31"}
        for place, (claimant, day, value) in enumerate(rows)
    ]  # fmt: skip
    return evidence_of(
        publishers=[{}, {"publisher": "Other"}],
        series=[{}, {"series": "ru_force_in_ukraine", "kind": "stock", "unit": "persons", "counter_scope": ""}],
        observations=observations,
    )


def test_the_force_lies_on_a_straight_line_between_two_estimates() -> None:
    evidence = estimates(("Counter", "2023-01-01", 100_000), ("Counter", "2023-01-31", 130_000))
    # The middle of 6 to 16 January is the 11th, 10 of 30 days on; the middle of 21 to 25 January is the 23rd.
    periods = [figure(1, "2023-01-16", start="2023-01-06"), figure(1, "2023-01-25", start="2023-01-21")]
    assert force_over(evidence, periods) == ("Counter", pytest.approx([110_000, 122_000]))


@pytest.mark.parametrize(("end", "spans"), [("2023-08-02", True), ("2023-08-03", False)])
def test_the_last_estimate_holds_for_half_a_year(end: str, spans: bool) -> None:
    evidence = estimates(("Counter", "2023-01-01", 100_000), ("Counter", "2023-01-31", 130_000))
    # 2 August is 183 days after 31 January.
    found = force_over(evidence, [figure(1, end, start=end)])
    assert found == (("Counter", [130_000]) if spans else None)


def test_claimants_are_not_mixed() -> None:
    evidence = estimates(("Counter", "2022-01-01", 100_000), ("Other", "2023-12-01", 400_000))
    ends = [figure(1, "2022-01-31"), figure(1, "2023-12-31", start="2023-12-01")]
    assert force_over(evidence, ends) is None
    assert force_over(evidence, ends[1:]) == ("Other", [400_000])
    assert force_over(evidence, []) is None
