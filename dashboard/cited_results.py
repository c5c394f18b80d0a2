"""What each page computes from its rows, as data that a citation seals: the whole of it, whatever part is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from dashboard import cache
from dashboard.cascade.controls import read_settings as read_cascade_settings
from dashboard.method.glossary import GLOSSARY
from dashboard.method.text import LIMITS, METHODS
from dashboard.projection.controls import controls, read_settings
from indicators.core.ledger.claims import claim_echoes, ledger
from indicators.core.ledger.timeline import timeline
from indicators.core.model import Indicator, as_known
from indicators.core.registry import all_indicators
from indicators.methods.cascade.assumptions import plausible_ranges
from indicators.methods.comparison.claim_bounds import claimed_intervals, contested_series
from indicators.methods.comparison.signposts import signposts_of
from indicators.methods.comparison.two_sides import comparisons
from indicators.methods.projection.project import project

Settings = Mapping[str, str]
CASCADE_INDICATORS = ("refusal_cases", "equipment_abandonment")


def chosen_indicator(settings: Settings) -> Indicator:
    """Return the indicator that the indicator page shows for an address.

    Args:
        settings: The page's settings, as in its address.
    """
    listed = {indicator.id: indicator for indicator in all_indicators()}
    return listed.get(settings.get("indicator", ""), next(iter(listed.values())))


def _overview(settings: Settings, day: date) -> object:
    return [cache.derived_digest_on(indicator.id, day) for indicator in all_indicators()]


def _indicator(settings: Settings, day: date) -> object:
    indicator = chosen_indicator(settings).id
    changes = cache.rate_changes_on(indicator, day)
    signposts = signposts_of(indicator, cache.evidence_on(day), cache.derived_on(indicator, day), day)
    return {
        "derived": cache.derived_digest_on(indicator, day),
        "changes": [changes.sentence, changes.dated_sentence],
        "signposts": [signpost for signpost in signposts if signpost.window_start <= day],
    }


def _projection(settings: Settings, day: date) -> object:
    parameters, _ = read_settings(controls(cache.evidence_on(day)), settings)
    projection = project(parameters)
    return {
        "headline": projection.headline_path,
        "calendar": projection.calendar_path,
        "qualifier": projection.qualifier.value,
        "claim": projection.claim_paths,
        "imprisoned": projection.imprisoned,
        "per_thousand": projection.per_thousand_a_year,
        "counted": cache.count_layer_on(day, parameters),
    }


def _track_record(settings: Settings, day: date) -> object:
    return [cache.track_record_on(day), cache.answer_on(day)]


def _cascade(settings: Settings, day: date) -> object:
    cascade = cache.cascade_of(read_cascade_settings(settings)[0])
    spread = cache.plausible_cascade(tuple(plausible_ranges(cache.evidence_on(day)).items()))
    return {
        "fan": cascade.fan,
        "mean_share": cascade.mean_share,
        "p_at_least": list(cascade.p_at_least.values()),
        "p_seed_only": cascade.p_seed_only,
        "histogram": list(cascade.histogram),
        "plausible": [spread.beyond_start, spread.beyond_tenth],
        "seen": [cache.derived_digest_on(indicator, day) for indicator in CASCADE_INDICATORS],
    }


def _timeline(settings: Settings, day: date) -> object:
    return timeline(cache.evidence_on(day))


def _both_sides(settings: Settings, day: date) -> object:
    compared = comparisons(cache.evidence_on(day))
    rows = cache.all_figures_on(day)
    return {
        "comparisons": compared,
        "figures": rows[rows["series"].isin({name for pair in compared for name in (pair.ru_series, pair.ua_series)})],
    }


def _claims(settings: Settings, day: date) -> object:
    evidence = cache.evidence_on(day)
    article = cache.annotated_article_on(day)
    return {
        "ledger": ledger(evidence),
        "echoes": claim_echoes(evidence, evidence.claims),
        "article": article,
        "unread": len(cache.annotated_article_on(None).statements) - len(article.statements),
        "intervals": [claimed_intervals(evidence, [name], date.min, day) for name in contested_series(evidence)],
    }


def _method(settings: Settings, day: date) -> object:
    indicators = (as_known(indicator, day) for indicator in all_indicators())
    texts = [[indicator.id, indicator.formula, *indicator.caveats, *indicator.references] for indicator in indicators]
    return {"indicators": texts, "shared": METHODS, "words": GLOSSARY, "limits": LIMITS}


RESULTS: Mapping[str, Callable[[Settings, date], object]] = {
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
"""Results by page; a page that is not named here computes nothing: its rows are the result."""
