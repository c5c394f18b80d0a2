"""CONTRIBUTING says where a page, a chart, a route and a slider go: put there, they appear, and nothing else is needed.

An indicator has its own test in `test_new_indicator`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COPIED = ("api", "dashboard", "indicators", "data", ".streamlit")
SECONDS = 300
CHART = '''"""A line of counts by week."""

from collections.abc import Sequence

from dashboard.charts.frame import Drawing, frame


def draw_counts(counts: Sequence[float]) -> Drawing:
    """Draw counts week by week."""
    trace = {"type": "scatter", "mode": "lines", "x": list(range(1, len(counts) + 1)), "y": list(counts)}
    return frame([trace], x_title="Week", y_title="cases a week")
'''
PAGE = '''"""A page more."""

from dashboard.charts.models.counts_by_week import draw_counts
from dashboard.shell.pages import Page
from dashboard.shell.parts import chart, page_header


def draw_page() -> None:
    """Draw the page."""
    page_header("A page more", "How many a week?")
    chart(
        figure=draw_counts([80, 120]), key="counts_by_week", title="Counts", source="A source.", alt="Two counts.",
        table=None, file_name="counts_by_week",
    )


PAGE = Page(stem="more", title="A page more", group="Data", order=99, draw=draw_page)
'''
ROUTE = '''"""A route more."""

from fastapi import APIRouter

from api.dependencies import FromApi

routes = APIRouter()


@routes.get("/more")
def more(given: FromApi) -> dict[str, int]:
    return {"observations": len(given.known_on(None).evidence.observations)}
'''
# Each text and the line that it is put before.
SLIDER = {
    "indicators/methods/projection/parameters.py": (
        ('    "weeks": (4, MAXIMUM_WEEKS),\n', '    "more": (0.0, 1.0),\n'),
        (
            "    weeks: Annotated[int,",
            '    more: Annotated[float, _within("more", "A share.")] = 0.5\n',
        ),
    ),
    "indicators/core/evidence/vocabulary.py": (("    SUSPENDED_SHARE = ", '    MORE = "more"\n'),),
    "dashboard/projection/controls.py": (('    Control("weeks"', '    Control("more", "A setting more"),\n'),),
    "data/assumptions.csv": (("weeks,Horizon", "more,A share,0.5,0,1,0.1,share,assumed,,,Nothing is known.\n"),),
}
LOOK = """
import anyio
import httpx
from pathlib import Path
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from api.app import create_api
from dashboard.projection.controls import controls
from dashboard.server.front_page import page_routes
from dashboard.snapshots import data_package_file, snapshot_on

async def get(path):
    api = create_api(snapshot_on, data_package_file)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=api), base_url="http://test") as client:
        answer = await client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

page = AppTest.from_file(Path("dashboard/main.py").resolve(), default_timeout=200)
page._page_hash = calc_hash("more")
page.run()
assert not page.exception, page.exception
assert page.title[0].value == "A page more", page
assert [chart.key for chart in page.get("bidi_component") if chart.key == "counts_by_week"], page
assert "/more" in [route.path for route in page_routes()]
assert anyio.run(get, "/v1/more")["observations"] > 1000
assert "more" in [control.name for control in controls(snapshot_on(None).evidence)]
assert anyio.run(get, "/v1/projection?more=0.7")["parameters"]["more"] == 0.7
print("all of it appears")
"""


def run(folder: Path, *arguments: str) -> str:
    environment = {name: text for name, text in os.environ.items() if name != "MORALE_INDICATORS_DATA"}
    result = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert result.returncode == 0, result.stderr[-3000:]
    return result.stdout


@pytest.fixture
def scratch(tmp_path: Path, repository: Path) -> Path:
    for name in COPIED:
        shutil.copytree(repository / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def put(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.mark.thorough
def test_a_page_a_chart_a_route_and_a_slider_appear(scratch: Path) -> None:
    put(scratch / "dashboard/charts/models/counts_by_week.py", CHART)
    put(scratch / "dashboard/more/__init__.py", '"""A page more."""\n')
    put(scratch / "dashboard/more/page.py", PAGE)
    put(scratch / "api/routes/more.py", ROUTE)
    for name, additions in SLIDER.items():
        text = (scratch / name).read_text(encoding="utf-8")
        for place, added in additions:
            assert text.count(place) == 1, f"{name} has no single {place!r}"
            text = text.replace(place, added + place)
        put(scratch / name, text)
    run(scratch, "-m", "indicators", "datapackage")
    assert "all of it appears" in run(scratch, "-c", LOOK)


def test_contributing_names_the_places(repository: Path) -> None:
    text = (repository / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for place in ("dashboard/<page>/page.py", "dashboard/charts/", "api/routes/", *SLIDER):
        assert f"`{place}" in text, place
