"""The projection panel in a real browser: same numbers as Python, no server while a hand moves, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from projection_page import SPOKEN, chart_of, lines_of, open_panel, slider
from projection_settings import random_settings

from dashboard.component.assets import component_path
from dashboard.component.controls import Control
from dashboard.projection.controls import control_values, controls
from dashboard.projection.text import projection_finding, projection_lines, projection_tiles
from dashboard.snapshots import snapshot_on
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import project

SETTINGS = 500
TABLES = "**/api/v1/projection/table*"
CHANGED = re.compile(r"[?&](weekly|weeks|reading|growth_monthly)=")

COMPUTE = """
async ([module, settings]) => {
  const engine = await import(new URL(module, location.origin).href);
  const { decode } = await import(new URL(module.replace("projection.js", "interpolate.js"), location.origin).href);
  const { data } = window.panelData;
  const tables = new Map();
  const fetched = async (address) => {
    if (!tables.has(address)) tables.set(address, decode(await (await fetch(address)).json()));
    return tables.get(address);
  };
  const results = [];
  for (const values of settings) {
    const wanted = engine.addresses(values, data.model, []);
    const found = { claim: await fetched(wanted.claim) };
    const { numbers, tiles, sentence, lines } = engine.compute(values, found, data.model);
    const claim = numbers.claim && { mean: numbers.claim.mean, paths: Object.values(numbers.claim.paths) };
    results.push({ headline: numbers.headline, calendar: numbers.calendar, claim, tiles, sentence, lines });
  }
  return results;
}
"""


class Traffic:
    """Counts what a page sends to the server."""

    def __init__(self, page: Page) -> None:
        self.sent: list[str] = []
        page.on("request", lambda request: self.sent.append(request.url))
        page.on("websocket", lambda socket: socket.on("framesent", lambda _: self.sent.append("message")))


@pytest.mark.everyday
def test_the_browser_computes_what_python_computes(page: Page) -> None:
    page.add_init_script("""
      const parse = JSON.parse;
      JSON.parse = (...given) => {
        const value = parse(...given);
        if (value?.engine === "./projection.js") window.panelData = { data: value };
        return value;
      };
    """)
    open_panel(page)
    listed = controls(snapshot_on(None).evidence)
    chosen = random_settings(SETTINGS)
    values = [control_values(listed, parameters) for parameters in chosen]
    results = page.evaluate(COMPUTE, [component_path("projection.js"), values])
    assert len(results) == SETTINGS
    for parameters, result, given in zip(chosen, results, values, strict=True):
        complete = parameters.model_copy(
            update={"suspended_share": given["suspended_share"], "force_size": given["force_size"]}
        )
        assert_same(complete, result)


def assert_same(parameters: ProjectionParameters, result: dict[str, Any]) -> None:
    """Compare numbers, figures and sentences with what Python says."""
    projection = project(parameters)
    assert projection.claim is not None
    assert projection.claim_paths is not None
    assert result["headline"] == pytest.approx(projection.headline, rel=1e-6, abs=1e-6)
    assert result["calendar"] == pytest.approx(projection.calendar, rel=1e-6, abs=1e-6)
    assert result["claim"]["mean"] == pytest.approx(projection.claim.mean, rel=1e-6, abs=1e-6)
    np.testing.assert_allclose(result["claim"]["paths"], projection.claim_paths, rtol=1e-6, atol=1e-6)
    tiles = projection_tiles(projection, snapshot_on(None).counted_line)
    assert [(tile["label"], tile["note"]) for tile in result["tiles"]] == [(tile.label, tile.note) for tile in tiles]
    assert [tile["value"] for tile in result["tiles"]] == [tile.value for tile in tiles]
    assert tuple(result["lines"]) == projection_lines(projection)
    assert result["sentence"] == projection_finding(projection)


@pytest.mark.everyday
def test_figures_and_fan_follow_a_drag_without_the_server(page: Page) -> None:
    traffic = Traffic(page)
    tiles = open_panel(page)
    element, before = chart_of(page), lines_of(page)
    box = slider(page, "Sentenced a week").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    traffic.sent.clear()
    seen = set()
    for step in range(1, 31):
        page.mouse.move(x + 6 * step, y)
        seen.add(
            (tiles.nth(0).inner_text(), tiles.nth(1).inner_text(), page.locator(".mi-fan .mi-subtitle").inner_text())
        )
    assert len(seen) >= 28
    assert lines_of(page) != before
    assert traffic.sent == []
    page.mouse.up()
    page.wait_for_url(CHANGED)
    assert "message" in traffic.sent
    assert not [address for address in traffic.sent if "/api/" in address]
    assert page.evaluate("(element) => element.isConnected", element)


def test_lines_follow_the_hand_where_the_library_draws_them_once_it_rests(page: Page) -> None:
    tiles = open_panel(page)
    ends = """() => ['median', 'headline', 'counted'].map((name) => {
      const line = document.querySelector(`.mi-panel .scatterlayer .trace${name} path.js-line`);
      const { x, y } = line.getPointAtLength(line.getTotalLength());
      return [x, y];
    })"""
    page.evaluate(
        "window.redrawn = 0; document.querySelector('.mi-panel .js-plotly-plot')"
        ".on('plotly_afterplot', () => (window.redrawn += 1))"
    )
    slider(page, "Sentenced a week").focus()
    moving = page.evaluate(
        f"""() => {{
          const input = document.activeElement;
          input.value = 101;
          input.dispatchEvent(new Event('input'));
          return [window.redrawn, ({ends})()];
        }}"""
    )
    expect(tiles.nth(0)).to_have_text("5,252")
    assert moving[0] == 0, "a small step asks nothing of the drawing library"
    expect(page.locator(SPOKEN)).to_contain_text("5,252")
    page.wait_for_function("window.redrawn > 0")
    for (x, y), (drawn_x, drawn_y) in zip(moving[1], page.evaluate(ends), strict=True):
        assert abs(x - drawn_x) < 0.2
        # The axis has grown by 1 % with the values since: 333 pixels high at most.
        assert abs(y - drawn_y) < 3.5


@pytest.mark.parametrize(("weekly", "total"), [(500, 26_000), (300, 15_600)])
def test_an_axis_reaches_as_far_as_the_hand_at_once(page: Page, weekly: int, total: int) -> None:
    open_panel(page)
    slider(page, "Sentenced a week").focus()
    drawn = page.evaluate(
        """(weekly) => {
          const input = document.activeElement;
          const panel = document.querySelector('.mi-panel');
          let redrawn = 0;
          panel.querySelector('.js-plotly-plot').on('plotly_afterplot', () => (redrawn += 1));
          input.value = weekly;
          input.dispatchEvent(new Event('input'));
          const heightOf = (element) => Number(/,([\\d.]+)\\)/.exec(element.getAttribute('transform'))[1]);
          const marks = [...panel.querySelectorAll('.ytick text')].filter((mark) => mark.style.visibility !== 'hidden');
          const read = marks.map((mark) => [Number(mark.textContent.replace(',', '')), heightOf(mark)]);
          const end = (name) => {
            const line = panel.querySelector(`.scatterlayer .trace${name} path.js-line`);
            return line.getPointAtLength(line.getTotalLength()).y;
          };
          const names = [...panel.querySelectorAll('.traceends .textpoint text')].map(n => +n.getAttribute('y'));
          return { redrawn, read, headline: end('headline'), counted: end('counted'), names };
        }""",
        weekly,
    )
    assert drawn["redrawn"] == 0
    (zero, bottom), *_, (highest, upper) = sorted(drawn["read"])
    assert zero == 0
    value_a_pixel = highest / (bottom - upper)
    # Lines are measured from the top of the drawing area, marks from that of the whole picture: 8,012 stay 8,012.
    assert drawn["names"][0] == pytest.approx(drawn["counted"], abs=0.1)
    assert (drawn["counted"] - drawn["headline"]) * value_a_pixel == pytest.approx(total - 8012, abs=value_a_pixel)
    assert len(drawn["read"]) >= 3
    expect(page.locator(SPOKEN)).to_contain_text(f"{total:,}")
    page.wait_for_function("document.querySelector('.mi-panel .js-plotly-plot')._fullLayout.yaxis.autorange")
    assert not page.locator(".mi-panel .ytick text[style*=hidden]").count()


def test_nothing_is_sent_while_a_pointer_is_down(page: Page) -> None:
    page.clock.install()
    traffic = Traffic(page)
    tiles = open_panel(page)
    weekly = slider(page, "Sentenced a week")
    box = weekly.bounding_box()
    assert box is not None
    weekly.focus()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)
    traffic.sent.clear()
    page.keyboard.press("ArrowRight")
    page.mouse.down()
    page.clock.run_for(100)  # frames are drawn by the same clock
    expect(tiles.nth(0)).not_to_have_text("5,252")
    page.clock.run_for(5000)
    assert traffic.sent == []
    page.mouse.up()
    page.clock.run_for(5000)
    page.wait_for_url(CHANGED)
    assert "message" in traffic.sent


def test_a_release_updates_the_page_and_leaves_the_panel_alone(page: Page) -> None:
    tiles = open_panel(page)
    element = chart_of(page)
    weekly = slider(page, "Sentenced a week")
    weekly.focus()
    page.keyboard.press("ArrowRight")
    expect(tiles.nth(0)).to_have_text("5,252")
    expect(page.locator(SPOKEN)).to_contain_text("5,252")  # the hand rests, and axes have followed
    drawn = lines_of(page)
    expect(page.locator(".mi-fan .mi-source")).to_contain_text("Reader's assumption: Sentenced a week.")
    assert parse_qs(urlsplit(page.url).query) == {"weekly": ["101"]}
    expect(page.get_by_role("link", name="This projection as JSON")).to_have_attribute("href", re.compile("weekly=101"))
    assert page.evaluate("(element) => element.isConnected", element)
    assert (weekly.input_value(), lines_of(page)) == ("101", drawn)
    expect(weekly).to_be_focused()
    expect(tiles.nth(0)).to_have_text("5,252")


def test_releases_in_quick_succession_lose_nothing(page: Page) -> None:
    tiles = open_panel(page)
    weekly = slider(page, "Sentenced a week")
    weekly.focus()
    for number in range(101, 106):
        page.keyboard.press("ArrowRight")
        page.wait_for_url(re.compile(f"weekly={number - 1}|projection$"))
        expect(tiles.nth(0)).to_have_text(f"{52 * number:,}")
    page.wait_for_url(re.compile("weekly=105"))
    slider(page, "For how many weeks").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("weeks=51"))
    assert parse_qs(urlsplit(page.url).query) == {"weekly": ["105"], "weeks": ["51"]}
    assert weekly.input_value() == "105"


@pytest.mark.everyday
def test_an_address_restores_the_view(page: Page, new_page: Callable[..., Page]) -> None:
    query = "?weekly=120&weeks=26&growth_monthly=0.0123&reading=maximum&dispersion=poisson&qualifier=up_to"
    tiles = open_panel(page, query)
    projection = project(
        ProjectionParameters(weekly=120, weeks=26, growth_monthly=0.0123, reading="maximum", dispersion="poisson")
    )
    assert tiles.all_inner_texts() == [
        tile.value for tile in projection_tiles(projection, snapshot_on(None).counted_line)
    ]
    slider(page, "For how many weeks").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("weeks=27"))
    shown = tiles.all_inner_texts()
    assert open_panel(new_page(), "?" + urlsplit(page.url).query).all_inner_texts() == shown


def test_one_click_holds_the_pace_and_one_sets_the_average_week(page: Page) -> None:
    tiles = open_panel(page)
    interval = page.locator(".mi-tile-note").nth(1)
    still = page.get_by_role("button", name="If nothing changes")
    still.click()
    expect(interval).to_have_text("2,900 to 4,700")
    expect(still).to_have_attribute("aria-pressed", "true")
    still_pace = {"drift": ["0"], "growth_sd": ["0"]}
    page.wait_for_url(lambda address: parse_qs(urlsplit(address).query) == still_pace)
    page.get_by_role("button", name="60 %").click()
    expect(tiles.nth(1)).to_have_text("about 3,000")
    expect(page.locator(".mi-lines")).to_contain_text("an average full court week reached 60 % of the figure.")
    page.get_by_label("Growth fades after 13 weeks").check()
    expect(page.locator(".mi-lines")).to_contain_text("Growth fades after 13 weeks, in every total.")
    page.get_by_text("How to read the figure").click()
    page.get_by_label("The figure is", exact=True).select_option("about")
    expect(page.locator(".mi-tile-label").nth(1)).to_have_text("With uncertainty")
    expect(page.locator(".mi-lines")).not_to_contain_text("court holidays")
    expect(page.get_by_role("button", name="60 %")).to_be_hidden()


def test_a_value_out_of_range_gets_a_sentence_and_the_nearest_one(page: Page) -> None:
    open_panel(page, "?weeks=500&colour=red")
    expect(page.get_by_text("weeks was 500; the largest value, 156, is used.")).to_be_visible()
    expect(
        page.get_by_text(
            "The address asks for 'colour', which this page does not have as it is shown here; it is ignored."
        )
    ).to_be_visible()
    assert slider(page, "For how many weeks").input_value() == "156"
    slider(page, "For how many weeks").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("weeks=155"))
    assert slider(page, "For how many weeks").input_value() == "155"


def test_every_slider_says_what_it_is(page: Page) -> None:
    listed = [control for control in controls(snapshot_on(None).evidence) if control.kind == "slider"]
    seen = [name for reading in ("share", "maximum") for name in described_sliders(page, f"?reading={reading}", listed)]
    assert set(seen) == {control.name for control in listed}


def described_sliders(page: Page, query: str, listed: list[Control]) -> list[str]:
    """Return the names of the sliders that play a part under some settings, once each has said what it is."""
    open_panel(page, query)
    for group in page.locator(".mi-fold > summary:visible").all():
        group.click()
    shown = [control for control in listed if slider(page, control.label).count()]
    for control in shown:
        found = slider(page, control.label)
        assert found.get_attribute("aria-valuetext")
        note = page.locator(f"#{found.get_attribute('aria-describedby')}").inner_text()
        assert " to " in note
        assert control.note in note
    return [control.name for control in shown]


def test_the_finding_is_read_out_once_the_hand_rests(page: Page) -> None:
    open_panel(page)
    slider(page, "Growth a month").focus()
    page.keyboard.press("ArrowRight")
    spoken = page.locator(SPOKEN)
    expect(spoken).to_contain_text("At most 5,355 in a year with growth of 0.5 % a month; more likely about")
    assert slider(page, "Growth a month").get_attribute("aria-valuetext") == "0.5 % (0.115 % a week)"
    reset = page.get_by_role("button", name="Reset Growth a month to 0 %")
    reset.click()
    expect(spoken).to_contain_text("At most 5,200 in a year; more likely about")
    expect(reset).to_be_hidden()


def test_starting_points_set_everything_and_are_explained(page: Page) -> None:
    tiles = open_panel(page)
    start = page.get_by_label("Start from")
    start.select_option("Halved")
    expect(tiles.nth(0)).to_have_text("2,600")
    expect(page.get_by_text("Half the published figure.")).to_be_visible()
    slider(page, "For how many weeks").focus()
    page.keyboard.press("ArrowRight")
    expect(start.locator("option:checked")).to_have_text("Your own settings")
    start.select_option("As in the second half of 2024")
    expect(tiles.nth(0)).to_have_text("9,568")
    expect(page.get_by_text("Mediazona's totals")).to_be_visible()
    start.select_option("As the report says: up to 100")
    expect(tiles.nth(0)).to_have_text("5,200")
    page.wait_for_url(re.compile("projection$"))


def test_the_number_table_follows_the_panel(page: Page) -> None:
    open_panel(page)
    page.locator(".mi-fan").get_by_role("button", name="Numbers").click()
    rows = page.locator(".mi-fan .mi-numbers tbody tr")
    expect(rows).to_have_count(52)
    slider(page, "For how many weeks").focus()
    page.keyboard.press("ArrowRight")
    expect(rows).to_have_count(53)
    assert rows.last.locator("td").all_inner_texts()[:5] == ["53", "4 Sep 2024", "–", "5,300", "5,035"]


def test_a_saved_picture_shows_what_is_on_the_screen(page: Page) -> None:
    open_panel(page)
    slider(page, "For how many weeks").focus()
    page.keyboard.press("End")
    expect(page.locator(".mi-fan .mi-source")).to_contain_text("Reader's assumption: Horizon.")
    with page.expect_download() as download:
        page.locator(".mi-fan").get_by_role("button", name="SVG", exact=True).click()
    picture = download.value.path().read_text(encoding="utf-8")
    assert "At most 15,600 in 156 weeks" in picture
    assert "assumption: Horizon." in picture


def test_a_replayed_day_shows_no_figure_that_came_later(page: Page) -> None:
    tiles = open_panel(page, "?as_of=2023-03-01")
    assert slider(page, "Sentenced a week").input_value() == "0"
    expect(page.get_by_text("nobody had published a figure by this day")).to_be_visible()
    assert page.get_by_label("Start from").count() == 0
    slider(page, "Sentenced a week").focus()
    page.keyboard.press("ArrowRight")
    expect(tiles.nth(0)).to_have_text("52")
    page.wait_for_url(re.compile("as_of=2023-03-01.*weekly=1|weekly=1.*as_of=2023-03-01"))


def test_the_count_follows_the_horizon_and_stops_where_it_was_known(page: Page) -> None:
    open_panel(page, "?weeks=91")
    note = page.locator(".mi-tile-note").nth(2)
    expect(note).to_have_text("all refusal articles, at least 5,100, by Mediazona")
    weeks = slider(page, "For how many weeks")
    weeks.focus()
    weeks.press("ArrowRight")
    expect(note).to_have_text("all refusal articles, at least 14,000, by Mediazona up to 31 May 2025")
