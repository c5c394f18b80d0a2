"""The API: shapes of the answers, errors as problem details, CSV that no spreadsheet executes, the day asked for."""

from __future__ import annotations

import csv
import io
import re
import stat
import zipfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import anyio
import httpx
import pandas as pd
import pytest
from factories import bundled, evidence_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from api.app import create_api
from api.dependencies import TableOnDay
from api.tables import csv_response
from indicators import __version__
from indicators.core.citation.code_version import code_version
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.load import Evidence, data_package
from indicators.core.evidence.schema import TABLES
from indicators.core.ledger.entries import ENTRY_COLUMNS
from indicators.core.model import DERIVED_COLUMNS
from indicators.core.registry import all_indicators, get_indicator
from indicators.core.snapshot import Snapshot

ARTICLE = date(2023, 8, 30)
IDS = [indicator.id for indicator in all_indicators()]
OBSERVED = {
    "observation_id", "series", "stage", "period_start", "period_end", "value", "low", "high", "unit", "qualifier",
    "side", "claimant", "known", "known_basis", "source_id", "note",
}  # fmt: skip
SUMMARY = {
    "id", "name", "group", "question", "unit", "direction", "direction_reason", "latest", "freshness", "origins",
    "caveats", "references",
}  # fmt: skip
SOURCE = {"source_id", "publisher", "title", "url", "page", "published", "language", "licence", "derived_from"}


@cache
def evidence_on(day: date | None) -> Evidence:
    """Return the bundled evidence as known on a day."""
    return as_of(bundled(), day)


@cache
def snapshot_on(day: date | None) -> Snapshot:
    """Return the bundled evidence as known on a day, with all that follows from it."""
    return Snapshot(evidence_on(day), bundled())


