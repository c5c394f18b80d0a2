"""The charts of a view that is asked for by its address alone, where no browser hands over what stands on the page."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from dashboard.component import ChartContent, chart_data
from dashboard.downloads.charts import Chart
from dashboard.downloads.view import View
from dashboard.shell.exact_settings import NothingThereError
from dashboard.shell.pages import Page, Settings, reads
from dashboard.shell.parts import stamp_of, with_pages
from dashboard.snapshots import snapshot_on


def contents_of(page: Page, day: date | None, settings: Settings) -> list[ChartContent]:
    """Return what the charts of a view show, without those that have nothing to show.

    Args:
        day: The replayed day; None for the latest evidence.

    Raises:
        RefusedError: If a setting makes no sense.
    """
    contents = []
    for chart in page.charts.values():
        given = {name: text for name, text in settings.items() if reads(chart.settings, name)}
        with suppress(NothingThereError):
            if chart.printed:
                contents.append(chart.content(snapshot_on(day), given))
    return contents


def drawn_of(view: View) -> list[dict[str, Any]]:
    """Return what the browser draws each chart of a view from."""
    stamp = stamp_of(view.day)
    return [chart_data(with_pages(content), stamp) | {"address": view.address} for content in view.contents]


def charts_of(view: View) -> list[Chart]:
    """Return the numbers of each chart of a view."""
    return [_numbers(data) for data in drawn_of(view)]


def _numbers(data: Mapping[str, Any]) -> Chart:
    table = data["table"]
    about = {
        "As known on": data["as_of"],
        "Data version": data["data_version"],
        "Source line": data["source"],
        "Address": data["address"],
    }
    given = {"columns": table["columns"], "rows": table["rows"]} if table else None
    return Chart.model_validate(
        {"file_name": data["file_name"], "title": data["title"], "about": about, "table": given}
    )
