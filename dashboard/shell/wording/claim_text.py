"""Words of a claim: its grades, its likelihood and confidence, and where it can be read."""

import pandas as pd

from indicators.core.ledger.marks import (
    CREDIBILITY_WORDS,
    RELIABILITY_WORDS,
    confidence_mark,
    grade_mark,
    likelihood_mark,
)
from indicators.core.text import upper_first

NOT_STATED = "not stated"


def marks(claim: pd.Series) -> dict[str, str]:
    """Return the marks of a claim by name, each in words of its own."""
    reliability, credibility = grade_mark(claim["reliability"], claim["credibility"])
    return {
        "Reliability of the claimant": reliability,
        "Credibility of the statement": credibility,
        "Likelihood in the source's words": likelihood_text(claim),
        "Confidence stated by the source": confidence_mark(claim["confidence"]),
    }


def likelihood_text(claim: pd.Series) -> str:
    """Return the likelihood that the source itself stated."""
    return likelihood_mark(claim["likelihood_low"], claim["likelihood_high"], claim["likelihood_scale"])


def grades_text(claim: pd.Series) -> str:
    """Say how reliable a claimant is and how credible its statement, why, and what the source itself said."""
    letter, digit = claim["reliability"], claim["credibility"]
    source = f"source {RELIABILITY_WORDS[letter]} ({letter})" if letter else "no claimant"
    words = marks(claim)
    stated = {
        "Likelihood": words["Likelihood in the source's words"],
        "Confidence": words["Confidence stated by the source"],
    }
    said = "".join(f" {name}: {word}." for name, word in stated.items() if word != NOT_STATED)
    grades = f"{upper_first(source)}; statement {CREDIBILITY_WORDS[digit]} ({digit})."
    return f"{grades} {claim['credibility_reason']}{said}"
