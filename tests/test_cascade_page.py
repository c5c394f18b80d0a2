"""The cascade page: same words in Python and in the browser, settings in the address, the run in pictures and words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from factories import bundled
from streamlit.testing.v1 import AppTest
from test_component import in_node
from test_pages import drawn, open_page, texts

from dashboard.cascade.controls import address_of, control_values, controls, presets
from dashboard.cascade.page import opening
from dashboard.cascade.section_text import break_even_text, run_text
from dashboard.cascade.text import (
    PHRASES,
    SHARE_WORDS,
    cascade_finding,
    cascade_lines,
    cascade_tiles,
)
from dashboard.charts.models.cascade import draw_cascade_fan, draw_chances, draw_importance, draw_outcomes
from dashboard.snapshots import snapshot_on
from indicators.core.text import chance_text
from indicators.methods.cascade.break_even import break_even_r
from indicators.methods.cascade.lookup import cascade_curve, cascade_payload, chances_beside, table_of
from indicators.methods.cascade.parameters import DEFAULTS, CascadeParameters, parse_clamped
from indicators.methods.cascade.run import run_cascade
from indicators.methods.levels import LEVELS

LISTED = controls(bundled())
MODEL: dict[str, Any] = {
    "addresses": {"curve": "/curve", "point": "/point"},
    "fixed": {"replicates": 300, "seed": 1},
    "rest": {"values": {}},
    "phrases": PHRASES,
    "shares": {f"{share:g}": words for share, words in SHARE_WORDS.items()},
}
SETTINGS: tuple[dict[str, Any], ...] = (
    {"r": 1.35},
    {"r": 0.0},
    {"r": 2.0, "rear_strikes": 1.5, "initial": 3, "topology": "ring"},
    {"r": 1.0, "cohesion": -0.5, "recovery": 8, "ticks": 10},
    {"r": 1.2, "topology": "random", "tolerance": "normal", "tolerance_spread": 0.2, "units": 40},
)


def in_browser(settings: list[dict[str, Any]], kind: str, folder: Path) -> list[dict[str, Any]]:
    """Return what the engine shows for some settings, from tables of one kind."""
    cases = []
    for changes in settings:
        parameters = CascadeParameters.model_validate({**changes, "replicates": 300})
        if kind == "point":
            others = chances_beside(parameters)
            table = table_of([run_cascade(parameters)], [others])
        else:
            table = cascade_curve(parameters)
        cases.append({"values": control_values(LISTED, parameters), "table": cascade_payload(table)})
    script = f"""
      import {{ compute }} from "./panel/cascade.js";
      import {{ decode }} from "./panel/interpolate.js";
      const model = {json.dumps(MODEL)};
      const shown = {json.dumps(cases)}.map(({{ values, table }}) => {{
        const result = compute(values, {{ {kind}: decode(table) }}, model);
        return {{ ...result, rows: result.rows() }};
      }});
      console.log(JSON.stringify(shown));
    """
    answer: list[dict[str, Any]] = in_node(script, folder)
    return answer


def test_browser_says_what_python_says(tmp_path: Path) -> None:
    for changes, shown in zip(SETTINGS, in_browser(list(SETTINGS), "point", tmp_path), strict=True):
        parameters = CascadeParameters.model_validate({**changes, "replicates": 300})
        cascade = run_cascade(parameters)
        other = chances_beside(parameters)
        assert shown["sentence"] == cascade_finding(cascade)
        assert shown["lines"] == list(cascade_lines(cascade, other))
        assert [(tile["label"], tile["value"], tile["note"]) for tile in shown["tiles"]] == [
            (tile.label, tile.value, tile.note) for tile in cascade_tiles(cascade)
        ]
        fan = {trace["uid"]: trace for trace in draw_cascade_fan(dict(zip(LEVELS, cascade.fan, strict=True)))["data"]}
        for uid, trace in shown["traces"].items():
            assert trace["x"] == fan[uid]["x"]
            assert trace["y"] == pytest.approx(fan[uid]["y"], abs=1e-6)
        hover = zip(shown["traces"]["median"]["customdata"], fan["median"]["customdata"], strict=True)
        assert all(ours == pytest.approx(theirs, abs=1e-6) for ours, theirs in hover)
        assert shown["rows"][-1] == pytest.approx([parameters.ticks, *cascade.fan[:, -1]], abs=1e-6)


def test_curve_gives_a_preset_exactly_and_other_values_within_a_point(tmp_path: Path) -> None:
    exact, between = in_browser([{"r": 1.35}, {"r": 1.47}], "curve", tmp_path)
    assert exact["sentence"] == cascade_finding(run_cascade(CascadeParameters(r=1.35, replicates=300)))
    true = run_cascade(CascadeParameters(r=1.47, replicates=300))
    for tile, chance in zip(between["tiles"], true.p_at_least.values(), strict=True):
        assert abs(int(tile["value"].split()[0]) - 100 * chance) < 1.5


def test_between_nodes_the_browser_mixes_distributions(tmp_path: Path) -> None:
    # Here quantiles jump from runs that die out to runs that go through; taken linearly they were 0.46, 0.295 and 0.48.
    asked = [(2.75, 0.1, 10, 0.84, 0.02), (1.85, 0.25, 19, 0.11, 0.05), (3.5, 0.05, 8, 0.91, 0.02)]
    parameters = CascadeParameters()
    values = control_values(LISTED, parameters)
    script = f"""
      import {{ compute }} from "./panel/cascade.js";
      import {{ decode }} from "./panel/interpolate.js";
      const [values, model, asked] = {json.dumps([values, MODEL, asked])};
      const curve = decode({json.dumps(cascade_payload(cascade_curve(parameters)))});
      const shown = asked.map(([r, level, week]) => {{
        const place = curve.levels.indexOf(String(level));
        return compute({{ ...values, r }}, {{ curve }}, model).rows()[week][place + 1];
      }});
      console.log(JSON.stringify(shown));
    """
    for shown, (r, level, week, share, within) in zip(in_node(script, tmp_path), asked, strict=True):
        exact = float(run_cascade(CascadeParameters(r=r)).fan[LEVELS.index(level), week])
        assert shown == pytest.approx(exact, abs=within)
        assert exact == pytest.approx(share, abs=0.02)


def test_at_rest_the_browser_shows_the_exact_point(tmp_path: Path) -> None:
    parameters = CascadeParameters(r=1.47, replicates=300)
    cascade = run_cascade(parameters)
    values = control_values(LISTED, parameters)
    others = chances_beside(parameters)
    model = MODEL | {"rest": {"values": values, "table": cascade_payload(table_of([cascade], [others]))}}
    script = f"""
      import {{ addresses, compute }} from "./panel/cascade.js";
      import {{ decode }} from "./panel/interpolate.js";
      const [values, model] = {json.dumps([values, model])};
      const curve = decode({json.dumps(cascade_payload(cascade_curve(parameters)))});
      const rest = compute(values, {{ curve }}, model);
      const asked = Object.keys(addresses(values, model, []));
      const moved = compute({{ ...values, r: 1.35 }}, {{ curve }}, model).sentence;
      const {{ sentence, lines }} = rest;
      console.log(JSON.stringify({{ sentence, lines, last: rest.rows().at(-1), asked, moved }}));
    """
    shown = in_node(script, tmp_path)
    assert shown["sentence"] == cascade_finding(cascade)
    assert shown["lines"] == list(cascade_lines(cascade, others))
    assert shown["last"] == [parameters.ticks, *cascade.fan[:, -1].tolist()]
    assert shown["asked"] == ["curve"]
    assert shown["moved"] == cascade_finding(run_cascade(CascadeParameters(r=1.35, replicates=300)))


def test_the_point_is_asked_for_first_and_the_curve_once(tmp_path: Path) -> None:
    script = f"""
      import {{ addresses, adjust, compute }} from "./panel/cascade.js";
      const model = {json.dumps(MODEL)};
      const values = {json.dumps(control_values(LISTED, DEFAULTS))};
      const asked = (changes, held) => addresses({{ ...values, ...changes }}, model, held);
      const none = compute(values, {{}}, model);
      const first = asked({{}}, []);
      const then = asked({{}}, [first.point]);
      const along = asked({{ r: 1.9 }}, [first.point]);
      const moved = asked({{ r: 1.9 }}, [first.point, then.curve]);
      const other = asked({{ units: 50 }}, [first.point, then.curve]);
      const evicted = asked({{}}, []); // the store let go of everything
      const small = adjust({{ ...values, units: 10, initial: 20 }}, "units").initial;
      console.log(JSON.stringify({{ none, first, then, along, moved, other, evicted, small }}));
    """
    answer = in_node(script, tmp_path)
    assert answer["none"] is None
    steps = ("first", "then", "along", "moved", "other", "evicted")
    assert [set(answer[step]) for step in steps] == [
        {"point"}, {"point", "curve"}, {"point", "curve"}, {"curve"}, {"point"}, {"point"}
    ]  # fmt: skip
    assert answer["moved"]["curve"] == answer["then"]["curve"] == answer["along"]["curve"]
    assert "&r=" not in answer["moved"]["curve"].replace("?", "&")
    assert "&r=1.9" in answer["along"]["point"]
    assert answer["evicted"] == answer["first"]
    assert answer["small"] == 10


def test_the_store_keeps_the_tables_in_use_and_says_which_it_holds(tmp_path: Path) -> None:
    script = """
      import { tableStore } from "./panel/tables.js";
      globalThis.window = { location: { origin: "http://127.0.0.1" } };
      globalThis.fetch = async () => ({ ok: true, json: async () => ({}) });
      let wake;
      const store = tableStore(() => wake());
      const ask = (address) => new Promise((resolve) => { wake = resolve; store.get({ table: address }); });
      const rest = () => new Promise((resolve) => setTimeout(resolve));
      await ask("/kept");
      for (let number = 0; number < 70; number += 1) {
        await ask(`/${number}`);
        await rest();
        store.get({ table: "/kept" });
      }
      console.log(JSON.stringify(store.held()));
    """
    held = in_node(script, tmp_path)
    assert len(held) == 64
    assert held[-2:] == ["/69", "/kept"]
    assert "/0" not in held


def test_python_and_browser_write_chances_by_one_rule(tmp_path: Path) -> None:
    shares = [0.0, 0.0005, 0.01, 0.0149, 0.015, 0.125, 0.985, 0.99, 0.9995, 1.0]
    script = f"""
      import {{ chanceText }} from "./panel/cascade.js";
      console.log(JSON.stringify({shares}.map(chanceText)));
    """
    assert in_node(script, tmp_path) == [chance_text(share) for share in shares]


def test_picture_knows_three_states_and_two_layouts(tmp_path: Path) -> None:
    script = """
      import { lastWeek, layOut, stateOf } from "./front_line.js";
      const states = [0, 1, 2, 3].map((week) => stateOf(1, week, 2));
      const ring = layOut(100, true);
      const steps = ring.points.map(([x, y], unit) => {
        const [nextX, nextY] = ring.points[(unit + 1) % 100];
        return Math.hypot(nextX - x, nextY - y);
      });
      const rows = layOut(45, false);
      const last = lastWeek({ ticks: [0, 4, null], recovery: 2, weeks: 60 });
      const wide = Math.max(...steps) / Math.min(...steps);
      console.log(JSON.stringify({ states, wide, rows: rows.points.length, last, never: stateOf(null, 9, 1) }));
    """
    shown = in_node(script, tmp_path)
    assert shown["states"] == ["standing", "pressing", "pressing", "withdrawn"]
    assert shown["wide"] < 1.02
    assert (shown["rows"], shown["last"], shown["never"]) == (45, 6, "standing")


def test_controls_cover_the_model_and_start_at_its_defaults() -> None:
    assert {control.name for control in LISTED} == set(CascadeParameters.model_fields) - {"replicates", "seed"}
    fixed = {"replicates": DEFAULTS.replicates, "seed": DEFAULTS.seed}
    assert control_values(LISTED, DEFAULTS) == {control.name: control.default for control in LISTED} | fixed
    assert address_of(LISTED, DEFAULTS) == {}
    assert all("assumed" in control.note for control in LISTED)
    assert presets()[0].values == {"r": DEFAULTS.r}
    address = address_of(LISTED, CascadeParameters(r=1.35, units=50, topology="ring"))
    assert address == {"r": "1.35", "units": "50", "topology": "ring"}
    assert parse_clamped(address)[0] == CascadeParameters(r=1.35, units=50, topology="ring")


def test_a_run_in_words() -> None:
    assert run_text([0, None], CascadeParameters(units=2)).endswith("In the end 1 is broken and 1 stands.")
    assert "Nobody follows" in run_text([0, 0], CascadeParameters(units=2, initial=2))


def test_charts_say_what_their_bars_are() -> None:
    assert draw_outcomes([1.0])["data"][0]["hovertext"] == ["<b>100 % of runs</b><br>end with 0 to 100 % broken"]
    chances = draw_chances({"All": [0.004, 0.5]}, ["20 %", "half"])
    assert chances["data"][0]["text"] == ["<1 %", "50 %"]
    assert chances["layout"]["xaxis"]["type"] == "category"
    assert len(draw_importance({"a": {"R": 0.1}, "b": {"R": 0.2}})["data"]) == 2


def unfolded(**address: str) -> AppTest:
    """Return the page with every section open."""
    page = open_page("cascade", **address)
    for name in ("outcomes", "break_even", "run", "plausible", "context", "assumptions"):
        page.session_state[f"cascade_{name}_section"] = True
    return page.run()


def test_the_page_opens_mid_range_in_plain_words() -> None:
    first = opening(snapshot_on(None), {})
    assert first.answer.startswith("If each broken unit breaks 1 of the others, one broken unit leads to")
    assert [row[0] for row in first.table[1:]] == [
        "At least 10 % broken",
        "At least 20 % broken",
        "At least half broken",
    ]
    assert run_cascade(DEFAULTS).p_at_least[0.1] == pytest.approx(0.25, abs=0.05)
    page = open_page("cascade")
    assert not [*page.dataframe, *page.table]
    assert not re.search(r"\bR\b|PAWN|well mixed", texts(page).replace("cascade?r", ""))


def test_page_keeps_its_label_and_its_verdicts() -> None:
    page = unfolded(r="1.35", reach="0.2", chance="0.1")
    assert "Nobody has measured how panic spreads" in page.info[0].value
    assert "Fragile" in texts(page)
    assert "at most 91 % of them" in texts(page)
    assert "Asserted by ISW" in texts(page)
    assert "Asserted by ISW" not in texts(open_page("cascade", as_of="2023-08-19"))
    assert drawn(page).count("nobody has measured them") >= 4
    needed = [break_even_r(CascadeParameters(r=1.35, topology=topology), 0.2, 0.1) for topology in ("mixed", "ring")]
    assert [metric.value for metric in page.metric] == [break_even_text(least, 10) for least in needed]
    assert page.table[0].value["Abandoned or captured"].tolist() == ["43 %", "44 %", "14 %", "12 %"]


def test_page_says_what_an_address_got_wrong() -> None:
    page = open_page("cascade", r="9", units="3", initial="7")
    assert [warning.value for warning in page.warning] == ["initial was 7 of 3 units; 3 is used."]


def test_page_shows_the_seed_and_the_runs_of_its_address() -> None:
    page = unfolded(seed="7", replicates="500")
    assert "500 runs, seed 7." in drawn(page)
    assert '"fixed": {"replicates": 500, "seed": 7}' in drawn(page).replace('\\"', '"')
    assert (page.query_params["seed"], page.query_params["replicates"]) == ("7", "500")
    assert "seed=7" in texts(page)
    assert "500 runs leave up to about 4 points of doubt" in texts(page)
    assert not page.warning


def test_a_starting_point_leaves_the_seed_alone() -> None:
    page = open_page("cascade", seed="7")
    values = {control.name: control.default for control in LISTED} | {"r": 1.35}
    page.session_state["cascade"] = {"drawn": True, "released": {"serial": 1, "values": values}}
    page.run()
    assert (page.query_params["seed"], page.query_params["r"]) == ("7", "1.35")


def test_page_reports_a_name_that_is_no_setting_and_knows_those_of_its_sections() -> None:
    page = open_page("cascade", colour="red", reach="0.2", chance="0.1", run="0.9")
    told = "The address asks for 'colour', which this page does not have as it is shown here; it is ignored."
    assert [warning.value for warning in page.warning] == [told]
