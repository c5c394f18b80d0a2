"""The charts of a view that is asked for by its address alone, where no browser hands over what stands on the page."""

from collections.abc import Mapping
from typing import Any

from dashboard.component import ChartContent, chart_data
from dashboard.downloads.charts import Chart
from dashboard.downloads.view import View
from dashboard.shell.addresses import page_link
from dashboard.shell.exact_settings import RefusedError
from dashboard.shell.pages import reads
from dashboard.shell.parts import stamp_of, with_pages
from dashboard.snapshots import snapshot_on


def drawn_of(view: View) -> list[dict[str, Any]]:
    """Return what the browser draws each chart of a view from.

    Raises:
        RefusedError: If a setting makes no sense.
    """
    address = view.origin + page_link(view.page.stem, view.day, **view.settings)
    stamp = stamp_of(view.day)
    return [chart_data(with_pages(content), stamp) | {"address": address} for content in _contents(view)]


def charts_of(view: View) -> list[Chart]:
    """Return the numbers of each chart of a view.

    Raises:
        RefusedError: If a setting makes no sense.
    """
    return [_numbers(data) for data in drawn_of(view)]


def _contents(view: View) -> list[ChartContent]:
    contents = []
    for chart in view.page.charts.values():
        if not chart.printed:
            continue
        given = {name: text for name, text in view.settings.items() if reads(chart.settings, name)}
        try:
            contents.append(chart.content(snapshot_on(view.replayed), given))
        except RefusedError as error:
            if error.status != 404:
                raise
    return contents


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
