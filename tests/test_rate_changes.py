"""Changes of rate: an unknown date where counts allow one, known dates in a sentence, and refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from factories import bundled, evidence_of, figure

import indicators.methods.counts.rate_changes as rate_changes_module
from indicators.core.evidence.as_of import as_of
from indicators.core.figures.periods import Figure
from indicators.core.registry import all_indicators, get_indicator
from indicators.methods.counts.change_points import single_change
from indicators.methods.counts.rate_changes import KNOWN_DATES, RateChanges, dispersion, rate_changes

CAUSAL = ("because", "caused", "due to", "led to", "effect of", "as a result")

EDITION = date(2026, 5, 11)  # of the named deaths


@cache
def of(indicator_id: str) -> RateChanges:
    """Return an indicator's changes of rate from the bundled evidence."""
    return rate_changes(get_indicator(indicator_id), bundled())


DRONE_DAYS = [1, 4, 13, 4, 1, 6, 4, 1, 0, 2, 0, 1, 1, 1, 1, 1, 0, 3, 0, 1, 0, 2, 1, 8, 8, 10, 4, 2, 7, 5, 10, 5, 4, 16]
DRONE_DAYS.append(2)  # by month from June 2023; the last one has 13 days


def drone_days() -> tuple[list[Figure], list[float]]:
    """Return these days as figures, and the weeks of each month."""
    starts = [date(2023 + (5 + n) // 12, (5 + n) % 12 + 1, 1) for n in range(36)]
    ends = [following - timedelta(days=1) for following in starts[1:-1]] + [date(2026, 4, 13)]
    periods = [
        figure(count, end.isoformat(), start=start.isoformat())
        for count, start, end in zip(DRONE_DAYS, starts, ends, strict=False)
    ]
    return periods, [((period.period_end - period.period_start).days + 1) / 7 for period in periods]


def test_a_date_of_change_is_tempered_by_the_unevenness_of_the_counts() -> None:
    periods, weeks = drone_days()
    chance = single_change(DRONE_DAYS, weeks)
    spread = dispersion(periods, weeks, chance)
    assert spread == pytest.approx(3.2, abs=0.05)
    tempered = single_change(DRONE_DAYS, weeks, spread=spread)
    # May 2025 is the 24th month. Taken for chance counts it has 0.95, ln Bayes factor 17.4; tempered 0.46 and 2.5.
    assert all(max(change.probabilities) == change.probabilities[22] for change in (chance, tempered))
    assert chance.probabilities[22] == pytest.approx(0.95, abs=0.005)
    assert tempered.probabilities[22] == pytest.approx(0.46, abs=0.02)
    assert (chance.log_bayes_factor, tempered.log_bayes_factor) == pytest.approx((17.4, 2.5), abs=0.1)


def test_a_change_that_is_not_clear_gets_one_sentence_and_no_chart() -> None:
    changes = rate_changes(get_indicator("capital_drone_strikes"), as_of(bundled(), date(2026, 4, 30)))
    assert changes.posterior.empty
    assert changes.sentence.startswith("Not clear whether the rate changed once")


def test_a_past_day_has_no_comparison_around_a_later_date() -> None:
    changes = rate_changes(get_indicator("personnel_losses"), as_of(bundled(), date(2023, 8, 22)))
    assert [change.day for change in changes.dated] == [day for day in KNOWN_DATES if day <= date(2023, 8, 22)]
    assert "crash" not in changes.dated_sentence


def test_thousands_a_month_get_no_date_of_change() -> None:
    for indicator_id in ("named_deaths", "personnel_losses"):
        changes = of(indicator_id)
        assert changes.posterior.empty
        assert "times as much as chance counts would" in changes.sentence


def test_too_few_counts_get_no_date_of_change() -> None:
    assert of("refusal_cases").sentence.startswith("Too few counts (")


@pytest.mark.parametrize("indicator_id", ["refusal_cases", "personnel_losses", "named_deaths", "capital_drone_strikes"])
def test_where_nothing_stands_out_one_sentence_says_that_the_figures_cannot_tell(indicator_id: str) -> None:
    changes = of(indicator_id)
    assert not [change for change in changes.dated if change.stands_out]
    assert changes.dated_sentence.startswith("These figures cannot tell whether the rate changed with ")
    assert changes.dated_sentence.count(".") == 1


def test_the_mood_of_bloggers_around_the_crash_and_the_strikes_cannot_be_told() -> None:
    assert of("milblogger_discontent").dated_sentence == (
        "These reports cannot tell whether the first drone strikes on Moscow, the Wagner mutiny or the plane crash of "
        "Wagner's leader changed the mood: nobody has counted it."
    )
    before = rate_changes(get_indicator("milblogger_discontent"), as_of(bundled(), date(2023, 5, 1)))
    assert before.dated_sentence == ""


def test_a_planted_step_is_named_with_what_it_was_held_against(monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2024, 6, 1)
    months = [date(2018 + n // 12, n % 12 + 1, 1) for n in range(100)]
    counts = [20 + n % 3 for n in range(77)] + [200 + n % 3 for n in range(22)]
    rows = [
        {"observation_id": f"o{n}", "value": count, "period_start": start.isoformat(), "known": "2026-06-01",
         "period_end": (following - timedelta(days=1)).isoformat(), "series": "cases_total"}
        for n, (count, start, following) in enumerate(zip(counts, months, months[1:], strict=False))
    ]  # fmt: skip
    evidence = evidence_of(observations=rows)
    indicator = replace(get_indicator("refusal_cases"), counts="cases_total")
    monkeypatch.setattr("indicators.methods.counts.rate_changes.KNOWN_DATES", {day: "the planted step"})
    changes = rate_changes(indicator, evidence)
    assert changes.dated[0].stands_out
    assert changes.dated_sentence.startswith("From 1 Jun 2024, the day of the planted step, the rate was 9.")
    assert changes.dated_sentence.endswith("Nothing here says why.")
    assert changes.sentence.startswith("If the rate changed once, it did in Jun 2024 (90 % of the probability")
    assert changes.posterior["value"].sum() == pytest.approx(1)


@pytest.mark.parametrize("indicator_id", [indicator.id for indicator in all_indicators()])
def test_every_answer_is_without_a_cause(indicator_id: str) -> None:
    changes = of(indicator_id)
    sentences = [changes.sentence, changes.dated_sentence]
    assert not [word for word in CAUSAL for sentence in sentences if word in sentence.lower()]
    assert bool(changes.dated) == bool(changes.sentence) == bool(get_indicator(indicator_id).counts)


def test_before_the_first_count_there_is_a_sentence() -> None:
    changes = rate_changes(get_indicator("capital_drone_strikes"), as_of(bundled(), date(2023, 1, 1)))
    assert (changes.dated, changes.sentence) == ((), "No count was known yet on this day.")


def test_weeks_that_are_put_where_their_thursday_is_are_counted_whole() -> None:
    # June 2023 has five Thursdays, July four.
    weeks = [rate_changes_module._weeks(month, by_thursdays=True) for month in (
        figure(1, "2023-06-30", start="2023-06-01"), figure(1, "2023-07-31", start="2023-07-01"))]  # fmt: skip
    assert weeks == [5, 4]


def test_dispersion_around_two_rates_worked_by_hand() -> None:
    def week(number: int, count: int) -> Figure:
        start = date(2023, 1, 2 + 7 * number)
        return figure(count, f"2023-01-{8 + 7 * number:02d}", start=start.isoformat())

    weeks = [week(0, 1), week(1, 3), week(2, 19), week(3, 21)]
    change = single_change([1, 3, 19, 21])
    assert (change.most_likely, change.rate_before, change.rate_after) == (2, 2, 20)
    # (1 + 1) / 2 + (1 + 1) / 20 = 1.1, over 4 - 2 degrees of freedom.
    assert dispersion(weeks, [1.0] * 4, change) == pytest.approx(0.55)
