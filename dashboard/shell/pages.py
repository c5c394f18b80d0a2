"""What a page is, and where the pages are found: one package with a `page.py` that holds a `PAGE`."""

import importlib.util
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import pandas as pd
import streamlit as st
from streamlit.navigation.page import StreamlitPage

import dashboard
from dashboard.component import ChartContent
from dashboard.shell.addresses import FIRST
from dashboard.shell.markdown import escaped
from indicators.core.evidence.schema import TABLES
from indicators.core.snapshot import Snapshot
from indicators.methods.projection.assumptions import StatedAssumption

SITE_NAME = "Russian army morale"
GROUPS = ("", "Indicators", "Scenarios", "Claims", "Data")
"""Groups of the menu in their order; pages of the first, and one alone in its group, stand in the menu itself."""

Settings = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What a page says first, on the page and in the document that is sent before any script runs.

    Args:
        answer: Its answer in one to three sentences of plain text.
        source: Who says so and since when, in plain text.
        table: The key figures, row by row, under a row of headings; empty for none.
    """

    question: str
    answer: str
    source: str = ""
    table: Sequence[Sequence[str]] = ()


def reads(settings: Sequence[str], name: str) -> bool:
    """Return whether a parameter of an address is one of some settings.

    Args:
        settings: Their names; one that ends in an underscore stands for all that begin so.

    Example:
        >>> reads(("of", "compared_"), "compared_2023"), reads(("of", "compared_"), "off")
        (True, False)
    """
    return name in settings or name.startswith(tuple(own for own in settings if own.endswith("_")))


@dataclass(frozen=True, kw_only=True)
class PageChart:
    """A chart of a page as it stands by itself, on other pages and in a briefing.

    Args:
        content: What it shows for a day's snapshot and its settings; raises `exact_settings.RefusedError` where
            settings make no sense or nothing is there to draw.
        settings: Names of the settings that it reads, as in `reads`.
        printed: Whether it belongs into the briefing of its page.
    """

    content: Callable[[Snapshot, Settings], ChartContent]
    settings: tuple[str, ...] = ()
    printed: bool = True


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of the dashboard.

    Args:
        stem: Its address below the root; the first page's stem leads to the root.
        group: Its group of the menu, one of `GROUPS`.
        opening: What it says first, for a day's snapshot and its settings; None where only its title is known.
        rows: The rows it rests on, likewise.
        settings: Names of its settings in the address, as in `reads`.
        result: What it computes from them, whatever part is shown; None where the rows are the result.
        assumptions: The assumptions behind it with their sources, for a day's snapshot and its settings; None for none.
        caveats: What to mind, for a day's snapshot and its settings; None for none.
        charts: Its charts by what follows its own address where they stand by themselves; nothing for the first.
        files: Files of the component that it needs besides those of charts.
        opens_with_chart: Whether its first screen has a chart that needs the drawing library.
        citable: Whether it shows anything of the data, which can be cited and taken along.
    """

    stem: str
    title: str
    order: int
    draw: Callable[[], None]
    group: str = ""
    opening: Callable[[Snapshot, Settings], Opening] | None = None
    rows: Callable[[Snapshot, Settings], list[pd.DataFrame]] = lambda snapshot, _: snapshot.tables(*TABLES)
    settings: tuple[str, ...] = ()
    result: Callable[[Snapshot, Settings], object] | None = None
    assumptions: Callable[[Snapshot, Settings], Sequence[StatedAssumption]] | None = None
    caveats: Callable[[Snapshot, Settings], Sequence[str]] | None = None
    charts: Mapping[str, PageChart] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    opens_with_chart: bool = True
    citable: bool = True

    @property
    def address(self) -> str:
        """Its address below the server's root."""
        return "/" if self.stem == FIRST else f"/{self.stem}"

    def takes(self, name: str) -> bool:
        """Return whether a parameter of an address is one of its settings."""
        return reads(self.settings, name)


@cache
def all_pages() -> tuple[Page, ...]:
    """Return every page, in the order of the menu.

    Raises:
        RuntimeError: If a package with a `page.py` has no `PAGE`, or one with a group that the menu lacks.
    """
    found = []
    for package in pkgutil.iter_modules(dashboard.__path__, f"{dashboard.__name__}."):
        if not package.ispkg or importlib.util.find_spec(f"{package.name}.page") is None:
            continue
        page = getattr(importlib.import_module(f"{package.name}.page"), "PAGE", None)
        if not isinstance(page, Page) or page.group not in GROUPS:
            raise RuntimeError(f"expected a PAGE with one of the groups {GROUPS} in {package.name}.page, got {page!r}")
        found.append(page)
    return tuple(sorted(found, key=lambda page: (GROUPS.index(page.group), page.order)))


def page_of(stem: str) -> Page:
    """Return one page.

    Raises:
        KeyError: If there is no page of this stem.
    """
    return {page.stem: page for page in all_pages()}[stem]


def browser_title(page: Page) -> str:
    """Return what the browser calls a page.

    Example:
        >>> browser_title(Page(stem="claims", title="Claims", order=1, draw=print))
        'Claims - Russian army morale'
    """
    return f"{page.title} - {SITE_NAME}"


def streamlit_page(page: Page) -> StreamlitPage:
    """Return a page as Streamlit's menu and links take it."""
    first = page.stem == FIRST
    return st.Page(page.draw, title=page.title, url_path="" if first else page.stem, default=first)


def link_to_page(stem: str, label: str, settings: Settings) -> None:
    """Draw a link to a page that opens without a reload.

    Args:
        settings: Settings of the page, and the replayed day.
    """
    st.page_link(streamlit_page(page_of(stem)), label=escaped(label), query_params=dict(settings))
