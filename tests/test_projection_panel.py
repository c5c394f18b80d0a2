"""What Python hands the projection panel and takes back: controls, starting points, address, tables, figures."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from factories import bundled
from hypothesis import given
from hypothesis import strategies as st
from projection_settings import random_settings
from test_component import in_node

from dashboard.charts.models.quantiles import BANDS
from dashboard.charts.palette import COLOURS
from dashboard.component.assets import COMPONENT_DIRECTORY
from dashboard.projection.controls import (
    UNKNOWN_WEEKLY,
    address_of,
    control_values,
    controls,
    read_settings,
)
from dashboard.projection.page import PAGE, opening
from dashboard.projection.panel import ENGINE, panel_fan, panel_model, target_dates
from dashboard.projection.starting_points import presets
from dashboard.projection.text import (
    projection_ends,
    projection_finding,
    projection_lines,
    projection_table,
    projection_tiles,
)
from dashboard.server.front_page import CHART_FILES
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.as_of import as_of
from indicators.methods.counts.half_years import half_year_rates
from indicators.methods.projection.afterwards import CountedLine, counted_line
from indicators.methods.projection.assumptions import projection_origin
from indicators.methods.projection.claim_layer.browser_tables import claim_payload, pace_constants
from indicators.methods.projection.claim_layer.lookup import build_table, noise_key
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import describe_claim, project

LARGEST_TABLE = 20_000
LISTED = controls(bundled())
LINE = CountedLine(
    claimant="Mediazona",
    weeks=(0.0, 12.0, 13.0, 52.0, 91.57142857142857),
    values=(0.0, 1491.6, 1650.2, 8011.5, 15393.3),
    lows=(0.0, 421.0, 421.0, 5132.0, 5132.0),
    last_day=date(2025, 5, 31),
    source_ids=(),
)


def slider_values() -> st.SearchStrategy[dict[str, Any]]:
    """Return settings as the controls can have them."""
    values: dict[str, st.SearchStrategy[Any]] = {}
    for control in LISTED:
        if control.options:
            values[control.name] = st.sampled_from(list(control.options))
        elif not control.name.startswith("share_"):
            steps = round((control.maximum - control.minimum) / control.step)
            values[control.name] = st.integers(0, steps).map(
                lambda count, control=control: round(control.minimum + count * control.step, 9)
            )
    return st.fixed_dictionaries(values)


@given(slider_values())
def test_an_address_reads_back_to_the_same_settings(values: dict[str, Any]) -> None:
    parameters, changes = read_settings(LISTED, values)
    assert changes == []
    address = address_of(LISTED, parameters)
    again, changes = read_settings(LISTED, address)
    assert changes == []
    assert control_values(LISTED, again) == control_values(LISTED, parameters)
    assert all(isinstance(text, str) and not text.endswith(".0") for text in address.values())


def test_the_defaults_leave_the_address_empty() -> None:
    parameters, _ = read_settings(LISTED, {})
    assert address_of(LISTED, parameters) == {}
    assert project(parameters).headline == 5200.0


def test_growth_a_week_becomes_growth_a_month() -> None:
    parameters, _ = read_settings(LISTED, {"growth_weekly": "0.0235523"})
    assert control_values(LISTED, parameters)["growth_monthly"] == pytest.approx(0.1065, abs=1e-4)


def test_every_control_has_a_source_or_is_called_assumed() -> None:
    notes = {control.name: control.note for control in LISTED}
    assert notes["weekly"] == "UK Ministry of Defence, 30 Aug 2023"
    assert notes["weeks"] == "assumed"
    assert "report says “as many as” 100" in notes["qualifier"]
    assert "relays of the UK update print “close to” or “nearly” 100" in notes["qualifier"]
    assert all(control.note for control in LISTED)
    assert all(control.reason for control in LISTED if control.kind == "slider")


def test_before_the_figure_was_known_nothing_of_it_shows() -> None:
    evidence = as_of(bundled(), date(2022, 6, 1))
    listed = controls(evidence)
    assert listed[0] == UNKNOWN_WEEKLY
    assert next(control.note for control in listed if control.name == "qualifier") == ""
    assert {"suspended_share", "force_size"}.isdisjoint(control.name for control in listed)
    assert presets(listed, pd.DataFrame(), date(2022, 6, 1)) == ()
    assert read_settings(listed, {})[0].weekly == 0.0
    chosen, _ = read_settings(listed, {"weekly": "100"})
    assert address_of(listed, chosen) == {"weekly": "100"}


RATES = pd.DataFrame(
    {
        "period_start": pd.to_datetime(["2023-04-04", "2024-06-19"]),
        "period_end": pd.to_datetime(["2024-06-18", "2025-05-31"]),
        "value": [130.0, 184.0],
        "claimant": ["Counter", "Counter"],
    }
)


def test_half_years_follow_the_day_and_need_two_thirds_of_their_days() -> None:
    halves = list(half_year_rates(RATES, date(2023, 8, 30)))
    # 170 days at 130 and 12 days at 184; all 184; 151 of 181 days.
    assert [half.weekly for half in halves] == pytest.approx([(170 * 130 + 12 * 184) / 182, 184.0, 184.0])
    assert [half.coverage for half in halves] == pytest.approx([1.0, 1.0, 151 / 181])
    assert [half.start for half in half_year_rates(RATES, date(2024, 3, 1))] == [date(2024, 7, 1), date(2025, 1, 1)]
    assert list(half_year_rates(RATES.iloc[:0], date(2023, 8, 30))) == []


def test_starting_points_say_what_they_are() -> None:
    points = {preset.label: preset for preset in presets(LISTED, RATES, date(2023, 8, 30), bundled())}
    assert list(points)[:4] == [
        "As the report says: up to 100", "As its origin counted: about 100 a week since Jun 2023", "Halved", "Doubled"
    ]  # fmt: skip
    assert (points["Halved"].values, points["Doubled"].values) == ({"weekly": 50.0}, {"weekly": 200.0})
    counted = points["As its origin counted: about 100 a week since Jun 2023"]
    assert counted.note.startswith("Mediazona on 1 Jun to 21 Nov 2023: about 100 a week, absence alone (")
    projection = project(read_settings(LISTED, counted.values)[0])
    assert projection.claim is not None
    assert (projection.claim.q05, projection.claim.q95) == pytest.approx((3445, 7920), rel=0.005)
    later = points["As in the first half of 2025"]
    assert later.note.startswith("Sentences under all three refusal articles by Counter's totals")
    assert "known to 31 May 2025" in later.note
    observed, _ = read_settings(LISTED, later.values)
    assert (observed.weekly, observed.qualifier.value, project(observed).calendar) == (184.0, "about", 184.0 * 52)
    assert all(preset.note for preset in points.values())


def test_what_its_origin_counted_is_as_known_on_the_day() -> None:
    def counted(day: date) -> str:
        evidence = as_of(bundled(), day)
        listed = presets(controls(evidence), RATES.iloc[:0], date(2023, 8, 30), evidence)
        return next(preset.note for preset in listed if preset.label.startswith("As its origin counted"))

    assert "Jun 2023: about 100 a week" in counted(date(2023, 8, 30))
    assert "21 Nov 2023" not in counted(date(2023, 11, 23))
    assert "21 Nov 2023" in counted(date(2023, 11, 24))


def test_the_browser_shows_the_figures_of_python(tmp_path: Path) -> None:
    origin = date(2023, 8, 30)
    asked, expected = [], []
    for parameters in (ProjectionParameters(), ProjectionParameters(drift=0, growth_sd=0), *random_settings(60)):
        projection, key = project(parameters), noise_key(parameters)
        dates = target_dates(projection, origin)
        assert key is not None
        assert projection.claim is not None
        values = parameters.model_dump(mode="json", exclude_none=True)
        values |= {"growth_monthly": parameters.growth_monthly or 0.0}
        table = claim_payload(build_table(key)) | {"reading": describe_claim(parameters)}
        asked.append({"values": values, "claim": table})
        expected.append(
            {
                "headline": projection.headline,
                "calendar": projection.calendar,
                "mean": projection.claim.mean,
                "paths": np.asarray(projection.claim_paths).tolist(),
                "tiles": [asdict(tile) for tile in projection_tiles(projection, LINE)],
                "ends": [[end.text, end.value] for end in projection_ends(projection, dates, LINE)],
                "counted": list(LINE.within(parameters.weeks).values),
                "lines": list(projection_lines(projection)),
                "sentence": projection_finding(projection),
            }
        )
    model = panel_model(origin, LINE)
    script = f"""
      import {{ compute }} from "./panel/projection.js";
      import {{ decode }} from "./panel/interpolate.js";
      const model = {json.dumps(model)};
      const shown = {json.dumps(asked)}.map(({{ values, claim }}) => {{
        const result = compute(values, {{ claim: decode(claim) }}, model);
        const {{ headline, calendar, claim: layer }} = result.numbers;
        const {{ tiles, lines, sentence }} = result;
        const {{ ends, counted: {{ y: counted }} }} = result.traces;
        const named = ends.text.map((text, place) => [text, ends.y[place]]);
        const paths = Object.values(layer.paths);
        return {{ headline, calendar, mean: layer.mean, paths, tiles, lines, sentence, ends: named, counted }};
      }});
      console.log(JSON.stringify(shown));
    """
    found = in_node(script, tmp_path)
    for shown, right in zip(found, expected, strict=True):
        for name in ("headline", "calendar", "mean"):
            assert shown[name] == pytest.approx(right[name], rel=1e-9)
        assert np.array(shown["paths"]) == pytest.approx(np.array(right["paths"]), rel=1e-9, abs=1e-12)
        assert [text for text, _ in shown["ends"]] == [text for text, _ in right["ends"]]
        assert [height for _, height in shown["ends"]] == pytest.approx([height for _, height in right["ends"]])
        assert shown["counted"] == pytest.approx(right["counted"])
        assert (shown["tiles"], shown["lines"], shown["sentence"]) == (
            right["tiles"], right["lines"], right["sentence"]
        )  # fmt: skip


@pytest.mark.parametrize("reading", [{}, {"reading": "maximum"}, {"qualifier": "about"}])
def test_tables_are_small(reading: dict[str, Any]) -> None:
    key = noise_key(ProjectionParameters(**reading))
    assert key is not None
    for payload in (claim_payload(build_table(key)), pace_constants()):
        assert 1_000 < len(gzip.compress(json.dumps(payload).encode())) < LARGEST_TABLE


def test_the_page_announces_every_module_of_its_panel() -> None:
    announced = {*CHART_FILES, *PAGE.files}
    for module in ("panel.js", ENGINE):
        text = (COMPONENT_DIRECTORY / "panel" / module).read_text(encoding="utf-8")
        assert module in announced
        assert {name.split("/")[-1] for name in re.findall(r'from "(\.[^"]+)"', text)} <= announced


def fan_on(day: date | None, **changes: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the panel's fan for a replayed day and what its engine gets."""
    evidence = as_of(bundled(), day)
    origin, projection = projection_origin(evidence), project(ProjectionParameters(**changes))
    counted = counted_line(evidence, origin)
    return panel_fan(projection, target_dates(projection, origin), counted), dict(panel_model(origin, counted))


