"""The chart component: files from our own origin, what Python hands over, what the browser makes of it."""

from __future__ import annotations

import asyncio
import csv
import gzip
import io
import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pandas as pd
import plotly
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from test_palette import contrast

from dashboard.charts.models.fan import draw_fan
from dashboard.charts.palette import COLOURS, resolve
from dashboard.component import assets, drawing_library, entry_script, table_payload
from dashboard.component.assets import asset_routes, component_path, plotly_path
from dashboard.component.drawing_library import UnknownBundleError, lighter_library
from dashboard.component.source_line import source_data
from dashboard.kept import files
from indicators.core.evidence.provenance import CitedPage, CitedPages

NODE = shutil.which("node")
LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


class Client:
    """Asks the asset routes for files without a network."""

    def __init__(self) -> None:
        self.server = Starlette(routes=asset_routes())

    def get(self, path: str, **headers: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.server)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                return await client.get(path, headers={n.replace("_", "-"): text for n, text in headers.items()})

        return asyncio.run(ask())


@pytest.fixture(scope="module")
def client() -> Client:
    return Client()


def test_the_drawing_library_comes_from_the_installed_package(client: Client) -> None:
    answer = client.get(plotly_path(), accept_encoding="identity")
    assert answer.status_code == 200
    assert answer.content == lighter_library(assets.PLOTLY_FILE.read_bytes())
    assert re.search(rf"/plotly-{re.escape(plotly.__version__)}-[0-9a-f]{{8}}\.min\.js$", plotly_path())


def test_a_bundle_of_another_build_is_served_whole(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    def refuse(_: bytes) -> bytes:
        raise UnknownBundleError("expected a list of kinds that register themselves, found none")

    monkeypatch.setattr(drawing_library, "lighter_library", refuse)
    monkeypatch.setattr(files, "user_cache_path", lambda _: tmp_path)
    assert assets.library() == assets.PLOTLY_FILE.read_bytes()
    assert "can't be made lighter. expected a list of kinds" in caplog.text


def test_files_may_be_kept_for_a_year(client: Client) -> None:
    answer = client.get(component_path("chart.js"), accept_encoding="gzip")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["content-encoding"] == "gzip"
    assert client.get(component_path("chart.css")).headers["content-type"] == "text/css; charset=utf-8"


def test_a_known_tag_is_answered_without_the_file(client: Client) -> None:
    first = client.get(component_path("draw.js"), accept_encoding="gzip")
    tags = f'"other", W/{first.headers["etag"]}'
    second = client.get(component_path("draw.js"), accept_encoding="gzip", if_none_match=tags)
    assert (second.status_code, second.content) == (304, b"")
    plain = client.get(component_path("draw.js"), accept_encoding="identity")
    assert plain.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip, br;q=0", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("*", "br"),
        ("zstd", "identity"),
        ("", "identity"),
    ],
)
def test_the_smallest_accepted_encoding_is_served(header: str, encoding: str) -> None:
    bodies = {"identity": b"", "gzip": b"", "br": b""}
    assert assets._accepted_encoding(header, bodies) == encoding


def test_without_brotli_gzip_is_served() -> None:
    assert assets._accepted_encoding("br, gzip", {"identity": b"", "gzip": b""}) == "gzip"


def test_compressed_copies_hold_the_file() -> None:
    file = assets.COMPONENT_DIRECTORY / "chart/draw.js"
    bodies = assets._encodings(file.read_bytes())
    assert gzip.decompress(bodies["gzip"]) == bodies["identity"] == file.read_bytes()
    if "br" in bodies:
        unpacked = pyarrow.Codec("brotli").decompress(bodies["br"], decompressed_size=file.stat().st_size)
        assert bytes(unpacked) == file.read_bytes()


def test_an_unknown_file_has_no_address(client: Client) -> None:
    with pytest.raises(FileNotFoundError, match=r"got 'charts\.js'"):
        component_path("charts.js")
    assert client.get("/assets/chart-000000000000/chart.js").status_code == 404