@dataclass(frozen=True)
class Client:
    """Asks an application within this process; no port, no network."""

    app: ASGIApp

    def get(self, path: str, params: dict[str, Any] | None = None) -> httpx.Response:
        """Return the answer to a GET request."""
        return self.ask("GET", path, params)

    def ask(
        self, method: str, path: str, params: dict[str, Any] | None = None, content: bytes | None = None
    ) -> httpx.Response:
        """Return the answer to a request."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.request(method, path, params=params, content=content)

        return anyio.run(send)


@cache
def client() -> Client:
    """Return a client of the API over the bundled evidence."""
    return Client(create_api(snapshot_on, data_package))


def get(path: str, **query: object) -> Any:
    """Return the JSON of a successful answer."""
    response = client().get(path, params=query)
    assert response.status_code == 200, response.text
    return response.json()


def table(path: str, **query: object) -> list[dict[str, str]]:
    """Return the rows of a CSV answer."""
    response = client().get(path, params={**query, "format": "csv"})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/csv")
    assert re.fullmatch(r'attachment; filename="[a-z0-9_]+\.csv"', response.headers["content-disposition"])
    return list(csv.DictReader(io.StringIO(response.text)))


def test_health_names_data_and_code() -> None:
    assert get("/v1/health") == {
        "status": "ok", "as_of": None, "data_version": bundled().data_version, "code_version": code_version(__version__)
    }  # fmt: skip


def test_the_list_has_every_indicator_with_its_newest_figure_or_event() -> None:
    answer = get("/v1/indicators")
    assert answer["as_of"] is None
    assert answer["data_version"] == bundled().data_version
    assert [item["id"] for item in answer["indicators"]] == IDS
    for item in answer["indicators"]:
        assert set(item) == SUMMARY
        assert item["latest"]["kind"] == ("figure" if get_indicator(item["id"]).headline else "event")
        assert item["latest"]["summary"]
        assert item["latest"]["source_id"]
        assert set(item["latest"]) == {
            "kind", "value", "qualifier", "unit", "summary", "period_start", "period_end", "known", "source_id",
                "change",
        }  # fmt: skip
        assert item["origins"] >= 1


@pytest.mark.parametrize("indicator_id", IDS)
def test_an_indicator_has_its_figures_and_their_sources(indicator_id: str) -> None:
    answer = get(f"/v1/indicators/{indicator_id}")
    assert set(answer) == SUMMARY | {
        "formula", "observations", "derived", "entries", "sources", "as_of", "data_version"
    }  # fmt: skip
    assert all(set(entry) == set(ENTRY_COLUMNS) for entry in answer["entries"])
    assert answer["observations"]
    assert all(set(row) == OBSERVED for row in answer["observations"])
    assert all(set(row) == set(DERIVED_COLUMNS) for row in answer["derived"])
    assert all(set(source) == SOURCE for source in answer["sources"])
    listed = {source["source_id"] for source in answer["sources"]}
    rows = [*answer["observations"], *answer["derived"], *answer["entries"]]
    used = {part for row in rows for part in row["source_id"].split(";")}
    assert set(answer["latest"]["source_id"].split(";")) <= listed
    relayed = {part for source in answer["sources"] for part in source["derived_from"].split(";") if part}
    assert used | relayed == listed | relayed
    assert relayed <= listed
    days = [row[key] for row in answer["observations"] for key in ("period_start", "period_end", "known")]
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) for day in days)


def test_the_known_figures_of_refusal_cases_are_there() -> None:
    answer = get("/v1/indicators/refusal_cases")
    assert {615, 1001, 5024, 5096, 2076, 9059, 18159} <= {row["value"] for row in answer["observations"]}
    (row,) = [row for row in answer["derived"] if row["status"] == "mixed_vintages"]
    assert row["value"] == pytest.approx(114.891, abs=0.0005)


def numbers_in(text: str) -> set[str]:
    """Return the numbers of three and more digits in a text, without thousands separators."""
    return {found.replace(",", "") for found in re.findall(r"(?<![\w.,-])\d{1,3}(?:,\d{3})+|(?<![\w.,-])\d{3,}", text)}


LATER = {"5024", "5096", "2630", "3049", "4121", "7400", "9059", "18159", "10025", "20538"}


@pytest.mark.parametrize(
    "path", ["/v1/indicators", "/v1/indicators/refusal_cases", "/v1/series/ru_art337_cases_received_annual"]
)
def test_on_the_day_of_the_article_no_later_count_is_answered(path: str) -> None:
    assert numbers_in(client().get(path, params={"as_of": ARTICLE.isoformat()}).text).isdisjoint(LATER)


@pytest.mark.parametrize("name", ["indicators/refusal_cases", "series/ru_art337_cases_received_annual"])
def test_on_the_day_of_the_article_no_later_count_is_downloaded(name: str) -> None:
    query = {"as_of": ARTICLE.isoformat(), "format": "csv"}
    response = client().get(f"/v1/{name}", params=query)
    assert response.status_code == 200
    values = {row["value"].removesuffix(".0") for row in csv.DictReader(io.StringIO(response.text))}
    assert values.isdisjoint(LATER)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dates(min_value=date(2022, 2, 24), max_value=date(2026, 11, 1)), st.sampled_from(IDS))
def test_no_answer_and_no_download_holds_a_row_known_later(day: date, indicator_id: str) -> None:
    answer = get(f"/v1/indicators/{indicator_id}", as_of=day)
    assert answer["as_of"] == day.isoformat()
    rows = [*answer["observations"], *answer["derived"], *answer["entries"]]
    rows += [answer["latest"]] if answer["latest"] else []
    rows += [item["latest"] for item in get("/v1/indicators", as_of=day)["indicators"] if item["latest"]]
    rows += get("/v1/events", as_of=day)["rows"]
    rows += table(f"/v1/indicators/{indicator_id}", as_of=day)
    rows += table("/v1/events", as_of=day)
    assert all(row["known"] <= day.isoformat() for row in rows)
    assert all(row["date"] <= day.isoformat() for row in get("/v1/corrections", as_of=day)["rows"])
    for source in [*answer["sources"], *get("/v1/sources", as_of=day)["rows"]]:
        published = source["published"] or ""
        assert published <= day.isoformat()[: len(published)]


def test_a_day_before_everything_is_an_empty_answer_not_an_error() -> None:
    answer = get("/v1/indicators/refusal_cases", as_of="1990-01-01")
    assert (answer["observations"], answer["derived"], answer["sources"], answer["latest"]) == ([], [], [], None)
    assert answer["origins"] == 0
    assert table("/v1/indicators/refusal_cases", as_of="1990-01-01") == []
    assert get("/v1/indicators", as_of="1990-01-01")["indicators"][0]["latest"] is None


@pytest.mark.parametrize("side", ["RU", "UA"])
def test_a_side_can_be_chosen(side: str) -> None:
    answer = get("/v1/indicators/equipment_abandonment", side=side)
    rows = [*answer["observations"], *answer["derived"]]
    assert rows
    assert {row["side"] for row in rows} == {side}
    assert {row["side"] for row in table("/v1/indicators/equipment_abandonment", side=side)} == {side}


def test_a_side_without_figures_is_an_empty_answer() -> None:
    answer = get("/v1/indicators/refusal_cases", side="UA")
    assert (answer["observations"], answer["derived"], answer["sources"]) == ([], [], [])
    assert table("/v1/indicators/refusal_cases", side="UA") == []


def test_a_download_has_published_and_derived_rows_in_named_columns() -> None:
    rows = table("/v1/indicators/refusal_cases")
    assert list(rows[0]) == ["observation_id", *DERIVED_COLUMNS, "as_of", "data_version"]
    answer = get("/v1/indicators/refusal_cases")
    assert len(rows) == len(answer["observations"]) + len(answer["derived"])
    published = [row for row in rows if row["observation_id"]]
    assert {row["method"] for row in published} == {"as published"}
    assert len(published) == len(answer["observations"])
    assert all(float(row["value"]) >= 0 for row in rows)


def test_a_series_is_answered_with_its_definition() -> None:
    answer = get("/v1/series/ru_art337_cases_received_annual")
    assert set(answer) == {
        "series", "name", "definition", "unit", "kind", "observations", "sources", "as_of", "data_version"
    }  # fmt: skip
    assert [row["value"] for row in answer["observations"]].count(615) == 1
    assert answer["unit"] == "cases"


def test_the_unit_of_a_rate_is_the_same_in_the_definition_and_in_its_rows() -> None:
    answer = get("/v1/series/ru_art337_sentences_weekly")
    assert {row["unit"] for row in answer["observations"]} == {answer["unit"]}


@pytest.mark.parametrize(("name", "key"), [("sources", "source_id"), ("events", "event_id"),
                                           ("corrections", "correction_id")])  # fmt: skip
def test_whole_tables_are_answered_and_downloaded(name: str, key: str) -> None:
    answer = get(f"/v1/{name}")
    assert set(answer) == {"rows", "sources", "as_of", "data_version"}
    expected = getattr(bundled(), name)[key].tolist()
    assert [row[key] for row in answer["rows"]] == expected
    assert [row[key] for row in table(f"/v1/{name}")] == expected


def problem(path: str, **query: object) -> tuple[int, str]:
    """Return status and sentence of an error; fails unless it is a problem detail."""
    response = client().get(path, params=query)
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert set(body) == {"type", "title", "status", "detail"}
    assert body["status"] == response.status_code
    return response.status_code, body["detail"]


@pytest.mark.parametrize(
    ("path", "mentioned"),
    [
        ("/v1/indicators/weather", "'weather'"),
        ("/v1/series/no_such_series", "'no_such_series'"),
        ("/v1/nothing", "Not Found"),
        ("/nothing", "Not Found"),
    ],
)
def test_what_does_not_exist_is_said_in_a_sentence(path: str, mentioned: str) -> None:
    status, sentence = problem(path)
    assert status == 404
    assert mentioned in sentence


@pytest.mark.parametrize(
    ("query", "mentioned"),
    [
        ({"as_of": "yesterday"}, "as_of"),
        ({"as_of": "2023-02-30"}, "'2023-02-30'"),
        ({"as_of": "30.08.2023"}, "'30.08.2023'"),
        ({"as_of": "0"}, "as_of"),
        ({"side": "Russia"}, "side"),
        ({"format": "xlsx"}, "format"),
    ],
)
def test_a_value_that_makes_no_sense_is_said_in_a_sentence(query: dict[str, str], mentioned: str) -> None:
    status, sentence = problem("/v1/indicators/refusal_cases", **query)
    assert status == 422
    assert mentioned in sentence
    assert sentence.endswith(".")


def test_the_api_only_reads() -> None:
    response = client().ask("POST", "/v1/indicators")
    assert response.status_code == 405
    assert response.headers["content-type"] == "application/problem+json"


def awkward(note: str, value: str = "1.5") -> Client:
    """Return a client of an API over one observation of an indicator with this note."""
    series = {"series": "odd", "indicator": "refusal_cases", "kind": "net"}
    evidence = evidence_of(series=[series], observations=[{"series": "odd", "note": note, "value": value}])
    return Client(create_api(lambda day: Snapshot(as_of(evidence, day)), bytes))


@pytest.mark.parametrize("note", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_text_that_a_spreadsheet_would_execute_gets_an_apostrophe(note: str) -> None:
    rows = csv.DictReader(io.StringIO(awkward(note).get("/v1/series/odd?format=csv").text))
    assert [row["note"] for row in rows] == [f"'{note}"]


@pytest.mark.parametrize("note", ['say "no", then go', "Медиазона", "1=1"])
def test_other_text_arrives_as_it_is(note: str) -> None:
    rows = csv.DictReader(io.StringIO(awkward(note).get("/v1/series/odd?format=csv").text, newline=""))
    assert [row["note"] for row in rows] == [note]


def test_what_no_note_may_hold_is_still_inert_in_a_table() -> None:
    sent = csv_response(pd.DataFrame({"a": ["\tx", "\r=1", "a\nb"]}), "x.csv", TableOnDay(), bundled()).body
    assert [row["a"] for row in csv.DictReader(io.StringIO(bytes(sent).decode(), newline=""))] == [
        "'\tx",
        "'\r=1",
        "a\nb",
    ]


def test_numbers_stay_numbers_and_missing_bounds_stay_empty() -> None:
    (row,) = csv.DictReader(io.StringIO(awkward("", "-12.5").get("/v1/indicators/refusal_cases?format=csv").text))
    assert (row["value"], row["low"], row["high"], row["n"]) == ("-12.5", "", "", "")


def test_the_openapi_document_lists_all_routes() -> None:
    document = get("/openapi.json")
    assert {
        "/v1/indicators", "/v1/indicators/{indicator_id}", "/v1/series/{series}", "/v1/sources", "/v1/events",
        "/v1/corrections", "/v1/claims", "/v1/projection", "/v1/health", "/v1/package.zip",
    } <= set(document["paths"])  # fmt: skip
    for path, methods in document["paths"].items():
        assert list(methods) == ["get"], path
        assert methods["get"]["description"], path
    fields = document["components"]["schemas"]["Observation"]["properties"]
    assert set(fields) == OBSERVED


@pytest.mark.parametrize("prefix", ["", "/api"])
def test_the_documentation_asks_no_other_server_for_anything(prefix: str) -> None:
    app = create_api(snapshot_on, data_package)
    browser = Client(Starlette(routes=[Mount(prefix, app=app)]) if prefix else app)
    page = browser.get(f"{prefix}/docs")
    assert page.status_code == 200
    assert "http" not in page.text.replace("http-equiv", "").replace("httpSnippet", "")
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text) + re.findall(r"url: '([^']+)'", page.text)
    assert len(addresses) >= 3
    for address in addresses:
        assert address.startswith(f"{prefix}/")
        assert browser.get(address).status_code == 200, address


def test_the_whole_package_is_a_compressed_archive_that_anybody_can_unpack() -> None:
    response = client().get("/v1/package.zip")
    assert response.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        assert {"datapackage.json", "README.md", *(f"{table}.csv" for table in TABLES)} == names
        for info in archive.infolist():
            assert info.compress_type == zipfile.ZIP_DEFLATED, info.filename
            assert stat.S_IMODE(info.external_attr >> 16) & stat.S_IRUSR, info.filename
    assert response.content == data_package()
