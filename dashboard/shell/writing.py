"""How text gets onto a page: the only way to a paragraph, a note, a list, a box, a figure or a table.

Everything is escaped unless `dashboard.shell.markdown` made it. Each function writes into the part of the page that is
open.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal
from xml.etree.ElementTree import Element

import pandas as pd
import streamlit as st

from dashboard.charts.elements import written
from dashboard.shell.markdown import escaped, joined, link, markup

Kind = Literal["info", "warning", "success"]


def paragraph(text: str) -> None:
    """Write a paragraph."""
    st.markdown(escaped(text))


def note(text: str) -> None:
    """Write a paragraph in small letters."""
    st.caption(escaped(text))


def notice(text: str, kind: Kind = "warning", *, icon: str | None = None) -> None:
    """Write a sentence into a box.

    Args:
        text: The sentence.
        kind: What the box means.
        icon: Code of an icon, such as ":material/history:".
    """
    {"info": st.info, "warning": st.warning, "success": st.success}[kind](escaped(text), icon=icon)


def bullets(lines: Iterable[str]) -> None:
    """List lines."""
    st.markdown(joined("\n", (markup("- {}", line) for line in lines)))


def links(*pairs: tuple[str, str]) -> None:
    """Write a line of links, such as downloads.

    Args:
        pairs: Label and address each.
    """
    st.markdown(joined(" · ", (link(label, address) for label, address in pairs)))


def figure(label: str, value: str, below: str | None = None) -> None:
    """Write a figure in large letters.

    Args:
        label: What stands above it, such as its unit.
        value: The figure as people write it.
        below: What stands below it.
    """
    words = None if below is None else escaped(below)
    st.metric(escaped(label), escaped(value), words, delta_color="off", delta_arrow="off")


def table(rows: pd.DataFrame, *, alt: str) -> None:
    """Write a table whose cells wrap.

    Args:
        rows: Its cells with column names for people.
        alt: What it holds, for readers who can't see it.
    """
    shown: dict[str, list[Any]] = {
        escaped(str(name)): [escaped(cell) if isinstance(cell, str) else cell for cell in rows[name]] for name in rows
    }
    st.table(pd.DataFrame(shown), border="horizontal", hide_index=True, alt=alt)


def elements(root: Element) -> None:
    """Write a tree of HTML elements; whatever text stands in it is escaped.

    Args:
        root: The outermost element, made by `dashboard.charts.elements`.
    """
    st.html(written(root))