def test_every_line_of_the_fan_starts_at_nothing_on_the_first_day_and_is_named_at_its_end() -> None:
    figure, _ = fan_on(None)
    lines = {trace["uid"]: trace for trace in figure["data"]}
    for name in ("counted", "headline", "median"):
        assert (lines[name]["x"][0], lines[name]["y"][0]) == ("2023-08-30", 0.0)
        assert lines[name]["x"][-1] == "2024-08-28"
    assert lines["ends"]["text"] == [
        "counted about 8,000, all articles (Mediazona)",
        "At most 5,200",
        "More likely about 3,900",
    ]
    assert not figure["layout"]["showlegend"]


def test_a_replayed_day_has_no_later_count_in_its_fan() -> None:
    figure, model = fan_on(date(2023, 8, 30))
    assert "counted" not in [trace["uid"] for trace in figure["data"]]
    assert model["counted"] is None
    assert figure["data"][-1]["text"] == ["At most 5,200", "More likely about 3,900"]


def test_the_count_stays_where_the_reading_gives_no_range() -> None:
    shown = [trace for trace in fan_on(None, reading="ceiling")[0]["data"] if trace["visible"]]
    assert [trace["uid"] for trace in shown] == ["counted", "headline", "ends"]
    assert shown[-1]["text"] == ["counted about 8,000, all articles (Mediazona)", "At most 5,200"]


