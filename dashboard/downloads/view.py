"""A view as it is taken along: what it says, what it rests on and how it is cited, for one day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.component import ChartContent
from dashboard.server.page_text import opening_of
from dashboard.shell.addresses import page_link
from dashboard.shell.citation import codes_of_view, frozen_reference
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.wording.assumption_wording import assumption_table
from dashboard.snapshots import snapshot_on
from indicators.core.citation.references import Reference
from indicators.core.evidence.schema import KEYS, TABLES
from indicators.core.model import texts_known


@dataclass(frozen=True, kw_only=True)
class View:
    """A page with its settings, frozen on a day.

    Args:
        day: The last day whose publications count.
        address: Its address, which leads to the same figures on any later day.
        assumptions: Its assumptions with their sources, column by column; empty where it has none.
        rows: The rows that it rests on, table by table, sources left out.
        reference: Its citation; the address is frozen.
        contents: Its charts, where no browser hands them over.
    """

    page: Page
    settings: Settings
    day: date
    address: str
    opening: Opening
    assumptions: Mapping[str, Sequence[object]]
    caveats: Sequence[str]
    rows: Mapping[str, pd.DataFrame]
    sources: pd.DataFrame
    reference: Reference
    contents: Sequence[ChartContent] = ()

    @property
    def parameters(self) -> dict[str, str]:
        """What leads to the same view again, by name: page, settings, day and versions."""
        return {
            "page": self.page.title,
            **self.settings,
            "as_of": self.day.isoformat(),
            "data_version": self.reference.data_version,
            "code_version": self.reference.code_version,
            "result": self.reference.result,
            "address": self.reference.address,
        }


def view_of(
    page: Page,
    settings: Settings,
    day: date | None,
    origin: str,
    today: date,
    contents: Sequence[ChartContent] = (),
) -> View:
    """Return a view.

    Args:
        day: The replayed day; None for the latest evidence, which is frozen as known today.
    """
    frozen = day or today
    snapshot = snapshot_on(day)
    opening = opening_of(page, day, settings)
    stated = page.assumptions(snapshot, settings) if page.assumptions else ()
    names: dict[str, set[str]] = {}
    for row in codes_of_view(page, settings, frozen):
        names.setdefault(row.table, set()).add(row.row)
    rows = {
        table: (whole := getattr(snapshot.evidence, table))[whole[KEYS[table]].isin(names[table])][list(TABLES[table])]
        for table in TABLES
        if table in names
    }
    sources = rows.pop("sources", snapshot.evidence.sources.iloc[:0])
    return View(
        page=page,
        settings=settings,
        day=frozen,
        address=origin + page_link(page.stem, frozen, **settings),
        opening=opening,
        assumptions=assumption_table(stated, snapshot.evidence) if stated else {},
        caveats=texts_known(page.caveats(snapshot, settings), day) if page.caveats else (),
        rows=rows,
        sources=sources.sort_values("published", ascending=False, kind="stable"),
        reference=frozen_reference(
            page, opening.question, settings, frozen, today, origin + page_link(page.stem, None)
        ),
        contents=contents,
    )
