"""Track record, break-even, count layer and causes over HTTP."""

from __future__ import annotations

import pytest
from test_api import client, get

from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.uncertainty import CAUSES, variance_shares

COMPARISON = {
    "series", "definition", "stage", "own_definition", "status", "observed", "ratio", "ratio_low", "ratio_high",
    "split", "reason",
}  # fmt: skip


def test_the_track_record_has_the_documented_shape() -> None:
    answer = get("/v1/track-record")
    assert answer["counts"] == {"resolved": 2, "open": 3, "unscorable": 2}  # 8, less another reading of one of them
    first = answer["projections"][0]
    assert first["projected"] == {"value": 5200, "qualifier": "about", "unit": "convictions"}
    assert {*first} >= {"id", "statement", "published", "projected", "comparisons"}
    assert (first["window_gone"], first["reading_of"]) == (0, None)
    reading = answer["projections"][1]
    assert (reading["projector"], reading["reading_of"]) == ("The Independent", "uk-mod-2023-08-30")
    assert reading["window_gone"] == pytest.approx(242 / 365)
    like_for_like = first["comparisons"][0]
    assert set(like_for_like) == COMPARISON
    assert like_for_like["series"] == "ru_art337_sentences_cumulative_since_mobilisation"
    everything = first["comparisons"][1]
    assert 1.5 <= everything["ratio"] <= 1.6
    observed = everything["observed"]
    assert 7800 <= observed["value"] <= 8300
    assert (observed["low"], observed["high"]) == (pytest.approx(5132), pytest.approx(17135))
    assert observed["pace_low"] < observed["range_low"] < observed["range_high"] < observed["pace_high"]
    assert 8171 in [round(route["value"]) for route in observed["routes"]]
    assert {8594, 17721, 3470, 586} <= {row["value"] for row in observed["rests_on"]}
    assert like_for_like["observed"]["interpolated"] is True
    assert {"definition", "rate", "model", "delay", "unexplained"} <= set(like_for_like["split"])
    assert "Mediazona" in {source["publisher"] for source in answer["sources"]}


def test_a_replayed_track_record_holds_only_what_was_known() -> None:
    assert get("/v1/track-record", as_of="2023-08-29")["projections"] == []
    on_the_day = get("/v1/track-record", as_of="2023-08-31")
    assert on_the_day["counts"] == {"resolved": 0, "open": 1, "unscorable": 0}
    assert "18 Jun 2024" not in str(on_the_day)


@pytest.mark.parametrize(
    ("solve_for", "value", "within"), [("weekly", 192.3077, 1e-4), ("growth_weekly", 0.0235523, 1e-7)]
)
def test_what_would_have_to_be_true_for_ten_thousand(solve_for: str, value: float, within: float) -> None:
    answer = get("/v1/projection/break-even", target=10_000, solve_for=solve_for)
    assert answer["value"] == pytest.approx(value, abs=within)
    assert (answer["solve_for"], answer["reachable"]) == (solve_for, True)


def test_what_can_not_be_reached_says_so() -> None:
    answer = get("/v1/projection/break-even", target=10_000, solve_for="growth_weekly", layer="claim")
    assert (answer["value"], answer["reachable"]) == (None, False)
    assert "Not reachable by this alone" in answer["sentence"]


@pytest.mark.parametrize("query", [{"target": "-1", "solve_for": "weekly"}, {"target": "5", "solve_for": "luck"}, {}])
def test_a_break_even_that_makes_no_sense_is_refused(query: dict[str, str]) -> None:
    answer = client().get("/v1/projection/break-even", query)
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_a_projection_says_where_its_range_comes_from() -> None:
    shares = get("/v1/projection")["variance_shares"]
    assert shares == pytest.approx(variance_shares(ProjectionParameters()))
    assert tuple(shares) == CAUSES
    assert get("/v1/projection", reading="ceiling")["variance_shares"] == {}


def test_counted_weeks_are_a_layer_where_totals_were_known() -> None:
    newest = get("/v1/projection")
    assert newest["count"]["mean"] == pytest.approx(9127.5 * 52 / (347 / 7))
    assert newest["count"]["q05"] < newest["count"]["mean"] < newest["count"]["q95"]
    nothing = get("/v1/projection", as_of="2022-03-01")
    assert nothing["count"] is None
    assert "nothing to carry on" in nothing["count_reason"]
