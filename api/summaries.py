"""Parts that several answers share: an indicator's summary, a series' definition, and the sources behind rows."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from api import problems
from api.shapes import Latest
from api.tables import records
from indicators.core.evidence.consistency import split_ids
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import with_ancestors
from indicators.core.figures.freshness import freshness_of, freshness_sentence
from indicators.core.model import Indicator, as_known
from indicators.core.snapshot import Snapshot

_PLAIN = ("id", "name", "group", "unit", "direction", "origins")
_WORDS = ("question", "direction_reason", "caveats", "references")
_LATEST = tuple(Latest.model_fields)


def indicator_summary(indicator: Indicator, snapshot: Snapshot, today: date) -> dict[str, Any]:
    """Return an indicator's definition and newest figure or event.

    Args:
        today: The present day, or the replayed one.
    """
    at_a_glance = snapshot.glance(indicator.id)
    figure, event = at_a_glance.latest, at_a_glance.latest_event
    latest: dict[Any, Any] | None = None
    if figure is not None:
        latest = {**figure, "kind": "figure", "summary": figure["label"], "change": at_a_glance.change}
    elif event is not None:
        dated = {"period_start": event["date"], "period_end": event["end_date"]}
        latest = {**dict.fromkeys(_LATEST), **event, **dated, "kind": "event", "summary": event["title"]}
    known = as_known(indicator, snapshot.day)
    return {
        **{name: getattr(known, name) for name in (*_PLAIN[:-1], *_WORDS)},
        "latest": latest,
        "freshness": {
            "sentence": freshness_sentence(at_a_glance, today),
            "series": freshness_of(snapshot.evidence, indicator.id, today),
        },
        "origins": at_a_glance.origins,
    }


def newest_table(summaries: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return one row for each indicator: what it is, and its newest figure or event as far as there is one.

    Args:
        summaries: From `indicator_summary`.
    """
    rows = [
        {name: item[name] for name in _PLAIN} | {f"latest_{name}": (item["latest"] or {}).get(name) for name in _LATEST}
        for item in summaries
    ]
    return pd.DataFrame(rows, dtype=object)


def defined_series(evidence: Evidence, series: str) -> dict[str, object]:
    """Return the definition of a series.

    Raises:
        HTTPException: If no series has this id.
    """
    definition = evidence.series[evidence.series["series"] == series]
    if definition.empty:
        raise problems.not_found("series", series, "The series of an indicator stand in /api/v1/indicators/{id}.")
    return records(definition[["series", "name", "definition", "unit", "kind"]])[0]


def sources_of(evidence: Evidence, *tables: pd.DataFrame) -> list[dict[str, object]]:
    """Return the sources of rows and the origins behind them.

    Args:
        tables: Tables with a `source_id` column of ;-joined ids.
    """
    used: set[str] = set()
    for table in tables:
        used = used.union(*(split_ids(cell) for cell in table["source_id"]))
    return sources_named(evidence, used)


def sources_named(evidence: Evidence, source_ids: Iterable[str]) -> list[dict[str, object]]:
    """Return the named sources and the origins behind them."""
    wanted = with_ancestors(evidence.sources, source_ids)
    return records(evidence.sources[evidence.sources["source_id"].isin(wanted)])
