"""The site's header: its name, the menu in two forms of which a style sheet shows one, and the day that counts."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.shell.addresses import FIRST, documentation_link, query_on
from dashboard.shell.markdown import escaped
from dashboard.shell.page_address import kept_settings
from dashboard.shell.pages import SITE_NAME, Page, all_pages, link_to_page
from dashboard.shell.writing import links, note


def draw_site_header() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Draw the row of the header.

    Returns:
        Places for the menu, which needs the replayed day, and for the choice of that day.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="site_header"):
        return st.container(key="site_menu"), st.container(width="content", key="site_day")


def menu_groups() -> Iterator[tuple[str, Sequence[Page]]]:
    """Yield the groups of the menu with their pages; a page that stands in the menu itself has no group's name."""
    for group, members in groupby(all_pages(), key=lambda page: page.group):
        pages = tuple(members)
        if not group or len(pages) == 1:
            yield from (("", (page,)) for page in pages)
        else:
            yield group, pages


def draw_menu(opened: Page, day: date | None) -> None:
    """Draw the menu: a row for wide screens, one button for narrow ones.

    Args:
        opened: The page that is shown; another one closes what is open of the menu.
        day: The replayed day, which every link keeps.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="menu_row"):
        with st.popover("Menu", key=f"menu_narrow_{opened.stem}"):
            for group, pages in menu_groups():
                if group:
                    note(group)
                _links(pages, group, day)
        with st.container(width="content", key="site_name"):
            link_to_page(FIRST, SITE_NAME, query_on(day))
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="menu_wide"):
            for group, pages in menu_groups():
                if not group:
                    _links(pages, group, day)
                    continue
                with st.popover(escaped(group), key=f"menu_{group.lower()}_{opened.stem}", type="tertiary"):
                    _links(pages, group, day)


def _links(pages: Sequence[Page], group: str, day: date | None) -> None:
    for page in pages:
        link_to_page(page.stem, page.title, {**kept_settings(page.stem), **query_on(day)})
    if group == "Data":
        links(("API", documentation_link()))
