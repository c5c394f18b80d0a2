"""Settings of a page in its address: controls bound to it, and a sentence for every value that makes no sense."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.shell.addresses import CITE
from dashboard.shell.markdown import escaped
from dashboard.shell.page_address import NAMED_AT_MOST, setting_given, tell, told_in
from indicators.core.plain_text import quoted, read_day
from indicators.core.text import day_text

BACKWARDS = "The period ends before it begins, so nothing lies within it. Choose a later end or an earlier start."


@contextmanager
def filters(place: DeltaGenerator) -> Iterator[None]:
    """Put controls behind one button; what is wrong with their settings is written below, where it is seen."""
    below = st.container()
    with place, st.popover("Filters", width="stretch"), told_in(below):
        yield


def choice(
    label: str,
    options: Mapping[str, str],
    *,
    key: str,
    side_by_side: bool = False,
    always: bool = False,
) -> str:
    """Let the reader pick one of several named things, and keep the pick's id in the address.

    Streamlit's own binding would write the display name into the address, where it would change with the wording.

    Args:
        options: Display name by id; the first is the default and leaves no trace in the address.
        side_by_side: Whether the options stand beside each other as buttons instead of in a list.
        always: Whether the default stands in the address as well, because another may be the first one day; a citation
            that was made without it stays as it is.
    """
    given, seen = setting_given(key), f"{key}_in_address"
    written = given is not None and given == st.session_state.get(seen)  # by an earlier run, for other options maybe
    if given in options and (not written or key not in st.session_state):
        st.session_state[key] = given
    if side_by_side:
        if st.session_state.get(key) not in options:
            st.session_state[key] = next(iter(options))
        picked = str(
            st.pills(
                escaped(label),
                list(options),
                format_func=lambda option: escaped(options[option]),
                required=True,
                label_visibility="collapsed",
                key=key,
            )
        )
    else:
        picked = st.selectbox(escaped(label), list(options), format_func=lambda option: options[option], key=key)
    fits = given is None or given in options or written
    wrong = f"{_asks(key, given)}, which does not exist; {quoted(options[picked], 200)} is shown."
    tell(key, () if fits else (wrong,), picked)
    if picked == next(iter(options)) and (not always or (given is None and CITE in st.query_params)):
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = picked
    st.session_state[seen] = picked
    return picked


def several(
    label: str, options: Mapping[str, str], *, key: str, default: Sequence[str], most: int, placeholder: str
) -> list[str]:
    """Let the reader pick several named things, and keep their ids in the address, joined by commas.

    Args:
        options: Display name by id.
        default: Ids at the start, without those that are no options; they leave no trace in the address.
    """
    given, seen = setting_given(key), f"{key}_in_address"
    asked = [part for part in (given or "").split(",") if part]
    fits = [part for part in dict.fromkeys(asked) if part in options][:most]
    if given is not None and (given != st.session_state.get(seen) or key not in st.session_state):
        st.session_state[key] = fits
    elif key not in st.session_state:
        st.session_state[key] = [part for part in default if part in options]
    st.session_state[key] = [part for part in st.session_state[key] if part in options]
    picked = st.multiselect(
        escaped(label),
        list(options),
        format_func=lambda option: options[option],
        key=key,
        max_selections=most,
        placeholder=escaped(placeholder),
        wrap=True,
    )
    unknown = [quoted(part) for part in asked if part not in options][:NAMED_AT_MOST]
    absent = "which does not exist here" if len(unknown) == 1 else "none of which exists here"
    faults = [f"The address asks for {key} {', '.join(unknown)}, {absent}."] if unknown else []
    if len([part for part in asked if part in options]) > most:
        faults.append(f"The address asks for more than {most} {key}; the first {most} are shown.")
    tell(key, faults, picked)
    st.session_state[seen] = ",".join(picked)
    if picked == [part for part in default if part in options]:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = st.session_state[seen]
    return picked


def named(key: str, known: Collection[str], shown: str) -> str | None:
    """Return what the address names, for a setting without a control of its own.

    Args:
        shown: What is shown instead of anything else, in words.
    """
    given = setting_given(key)
    fits = given is None or given in known
    tell(key, () if fits else (f"{_asks(key, given)}, which does not exist; {shown} is shown.",), given)
    return given if fits else None


def day_input(
    label: str,
    *,
    key: str,
    first: date,
    last: date,
    default: date | None = None,
    help_text: str | None = None,
) -> date | None:
    """Let the reader pick a day, bound to the address.

    Args:
        last: Latest day; where a clock says that it lies before the earliest, only that one can be picked.
    """
    given, last = setting_given(key), max(filter(None, (first, last, default)))
    picked: date | None = st.date_input(
        escaped(label),
        value=default,
        min_value=first,
        max_value=last,
        key=key,
        bind="query-params",
        format="YYYY-MM-DD",
        help=None if help_text is None else escaped(help_text),
    )
    shown = "no day" if picked is None else day_text(picked)
    expected = f"a day as YYYY-MM-DD from {day_text(first)} to {day_text(last)}"
    _check(key, given, lambda text: first <= read_day(text) <= last, expected, picked, shown)
    return picked


def day_in_address(key: str, *, first: date, last: date, empty: str) -> date | None:
    """Return the day that the address names, with a sentence and without the name if it makes no sense.

    Args:
        empty: What is shown without a day, in words.
    """
    given = setting_given(key)

    def read(text: str) -> date | None:
        day = read_day(text)
        return day if first <= day <= last else None

    day = None
    with suppress(ValueError):
        day = read(given) if given else None
    expected = f"a day as YYYY-MM-DD from {day_text(first)} to {day_text(last)}"
    _check(key, given, lambda text: read(text) is not None, expected, day, day_text(day) or empty)
    if given is not None and day is None:
        del st.query_params[key]
    return day


def switch(label: str, *, key: str, help_text: str | None = None, default: bool = False) -> bool:
    """Let the reader switch something on, bound to the address."""
    given = setting_given(key)
    words = None if help_text is None else escaped(help_text)
    on = st.toggle(escaped(label), default, key=key, bind="query-params", help=words)
    _check(key, given, lambda text: text.lower() in ("true", "false"), "true or false", on, str(on).lower())
    return on


def whole_number(label: str, lowest: int, highest: int, default: int, step: int, *, key: str) -> int:
    """Let the reader write a whole number within a range, bound to the address."""
    given = setting_given(key)
    picked: int = st.number_input(escaped(label), lowest, highest, default, step, key=key, bind="query-params")
    expected = f"a whole number from {lowest:,} to {highest:,}"
    _check(key, given, lambda text: lowest <= int(text) <= highest, expected, picked, f"{picked:,}")
    return picked


def search_text(label: str, *, key: str, placeholder: str) -> str:
    """Let the reader write what to look for, bound to the address."""
    setting_given(key)
    return st.text_input(escaped(label), key=key, bind="query-params", placeholder=placeholder)


def _check(key: str, given: str | None, fits: Callable[[str], bool], expected: str, picked: object, shown: str) -> None:
    try:
        sound = not given or fits(given)
    except ValueError:
        sound = False
    tell(key, () if sound else (f"{_asks(key, given)}; expected {expected}. Shown: {shown}.",), picked)


def _asks(key: str, given: object) -> str:
    return f"The address asks for {key} {quoted(given)}"