def test_base_path_stands_before_every_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets.streamlit, "get_option", lambda name: "/morale/")
    assert plotly_path().startswith("/morale/assets/plotly-")
    assert component_path("chart.js").startswith("/morale/assets/chart-")


def test_nothing_of_the_component_points_to_another_origin() -> None:
    namespaces = {"http://www.w3.org/2000/svg"}
    for file in assets.COMPONENT_DIRECTORY.rglob("*"):
        if file.suffix in {".js", ".css"}:
            text = file.read_text(encoding="utf-8")
            assert set(re.findall(r"https?://[^\s\"'`)]+", text)) <= namespaces, file.name
            assert not re.search(r"@import|url\(", text), file.name


def test_modules_import_only_files_that_exist() -> None:
    for file in assets.COMPONENT_DIRECTORY.rglob("*.js"):
        for name in re.findall(r'from "(\.[^"]+)"', file.read_text(encoding="utf-8")):
            assert (file.parent / name).is_file(), f"{file.name} imports {name}"


def test_the_entry_hands_over_addresses_and_palette() -> None:
    script = entry_script("chart.js")
    settings = json.loads(script[len("const settings = ") : script.index(";\n")])
    assert settings["module"] == component_path("chart.js")
    assert settings["plotly"] == plotly_path()
    assert settings["palette"] == {theme: dict(colours) for theme, colours in COLOURS.items()}
    assert len(script) < 2500, "the entry travels with every chart on every rerun"


def test_table_payload_is_plain_and_keeps_precision() -> None:
    table = pd.DataFrame(
        {
            "Day": pd.to_datetime(["2023-08-30", None]),
            "Value": [0.1, float("inf")],
            "Count": pd.array([3, None], dtype="Int64"),
            "Sure": [True, False],
            "Sources": [["a", "b"], None],
        }
    )
    payload = table_payload(table)
    assert payload is not None
    assert payload["rows"] == [["2023-08-30", 0.1, 3, "yes", "a; b"], [None, None, None, "no", None]]
    assert json.loads(json.dumps(payload, allow_nan=False)) == payload
    assert table_payload(None) is None


def test_table_payload_of_plain_columns_is_that_of_the_same_data_frame() -> None:
    columns = {"Day": [date(2023, 8, 30), None], "Value": [0.1, None], "Count": [3, 4], "By": ["a", "b"]}
    payload = table_payload(columns)
    assert payload == table_payload(pd.DataFrame(columns))
    assert payload is not None
    assert payload["numeric"] == [False, True, True, False]
    with pytest.raises(ValueError, match="shorter"):
        table_payload({"a": [1, 2], "b": [1]})


