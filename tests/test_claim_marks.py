"""Source grade, likelihood and confidence: three marks, each in its own words, never merged."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest
from factories import bundled

from dashboard.claims.text import ledger_table
from dashboard.shell.wording.claim_text import marks
from indicators.core.evidence.vocabulary import LikelihoodScale
from indicators.core.ledger.claims import ledger
from indicators.core.ledger.marks import (
    BANDS,
    CREDIBILITY_WORDS,
    RELIABILITY_WORDS,
    confidence_mark,
    grade_mark,
    likelihood_mark,
    likelihood_word,
)

ICD, PHIA = LikelihoodScale.ICD_203, LikelihoodScale.PHIA
LIKELIHOOD_WORDS = re.compile(r"likely|probable|certain|chance|possibility|\d %")
CONFIDENCE_WORDS = re.compile(r"\b(low|moderate|high)\b|confiden")


@pytest.mark.parametrize(
    ("low", "high", "scale", "expected"),
    [
        (0.01, 0.05, ICD, "almost no chance (1 to 5 %)"),
        (0.20, 0.45, ICD, "unlikely (20 to 45 %)"),
        (0.45, 0.55, ICD, "roughly even chance (45 to 55 %)"),
        (0.55, 0.80, ICD, "likely (55 to 80 %)"),
        (0.95, 0.99, ICD, "almost certain (95 to 99 %)"),
        (0.60, 0.70, ICD, "likely (60 to 70 %)"),
        (0.55, 0.75, PHIA, "likely or probable (55 to 75 %)"),
        (0.40, 0.50, PHIA, "realistic possibility (40 to 50 %)"),
        (0.55, 0.80, PHIA, "55 to 80 %"),
        (0.35, 0.40, PHIA, "35 to 40 %"),
        (0.40, 0.60, ICD, "40 to 60 %"),
    ],
)
def test_words_come_from_the_bands_of_one_yardstick(
    low: float, high: float, scale: LikelihoodScale, expected: str
) -> None:
    assert likelihood_word(low, high, scale) == expected


@pytest.mark.parametrize(("low", "high"), [(-0.1, 0.5), (0.5, 1.1), (0.6, 0.5), (55, 80)])
def test_a_band_outside_the_scale_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="0 <= low <= high <= 1"):
        likelihood_word(low, high, ICD)


def test_the_us_bands_touch_and_the_uk_bands_leave_gaps() -> None:
    us, uk = BANDS[ICD], BANDS[PHIA]
    assert all(earlier[2] == later[1] for earlier, later in pairwise(us))
    assert all(earlier[2] < later[1] for earlier, later in pairwise(uk))


def test_what_a_source_does_not_state_is_not_filled_in() -> None:
    assert likelihood_mark(math.nan, math.nan, "") == "not stated"
    assert confidence_mark("") == "not stated"
    assert grade_mark("", "6") == ("no claimant", "6: can't be judged")


def test_unknown_grades_are_not_the_worst() -> None:
    assert RELIABILITY_WORDS["F"] == CREDIBILITY_WORDS["6"] == "can't be judged"
    assert RELIABILITY_WORDS["E"] == "unreliable"
    assert CREDIBILITY_WORDS["5"] == "improbable"


def test_no_text_holds_a_likelihood_and_a_confidence() -> None:
    rows = ledger(bundled()).assign(confidence="moderate")
    for _, claim in rows.iterrows():
        words = marks(claim)
        assert len(words) == 4
        for text in words.values():
            assert not (LIKELIHOOD_WORDS.search(text) and CONFIDENCE_WORDS.search(text)), text


def test_the_table_keeps_every_mark_in_a_column_of_its_own() -> None:
    table = ledger_table(ledger(bundled()))
    assert {"Reliability of claimant", "Credibility of statement", "Likelihood", "Confidence"} <= set(table.columns)
    assert set(table["Reliability of claimant"]) <= {*"ABCDEF", ""}
    assert set(table["Credibility of statement"]) <= set("123456")
