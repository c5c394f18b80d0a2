"""Links to what a reader takes along from a whole view; the browser adds the charts that stand on its page."""

from collections.abc import Sequence

import streamlit as st

from dashboard.component import as_bytes, entry_script

TAKE_ALONG_FILES = ("take_along.js",)
_take_along = st.components.v2.component("morale_take_along", js=entry_script("take_along.js"), isolate_styles=False)


def mount_take_along(*, briefing: str, archive: str, settings: Sequence[str], key: str) -> None:
    """Put the links on the page.

    Args:
        settings: Names of its settings in the address; one that ends in an underscore stands for all that begin so.
    """
    _take_along(
        key=key, data=as_bytes({"briefing": briefing, "archive": archive, "settings": list(settings)}), width="content"
    )