def in_node(script: str, directory: Path) -> Any:
    """Run a module that can import the component's modules and return what it prints as JSON."""
    if NODE is None:
        pytest.skip("Node.js is not installed; the same modules run in the browser tests")
    shutil.copytree(assets.COMPONENT_DIRECTORY, directory, dirs_exist_ok=True)
    (directory / "package.json").write_text('{"type": "module"}')
    (directory / "run.js").write_text(script, encoding="utf-8")
    done = subprocess.run([NODE, "run.js"], cwd=directory, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_csv_disarms_formulas_and_keeps_numbers(tmp_path: Path) -> None:
    written = {
        "=1+1": "'=1+1",
        "+cmd": "'+cmd",
        "-2+3": "'-2+3",
        "@sum": "'@sum",
        "\tx": "'\tx",
        "\rx": '"\'\rx"',
        "-3.5": "-3.5",
        "+7": "+7",
        "1e-4": "1e-4",
        'say "so"': '"say ""so"""',
        "a,b": '"a,b"',
        None: "",
        -2: "-2",
    }
    script = f"""
      import {{ csvText }} from "./chart/numbers.js";
      const table = {{ columns: ["x", "=y"], rows: {json.dumps(list(written))}.map((cell) => [cell, 1]) }};
      console.log(JSON.stringify(csvText(table)));
    """
    lines = in_node(script, tmp_path).split("\r\n")
    assert lines[0] == "x,'=y"
    assert [line.rsplit(",", 1)[0] for line in lines[1:-1]] == list(written.values())


def test_a_saved_table_says_where_it_comes_from_and_stays_a_table(tmp_path: Path) -> None:
    script = """
      import { csvText, stampOf } from "./chart/numbers.js";
      globalThis.window = { location: { href: "http://127.0.0.1/cascade?r=1.35&cite=1~a&as_of=2023-08-01#part" } };
      const stamp = stampOf({ as_of: "2023-08-30", data_version: "abc", source: "Claimed by A, B." });
      console.log(JSON.stringify(csvText({ columns: ["Week", "Share"], rows: [[0, 0.01], [1, null]] }, stamp)));
    """
    rows = list(csv.DictReader(io.StringIO(in_node(script, tmp_path))))
    address = "http://127.0.0.1/cascade?r=1.35&as_of=2023-08-30"
    stamp = {
        "As known on": "2023-08-30", "Data version": "abc", "Source line": "Claimed by A, B.", "Address": address
    }  # fmt: skip
    assert rows == [{"Week": "0", "Share": "0.01", **stamp}, {"Week": "1", "Share": "", **stamp}]
    table = pd.read_csv(io.StringIO(in_node(script, tmp_path)))
    assert table["Share"].tolist()[0] == 0.01
    assert (table["Address"] == address).all()


def test_table_cells_are_written_for_people(tmp_path: Path) -> None:
    script = """
      import { readable } from "./chart/numbers.js";
      const cells = [5200, 0.12345, "2023-08-30", "2023-09-01", "text", null, ""];
      console.log(JSON.stringify(cells.map(readable)));
    """
    assert in_node(script, tmp_path) == ["5,200", "0.123", "30 Aug 2023", "1 Sep 2023", "text", "–", "–"]


def test_browser_and_python_resolve_the_same_colours(tmp_path: Path) -> None:
    figure = {"a": "@observed", "b": ["@projected/0.25", "@unknown", "mail@text"], "c": {"d": None, "e": 1.5}}
    script = f"""
      import {{ resolveColours }} from "./chart/draw.js";
      console.log(JSON.stringify(resolveColours({json.dumps(figure)}, {json.dumps(dict(COLOURS["dark"]))})));
    """
    assert in_node(script, tmp_path) == resolve(figure, "dark")


def test_browser_and_python_draw_the_same_fan(tmp_path: Path) -> None:
    days = ["2023-08-30", "2023-09-06", "2023-09-13"]
    levels = {level: [0.0, 100 * level, 200 * level**2] for level in LEVELS}
    script = f"""
      import {{ fanTraces }} from "./panel/fan.js";
      const levels = {json.dumps({str(level): values for level, values in levels.items()})};
      console.log(JSON.stringify(fanTraces({json.dumps(days)}, levels)));
    """
    drawn = {trace["uid"]: trace for trace in draw_fan(days, levels, headline=[0.0, 1.0, 2.0])["data"]}
    moved = in_node(script, tmp_path)
    assert set(moved) == {"band90", "band80", "band50", "median"}
    for uid, trace in moved.items():
        assert trace == {name: drawn[uid][name] for name in trace}
    assert len(moved["median"]["customdata"][0]) == 6


@given(st.lists(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.booleans(), st.dates()), max_size=5))
def test_any_table_becomes_strict_json(cells: list[Any]) -> None:
    payload = table_payload(pd.DataFrame({"cell": pd.Series(cells, dtype=object)}))
    assert payload is not None
    assert len(json.loads(json.dumps(payload, allow_nan=False))["rows"]) == len(cells)


PAGES = CitedPages((CitedPage("ISW (30 Aug 2023)", "https://example.org/a", "An update."),), limit=1)


