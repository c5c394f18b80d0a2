"""The code keeps its layout, and each rule of the layout can tell when it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from architecture_rules import RULES, Rule, layer_of, read_tree
from architecture_rules import dependencies_point_one_way as one_way
from architecture_rules import drawing_is_free_of_streamlit as free_drawing
from architecture_rules import indicators_and_api_know_no_interface as no_interface
from architecture_rules import indicators_draw_no_unseeded_numbers as seeded
from architecture_rules import indicators_have_no_clock as no_clock
from architecture_rules import indicators_stay_off_the_network as no_network
from architecture_rules import memory_is_bounded_and_free_of_evidence as bounded
from architecture_rules import modules_are_short as short
from architecture_rules import names_say_what_is_inside as names
from architecture_rules import nothing_caches_for_streamlit as one_cache
from architecture_rules import one_module_reads_the_data as one_reader
from architecture_rules import one_module_reads_the_environment as one_environment
from architecture_rules import one_module_writes_links as one_linker
from architecture_rules import packages_are_small as small
from architecture_rules import parts_run_alone_in_one_way as alone
from architecture_rules import tests_assert as asserting
from architecture_rules import tests_never_sleep as sleepless
from writing_rules import WRITING_RULES
from writing_rules import days_and_shares_are_written_in_one_way as one_style
from writing_rules import one_module_binds_controls_to_the_address as one_binder
from writing_rules import text_gets_onto_a_page_in_one_way as one_writer

PLANTED: list[tuple[Rule, str, str]] = [
    (one_way, "indicators/core/rates.py", "from indicators.methods import run_rate"),
    (one_way, "indicators/core/rates.py", "import indicators.refusal_cases"),
    (one_way, "indicators/core/rates.py", "from indicators import refusal_cases"),
    (one_way, "indicators/core/rates.py", "import importlib\nimportlib.import_module('dashboard.snapshots')"),
    (one_way, "indicators/methods/counts/poisson.py", "from indicators.refusal_cases import compute"),
    (one_way, "indicators/methods/counts/poisson.py", "def late():\n    from api import server"),
    (one_way, "indicators/surrenders.py", "from indicators.refusal_cases import compute"),
    (one_way, "indicators/surrenders.py", "from indicators.core.registry import all_indicators"),
    (one_way, "indicators/core/registry.py", "from indicators.methods import run_rate"),
    (one_way, "indicators/core/model.py", "from indicators.upstream import courts"),
    (one_way, "api/app.py", "from dashboard import snapshots"),
    (one_way, "dashboard/snapshots.py", "from dashboard.shell.parts import chart"),
    (one_way, "dashboard/charts/models/fan.py", "from dashboard.shell.parts import chart"),
    (one_way, "dashboard/charts/models/fan.py", "from indicators.refusal_cases import compute"),
    (one_way, "dashboard/component/__init__.py", "from dashboard.snapshots import snapshot_on"),
    (one_way, "dashboard/shell/parts.py", "from dashboard.now import page"),
    (one_way, "dashboard/now/page.py", "import dashboard.sources.page"),
    (one_way, "dashboard/now/page.py", "from api.app import create_api"),
    (one_way, "dashboard/now/page.py", "from indicators.upstream import courts"),
    (one_way, "dashboard/main.py", "import app"),
    (one_way, "app.py", "from tests.factories import figure"),
    (no_interface, "indicators/core/rates.py", "import streamlit as st"),
    (no_interface, "indicators/upstream/courts.py", "import streamlit"),
    (no_interface, "indicators/surrenders.py", "from plotly.graph_objects import Figure"),
    (no_interface, "api/app.py", "def late():\n    import plotly.io"),
    (free_drawing, "dashboard/charts/models/fan.py", "import streamlit as st"),
    (free_drawing, "dashboard/charts/palette.py", "from streamlit import get_option"),
    (free_drawing, "dashboard/shell/wording/figure_text.py", "import streamlit"),
    (no_network, "indicators/core/rates.py", "import httpx"),
    (no_network, "indicators/methods/counts/poisson.py", "from urllib.request import urlopen"),
    (no_network, "indicators/surrenders.py", "import socket"),
    (no_clock, "indicators/core/rates.py", "from datetime import datetime\nnow = datetime.now()"),
    (no_clock, "indicators/core/rates.py", "import datetime as dt\nday = dt.date.today()"),
    (no_clock, "indicators/methods/counts/poisson.py", "import pandas as pd\nday = pd.Timestamp.today()"),
    (no_clock, "indicators/methods/counts/poisson.py", "import pandas as pd\nday = pd.to_datetime('now')"),
    (no_clock, "indicators/surrenders.py", "import time\nseconds = time.time()"),
    (no_clock, "indicators/surrenders.py", "from time import monotonic"),
    (seeded, "indicators/core/rates.py", "import random"),
    (seeded, "indicators/methods/cascade/run.py", "import numpy as np\nx = np.random.normal(size=3)"),
    (seeded, "indicators/methods/cascade/run.py", "import numpy as np\nx = np.random.default_rng()"),
    (seeded, "indicators/methods/cascade/run.py", "from numpy.random import default_rng\nx = default_rng(None)"),
    (seeded, "indicators/surrenders.py", "from scipy import stats\nx = stats.norm.rvs(size=3)"),
    (one_reader, "indicators/core/evidence/schema.py", "rows = open('data/series.csv').read()"),
    (one_reader, "indicators/surrenders.py", "import pandas as pd\nx = pd.read_csv('series.csv')"),
    (one_reader, "api/tables.py", "from pathlib import Path\nx = Path('x').read_text()"),
    (one_reader, "dashboard/component/assets.py", "from pathlib import Path\nx = Path('.') / 'data' / 'series.csv'"),
    (one_reader, "dashboard/sources/page.py", "from pathlib import Path\nx = Path('.') / 'data/series.csv'"),
    (one_environment, "dashboard/server/icon.py", "import os\nx = os.environ['HOME']"),
    (one_environment, "app.py", "import os\nx = os.getenv('HOME')"),
    (one_cache, "dashboard/shell/parts.py", "import streamlit as st\n@st.cache_data\ndef load(): ..."),
    (one_cache, "dashboard/sources/page.py", "from streamlit import cache_resource"),
    (one_linker, "dashboard/sources/page.py", "link = f'/api/v1/events?as_of={day}'"),
    (one_linker, "dashboard/timeline/text.py", "link = f'[{name}](/indicator?indicator={name})'"),
    (one_linker, "dashboard/now/page.py", "link = '/indicator?indicator=refusal_cases'"),
    (alone, "dashboard/now/page.py", "import streamlit as st\n@st.fragment\ndef part(): ..."),
    (one_writer, "dashboard/now/page.py", "import streamlit as st\nst.warning(f'{given} is unknown')"),
    (one_writer, "dashboard/now/page.py", "import streamlit as st\nst.info('words')"),
    (one_writer, "dashboard/now/cards.py", "def say(column, text):\n    column.markdown(text)"),
    (one_writer, "dashboard/now/cards.py", "import streamlit as st\nst.html(f'<b>{given}</b>')"),
    (one_writer, "dashboard/now/cards.py", "import streamlit as st\nst.expander(name)"),
    (one_writer, "dashboard/now/cards.py", "import streamlit as st\nst.selectbox('What', names, help=note)"),
    (one_writer, "dashboard/main.py", "import streamlit as st\nst.page_link('a.py', label=f'**{name}**')"),
    (one_style, "dashboard/now/text.py", "said = f'known on {day:%-d %b %Y}'"),
    (one_style, "indicators/surrenders.py", "said = f'in {day:%B}'"),
    (one_style, "indicators/surrenders.py", "said = day.strftime('%d %b %Y')"),
    (one_style, "indicators/surrenders.py", "FORM = '%-d %b %Y'"),
    (one_style, "api/app.py", "said = f'{share:.0%} of them'"),
    (one_style, "indicators/methods/counts/poisson.py", "said = '{share:.1%} of them'.format(share=share)"),
    (one_binder, "dashboard/now/page.py", "import streamlit as st\nst.toggle('All', bind='query-params')"),
    (
        bounded,
        "indicators/methods/projection/claim_layer/largest_week.py",
        "from functools import cache\n@cache\ndef curve(weeks: int): ...",
    ),
    (bounded, "indicators/core/rates.py", "import functools as f\n@f.lru_cache(maxsize=None)\ndef rate(x: int): ..."),
    (bounded, "indicators/methods/paths.py", "from functools import lru_cache\n@lru_cache\ndef path(a: Evidence): ..."),
    (short, "dashboard/component/browser/chart/chart.js", "\n" * 401),
    (short, "indicators/core/rates.py", "\n" * 401),
    (small, "dashboard/crowded/more.py", ""),
    (small, "dashboard/crowded/more.js", ""),
    (names, "indicators/core/utils.py", ""),
    (names, "dashboard/helpers/text.py", ""),
    (names, "dashboard/component/browser/common.js", ""),
    (asserting, "tests/test_rates.py", "def test_a_rate():\n    1 + 1"),
    (asserting, "tests/test_rates.py", "def test_a_rate():\n    assert True"),
    (asserting, "tests/browser/test_start.py", "class TestStart:\n    def test_a_page(self): ..."),
    (sleepless, "tests/test_rates.py", "import time\ndef test_a_rate():\n    time.sleep(1)"),
    (sleepless, "tests/browser/test_start.py", "def test_a_page(page):\n    page.wait_for_timeout(500)"),
]

ALLOWED: list[tuple[Rule, str, str]] = [
    (one_way, "indicators/surrenders.py", "from indicators.core import model\nfrom indicators.methods import run_rate"),
    (one_way, "indicators/core/registry.py", "import indicators\nfrom indicators.core.model import Indicator"),
    (one_way, "dashboard/now/page.py", "from dashboard import snapshots\nfrom dashboard.shell.parts import chart"),
    (one_way, "app.py", "from indicators.upstream import courts\nfrom api.app import create_api"),
    (no_interface, "dashboard/now/page.py", "import streamlit as st"),
    (no_network, "indicators/upstream/courts.py", "import httpx"),
    (no_clock, "indicators/__main__.py", "from datetime import date\nday = date.today()"),
    (no_clock, "indicators/core/rates.py", "from datetime import date\nday = date(2023, 8, 30)"),
    (seeded, "indicators/methods/cascade/run.py", "import numpy as np\nx = np.random.default_rng(seed=7).normal()"),
    (seeded, "indicators/methods/cascade/run.py", "from scipy import stats\nx = stats.norm.rvs(random_state=rng)"),
    (one_reader, "indicators/core/evidence/load.py", "import pandas as pd\nx = pd.read_csv(ROOT / 'data' / 'a.csv')"),
    (one_reader, "dashboard/component/assets.py", "from pathlib import Path\nx = Path('chart.js').read_bytes()"),
    (one_environment, "indicators/core/environment.py", "import os\nx = os.environ.get('HOME')"),
    (one_linker, "dashboard/shell/addresses.py", "link = '/api/v1/events'"),
    (one_linker, "dashboard/now/page.py", "from dashboard import addresses\nx = addresses.api_link('a', day)"),
    (alone, "dashboard/shell/parts.py", "import streamlit as st\ndef alone(draw): return st.fragment(draw)"),
    (one_writer, "dashboard/shell/writing.py", "import streamlit as st\ndef note(text): st.caption(escaped(text))"),
    (
        one_writer,
        "dashboard/now/cards.py",
        "import streamlit as st\nst.header(escaped(name))\nst.html('<style></style>')",
    ),
    (
        one_writer,
        "dashboard/now/cards.py",
        "import streamlit as st\nst.button('Go', help=None if x else markup('{}', x))",
    ),
    (one_binder, "dashboard/shell/settings_in_address.py", "st.toggle('All', bind='query-params')"),
    (
        bounded,
        "indicators/methods/projection/claim_layer/largest_week.py",
        "@lru_cache(maxsize=64)\ndef curve(weeks: int): ...",
    ),
    (one_style, "indicators/core/text.py", "said = day.strftime('%d %b %Y')"),
    (one_style, "indicators/upstream/oryx.py", "path = f'{day:%Y-%m-%d}.csv'"),
    (one_style, "dashboard/charts/models/fan.py", "HOVER = '%{x|%-d %b} %{y:.0%}'"),
    (bounded, "indicators/core/registry.py", "from functools import cache\n@cache\ndef all_indicators(): ..."),
    (short, "indicators/core/rates.py", "\n" * 400),
    (small, "dashboard/crowded/__init__.py", ""),
    (small, "dashboard/crowded/inside/more.py", ""),
    (names, "dashboard/shell/parts.py", ""),
    (asserting, "tests/test_rates.py", "def test_a_rate():\n    assert 1 + 1 == 2"),
    (asserting, "tests/test_rates.py", "def test_a_rate():\n    with pytest.raises(ValueError):\n        int('x')"),
    (asserting, "tests/test_rates.py", "def test_a_rate():\n    np.testing.assert_allclose(1, 1)"),
    (asserting, "tests/browser/test_start.py", "def test_a_page(page):\n    expect(page).to_have_title('A')"),
    (sleepless, "tests/browser/conftest.py", "import time\ndef wait():\n    time.sleep(0.1)"),
]

# What the planted files import has to exist, as it does in the repository; one folder is as full as it may be.
SURROUNDINGS = {
    **{f"dashboard/crowded/chart_{number}.py": "" for number in range(15)},
    "indicators/refusal_cases.py": "",
    "indicators/methods/projection/run_rate.py": "",
    "indicators/upstream/courts.py": "",
    "indicators/core/model.py": "",
    "api/app.py": "",
    "dashboard/snapshots.py": "",
    "dashboard/now/page.py": "",
    "dashboard/sources/page.py": "",
}


@pytest.mark.parametrize("rule", [*RULES, *WRITING_RULES], ids=lambda rule: rule.__name__)
def test_the_repository_keeps_the_rule(rule: Rule, repository: Path) -> None:
    assert rule(read_tree(repository)) == []


@pytest.mark.parametrize(("rule", "path", "text"), PLANTED)
def test_a_planted_violation_is_found(rule: Rule, path: str, text: str) -> None:
    found = rule({**SURROUNDINGS, path: text})
    assert len(found) == 1
    assert found[0].startswith(path)


@pytest.mark.parametrize(("rule", "path", "text"), ALLOWED)
def test_what_is_allowed_passes(rule: Rule, path: str, text: str) -> None:
    assert rule({**SURROUNDINGS, path: text}) == []


def test_every_rule_has_a_planted_violation() -> None:
    assert {rule for rule, _, _ in PLANTED} == {*RULES, *WRITING_RULES}


def test_the_tree_holds_the_whole_repository(repository: Path) -> None:
    tree = read_tree(repository)
    expected = {"app.py", "api/app.py", "indicators/core/evidence/load.py", "dashboard/main.py", "tests/conftest.py"}
    assert expected <= set(tree)
    assert not [path for path in tree if "site-packages" in path]


def test_a_tree_leaves_out_hidden_folders_and_environments(tmp_path: Path) -> None:
    for folder in (".cache", "environment", "indicators"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "rates.py").write_text("", encoding="utf-8")
    (tmp_path / "environment" / "pyvenv.cfg").touch()
    assert set(read_tree(tmp_path)) == {"indicators/rates.py"}


@pytest.mark.parametrize(
    ("module", "layer"),
    [
        ("indicators.core.registry", "registry"),
        ("indicators.core.evidence.as_of", "core"),
        ("indicators.refusal_cases", "indicator"),
        ("dashboard.charts.models.fan", "drawing"),
        ("dashboard.now.page", "page"),
        ("dashboard.shell.parts", "shell"),
        ("pandas", None),
    ],
)
def test_every_module_has_its_layer(module: str, layer: str | None) -> None:
    assert layer_of(module) == layer
