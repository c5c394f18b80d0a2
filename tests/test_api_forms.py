"""Every answer of the API has the same three marks, its sources, and a table where it holds one."""

from __future__ import annotations

import codecs

import pytest
from factories import bundled
from test_api import client, get, table

from indicators.core.registry import all_indicators
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import project

ARTICLE = "2023-08-30"
BREAK_EVEN = "/v1/projection/break-even?target=10000&solve_for=weekly"
CASCADE = "/v1/cascade?replicates=100"
FORECAST = "/v1/forecasts/claimed_ru_armour_losses"
TABLES = (
    "/v1/indicators", "/v1/indicators/refusal_cases", "/v1/series/levada_support_total", "/v1/events", "/v1/sources",
    "/v1/claims", "/v1/projection", BREAK_EVEN, CASCADE, "/v1/cascade/break-even?replicates=100", "/v1/track-record",
    FORECAST,
)  # fmt: skip
STAMP = ["as_of", "data_version"]


def asked(path: str, **query: object) -> tuple[str, dict[str, object]]:
    """Split an address, so that more parameters can be added."""
    base, _, text = path.partition("?")
    return base, {**dict(part.split("=") for part in text.split("&") if part), **query}


@pytest.mark.parametrize(
    "path",
    [
        "/v1/indicators/refusal_cases", "/v1/events", "/v1/sources", "/v1/corrections", "/v1/claims", "/v1/projection",
        BREAK_EVEN, CASCADE, "/v1/cascade/break-even?replicates=100", "/v1/track-record", FORECAST,
        "/v1/forecast-ledger",
    ],
)  # fmt: skip
def test_every_answer_has_its_day_its_data_and_its_sources(path: str) -> None:
    base, query = asked(path, as_of=ARTICLE)
    answer = get(base, **query)
    assert (answer["as_of"], answer["data_version"]) == (ARTICLE, bundled().data_version)
    assert isinstance(answer["sources"], list)


@pytest.mark.parametrize("path", TABLES)
@pytest.mark.parametrize("asked_day", [ARTICLE, None])
def test_every_row_of_a_table_says_its_day_and_its_data(path: str, asked_day: str | None) -> None:
    base, query = asked(path, **({"as_of": asked_day} if asked_day else {}))
    evidence = bundled()
    expected = (asked_day or evidence.edition.day.isoformat(), evidence.data_version)
    rows = table(base, **query)
    assert rows
    assert {tuple(row[name] for name in STAMP) for row in rows} == {expected}


@pytest.mark.parametrize("path", TABLES)
def test_a_table_begins_with_a_byte_order_mark_if_asked_for(path: str) -> None:
    base, query = asked(path, format="csv")
    plain = client().get(base, params=query).content
    marked = client().get(base, params={**query, "byte_order_mark": "true"}).content
    assert marked == codecs.BOM_UTF8 + plain
    assert not plain.startswith(codecs.BOM_UTF8)


def test_events_and_what_would_have_to_be_true_name_their_sources() -> None:
    events = get("/v1/events", as_of=ARTICLE)
    assert {row["source_id"] for row in events["rows"]} <= {source["source_id"] for source in events["sources"]}
    base, query = asked(BREAK_EVEN, as_of=ARTICLE)
    assert "UK Ministry of Defence" in {source["publisher"] for source in get(base, **query)["sources"]}
    base, query = asked(CASCADE, r=1.35)
    assert [source["publisher"] for source in get(base, **query)["sources"]] == ["reader's assumption"]


def test_the_list_of_indicators_is_a_table_with_the_newest_figures() -> None:
    rows = table("/v1/indicators", as_of=ARTICLE)
    assert [row["id"] for row in rows] == [indicator.id for indicator in all_indicators()]
    assert all(row["latest_known"] <= ARTICLE for row in rows)
    latest = {item["id"]: item["latest"] for item in get("/v1/indicators", as_of=ARTICLE)["indicators"]}
    for row in rows:
        newest = latest[row["id"]] or {}
        assert row["latest_summary"] == newest.get("summary", "")
        assert row["latest_value"] == ("" if newest.get("value") is None else str(newest["value"]))


@pytest.mark.parametrize("reading", ["share", "ceiling"])
def test_a_projection_is_a_table_by_week(reading: str) -> None:
    rows = table("/v1/projection", weekly=120, weeks=10, reading=reading)
    expected = project(ProjectionParameters(weekly=120, weeks=10, reading=reading))
    assert [float(row["headline"]) for row in rows] == expected.headline_path.tolist()
    assert rows[-1]["headline"] == "1200.0"
    moving = ["drift", "growth_sd", "damping"]
    levels = [] if reading == "ceiling" else ["q05", "q10", "q25", "q50", "q75", "q90", "q95"]
    assert list(rows[0]) == ["week", "target_date", "headline", "calendar", *levels, *moving, *STAMP]
    if expected.claim_paths is not None:
        assert float(rows[-1]["q50"]) == expected.claim_paths[3][-1]


def test_what_would_have_to_be_true_is_a_row() -> None:
    base, query = asked(BREAK_EVEN)
    (row,) = table(base, **query)
    assert float(row["value"]) == pytest.approx(10_000 / 52)
    (row,) = table("/v1/cascade/break-even", units=50, share=0.2, probability=0.1, replicates=100)
    assert row["reachable"] == "True"


def test_the_track_record_is_a_table_of_comparisons() -> None:
    rows = table("/v1/track-record")
    record = get("/v1/track-record")["projections"]
    assert len(rows) == sum(len(projection["comparisons"]) for projection in record)
    scored = next(row for row in rows if row["ratio"])
    assert float(scored["ratio"]) == pytest.approx(float(scored["observed_value"]) / float(scored["projected_value"]))
    empty = client().get("/v1/track-record", params={"as_of": "2022-03-01", "format": "csv"}).text
    assert empty.strip().split(",") == list(rows[0])
