"""Which observations may be read: whole months, complete counts, totals that do not fall."""

from __future__ import annotations

from datetime import date

import pytest
from factories import Row, bundled, evidence_of

from indicators.capital_drone_strikes import DAYS, PER_MONTH
from indicators.capital_drone_strikes import INDICATOR as DRONES
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.statuses import settled_counts
from indicators.core.evidence.vocabulary import Stage, Status
from indicators.core.figures.derived import DerivedSeries
from indicators.core.figures.glance import figure_table, glance
from indicators.core.figures.totals import rates_between_totals
from indicators.core.model import Indicator
from indicators.core.registry import all_indicators, get_indicator
from indicators.flight_and_surrender import REQUESTS
from indicators.methods.counts.backlog import cases_waiting
from indicators.methods.projection.count_layer import TOTALS, newest_totals
from indicators.refusal_cases import compute as refusal_cases

WEEKLY = DerivedSeries(id="weekly", label="Weekly", stage=Stage.CASE, unit="cases per week", method="divided")
APRIL_2026 = date(2026, 4, 30)


def total(end: str, value: float, **cells: object) -> Row:
    """Return one running total, known on its day."""
    return {
        "observation_id": f"{end}{cells.get('series', '')}",
        "period_end": end,
        "known": end,
        "value": value,
        **cells,
    }


def test_a_month_that_is_not_over_is_incomplete() -> None:
    series: list[Row] = [{"series": "days", "kind": "flow", "cadence": "monthly"}, {"series": "poll", "kind": "share"}]
    rows: list[Row] = [
        {"observation_id": "whole", "series": "days"},
        {"observation_id": "half", "series": "days", "period_start": "2023-02-01", "period_end": "2023-02-13"},
        {"observation_id": "two", "series": "days", "period_start": "2023-02-01", "period_end": "2023-03-31"},
        {"observation_id": "poll", "series": "poll", "period_end": "2023-01-13"},
    ]
    assert evidence_of(series=series, observations=rows).unfinished_months == {"half", "two"}


def test_half_of_april_2026_is_no_headline_and_in_no_study() -> None:
    then = as_of(bundled(), APRIL_2026)
    derived = DRONES.compute(then)
    at_a_glance = glance(DRONES, then, derived)
    assert at_a_glance.latest is not None
    assert at_a_glance.unreadable is not None
    assert (at_a_glance.latest["value"], f"{at_a_glance.latest['period_end']:%F}") == (16, "2026-03-31")
    assert (at_a_glance.unreadable["value"], at_a_glance.unreadable["status"]) == (2, "incomplete")
    assert derived.loc[derived["series"] == PER_MONTH.id, "status"].tolist().count("incomplete") == 1
    assert f"{settled_counts(DRONES, then)['period_end'].max():%F}" == "2026-03-31"
    figures = figure_table(DRONES, then, derived)
    assert set(figures.loc[figures["series"] == DAYS, "status"]) == {"ok", "incomplete"}


@pytest.mark.parametrize("indicator", all_indicators(), ids=lambda indicator: indicator.id)
def test_nothing_computed_from_an_unfinished_month_is_ok(indicator: Indicator) -> None:
    unfinished = bundled().unfinished_months
    derived = indicator.compute(bundled())
    rests = [not unfinished.isdisjoint(cell.split(";")) for cell in derived["inputs"]]
    assert "ok" not in set(derived["status"][rests])


def test_a_total_that_falls_is_kept_as_a_revision_without_a_rate() -> None:
    evidence = evidence_of(observations=[total("2023-01-31", 100), total("2023-02-28", 200), total("2023-03-31", 150),
                                         total("2023-04-30", 210)])  # fmt: skip
    totals = evidence.observations
    assert evidence.fallen_totals == {"2023-03-31"}
    rates = list(rates_between_totals(totals, WEEKLY))
    assert [row.figure.value for row in rates] == [pytest.approx(100 / 4), pytest.approx(60 * 7 / 30)]
    assert all(row.status is Status.OK for row in rates)


