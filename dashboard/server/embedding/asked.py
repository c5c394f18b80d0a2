"""What an address of a frame asks for: a chart or an answer, or a refusal that says what was expected."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from dashboard.charts.palette import COLOURS
from dashboard.component import ChartContent
from dashboard.server.page_text import opening_of
from dashboard.shell.addresses import page_link
from dashboard.shell.exact_settings import NothingThereError, RefusedError, exact_query, expect_only, replayed_day
from dashboard.shell.pages import Opening, Page, PageChart, Settings, all_pages
from dashboard.shell.sections.forecast import SETTING as FORECAST
from dashboard.snapshots import snapshot_on
from indicators.core.plain_text import quoted

INDICATOR = "indicator"


class Place(NamedTuple):
    """What a path of a frame leads to.

    Args:
        settings: Settings that the path itself names.
        alone: Whether the page's answer is shown and no chart.
    """

    page: Page
    chart: PageChart
    settings: Settings
    alone: bool = False


class Asked(NamedTuple):
    """What an address asks for.

    Args:
        content: A chart, or what a page says first.
        day: The replayed day; None for the latest.
        theme: "light" or "dark"; empty follows the reader's own setting.
    """

    content: ChartContent | Opening
    page: str
    day: date | None
    theme: str


def place_of(path: str) -> Place:
    """Return what stands at an address.

    Args:
        path: Path below the address of frames, such as ``indicator/refusal_cases/weekly``.

    Raises:
        RefusedError: If nothing stands there.
    """
    match path.split("/"):
        case ["indicator", indicator, panel]:
            page = _page(INDICATOR)
            return Place(page, page.charts[""], {INDICATOR: indicator, "chart": panel})
        case ["forecast", series]:
            page = _page("track_record")
            return Place(page, page.charts[FORECAST], {FORECAST: series})
        case ["sentence", stem]:
            page = _page(stem)
            return Place(page, page.charts[""], {}, alone=True)
        case [stem]:
            page = _page(stem)
            return Place(page, page.charts[""], {})
        case [stem, chart] if chart:
            page = _page(stem)
            if chart in page.charts:
                return Place(page, page.charts[chart], {})
            others = ", ".join(name for name in page.charts if name) or "no other"
            raise RefusedError(404, f"{page.title} has no chart {quoted(chart)}; besides its first it has {others}.")
    expected = "PAGE, PAGE/CHART, indicator/ID/CHART, forecast/SERIES or sentence/PAGE"
    raise RefusedError(404, f"Nothing stands at {quoted(path)}; expected {expected}.")


def asked_for(place: Place, given: Iterable[tuple[str, str]]) -> Asked:
    """Return what an address asks for.

    Args:
        given: Parameters of the address, as they came.

    Raises:
        RefusedError: If the address can't be answered.
    """
    query = exact_query(given)
    day, theme = replayed_day(query.pop("as_of", "")), query.pop("theme", "")
    if theme not in ("", *COLOURS):
        raise RefusedError(422, f"theme is {quoted(theme)}; expected {' or '.join(COLOURS)}, or leave it out.")
    free = [name for name in place.chart.settings if name not in place.settings]
    expect_only(query, free, of="this chart")
    settings = {**place.settings, **query}
    address = page_link(place.page.stem, day, **settings)
    if not place.alone:
        return Asked(place.chart.content(snapshot_on(day), settings), address, day, theme)
    with suppress(NothingThereError):
        place.chart.content(snapshot_on(day), settings)  # which refuses settings that make no sense
    opening = opening_of(place.page, day, settings)
    if not opening.answer:
        raise RefusedError(404, "This page has no answer on this day.")
    return Asked(opening, address, day, theme)


def _page(stem: str) -> Page:
    framed = {page.stem: page for page in all_pages() if page.charts}
    if stem not in framed:
        raise RefusedError(404, f"No page {quoted(stem)} with a chart; expected one of {', '.join(framed)}.")
    return framed[stem]
