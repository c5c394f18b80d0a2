"""What a reader takes along opens in the programs it is for: workbooks, archives, citations and briefings."""

import csv
import io
import json
import re
import zipfile
from datetime import date, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import anyio
import bibtexparser
import openpyxl
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from factories import bundled
from frictionless import Package
from starlette.applications import Starlette
from test_api import Client

from dashboard.downloads import routes
from dashboard.downloads.archive import view_archive
from dashboard.downloads.charts import LARGEST, Chart, check_sizes
from dashboard.downloads.routes import download_routes
from dashboard.downloads.view import View, view_of
from dashboard.downloads.workbook import workbook
from dashboard.server.front_page import page_routes
from dashboard.shell.pages import all_pages, page_of
from indicators.core.evidence.as_of import as_of

ARTICLE, TODAY = date(2023, 8, 30), date(2026, 11, 28)
ORIGIN = "http://127.0.0.1:8501"
CHART: dict[str, Any] = {
    "file_name": "../refusal cases",
    "title": "=Cases",
    "about": {"As known on": "2023-08-30", "Data version": "abc", "Source line": "Source: ISW", "Address": ORIGIN},
    "table": {
        "columns": ["Day", "Cases", "Note", "Source"],
        "rows": [
            ["2023-08-30", 100, "=HYPERLINK(1)", {"pages": [["ISW", "https://example.org/a", "x"]], "limit": 3}],
            ["2023-02-30", 12.5, "@a\u202eb", {"pages": [["bad", "javascript:alert(1)", ""]], "limit": 3}],
            [None, None, "Медиазона", None],
        ],
    },
    "svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}


@cache
def view(stem: str, day: date | None = ARTICLE) -> View:
    """Return a view with the settings of its page's start."""
    settings = {"indicator": "refusal_cases"} if stem == "indicator" else {}
    return view_of(page_of(stem), settings, day, ORIGIN, TODAY)


def opened(content: bytes) -> dict[str, bytes]:
    """Return the files of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file that begins with a byte-order mark."""
    text = content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_a_workbook_has_numbers_and_days_of_their_kind_and_runs_nothing() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(Chart.model_validate(CHART))))
    numbers = list(book["Numbers"].iter_rows())
    assert [cell.value for cell in numbers[0]] == ["Day", "Cases", "Note", "Source"]
    assert [cell.value for cell in numbers[1]] == [
        datetime(2023, 8, 30), 100, "=HYPERLINK(1)", "ISW https://example.org/a",
    ]  # fmt: skip
    assert [cell.value for cell in numbers[2]] == ["2023-02-30", 12.5, "@a\\u202eb", "bad javascript:alert(1)"]
    assert [cell.value for cell in numbers[3]] == [None, None, "Медиазона", None]
    assert {cell.data_type for row in numbers for cell in row} == {"d", "n", "s"}
    links = [cell.hyperlink.target for row in numbers for cell in row if cell.hyperlink]
    assert links == ["https://example.org/a"]
    about = {name.value: fact.value for name, fact in book["About"].iter_rows()}
    assert about["Title"] == "=Cases"
    assert {name: about[name] for name in ("Data version", "Address")} == {"Data version": "abc", "Address": ORIGIN}
    assert book["About"]["B1"].data_type == "s"


def test_a_chart_without_a_table_still_makes_a_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(Chart.model_validate({**CHART, "table": None}))))
    assert book.sheetnames == ["Numbers", "About"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("stem", ["indicator", "projection", "sources"])
def test_an_archive_opens_as_a_data_package_as_it_is(stem: str, tmp_path: Path) -> None:
    path = tmp_path / "view.zip"
    path.write_bytes(view_archive(view(stem), [Chart.model_validate(CHART)] * 2))
    package = Package(str(path))
    report = package.validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:10]
    names = {resource.path for resource in package.resources}
    assert {"sources.csv", "parameters.csv", "charts/_refusal_cases.csv", "charts/_refusal_cases_2.csv"} <= names
    assert ("assumptions.csv" in names) == (stem == "projection")


