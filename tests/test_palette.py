"""Colours keep their meaning and can be told apart, also by readers with a colour-vision deficiency."""

from __future__ import annotations

import colorsys
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dashboard.charts.palette import CATEGORICAL, COLOURS, resolve

# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB (doi 10.1109/TVCG.2009.113).
MACHADO = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# A difference of about 2 in CIELAB is just visible side by side; lines apart from each other need more.
TOLD_APART = 12.0
THEMES = ["light", "dark"]


def linear(colour: str) -> NDArray[np.float64]:
    channels = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(rgb, 0, 1) / [0.95047, 1.0, 1.08883]
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def difference(first: str, second: str, vision: str) -> float:
    seen = [lab(MACHADO[vision] @ linear(colour)) for colour in (first, second)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("meaning", ["text", "muted", "event", "observed", "second", "third", "projected"])
def test_what_is_written_can_be_read(theme: str, meaning: str) -> None:
    colours = COLOURS[theme]
    assert contrast(colours[meaning], colours["background"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_contested_marks_stand_out_as_graphics_must(theme: str) -> None:
    assert contrast(COLOURS[theme]["contested"], COLOURS[theme]["background"]) >= 3.0


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", list(MACHADO))
def test_series_of_one_chart_can_be_told_apart(theme: str, vision: str) -> None:
    names = [token.removeprefix("@") for token in CATEGORICAL] + ["contested"]
    for first, second in itertools.combinations(names, 2):
        colours = COLOURS[theme]
        assert difference(colours[first], colours[second], vision) >= TOLD_APART, (first, second)


@pytest.mark.parametrize("theme", THEMES)
def test_no_series_is_red(theme: str) -> None:
    for token in CATEGORICAL:
        colour = COLOURS[theme][token.removeprefix("@")]
        hue, _, _ = colorsys.rgb_to_hsv(*(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)))
        assert min(hue, 1 - hue) * 360 >= 20, f"{token} reads as red; beside a green it would be lost"


def test_themes_define_the_same_meanings() -> None:
    assert set(COLOURS["light"]) == set(COLOURS["dark"])


def test_tokens_become_colours_everywhere_in_a_figure() -> None:
    figure = {
        "data": [{"marker": {"color": ["@second", "@contested/0.15"]}, "y": [1, None, 2.5]}],
        "layout": {"font": {"color": "@text"}, "title": "costs @observed and more"},
    }
    assert resolve(figure, "light") == {
        "data": [{"marker": {"color": ["#b35900", "rgba(138, 138, 138, 0.15)"]}, "y": [1, None, 2.5]}],
        "layout": {"font": {"color": "#101317"}, "title": "costs @observed and more"},
    }


@given(st.text())
def test_other_text_is_left_alone(text: str) -> None:
    tokens = {f"@{meaning}" for meaning in COLOURS["light"]}
    if text.partition("/")[0] not in tokens:
        assert resolve(text, "light") == text


def test_an_unknown_theme_is_an_error() -> None:
    with pytest.raises(KeyError):
        resolve({}, "sepia")  # type: ignore[arg-type]