def test_a_source_line_travels_as_text_and_as_links() -> None:
    data = source_data(("Source: UK, reported by ", PAGES, "."))
    assert data["source"] == "Source: UK, reported by ISW (30 Aug 2023)."
    linked = {"pages": [["ISW (30 Aug 2023)", "https://example.org/a", "An update."]], "limit": 1}
    assert data["source_parts"] == ["Source: UK, reported by ", linked, "."]
    assert source_data("Assumed.") == {"source": "Assumed.", "source_parts": ["Assumed."]}


def test_a_saved_table_names_page_and_address(tmp_path: Path) -> None:
    payload = table_payload(pd.DataFrame({"Source": [PAGES]}))
    script = f"""
      import {{ csvText }} from "./chart/numbers.js";
      console.log(JSON.stringify(csvText({json.dumps(payload)})));
    """
    assert in_node(script, tmp_path) == "Source\r\nISW (30 Aug 2023) https://example.org/a\r\n"


@pytest.mark.parametrize(
    ("address", "tag"),
    [("https://example.org", "a"), ("HTTP://example.org", "a"), ("javascript:alert(1)", "#text"), ("//x.org", "#text")],
)
def test_only_addresses_of_the_web_become_links_and_all_open_elsewhere(tmp_path: Path, address: str, tag: str) -> None:
    script = f"""
      import {{ pageLink }} from "./chart/sources.js";
      globalThis.document = {{
        createElement: (tag) => ({{ tag }}), createTextNode: (text) => ({{ tag: "#text", textContent: text }}),
      }};
      console.log(JSON.stringify(pageLink(["<b>ISW</b>", {json.dumps(address)}, "An update."])));
    """
    made = in_node(script, tmp_path)
    assert (made["tag"], made["textContent"]) == (tag, "<b>ISW</b>")
    if tag == "a":
        assert (made["href"], made["target"], made["rel"]) == (address, "_blank", "noopener noreferrer")


def test_names_at_the_ends_of_lines_move_apart_and_leave_the_legend(tmp_path: Path) -> None:
    script = """
import { withNamedEnds } from "./chart/ends.js";
const end = (group, value) => ({ group, text: group, colour: "#000", value });
const layout = { height: 320, margin: { t: 24 }, yaxis: { range: [0, 200] },
  meta: { ends: [end("Absence cases", 184), end("All refusal cases", 186), end("Orders", 10)] } };
const data = layout.meta.ends.map(({ group }) => ({ legendgroup: group, name: group }));
const named = withNamedEnds({ data, layout }, 358);
const long = { ...layout, meta: { ends: [end("Unbreakablewordthatislongerthanitsroom", 5)] } };
console.log(JSON.stringify({
  shown: named.data.map((trace) => trace.showlegend),
  heights: named.layout.annotations.map(({ y, text }) => [text, (1 - y) * (320 - 24 - 64)]),
  right: named.layout.margin.r,
  hidden: withNamedEnds({ data, layout }, 358, new Set(["Orders"])).layout.annotations.length,
  long: withNamedEnds({ data, layout: long }, 358).layout.annotations ?? null,
}));
"""
    found = in_node(script, tmp_path)
    assert found["shown"] == [False, False, False]
    (upper, first), (lower, second), (_, third) = found["heights"]
    assert (upper, lower) == ("All refusal<br>cases", "Absence cases")
    assert second - first == pytest.approx(24)  # half of two lines and half of one, of 16 pixels each
    assert third > second
    assert found["right"] < 0.4 * 358
    assert found["hidden"] == 2
    assert found["long"] is None


@pytest.mark.parametrize("meaning", ["observed", "second", "third", "projected", "muted"])
def test_the_palest_band_can_be_seen_on_a_dark_page(meaning: str) -> None:
    red, green, blue, opacity = re.findall(r"[\d.]+", resolve(f"@{meaning}/0.06", "dark"))
    background = COLOURS["dark"]["background"]
    under = [int(background[start : start + 2], 16) for start in (1, 3, 5)]
    mixed = [
        float(opacity) * int(over) + (1 - float(opacity)) * below
        for over, below in zip((red, green, blue), under, strict=True)
    ]
    assert contrast("#" + "".join(f"{round(channel):02x}" for channel in mixed), background) >= 1.5
