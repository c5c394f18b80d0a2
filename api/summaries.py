"""Parts that several answers share: an indicator's summary, and the sources behind rows."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import pandas as pd

from api.tables import records
from indicators.core.evidence.consistency import split_ids
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import with_ancestors
from indicators.core.figures.freshness import freshness_of, freshness_sentence
from indicators.core.figures.glance import Glance
from indicators.core.model import Indicator, as_known

_PLAIN = ("id", "name", "group", "unit", "direction", "origins")
_LATEST = (
    "kind",
    "value",
    "qualifier",
    "unit",
    "summary",
    "period_start",
    "period_end",
    "known",
    "source_id",
    "change",
)


def indicator_summary(indicator: Indicator, evidence: Evidence, at_a_glance: Glance, today: date) -> dict[str, object]:
    """Return an indicator's definition and newest figure or event.

    Args:
        at_a_glance: Its newest figure or event, history and origins.
        today: The present day, or the replayed one.
    """
    latest = None
    if at_a_glance.latest is not None:
        row = records(at_a_glance.latest.to_frame().T)[0]
        latest = {
            "kind": "figure",
            **{key: row[key] for key in ("value", "qualifier", "unit", "period_start", "period_end", "known")},
            "summary": row["label"],
            "source_id": row["source_id"],
            "change": at_a_glance.change,
        }
    elif at_a_glance.latest_event is not None:
        entry = records(at_a_glance.latest_event.to_frame().T)[0]
        latest = {
            "kind": "event",
            "value": None,
            "qualifier": None,
            "unit": None,
            "summary": entry["title"],
            "period_start": entry["date"],
            "period_end": entry["end_date"],
            **{key: entry[key] for key in ("known", "source_id")},
            "change": None,
        }
    known = as_known(indicator, evidence.as_of)
    return {
        "id": indicator.id,
        "name": indicator.name,
        "group": indicator.group,
        "question": known.question,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "direction_reason": known.direction_reason,
        "latest": latest,
        "freshness": {
            "sentence": freshness_sentence(at_a_glance, today),
            "series": [asdict(one) for one in freshness_of(evidence, indicator.id, today)],
        },
        "origins": at_a_glance.origins,
        "caveats": list(known.caveats),
        "references": list(known.references),
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
