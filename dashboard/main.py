"""The entry of every page: its address, the header, the page itself, and what is said about its settings."""

import streamlit as st

from dashboard.component.take_along import mount_take_along
from dashboard.shell.addresses import FIRST, archive_link, briefing_link
from dashboard.shell.citation import citation
from dashboard.shell.header import draw_header
from dashboard.shell.page_address import begin_page, keep_settings, report_unknown_names
from dashboard.shell.pages import all_pages, browser_title, page_of, streamlit_page

CONTENT_WIDTH = 1200

page = st.navigation([streamlit_page(listed) for listed in all_pages()], position="hidden")
opened = page_of(page.url_path or FIRST)
st.set_page_config(page_title=browser_title(opened), layout="wide")
with st.container(horizontal_alignment="center"), st.container(width=CONTENT_WIDTH):
    begin_page(opened.stem)
    header = draw_header(opened)
    page.run()
    # The page decides which settings stand in the address, so what is said about them comes after it.
    if opened.citable:
        citation(opened, header)
        with header.actions:
            stem = opened.stem
            mount_take_along(
                briefing=briefing_link(stem), archive=archive_link(stem), settings=opened.settings, key="take_along"
            )
    with header.below:
        report_unknown_names()
    keep_settings()
