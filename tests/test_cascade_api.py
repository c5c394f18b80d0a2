"""The cascade over HTTP: the same numbers as the method, runs as CSV, and the break-even."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest
from test_api import client, get, table

from indicators.methods.cascade.break_even import break_even_r
from indicators.methods.cascade.lookup import CURVE
from indicators.methods.cascade.parameters import CascadeParameters
from indicators.methods.cascade.run import BINS, UNMEASURED, run_cascade
from indicators.methods.levels import LEVELS


def test_answer_has_the_numbers_of_the_method() -> None:
    body = get("/v1/cascade", units=50, r=1.35, initial=2, topology="ring", replicates=500, seed=3)
    answer = run_cascade(CascadeParameters(units=50, r=1.35, initial=2, topology="ring", replicates=500, seed=3))
    assert body["mean_share"] == answer.mean_share
    assert body["p_at_least"] == {str(share): value for share, value in answer.p_at_least.items()}
    assert body["p_seed_only"] == answer.p_seed_only
    assert [row["runs"] for row in body["histogram"]] == list(answer.histogram)
    assert len(body["histogram"]) == BINS
    assert len(body["fan"]) == len(LEVELS) * 61
    assert body["fan"][0] == {"tick": 0, "level": 0.05, "share": 0.04}
    assert body["statement"] == UNMEASURED
    assert body["assumptions"]["r"]["basis"] == "reader's assumption"
    assert body["as_of"] is None
    assert "r=1.35" in body["citation"]
    assert body["data_version"] in body["citation"]


def test_a_curve_and_a_point_hold_the_runs_of_the_method() -> None:
    settings = {"r": 1.35, "units": 20, "replicates": 200}
    point, curve = get("/v1/cascade/point", **settings), get("/v1/cascade/curve", **settings)
    answer = run_cascade(CascadeParameters.model_validate(settings))
    first, second = (
        np.frombuffer(base64.b64decode(body["runs_by_count"]["data"]), "<u2").reshape(body["runs_by_count"]["shape"])
        for body in (point, curve)
    )
    ticks = first.shape[1]
    assert first[0].tolist() == answer.runs_by_count[:ticks].tolist()
    assert (answer.runs_by_count[ticks:] == first[0, -1]).all()
    assert second[CURVE.index(1.35), :ticks].tolist() == first[0].tolist()


def test_runs_come_as_csv() -> None:
    rows = table("/v1/cascade", r=2, replicates=200)
    expected = run_cascade(CascadeParameters(r=2, replicates=200)).final
    assert [int(row["broken"]) for row in rows] == expected.tolist()
    assert rows[0]["share"] == str(expected[0] / 100)


def test_break_even() -> None:
    body = get("/v1/cascade/break-even", units=50, share=0.2, probability=0.1)
    assert body["r"] == break_even_r(CascadeParameters(units=50), 0.2, 0.1)
    assert body["reachable"] is True
    none = get("/v1/cascade/break-even", cohesion=1)
    assert (none["r"], none["reachable"]) == (None, False)


@pytest.mark.parametrize("query", ["r=-1", "units=0", "units=5&initial=6", "topology=star", "r=nan", "colour=red"])
def test_wrong_settings_are_problems_with_a_sentence(query: str) -> None:
    answer = client().get(f"/v1/cascade?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.json()["detail"]) > 10


@pytest.mark.parametrize(
    "query", ["r=0&units=1", "initial=100", "hazard=1", "influence_variance=5e-324", "topology=ring&units=2&r=10"]
)
def test_extreme_settings_are_strict_json(query: str) -> None:
    answer = client().get(f"/v1/cascade?{query}&replicates=100")
    assert answer.status_code == 200
    json.loads(answer.text, parse_constant=pytest.fail)


def test_before_the_evidence_the_assumptions_stay() -> None:
    body = get("/v1/cascade", as_of="2022-03-01", replicates=100)
    assert body["as_of"] == "2022-03-01"
    assert body["assumptions"]["units"]["basis"] == "assumed"