def test_an_archive_holds_rows_settings_and_the_licence_of_every_source() -> None:
    files = opened(view_archive(view("indicator")))
    known = as_of(bundled(), ARTICLE).of_indicator("refusal_cases")
    observations = rows_of(files["data/observations.csv"])
    assert {row["observation_id"] for row in observations} == set(known["observation_id"])
    sources = {row["source_id"]: row["licence"] for row in rows_of(files["sources.csv"])}
    assert {row["source_id"] for row in observations} <= set(sources)
    assert all(sources.values())
    parameters = {row["name"]: row["value"] for row in rows_of(files["parameters.csv"])}
    assert (parameters["indicator"], parameters["as_of"]) == ("refusal_cases", "2023-08-30")
    assert parameters["data_version"] == bundled().data_version
    assert parameters["address"] in files["README.txt"].decode()


def test_a_chart_in_an_archive_is_the_one_that_was_handed_over() -> None:
    files = opened(view_archive(view("indicator"), [Chart.model_validate(CHART)]))
    first = rows_of(files["charts/_refusal_cases.csv"])[0]
    assert first["Note"] == "'=HYPERLINK(1)"
    assert (first["Day"], first["Cases"], first["Source"]) == ("2023-08-30", "100", "ISW https://example.org/a")
    assert (first["As known on"], first["Data version"]) == ("2023-08-30", "abc")
    assert files["charts/_refusal_cases.svg"].decode() == CHART["svg"]
    assert openpyxl.load_workbook(io.BytesIO(files["charts/_refusal_cases.xlsx"])).sheetnames == ["Numbers", "About"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_reference_managers_read_the_citation() -> None:
    files, expected = opened(view_archive(view("projection"))), view("projection").reference
    (entry,) = bibtexparser.parse_string(files["citation.bib"].decode()).entries
    assert (entry.entry_type, entry["url"], entry["year"]) == ("misc", expected.address, "2026")
    assert entry["title"] == f"{{{expected.full_title}}}"  # no style may write its capitals small
    (record,) = rispy.loads(files["citation.ris"].decode())
    assert (record["type_of_reference"], record["title"]) == ("DATA", expected.full_title)
    assert record["urls"] == [expected.address]
    items = json.loads(files["citation.json"])
    (item,) = CiteProcJSON(items).values()
    assert (item.type, str(item.title), item.issued.year) == ("dataset", expected.full_title, 2026)
    assert expected.address in files["citation.txt"].decode()


class Words(HTMLParser):
    """Collects the text, the links and the tags of a document."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.text, self.links, self.tags = "", [], []
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [str(value) for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


@cache
def client() -> Client:
    """Return a client of the routes."""
    return Client(Starlette(routes=download_routes()))


@pytest.mark.parametrize("page", all_pages(), ids=lambda page: page.stem)
def test_every_page_has_a_briefing(page: Any) -> None:
    answer = client().get(f"/briefing/{page.stem}", {"as_of": "2023-08-30"})
    assert answer.status_code == 200, answer.text
    words = Words(answer.text)
    assert "as known on 30 Aug 2023" in words.text
    assert bundled().data_version in words.text
    drawn = re.findall(r'id="drawing">(.*?)</script>', answer.text)
    charts = json.loads(drawn[0])["charts"] if drawn else []
    assert len(charts) == words.tags.count("figure") == answer.text.count("<figure>")
    assert bool(charts) == bool(page.charts) or page.stem == "track_record"  # no projection was published by then
    assert all(f"/{page.stem}" in chart["address"] or page.stem == "overview" for chart in charts)
    assert all(chart["title"] in words.text for chart in charts)
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    # Without one, a browser would ask for an icon that the page may not load, and log that as an error.
    assert '<link rel="icon" type="image/svg+xml" href="data:' in answer.text
    assert "img-src data:;" in answer.headers["content-security-policy"]


def test_a_briefing_has_finding_assumptions_caveats_sources_and_citation() -> None:
    words = Words(client().get("/briefing/projection", {"weekly": "120", "as_of": "2023-08-30"}).text)
    assert "6,240" in words.text
    for part in ("Assumptions and their sources", "Read with care", "Settings of this view", "Sources", "Cite as"):
        assert part in words.text
    assert "A projection holds only if its assumptions hold" in words.text
    assert "Licence:" in words.text
    assert any("weekly=120" in link and "cite=" in link for link in words.links)
    # Known on 18 Aug 2023, so it could be minded by then; the day before it could not.
    assert "More than half" in words.text
    assert "More than half" not in client().get("/briefing/projection", {"as_of": "2023-08-17"}).text


def test_words_of_an_address_stay_words() -> None:
    hostile = "<script>alert(1)</script><img src=//evil.invalid/x>"
    answer = client().get("/briefing/sources", {"search": hostile})
    words = Words(answer.text)
    assert hostile in words.text
    assert {"script", "img"}.isdisjoint(words.tags)


@pytest.mark.parametrize("path", ["/briefing/claims", "/downloads/claims.zip", "/preview/claims.png"])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"as_of": "2062-10-30"}, "as_of is '2062-10-30'; expected a day as YYYY-MM-DD from 2022-02-24 to 2"),
        ({"as_of": "soon"}, "as_of is 'soon'; expected a day"),
        ({"asof": "2023-08-30"}, "'asof' is no setting of the page Claims; expected as_of, "),
        ({"as_of": ["2023-08-30", "2023-08-31"]}, "'as_of' stands in the address twice"),
    ],
)
def test_a_file_of_an_address_that_makes_no_sense_is_refused(path: str, query: dict[str, Any], sentence: str) -> None:
    server = Starlette(routes=[*download_routes(), *page_routes()])
    answer = Client(server).get(path, query)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "text/plain; charset=utf-8")
    assert sentence in answer.text
    marks = {"utm_source": "x", "fbclid": "y", "as_of": "2023-08-30"}
    assert Client(server).get(path, marks).status_code == 200


@pytest.mark.parametrize(
    ("path", "query", "status", "sentence"),
    [
        ("/briefing/projection", {"weekly": "9999"}, 422, "weekly is '9999'; expected a number from 0 to 500"),
        ("/briefing/indicator", {"indicator": "none"}, 404, "No indicator 'none'; expected one of refusal_cases"),
        ("/downloads/track_record.zip", {"of": "none"}, 422, "of is 'none'; expected one of uk-mod-2023-08-30"),
        ("/briefing/timeline", {"search": "nobody-wrote-this"}, 200, "nobody-wrote-this"),  # nothing found is no fault
    ],
)
def test_a_setting_that_no_chart_can_show_is_refused(
    path: str, query: dict[str, Any], status: int, sentence: str
) -> None:
    answer = client().get(path, query)
    assert (answer.status_code, sentence in answer.text) == (status, True)


def post(path: str, content: bytes) -> Any:
    """Send bytes."""
    return client().ask("POST", path, content=content)


def test_a_workbook_is_made_of_what_the_browser_sends() -> None:
    answer = post("/downloads/table.xlsx", json.dumps(CHART).encode())
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="_refusal_cases.xlsx"'
    assert openpyxl.load_workbook(io.BytesIO(answer.content))["Numbers"]["B2"].value == 100


def chart_of(rows: str, about: str = "{}") -> bytes:
    """Return a chart of one column as JSON."""
    return f'{{"file_name":"Медиа","title":"t","about":{about},"table":{{"columns":["n"],"rows":[{rows}]}}}}'.encode()


LONG = f'{{"a":"{"x" * 100_000}"}}'


@pytest.mark.parametrize(
    ("content", "taken"),
    [
        (chart_of("[9007199254740992],[0.5]"), True),
        (chart_of(f"[{'9' * 400}]"), False),
        (chart_of("[NaN]"), False),
        (chart_of("[1e999]"), False),
        (chart_of('["a","b"]'), False),
        (chart_of(",".join(["[1]"] * 80), LONG), True),
        (chart_of(",".join(["[1]"] * 81), LONG), False),  # 8.1 million characters, from 100 thousand
        (chart_of("[1]", json.dumps({str(number): "" for number in range(21)})), False),
        (chart_of('[{"pages":[["n","https://example.org/\\u0001",""]]}]'), True),
    ],
)
def test_few_bytes_make_no_large_file_and_no_value_breaks_one(content: bytes, *, taken: bool) -> None:
    for path, sent in (("/downloads/table.xlsx", content), ("/downloads/article.zip", b'{"charts":[%s]}' % content)):
        answer = post(path, sent)
        assert answer.status_code == (200 if taken else 422), answer.text
        assert taken or answer.text.startswith("Expected charts as JSON")
        assert not taken or answer.headers["content-disposition"].isascii()


def test_a_link_weighs_as_five_filled_cells_and_twenty_empty_ones() -> None:
    links = Chart.model_validate_json(chart_of(",".join(['[{"pages":[]}]'] * 13_599)))
    check_sizes([links, Chart.model_validate_json(chart_of(",".join(["[null]"] * 20)))])
    with pytest.raises(ValueError, match="at most 68,000 cells"):
        check_sizes([links, Chart.model_validate_json(chart_of(",".join(["[1]"] * 6)))])


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"charts": []', b"\xff", b"0" * (LARGEST + 1)])
@pytest.mark.parametrize("path", ["/downloads/table.xlsx", "/downloads/claims.zip"])
def test_what_is_no_chart_is_refused_with_a_sentence(path: str, content: bytes) -> None:
    answer = post(path, content)
    assert answer.status_code == (413 if len(content) > LARGEST else 422)
    assert answer.text.startswith("Expected charts as JSON")


def test_an_archive_is_there_for_its_address_alone_and_with_charts() -> None:
    alone = client().get("/downloads/claims.zip", {"as_of": "2023-08-30"})
    assert alone.headers["content-disposition"] == 'attachment; filename="morale-indicators_claims_2023-08-30.zip"'
    assert {name for name in opened(alone.content) if name.startswith("charts/")} == {
        f"charts/{stem}.{kind}"
        for stem in ("claims_refusals", "claim_bounds_ru_force_in_ukraine")
        for kind in ("csv", "xlsx")
    }
    sent = post("/downloads/claims.zip?as_of=2023-08-30", json.dumps({"charts": [CHART]}).encode())
    assert {name for name in opened(sent.content) if name.startswith("charts/")} == {
        f"charts/_refusal_cases.{kind}" for kind in ("csv", "xlsx", "svg")
    }


def test_whoever_comes_when_too_many_wait_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "MOST_WAITING", 0)
    asked = (
        post("/downloads/table.xlsx", json.dumps(CHART).encode()),
        client().get("/downloads/claims.zip"),
        client().get("/briefing/claims"),
    )
    for answer in asked:
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


@pytest.mark.parametrize("leaves", [True, False])
def test_whoever_never_sends_all_of_it_makes_room_for_others(monkeypatch: pytest.MonkeyPatch, *, leaves: bool) -> None:
    monkeypatch.setattr(routes, "SECONDS_TO_SEND", 0.0)
    monkeypatch.setattr(routes, "_sending", anyio.CapacityLimiter(1))
    sent: list[dict[str, Any]] = []

    async def begin() -> dict[str, Any]:
        if not leaves:
            await anyio.sleep_forever()
        return {"type": "http.disconnect"}

    async def keep(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/downloads/table.xlsx", "headers": [], "query_string": b""}
    anyio.run(Starlette(routes=download_routes()), scope, begin, keep)
    assert (sent[0]["status"], sent[1]["body"].decode()) == (408, routes.NOT_SENT)
    monkeypatch.setattr(routes, "SECONDS_TO_SEND", 30.0)
    assert post("/downloads/table.xlsx", json.dumps(CHART).encode()).status_code == 200