def test_a_count_that_ends_before_the_horizon_says_until_when() -> None:
    tile = projection_tiles(project(ProjectionParameters(weeks=156)), LINE)[2]
    assert (tile.value, tile.note) == (
        "about 15,000",
        "all refusal articles, at least 5,100, by Mediazona up to 31 May 2025",
    )
    nothing = projection_tiles(project(ProjectionParameters()), None)[2]
    assert (nothing.value, nothing.note) == ("–", "no later count was known")


def test_the_numbers_hold_what_was_counted_where_it_was_read() -> None:
    projection, origin = project(ProjectionParameters(weeks=14)), date(2023, 8, 30)
    table = projection_table(projection, target_dates(projection, origin), LINE)
    assert list(table)[:5] == ["Week", "Target date", "Counted", "Every week", "Minus court holidays"]
    assert table["Week"] == list(range(1, 15))
    # Totals of 21 Nov 2023 (12 weeks) and the end of the first quarter (13 weeks).
    assert [week for week, value in zip(table["Week"], table["Counted"], strict=True) if value] == [12, 13]
    assert table["Every week"][:2] == [100.0, 200.0]


def test_the_opening_answers_in_plain_text_for_any_settings() -> None:
    said = opening(snapshot_on(None), {"share_low": "0.6", "share_mode": "0.6", "share_high": "0.6", "cite": "x"})
    assert said.question == "If “100 a week” had gone on"
    assert said.answer.startswith("At most 5,200 in a year; more likely about ")
    assert "Counted: about 8,000 sentences (all refusal articles, at least 5,100, by Mediazona)." in said.answer
    assert [row[0] for row in said.table] == ["What", "At most", "More likely", "Counted"]
    assert "Counted" not in opening(snapshot_on(date(2023, 8, 30)), {}).answer


def test_bands_stand_out_against_both_backgrounds() -> None:
    for theme, least in (("dark", 1.5), ("light", 1.35)):
        ground = luminance(COLOURS[theme]["background"])
        for _, _, opacity, _ in BANDS:
            mixed = [
                opacity * over + (1 - opacity) * under
                for over, under in zip(
                    channels(COLOURS[theme]["projected"]), channels(COLOURS[theme]["background"]), strict=True
                )
            ]
            high, low = sorted((luminance_of(mixed), ground), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= least


def channels(colour: str) -> list[float]:
    return [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]


def luminance_of(mixed: list[float]) -> float:
    """Return the relative luminance of WCAG 2."""
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in mixed]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def luminance(colour: str) -> float:
    return luminance_of(channels(colour))
