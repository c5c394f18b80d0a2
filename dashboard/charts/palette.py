"""Colours by meaning, for a light and a dark page.

Charts never name a colour. They name what they mean (``"@observed"``, ``"@projected/0.25"``) and this
module, or the same few lines in the browser, turns the name into a colour of the active theme. A theme
switch therefore needs no new figure from the server.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

Theme = Literal["light", "dark"]

COLOURS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "observed": "#1f4e79",
        "second": "#b35900",
        "third": "#4d7c3a",
        "projected": "#6b4c9a",
        "contested": "#8a8a8a",
        "event": "#666666",
        "text": "#101317",
        "muted": "#565b62",
        "grid": "#e4e6e9",
        "background": "#ffffff",
    },
    "dark": {
        "observed": "#8ab6e0",
        "second": "#f0a860",
        "third": "#9ccc85",
        "projected": "#b8a0e0",
        "contested": "#a0a0a0",
        "event": "#aaaaaa",
        "text": "#e8eaed",
        "muted": "#a9aeb5",
        "grid": "#33383f",
        "background": "#14171b",
    },
}
"""Hex colours by theme and meaning; text, muted and event keep 4.5 : 1 against their background."""

CATEGORICAL: tuple[str, ...] = ("@observed", "@second", "@third")
"""The order in which series of one chart take their colours."""

DARK_LIFT = 0.17
"""How far a shade on a dark page is brought from clear towards full: the palest band keeps 1.5 : 1 there."""

_TOKEN = re.compile(r"@([a-z]+)(?:/(0(?:\.\d+)?|1(?:\.0+)?))?")


def resolve(figure: Any, theme: Theme) -> Any:
    """Return a copy of a figure in which every colour token is a colour of one theme.

    A token is a string that consists of ``@``, a meaning of ``COLOURS`` and, if wanted, ``/`` and an
    opacity between 0 and 1. Every other string stays as it is.

    Args:
        figure: A plain figure, or any nesting of mappings, sequences and scalars inside one.
        theme: ``"light"`` or ``"dark"``.

    Raises:
        KeyError: If ``theme`` is neither ``"light"`` nor ``"dark"``.

    Example:
        >>> resolve({"line": {"color": "@observed"}, "fillcolor": "@projected/0.25"}, "light")
        {'line': {'color': '#1f4e79'}, 'fillcolor': 'rgba(107, 76, 154, 0.25)'}
        >>> resolve(["@somebody", 3], "dark")
        ['@somebody', 3]
    """
    colours = COLOURS[theme]
    if isinstance(figure, str):
        return _colour(figure, colours, DARK_LIFT if theme == "dark" else 0.0)
    if isinstance(figure, Mapping):
        return {key: resolve(value, theme) for key, value in figure.items()}
    if isinstance(figure, Sequence) and not isinstance(figure, bytes):
        return [resolve(value, theme) for value in figure]
    return figure


def _colour(text: str, colours: Mapping[str, str], lift: float) -> str:
    match = _TOKEN.fullmatch(text)
    if match is None or match[1] not in colours:
        return text
    hexadecimal = colours[match[1]]
    if match[2] is None:
        return hexadecimal
    red, green, blue = (int(hexadecimal[start : start + 2], 16) for start in (1, 3, 5))
    opacity = float(match[2])
    return f"rgba({red}, {green}, {blue}, {round(opacity + lift * (1 - opacity), 3):g})"
