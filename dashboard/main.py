"""The entry of every page: settings, navigation, and the day that all pages share."""

from __future__ import annotations

import streamlit as st

st.set_page_config(page_title="Morale indicators", layout="wide", initial_sidebar_state="collapsed")

navigation = st.navigation(
    [
        st.Page("pages/overview.py", title="Overview", default=True),
        st.Page("pages/indicator.py", title="Indicator"),
        st.Page("pages/projection.py", title="Projection"),
        st.Page("pages/sources.py", title="Sources and data"),
    ],
    position="top",
)
navigation.run()
