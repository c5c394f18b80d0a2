"""What each page rests on and what it shows, as plain data that can be sealed for a citation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd

from dashboard import cache
from indicators import __version__
from indicators.core.citation import Seal, seal_view, with_background
from indicators.core.dated import concerning
from indicators.core.model import Indicator
from indicators.core.observations import Evidence
from indicators.core.registry import all_indicators
from indicators.core.row_sums import RowCode, RowId
from indicators.core.schema import TABLES
from indicators.methods.cascade_parameters import parse_clamped as parse_cascade
from indicators.methods.parameters import parse_clamped
from indicators.methods.projection import project

CITE = "cite"
NOT_SETTINGS = (CITE, "as_of", "later")
"""Parameters of the address that are no settings: the citation, the day, and an overlay of what came later."""

Settings = Mapping[str, str]
PROJECTION_INDICATORS = ("refusal_cases", "refusal_sentences")
CASCADE_INDICATORS = ("refusal_cases", "equipment_abandonment")


def settings_of(address: Settings) -> dict[str, str]:
    """Return the settings of a view, without what is no setting.

    Example:
        >>> settings_of({"indicator": "refusal_cases", "as_of": "2023-08-30", "cite": "1~"})
        {'indicator': 'refusal_cases'}
    """
    return {name: text for name, text in address.items() if name not in NOT_SETTINGS}


def codes_of_view(stem: str, settings: Settings, day: date) -> dict[RowId, RowCode]:
    """Return the codes of the rows that a page rests on.

    Args:
        stem: Stem of the page.
        settings: The page's settings, as in its address.
        day: Last day whose publications count.
    """
    evidence, codes = cache.evidence_on(day), cache.row_codes_of_data()
    tables = _TABLES.get(stem, _everything)(evidence, settings)
    return {row: codes[row] for row in with_background(evidence, tables)}


def seal_of_view(stem: str, settings: Settings, day: date) -> Seal:
    """Seal a page as it stands on a day.

    Args:
        stem: Stem of the page.
        settings: The page's settings, as in its address.
        day: Last day whose publications count.
    """
    codes = codes_of_view(stem, settings, day)
    result = _RESULTS[stem](settings, day) if stem in _RESULTS else sorted(codes.items())
    return seal_view(
        data_version=cache.evidence_on(day).data_version,
        code_version=__version__,
        settings={"page": stem, "day": day, **settings},
        result=result,
        codes=codes,
    )


def _everything(evidence: Evidence, settings: Settings) -> list[pd.DataFrame]:
    return [getattr(evidence, table) for table in TABLES]


def _overview(evidence: Evidence, settings: Settings) -> list[pd.DataFrame]:
    return [evidence.observations, evidence.events, evidence.mentions]


def _indicator(evidence: Evidence, settings: Settings) -> list[pd.DataFrame]:
    indicator = _chosen(settings)
    tables = [evidence.of_indicator(indicator.id), concerning(evidence.events, indicator.id)]
    if any(panel.kind == "mentions" for panel in indicator.panels):
        tables.append(evidence.mentions)
    return tables


def _projection(evidence: Evidence, settings: Settings) -> list[pd.DataFrame]:
    counted = [evidence.of_indicator(indicator) for indicator in PROJECTION_INDICATORS]
    return [evidence.assumptions, *counted, evidence.of_indicator("force_size")]


def _cascade(evidence: Evidence, settings: Settings) -> list[pd.DataFrame]:
    context = [evidence.of_indicator(indicator) for indicator in CASCADE_INDICATORS]
    return [evidence.assumptions, evidence.events, *context]


def _claims(evidence: Evidence, settings: Settings) -> list[pd.DataFrame]:
    return [evidence.claims, evidence.claim_links, evidence.observations]


_TABLES: Mapping[str, Callable[[Evidence, Settings], list[pd.DataFrame]]] = {
    "overview": _overview,
    "indicator": _indicator,
    "projection": _projection,
    "track_record": lambda evidence, _: [evidence.published_projections, evidence.observations],
    "cascade": _cascade,
    "timeline": lambda evidence, _: [evidence.events, evidence.mentions],
    "both_sides": lambda evidence, _: [evidence.comparisons, evidence.comparison_guards, evidence.observations],
    "claims": _claims,
    "method": lambda evidence, _: [evidence.assumptions, evidence.observations],
}
"""Rows by page; a page that is not named here rests on everything."""


def _chosen(settings: Settings) -> Indicator:
    listed = {indicator.id: indicator for indicator in all_indicators()}
    return listed.get(settings.get("indicator", ""), next(iter(listed.values())))


def _indicator_result(settings: Settings, day: date) -> object:
    return cache.derived_digest_on(_chosen(settings).id, day)


def _overview_result(settings: Settings, day: date) -> object:
    return [cache.derived_digest_on(indicator.id, day) for indicator in all_indicators()]


def _projection_result(settings: Settings, day: date) -> object:
    projection = project(parse_clamped(settings)[0])
    return {
        "headline": projection.headline_path,
        "calendar": projection.calendar_path,
        "qualifier": projection.qualifier.value,
        "claim": projection.claim_paths,
        "imprisoned": projection.imprisoned,
        "per_thousand": projection.per_thousand_a_year,
    }


def _cascade_result(settings: Settings, day: date) -> object:
    cascade = cache.cascade_of(parse_cascade(settings)[0])
    return {
        "fan": cascade.fan,
        "mean_share": cascade.mean_share,
        "p_at_least": list(cascade.p_at_least.values()),
        "p_seed_only": cascade.p_seed_only,
        "histogram": list(cascade.histogram),
    }


_RESULTS: Mapping[str, Callable[[Settings, date], object]] = {
    "overview": _overview_result,
    "indicator": _indicator_result,
    "projection": _projection_result,
    "cascade": _cascade_result,
}
"""What a page computes from its rows; where it computes nothing, the rows themselves are the result."""
