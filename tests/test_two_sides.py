"""A Russian and a Ukrainian series stand side by side only where every aspect was judged and none is unlike."""

from __future__ import annotations

from datetime import date

import pytest
from factories import bundled, evidence_of

from indicators.core.evidence.as_of import as_of
from indicators.methods.comparison.two_sides import ASPECTS, Comparison, comparisons, verdict


def bundled_pair(comparison_id: str, day: date | None = None) -> Comparison:
    """Return one comparison of the bundled evidence."""
    (found,) = [pair for pair in comparisons(as_of(bundled(), day)) if pair.id == comparison_id]
    return found


@pytest.mark.parametrize("comparison_id", ["absence_cases", "absence_sentences", "polls_on_going_on"])
def test_unlike_pairs_are_refused_with_the_reason(comparison_id: str) -> None:
    pair = bundled_pair(comparison_id)
    unlike = [guard.reason for guard in pair.guards if guard.alike == "no"]
    assert unlike
    assert not pair.fair
    assert verdict(pair.guards) == " ".join(["The two sides are not compared.", *unlike])


def test_court_cases_and_proceedings_are_refused_for_their_stage() -> None:
    guards = {guard.aspect: guard for guard in bundled_pair("absence_cases").guards}
    assert guards["stage"].alike == "no"


def test_cases_and_sentences_are_refused_by_one_rule_of_the_population_at_risk() -> None:
    pairs = [bundled_pair(comparison_id) for comparison_id in ("absence_cases", "absence_sentences")]
    assert [guard.alike for pair in pairs for guard in pair.guards if guard.aspect == "population_at_risk"] == [
        "no"
    ] * 2


def test_a_pair_that_can_be_read_comes_first() -> None:
    assert [pair.fair for pair in comparisons(bundled())] == [True, False, False, False]


def test_fair_pairs_say_what_to_mind() -> None:
    pair = bundled_pair("equipment_abandonment")
    assert pair.fair
    assert verdict(pair.guards).startswith("The two sides can be read side by side with care.")


def test_every_pair_is_judged_by_every_aspect() -> None:
    for pair in comparisons(bundled()):
        assert tuple(guard.aspect for guard in pair.guards) == ASPECTS, pair.id


def test_a_pair_not_fully_judged_on_a_day_is_refused() -> None:
    pair = bundled_pair("absence_sentences", date(2023, 8, 30))
    assert not pair.fair
    assert "nothing was known yet about" in verdict(pair.guards)
    assert all("2024" not in guard.reason for guard in pair.guards)


def test_one_judged_aspect_of_five_is_not_enough() -> None:
    (pair,) = comparisons(evidence_of())
    assert [guard.aspect for guard in pair.guards] == ["stage"]
    assert not pair.fair
