"""The entry of every page: settings and navigation."""

from __future__ import annotations

import streamlit as st

from dashboard.shell.citation import citation
from dashboard.shell.header import draw_header
from dashboard.shell.menu import PAGES, SITE_NAME
from dashboard.shell.settings_in_address import begin_page, report_unknown_names

st.set_page_config(page_title=SITE_NAME, layout="wide", initial_sidebar_state="collapsed")

CONTENT_WIDTH = 1200

# The folder is not called "pages": Streamlit would list such a folder by itself before this script has run.
page = st.navigation(
    [st.Page(f"views/{stem}.py", title=title, default=place == 0) for place, (stem, title) in enumerate(PAGES)],
    position="top",
)
with st.container(horizontal_alignment="center"), st.container(width=CONTENT_WIDTH):
    stem = page.url_path or PAGES[0][0]
    begin_page(stem)
    header = draw_header()
    page.run()
    # The page decides which settings stand in the address, so what is said about them comes after it.
    citation(stem, header)
    with header.below:
        report_unknown_names()
