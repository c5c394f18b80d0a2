"""Three marks of a claim that are never merged: source grade, likelihood and confidence, each in words of its own."""

import math
from collections.abc import Mapping

from indicators.core.evidence.vocabulary import LikelihoodScale
from indicators.core.text import percents_text

Band = tuple[str, float, float]

BANDS: Mapping[LikelihoodScale, tuple[Band, ...]] = {
    LikelihoodScale.ICD_203: (
        ("almost no chance", 0.01, 0.05),
        ("very unlikely", 0.05, 0.20),
        ("unlikely", 0.20, 0.45),
        ("roughly even chance", 0.45, 0.55),
        ("likely", 0.55, 0.80),
        ("very likely", 0.80, 0.95),
        ("almost certain", 0.95, 0.99),
    ),
    LikelihoodScale.PHIA: (
        ("remote chance", 0.00, 0.05),
        ("highly unlikely", 0.10, 0.20),
        ("unlikely", 0.25, 0.35),
        ("realistic possibility", 0.40, 0.50),
        ("likely or probable", 0.55, 0.75),
        ("highly likely", 0.80, 0.90),
        ("almost certain", 0.95, 1.00),
    ),
}
"""Words and their bands as shares: US Intelligence Community Directive 203, and the UK probability yardstick (PHIA),
which leaves gaps on purpose."""

SCALE_NAMES: Mapping[LikelihoodScale, str] = {
    LikelihoodScale.ICD_203: "US yardstick, ICD 203",
    LikelihoodScale.PHIA: "UK yardstick, PHIA",
}

RELIABILITY_WORDS: Mapping[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "can't be judged",
}
"""Admiralty grades of a source; F is unknown, not the worst."""

CREDIBILITY_WORDS: Mapping[str, str] = {
    "1": "confirmed by others",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "can't be judged",
}
"""Admiralty grades of a statement; 6 is unknown, not the worst."""


def likelihood_word(low: float, high: float, scale: LikelihoodScale) -> str:
    """Return the word of a yardstick for a band of probabilities, always with the numbers beside it.

    Args:
        low: Lower end, 0 to 1.
        high: Upper end, `low` to 1.
        scale: The yardstick; the same band has different words on the two.

    Returns:
        The word of the narrowest band that holds the given one, or the numbers alone where no band does.

    Raises:
        ValueError: If the ends are not 0 <= low <= high <= 1.

    Example:
        >>> likelihood_word(0.55, 0.80, LikelihoodScale.ICD_203)
        'likely (55 to 80 %)'
        >>> likelihood_word(0.55, 0.80, LikelihoodScale.PHIA)
        '55 to 80 %'
    """
    if not 0 <= low <= high <= 1:
        raise ValueError(f"a likelihood needs 0 <= low <= high <= 1; got {low!r} and {high!r}")
    numbers = percents_text(low, high)
    holding = [band for band in BANDS[scale] if band[1] <= low and high <= band[2]]
    if not holding:
        return numbers
    word, _, _ = min(holding, key=lambda band: band[2] - band[1])
    return f"{word} ({numbers})"


def likelihood_mark(low: float, high: float, scale: str) -> str:
    """Return the likelihood of a claim in words, or "not stated".

    Args:
        low: Lower end or NaN.
        high: Upper end or NaN.
        scale: A `LikelihoodScale`, or empty.

    Example:
        >>> likelihood_mark(0.95, 0.99, "icd203")
        'almost certain (95 to 99 %); US yardstick, ICD 203'
        >>> likelihood_mark(math.nan, math.nan, "")
        'not stated'
    """
    if math.isnan(low) or math.isnan(high):
        return "not stated"
    yardstick = LikelihoodScale(scale)
    return f"{likelihood_word(low, high, yardstick)}; {SCALE_NAMES[yardstick]}"


def confidence_mark(confidence: str) -> str:
    """Return the confidence that the source itself stated, or "not stated".

    Example:
        >>> confidence_mark("moderate"), confidence_mark("")
        ('moderate', 'not stated')
    """
    return confidence or "not stated"


def grade_mark(reliability: str, credibility: str) -> tuple[str, str]:
    """Return the two Admiralty grades with their words, apart from each other.

    Args:
        reliability: A to F, of the claimant; empty where there is none.
        credibility: 1 to 6, of the statement.

    Example:
        >>> grade_mark("F", "6")
        ("F: can't be judged", "6: can't be judged")
    """
    letter = f"{reliability}: {RELIABILITY_WORDS[reliability]}" if reliability else "no claimant"
    return letter, f"{credibility}: {CREDIBILITY_WORDS[credibility]}"
