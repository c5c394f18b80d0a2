"""How text gets onto a page: the only way to a paragraph, a note, a list, a box, a figure or a table.

Everything is escaped unless `dashboard.shell.markdown` made it. Each function writes into the part of the page that is
open. In a replay a sentence that could not have been written by its day is left out, or stands as it was before.
"""

import re
from collections.abc import Iterable
from typing import Any, Literal
from xml.etree.ElementTree import Element

import pandas as pd
import streamlit as st

from dashboard.charts.elements import element, written
from dashboard.shell.markdown import escaped, joined, link, markup, page_links
from indicators.core.evidence.provenance import CitedPages
from indicators.core.model import texts_known

Kind = Literal["info", "warning", "success"]
LONG = 30
"""Letters from which on a column of a wide table needs room."""
DAY = "known_on"
"""Key under which the header keeps the replayed day of the page that is being drawn."""


def paragraph(text: str) -> None:
    """Write a paragraph."""
    for known in _known(text):
        st.markdown(escaped(known))


def note(text: str) -> None:
    """Write a paragraph in small letters."""
    for known in _known(text):
        st.caption(escaped(known))


def notice(text: str, kind: Kind = "warning", *, icon: str | None = None) -> None:
    """Write a sentence into a box.

    Args:
        icon: Code of an icon, such as ":material/history:".
    """
    for known in _known(text):
        {"info": st.info, "warning": st.warning, "success": st.success}[kind](escaped(known), icon=icon)


def bullets(lines: Iterable[str]) -> None:
    """List lines."""
    st.markdown(joined("\n", (markup("- {}", line) for line in _known(*lines))))


def _known(*texts: str) -> tuple[str, ...]:
    return texts_known(texts, st.session_state.get(DAY))


def links(*pairs: tuple[str, str]) -> None:
    """Write a line of links, such as downloads."""
    st.markdown(joined(" · ", (link(label, address) for label, address in pairs)))


def figure(label: str, value: str) -> None:
    """Write a figure in large letters."""
    st.metric(escaped(label), escaped(value))


def table(rows: pd.DataFrame, *, alt: str) -> None:
    """Write a table whose cells wrap; cited pages become links."""
    shown: dict[str, list[Any]] = {escaped(str(name)): [_cell(cell) for cell in rows[name]] for name in rows}
    st.table(pd.DataFrame(shown), border="horizontal", hide_index=True, alt=alt)
    st.html(label_style(rows, alt))


def wide_table(rows: pd.DataFrame, *, alt: str, address: str = "") -> None:
    """Write a table of many rows and columns that scrolls in its place, and that a phone shows as labels and values.

    Args:
        rows: Its cells with column names for people.
        alt: What it holds.
        address: Name of the column whose cells become links; "" for none.
    """
    cells = rows.astype(str)
    heads = [
        element("th", str(name), scope="col", class_="mi-long" if cells[name].str.len().max() > LONG else "")
        for name in cells
    ]
    body = [
        element(
            "tr",
            *(
                element("td", _leading_to(cell) if name == address else cell, data_label=str(name))
                for name, cell in row.items()
            ),
        )
        for row in cells.to_dict("records")
    ]
    whole = element("table", element("caption", alt), element("thead", element("tr", *heads)), element("tbody", *body))
    elements(element("div", whole, class_="mi-wide", role="region", tabindex="0", aria_label=alt))


def _leading_to(address: str) -> Element | str:
    if not re.match(r"https?://", address):
        return address
    return element("a", address, href=address, target="_blank", rel="noopener noreferrer")


def reserved(key: str, height: int) -> None:
    """Keep the room of a chart until its script has come, so that what follows stands where it will stay.

    Args:
        height: Height in pixels.
    """
    place = re.sub(r"[^\w-]", "-", key)
    st.html(f"<style>.st-key-{place}:not(:has(.mi-chart)) {{ min-height: {height}px; }}</style>")


def label_style(rows: pd.DataFrame, alt: str) -> str:
    r"""Return the style by which a phone shows a table's cells below each other, each after the name of its column.

    Args:
        rows: The cells; those of the first column head their rows and need no name, empty ones are left out.
        alt: What tells the table from others.

    Example:
        >>> rows = pd.DataFrame({"Who": ["x"], "At <": [""]})
        >>> print(label_style(rows, "A").replace("@media (max-width: 640px)", "on"))
        <style>on { table[aria-label="A"] td:nth-of-type(2)::before { content: "At \3c "; }
        table[aria-label="A"] tr:nth-of-type(1) td:nth-of-type(2) { display: none; } }</style>
    """
    place = f"table[aria-label={_css_text(alt)}]"
    labels = [
        f"{place} td:nth-of-type({column})::before {{ content: {_css_text(str(name))}; }}"
        for column, name in enumerate(rows, start=1)
        if column > 1
    ]
    empty = [
        f"{place} tr:nth-of-type({line}) td:nth-of-type({column}) {{ display: none; }}"
        for column, name in enumerate(rows, start=1)
        for line, cell in enumerate(rows[name], start=1)
        if isinstance(cell, str) and not cell
    ]
    rules = "\n".join([*labels, *empty])
    return f"<style>@media (max-width: 640px) {{ {rules} }}</style>"


def _css_text(text: str) -> str:
    letters = (letter if letter.isalnum() or letter == " " else f"\\{ord(letter):x} " for letter in text)
    return f'"{"".join(letters)}"'


def _cell(cell: Any) -> Any:
    if isinstance(cell, CitedPages):
        return page_links(cell)
    return escaped(cell) if isinstance(cell, str) else cell


def elements(root: Element) -> None:
    """Write a tree of HTML elements; whatever text stands in it is escaped.

    Args:
        root: The outermost element, made by `dashboard.charts.elements`.
    """
    st.html(written(root))
