"""Views that a reader keeps in the browser: a form on every page, and a list on a page of its own.

The server sends an empty place, and nothing comes back: names, notes and addresses stay in the reader's browser.
"""

from datetime import date

import streamlit as st

from dashboard.component import as_bytes, entry_script
from dashboard.component.assets import server_path

_views = st.components.v2.component("morale_views", js=entry_script("views.js"), isolate_styles=False)


def mount_views(*, whole_list: bool, today: date, key: str) -> None:
    """Put the form that keeps the page's view, or the list of all that are kept, on the page."""
    given = {"list": whole_list, "root": server_path("/"), "today": today.isoformat()}
    _views(key=key, data=as_bytes(given))
