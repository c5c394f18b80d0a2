"""Changes of rate: an unknown date where counts allow one, known dates in a sentence, and refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pandas as pd
import pytest
from factories import bundled, figure

from indicators.core.as_of import as_of
from indicators.core.periods import Figure
from indicators.core.registry import all_indicators, get_indicator
from indicators.methods.change_points import single_change
from indicators.methods.rate_changes import KNOWN_DATES, RateChanges, dispersion, rate_changes

CAUSAL = ("because", "caused", "due to", "led to", "effect of", "as a result")

EDITION = date(2026, 5, 11)  # of the named deaths


@cache
def of(indicator_id: str) -> RateChanges:
    """Return an indicator's changes of rate from the bundled evidence."""
    return rate_changes(get_indicator(indicator_id), bundled())


def test_days_with_drones_over_moscow_changed_most_probably_in_may_2025() -> None:
    changes = of("capital_drone_strikes")
    assert changes.posterior["value"].sum() == pytest.approx(1)
    top = changes.posterior.loc[changes.posterior["value"].idxmax()]
    assert top["period_start"] == pd.Timestamp("2025-05-01")
    assert top["value"] == pytest.approx(0.957, abs=0.005)  # April 2026 was not over and is left out
    assert "May 2025 (probability 0.96)" in changes.sentence


def test_a_past_day_has_no_comparison_around_a_later_date() -> None:
    studies = rate_changes(get_indicator("personnel_losses"), as_of(bundled(), date(2023, 8, 30))).studies
    assert [name for name, _ in studies] == ["Mobilisation decree", "Wagner mutiny"]


def test_thousands_a_month_get_no_date_of_change() -> None:
    for indicator_id in ("named_deaths", "personnel_losses"):
        changes = of(indicator_id)
        assert changes.posterior.empty
        assert "times as much as chance counts would" in changes.sentence


def test_too_few_counts_get_no_date_of_change() -> None:
    assert of("refusal_cases").sentence == ("The date of a change is sought only in 12 counts or more; there are 3.")


def test_one_year_on_each_side_of_the_mobilisation_gives_no_ratio_and_names_the_change_of_law() -> None:
    (_, study), *others = of("refusal_cases").studies
    # 2022 spans the date; before it stands 2021 alone, after it 2023.
    assert (study.method, study.ratio, study.periods_before, study.periods_after) == ("none", None, 1, 1)
    assert study.sentence.endswith(
        "The law changed around that date too: tougher penalties for desertion (September 2022)."
    )
    assert not [other for _, other in others if "law changed" in other.sentence]


def test_a_law_that_was_not_known_yet_is_not_named() -> None:
    (_, study), *_ = rate_changes(get_indicator("refusal_cases"), as_of(bundled(), date(2023, 12, 31))).studies
    assert "law changed" in study.sentence
    laws = bundled().events.assign(known=pd.Timestamp("2024-01-01"))
    restricted = as_of(replace(bundled(), events=laws), date(2023, 12, 31))
    (_, study), *_ = rate_changes(get_indicator("refusal_cases"), restricted).studies
    assert "law changed" not in study.sentence


@pytest.mark.parametrize("indicator_id", ["personnel_losses", "named_deaths"])
def test_thousands_a_month_get_no_ratio_around_the_mobilisation(indicator_id: str) -> None:
    study = dict(of(indicator_id).studies)["Mobilisation decree"]
    assert (study.method, study.ratio, study.periods_before) == ("none", None, 6)
    assert "times as much as chance counts would" in study.sentence


def test_rates_are_per_soldier_where_one_claimants_estimates_span_the_counts() -> None:
    deaths = dict(of("named_deaths").studies)["Wagner mutiny"]
    assert "Rates are per soldier, by the estimates of Ukrainian military intelligence" in deaths.sentence
    losses = dict(of("personnel_losses").studies)["Federal bonus doubled"]
    assert "not per soldier" in losses.sentence
    days = dict(of("capital_drone_strikes").studies)["Federal bonus doubled"]
    assert days.method == "interrupted_series"
    assert "soldier" not in days.sentence


def test_one_complete_month_after_the_bonus_is_too_few_to_compare() -> None:
    studies = dict(rate_changes(get_indicator("named_deaths"), as_of(bundled(), EDITION)).studies)
    assert [name for _, name in KNOWN_DATES] == list(studies)
    assert (studies["Federal bonus doubled"].method, studies["Federal bonus doubled"].periods_after) == ("none", 1)


def test_months_that_are_still_incomplete_are_left_out() -> None:
    # Complete are March 2022 to August 2024.
    mutiny = dict(rate_changes(get_indicator("named_deaths"), as_of(bundled(), EDITION)).studies)["Wagner mutiny"]
    assert mutiny.periods_before + mutiny.periods_after + 1 == 30


@pytest.mark.parametrize("indicator_id", [indicator.id for indicator in all_indicators()])
def test_every_indicator_has_an_answer_without_a_cause(indicator_id: str) -> None:
    changes = of(indicator_id)
    sentences = [changes.sentence, *(study.sentence for _, study in changes.studies)]
    assert all(sentences)
    assert not [word for word in CAUSAL for sentence in sentences if word in sentence.lower()]
    assert bool(changes.studies) == bool(get_indicator(indicator_id).counts)


def test_before_the_first_count_there_is_a_sentence() -> None:
    changes = rate_changes(get_indicator("capital_drone_strikes"), as_of(bundled(), date(2023, 1, 1)))
    assert (changes.studies, changes.sentence) == ((), "No count was known yet on this day.")


def test_an_indicator_without_counts_is_not_searched() -> None:
    changes = rate_changes(replace(get_indicator("refusal_cases"), counts=""), bundled())
    assert changes.label == ""
    assert changes.sentence.endswith("no change of rate is sought.")


def test_dispersion_around_two_rates_worked_by_hand() -> None:
    def week(number: int, count: int) -> Figure:
        start = date(2023, 1, 2 + 7 * number)
        return figure(count, f"2023-01-{8 + 7 * number:02d}", start=start.isoformat())

    weeks = [week(0, 1), week(1, 3), week(2, 19), week(3, 21)]
    change = single_change([1, 3, 19, 21])
    assert (change.most_likely, change.rate_before, change.rate_after) == (2, 2, 20)
    # (1 + 1) / 2 + (1 + 1) / 20 = 1.1, over 4 - 2 degrees of freedom.
    assert dispersion(weeks, change) == pytest.approx(0.55)
