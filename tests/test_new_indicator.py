"""A new indicator is one file and data rows: it gets a card, a page, an API entry and a check without more code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from factories import write_package

MODULE = '''"""A dummy.

Formula: x.

Reference: none.
"""

from indicators.core.figures.derived import derived_table
from indicators.core.model import Indicator, Panel

INDICATOR = Indicator(
    id="sample", name="A sample indicator", group="Refusal and law", question="How many?", unit="cases", direction=-1,
    direction_reason="More is worse.", headline=("cases_total",), formula="x", caveats=("A caveat of the sample.",),
    references=("A reference.",), compute=lambda evidence: derived_table([]),
    panels=(
        Panel(id="main", title="The cases", unit="cases", series=("cases_total",), kind="steps"),
        Panel(id="events", title="The events", unit="event", series=("law",), kind="events"),
    ),
)
'''

# Runs apart from this process: the package's path decides what the registry finds, once and for all.
SCRIPT = """
import sys
from pathlib import Path

import indicators
indicators.__path__.append(sys.argv[1])

import anyio
import httpx
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from api.app import create_api
from dashboard.snapshots import data_package_file, snapshot_on

async def get(path):
    app = create_api(snapshot_on, data_package_file)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as client:
        return (await client.get(path)).json()

entry = {item["id"]: item for item in anyio.run(get, "/v1/indicators")["indicators"]}["sample"]
assert entry["latest"]["value"] == 10, entry
assert anyio.run(get, "/v1/indicators/sample")["observations"][0]["series"] == "cases_total"

main = Path("dashboard/main.py").resolve()
overview = AppTest.from_file(main, default_timeout=60).run()
assert not overview.exception, overview.exception
assert "A sample indicator</a>" in "".join(block.proto.body for block in overview.get("html"))

page = AppTest.from_file(main, default_timeout=60)
page._page_hash = calc_hash("indicator")
page.query_params = {"indicator": "sample"}
page.run()
assert not page.exception, page.exception
assert page.title[0].value.startswith("A sample indicator: 10 cases"), page
assert "sample_main" in {chart.key for chart in page.get("bidi_component")}
assert "A caveat of the sample." in "".join(block.value for block in page.markdown), page
print("card, page and API show it")
"""


def test_one_file_and_data_rows_are_enough(tmp_path: Path) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "sample.py").write_text(MODULE)
    rows = [
        {"observation_id": f"o{day}", "value": 24 - day, "period_end": f"2023-01-{day}", "known": "2023-02-01"}
        for day in (10, 11, 12, 13, 14)
    ]
    data = write_package(tmp_path / "data", observations=rows)
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder)],
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "MORALE_INDICATORS_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert found.returncode == 0, found.stderr[-2000:]
    assert "card, page and API show it" in found.stdout