def test_a_hotline_total_that_is_halved_forms_no_rate_on_the_card() -> None:
    hotline = get_indicator("flight_and_surrender")
    series: list[Row] = [{"series": REQUESTS, "indicator": hotline.id, "unit": "requests", "stage": "surrender"}]
    rows = [total(end, value, series=REQUESTS, unit="requests")
            for end, value in (("2024-03-31", 30_000), ("2024-05-10", 35_000), ("2024-09-30", 20_000))]  # fmt: skip
    evidence = evidence_of(series=series, observations=rows)
    derived = hotline.compute(evidence)
    latest = glance(hotline, evidence, derived).latest
    assert latest is not None
    assert (f"{latest['period_end']:%F}", latest["value"]) == ("2024-05-10", pytest.approx(5000 * 7 / 40))
    table = figure_table(hotline, evidence, derived)
    assert table.loc[table["series"] == REQUESTS, "status"].tolist() == ["ok", "ok", "revised"]
    assert (derived["value"] > 0).all()


def test_a_falling_total_of_sentences_is_not_carried_on() -> None:
    rows = [total("2023-01-31", 100, series=TOTALS), total("2023-02-28", 200, series=TOTALS),
            total("2023-03-31", 150, series=TOTALS)]  # fmt: skip
    found = newest_totals(evidence_of(series=[{"series": TOTALS, "stage": "sentence"}], observations=rows))
    assert found is not None
    assert (found[0].value, found[1].value) == (100, 200)


def test_a_day_that_a_page_does_not_give_is_in_the_bounds() -> None:
    rows = refusal_cases(bundled())
    rows = rows[(rows["series"] == "refusal_cases_weekly_art337") & (rows["period_end"] == "2025-05-31")]
    (row,) = rows.to_dict("records")
    # 9,100 cases in 347 days, or in 341 if late May began on the 25th.
    assert (row["low"], row["high"]) == (pytest.approx(9100 * 7 / 347), pytest.approx(9100 * 7 / 341))
    assert (round(row["low"], 1), round(row["high"], 1), row["qualifier"]) == (183.6, 186.8, "about")


def test_an_unsure_first_day_widens_downwards() -> None:
    rows = [total("2023-01-31", 100, note="exact day not given"), total("2023-02-28", 200)]
    (rate,) = rates_between_totals(evidence_of(observations=rows).observations, WEEKLY)
    assert (rate.figure.low, rate.figure.high) == (pytest.approx(100 * 7 / 34), pytest.approx(100 * 7 / 28))


def test_cases_waiting_are_651_then_1431_then_2817() -> None:
    rows = refusal_cases(bundled()).set_index("series")
    waiting = {key: rows.loc[[f"refusal_cases_waiting_{key}"]] for key in ("art337", "all")}
    by_day = {
        (key, f"{day:%F}"): value
        for key, found in waiting.items()
        for day, value in zip(found["period_end"], found["value"], strict=True)
    }
    assert by_day[("art337", "2023-11-21")] == 4121 - 3470 == 651
    assert by_day[("all", "2024-06-18")] == 10_025 - 8594 == 1431
    assert by_day[("all", "2025-05-31")] == 20_538 - 17_721 == 2817


def test_no_case_is_waiting_before_both_totals_were_known() -> None:
    rows = refusal_cases(as_of(bundled(), date(2025, 6, 25)))
    waiting = rows[rows["series"].str.contains("waiting")]
    assert (waiting["known"] <= "2025-06-25").all()
    assert waiting["period_end"].max().date() == date(2024, 6, 18)


def test_totals_of_other_days_and_counters_are_not_subtracted() -> None:
    series: list[Row] = [{}, {"series": "sentences", "stage": "sentence"}]
    rows = [total("2023-01-31", 100), total("2023-03-31", 300),
            total("2023-02-28", 50, series="sentences"), total("2023-03-31", 120, series="sentences")]  # fmt: skip
    evidence = evidence_of(series=series, observations=rows)
    (waiting,) = cases_waiting(evidence.of_series("cases_total"), evidence.of_series("sentences"), WEEKLY)
    assert (waiting.figure.value, waiting.figure.period_start, waiting.figure.period_end) == (
        180, date(2023, 3, 31), date(2023, 3, 31),
    )  # fmt: skip
    assert waiting.note == "300 cases less 120 sentences"
