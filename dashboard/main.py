"""The entry of every page: settings and navigation."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from dashboard.shell.addresses import FIRST
from dashboard.shell.citation import citation
from dashboard.shell.header import draw_header
from dashboard.shell.pages import SITE_NAME, all_pages, page_of, streamlit_page
from dashboard.shell.settings_in_address import begin_page, report_unknown_names

st.set_page_config(page_title=SITE_NAME, layout="wide", initial_sidebar_state="collapsed")

CONTENT_WIDTH = 1200

groups = groupby(all_pages(), key=lambda listed: listed.group)
page = st.navigation({group: [streamlit_page(listed) for listed in pages] for group, pages in groups}, position="top")
with st.container(horizontal_alignment="center"), st.container(width=CONTENT_WIDTH):
    opened = page_of(page.url_path or FIRST)
    begin_page(opened.stem)
    header = draw_header()
    page.run()
    # The page decides which settings stand in the address, so what is said about them comes after it.
    citation(opened, header)
    with header.below:
        report_unknown_names()
