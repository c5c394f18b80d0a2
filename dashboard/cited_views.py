"""The rows that each page rests on, and the seal of a page for its citation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd

from dashboard import cache
from dashboard.cited_results import CASCADE_INDICATORS, RESULTS, Settings, chosen_indicator
from dashboard.projection.chart import RATES
from indicators import __version__
from indicators.core.citation.code_version import code_version
from indicators.core.citation.row_sums import RowCode, RowId
from indicators.core.citation.seal import Seal, seal_view, with_background
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.schema import TABLES
from indicators.core.ledger.entries import concerning
from indicators.core.tracking_marks import is_tracking_mark

CITE = "cite"
NOT_SETTINGS = (CITE, "as_of", "later")
"""Parameters of the address that are no settings: the citation, the day, and an overlay of what came later."""

PROJECTION_INDICATORS = ("refusal_cases", RATES)


def settings_of(address: Settings) -> dict[str, str]:
    """Return the settings of a view, without what is no setting and what others hung on the link.

    Example:
        >>> settings_of({"indicator": "refusal_cases", "as_of": "2023-08-30", "cite": "1~", "fbclid": "x"})
        {'indicator': 'refusal_cases'}
    """
    return {name: text for name, text in address.items() if name not in NOT_SETTINGS and not is_tracking_mark(name)}


def codes_of_view(stem: str, settings: Settings, day: date) -> dict[RowId, RowCode]:
    """Return the codes of the rows that a page rests on.

    Args:
        stem: Stem of the page.
        settings: The page's settings, as in its address.
        day: Last day whose publications count.
    """
    evidence, codes = cache.evidence_on(day), cache.row_codes_of_data()
    tables = _TABLES.get(stem, _everything)(evidence, settings, day)
    return {row: codes[row] for row in with_background(evidence, tables)}


def seal_of_view(stem: str, settings: Settings, day: date) -> Seal:
    """Seal a page as it stands on a day.

    Args:
        stem: Stem of the page.
        settings: The page's settings, as in its address.
        day: Last day whose publications count.
    """
    codes = codes_of_view(stem, settings, day)
    result = RESULTS[stem](settings, day) if stem in RESULTS else sorted(codes.items())
    return seal_view(
        data_version=cache.evidence_on(day).data_version,
        code_version=code_version(__version__),
        settings={"page": stem, "day": day, **settings},
        result=result,
        codes=codes,
    )


def _everything(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    return [getattr(evidence, table) for table in TABLES]


def _overview(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    return [evidence.observations, evidence.events, evidence.mentions]


def _indicator(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    indicator = chosen_indicator(settings)
    signposts = evidence.signposts[evidence.signposts["indicator"] == indicator.id]
    tables = [
        evidence.of_indicator(indicator.id),
        concerning(evidence.events, indicator.id),
        signposts[signposts["window_start"] <= pd.Timestamp(day)],
    ]
    if any(panel.kind == "mentions" for panel in indicator.panels):
        tables.append(evidence.mentions)
    return tables


def _projection(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    counted = [evidence.of_indicator(indicator) for indicator in PROJECTION_INDICATORS]
    marked = concerning(evidence.events, RATES)
    return [evidence.assumptions, *counted, evidence.of_indicator("force_size"), marked]


def _track_record(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    return [evidence.published_projections, evidence.observations, evidence.assumptions]


def _cascade(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    context = [evidence.of_indicator(indicator) for indicator in CASCADE_INDICATORS]
    return [evidence.assumptions, evidence.events, *context]


def _timeline(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    return [evidence.events, evidence.mentions]


def _both_sides(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    return [evidence.comparisons, evidence.comparison_guards, evidence.observations]


def _claims(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    graded = evidence.publishers[evidence.publishers["publisher"].isin(evidence.claims["claimant"])]
    answering = [evidence.observations, evidence.published_projections, evidence.events, evidence.mentions]
    return [evidence.claims, evidence.claim_links, graded, *answering]


def _method(evidence: Evidence, settings: Settings, day: date) -> list[pd.DataFrame]:
    return [evidence.assumptions, evidence.observations]


_TABLES: Mapping[str, Callable[[Evidence, Settings, date], list[pd.DataFrame]]] = {
    "overview": _overview,
    "indicator": _indicator,
    "projection": _projection,
    "track_record": _track_record,
    "cascade": _cascade,
    "timeline": _timeline,
    "both_sides": _both_sides,
    "claims": _claims,
    "method": _method,
}
"""Rows by page; a page that is not named here rests on everything."""
