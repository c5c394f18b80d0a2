"""What the address of a page says, and a sentence for every value or name in it that makes no sense.

A sentence stays until the reader changes its setting or goes on to another page, however often the page runs again:
Streamlit takes a value that it can't use out of the address at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.shell.addresses import settings_of
from dashboard.shell.writing import notice
from indicators.core.plain_text import quoted
from indicators.core.tracking_marks import is_tracking_mark

NAMED_AT_MOST = 5
_PAGE, _ASKED, _TAKEN, _FAULTS = "address_page", "address_asked", "address_taken", "address_faults"
_LEFT, _PLACE = "address_left", "address_place"


def begin_page(stem: str) -> None:
    """Begin a run of a page; what was said about another page's address is forgotten."""
    if st.session_state.get(_PAGE) != stem:
        st.session_state[_PAGE] = stem
        st.session_state[_FAULTS], st.session_state[_TAKEN] = {}, set()
    st.session_state[_ASKED] = set()


def keep_settings() -> None:
    """Keep the settings of the page that is shown, for the menu's link back to it."""
    st.session_state.setdefault(_LEFT, {})[st.session_state[_PAGE]] = settings_of(st.query_params.to_dict())


def kept_settings(stem: str) -> Mapping[str, str]:
    """Return the settings with which the reader left a page; none if it was not shown yet."""
    kept: dict[str, Mapping[str, str]] = st.session_state.get(_LEFT, {})
    return kept.get(stem, {})


def expect_settings(*names: str) -> None:
    """Say which settings the page reads from its address; any other name gets a sentence."""
    st.session_state.setdefault(_ASKED, set()).update(names)


def report_unknown_names() -> None:
    """Say which names in the address mean nothing on the page as it was drawn.

    A name of the page's own that has lost its control, such as the place of an indicator that the reader left, goes.
    """
    asked, taken = st.session_state[_ASKED], st.session_state[_TAKEN]
    unknown = [name for name in st.query_params if name not in asked and not is_tracking_mark(name)]
    for name in taken.intersection(unknown):
        del st.query_params[name]
    foreign = [quoted(name) for name in unknown if name not in taken]
    if foreign:
        more = len(foreign) - NAMED_AT_MOST
        named = ", ".join(foreign[:NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
        notice(f"The address asks for {named}, which this page does not have as it is shown here; it is ignored.")


def tell(name: str, sentences: Sequence[str], settled: object) -> None:
    """Write what is wrong with a setting in the address, on this run and on later ones.

    Args:
        sentences: What is wrong; none if this run found nothing.
        settled: What is shown instead; the sentences go once this changes.
    """
    faults: dict[str, tuple[Sequence[str], object]] = st.session_state.setdefault(_FAULTS, {})
    if sentences:
        faults[name] = sentences, settled
    elif name in faults and faults[name][1] != settled:
        del faults[name]
    with st.session_state.get(_PLACE) or nullcontext():
        for sentence in faults.get(name, ((), None))[0]:
            notice(sentence)


@contextmanager
def told_in(place: DeltaGenerator) -> Iterator[None]:
    """Write what is wrong with settings in one place meanwhile."""
    st.session_state[_PLACE] = place
    try:
        yield
    finally:
        del st.session_state[_PLACE]


def setting_given(key: str) -> str | None:
    """Return what the address says of a setting; Streamlit drops what it can't use once the control is drawn."""
    expect_settings(key)
    given = st.query_params.get(key)
    st.session_state.setdefault(_TAKEN, set()).add(key)
    return given
