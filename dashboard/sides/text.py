"""The table of what a comparison of two sides rests on."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import cited_pages
from indicators.methods.comparison.two_sides import Guard


def guard_table(evidence: Evidence, guards: Sequence[Guard]) -> pd.DataFrame:
    """Return what a comparison of two sides rests on, for people.

    Args:
        evidence: Evidence that holds the sources.
        guards: The judged aspects.
    """
    return pd.DataFrame(
        {
            "Aspect": [guard.aspect.replace("_", " ").capitalize() for guard in guards],
            "Russia": [guard.russia for guard in guards],
            "Ukraine": [guard.ukraine for guard in guards],
            "Alike": [guard.alike for guard in guards],
            "Why": [guard.reason for guard in guards],
            "Source": [cited_pages(evidence, guard.source_id) for guard in guards],
        }
    )
