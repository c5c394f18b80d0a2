"""The index over HTTP: published and refused months, the reader's weights, readings, and one row a month as CSV."""

from __future__ import annotations

import pytest
from index_figures import latest
from test_api import client, get, table

from indicators.methods.index.parameters import DEFAULTS, IndexParameters
from indicators.methods.index.parts import PARTS, PILLARS


def test_every_month_is_published_with_its_bands_or_refused_with_a_reason() -> None:
    body = get("/v1/index")
    published = [month for month in body["months"] if month["state"] == "published"]
    refused = [month for month in body["months"] if month["state"] == "refused"]
    assert len(published) >= 20
    assert refused
    assert len(published) + len(refused) == len(body["months"])
    for month in published:
        assert 1 <= month["q05"] <= month["q25"] <= month["q50"] <= month["q75"] <= month["q95"] <= 100
        assert month["reason"] == ""
    for month in refused:
        assert month["value"] is month["q50"] is month["chance_of_rise"] is None
        assert month["reason"]
    assert body["months"][-1]["state"] == "refused"


def test_values_are_those_of_the_method() -> None:
    body = get("/v1/index", refusal=3, mean="arithmetic")
    index = latest().index(IndexParameters(refusal=3, mean="arithmetic"))
    values = {month["month"]: month["value"] for month in body["months"] if month["state"] == "published"}
    assert values == {str(month): value for month, value in index.value_of.items()}
    assert body["weights"] == {"refusal": 3 / 7, **{pillar.id: 1 / 7 for pillar in PILLARS if pillar.id != "refusal"}}
    assert "refusal=3" in body["citation"]
    assert body["data_version"] in body["citation"]


def test_every_declaration_comes_along() -> None:
    body = get("/v1/index")
    assert [part["id"] for part in body["parts"]] == [part.id for part in PARTS]
    assert body["parts"][0]["goalposts"]["high"] == PARTS[0].goalposts.high
    assert body["reference_window"] == ["2022-03", "2025-02"]
    assert {"Mediazona", "Levada Center"} <= {source["publisher"] for source in body["sources"]}


def test_a_reading_by_other_rules_takes_other_series() -> None:
    cautious, plain = get("/v1/index", reading="cautious"), get("/v1/index")
    assert cautious["parts"][0]["series"] == "refusal_cases_art337_per_1000_a_year"
    assert cautious["months"] != plain["months"]
    expected = latest().read_index(DEFAULTS, "cautious").index
    assert [month["value"] for month in cautious["months"]] == [
        expected.value_of.get(state.month) for state in expected.states
    ]


def test_one_row_a_month_comes_as_csv() -> None:
    rows, body = table("/v1/index"), get("/v1/index")
    assert [row["month"] for row in rows] == [month["month"] for month in body["months"]]
    assert {"pillar_refusal", "part_cases", "q05", "reason", "decisive"} <= set(rows[0])
    assert rows[0]["value"] == ""


def test_the_same_day_gives_the_same_months_whatever_came_later() -> None:
    early = get("/v1/index", as_of="2024-10-31")
    assert early["as_of"] == "2024-10-31"
    assert early["months"][-1]["month"] < "2024-11"
    assert len(early["months"]) < len(get("/v1/index")["months"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"refusal": 11}, "refusal"),
        ({"mean": "median"}, "mean"),
        ({"weight": 1}, "weight"),
        ({pillar.id: 0 for pillar in PILLARS}, "expected at least one weight above 0"),
        ({"as_of": "2999-01-01"}, "expected a day not after today"),
    ],
)
def test_wrong_settings_are_refused_by_name(query: dict[str, object], expected: str) -> None:
    response = client().get("/v1/index", query)
    assert response.status_code == 422
    assert expected in response.json()["detail"]
