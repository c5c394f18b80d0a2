"""Sentences and tables of the parts of a miss."""

import math
from collections.abc import Mapping

import pandas as pd

from indicators.core.figures.rounding import two_digit_ratio
from indicators.core.text import number_text
from indicators.methods.track_record.miss_split import MissSplit

PARTS: Mapping[str, str] = {
    "definition": "Different definition",
    "rate": "Different weekly rate",
    "model": "The rule itself",
    "delay": "Late reports",
    "unexplained": "Unexplained",
}
"""Part of a miss, in words, in the order in which they add up."""

SPLIT_NOTE = (
    "The parts multiply to observed over projected. “Different definition” is the step from the projection's own stage "
    "to this one; “different weekly rate” compares the counted weeks with the rate that was carried on."
)


def split_parts(split: MissSplit) -> dict[str, float | None]:
    """Return the parts of a miss by their name for people."""
    return {words: getattr(split, part) for part, words in PARTS.items()}


def split_sentence(split: MissSplit) -> str:
    """Name the largest part of a miss, and what can't be told."""
    known = {part: getattr(split, part) for part in PARTS if getattr(split, part) is not None}
    largest = max(known, key=lambda part: abs(known[part]))
    sentence = f"Observed over projected is {number_text(two_digit_ratio(math.exp(split.total)))}. "
    if abs(known[largest]) < 1e-9:
        sentence += "No part differs."
    else:
        factor = number_text(two_digit_ratio(math.exp(known[largest])))
        sentence += f"The largest part: {PARTS[largest].lower()}, times {factor}."
    return " ".join([sentence, *dict.fromkeys(split.reasons.values())])


def split_table(split: MissSplit) -> pd.DataFrame:
    """Return the parts of a miss for people: on the log scale, as factors, and why one is missing."""
    parts = {**split_parts(split), "Observed over projected": split.total}
    reasons = [split.reasons.get(part, "") for part in PARTS]
    return pd.DataFrame(
        {
            "Part": list(parts),
            "On the log scale": pd.Series(list(parts.values()), dtype="float64"),
            "Factor": pd.Series([None if part is None else math.exp(part) for part in parts.values()], dtype="float64"),
            "Why it is missing": [*reasons, ""],
        }
    )
