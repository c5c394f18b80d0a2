"""A button that copies a sentence, where it comes from and the address of the page."""

import streamlit as st

from dashboard.component import as_bytes, entry_script

COPY_FILES = ("copy.js",)
_copy = st.components.v2.component("morale_copy", js=entry_script("copy.js"), isolate_styles=False)


def mount_copy(text: str, *, label: str, key: str) -> None:
    """Put the button on the page.

    Args:
        text: What is copied before the address of the page.
    """
    _copy(key=key, data=as_bytes({"text": text, "label": label}), width="content")
