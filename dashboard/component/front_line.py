"""The picture of one run: units along a front, week by week, at the reader's pace."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.component import as_bytes, entry_script

RESERVED_HEIGHT = 420

_front_line = st.components.v2.component("morale_front_line", js=entry_script("front_line.js"), isolate_styles=False)


def mount_front_line(
    ticks: Sequence[int | None],
    *,
    key: str,
    closed: bool,
    recovery: int,
    weeks: int,
    title: str,
    description: str,
    source: str,
    words: Mapping[str, str],
) -> None:
    """Put the picture of one run on the page.

    It never starts by itself. Where the reader's system asks for reduced motion it has no play button, only steps.

    Args:
        ticks: Week in which each unit breaks, 0 at the start; None for units that stand.
        closed: Whether units have neighbours: then they stand along a closed line, otherwise in rows.
        recovery: Weeks for which a broken unit presses on others.
        description: The whole run in words, for readers who can't see it or would rather read.
        words: Labels: play, pause, restart, back, forward, week, state (a sentence with {week}, {broken}, {units} and
            {pressing}), standing, pressing and withdrawn.
    """
    _front_line(
        key=key,
        data=as_bytes(
            {
                "ticks": list(ticks),
                "closed": closed,
                "recovery": recovery,
                "weeks": weeks,
                "title": title,
                "description": description,
                "source": source,
                "words": dict(words),
                "reserve": RESERVED_HEIGHT,
            }
        ),
    )
