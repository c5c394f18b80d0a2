"""What a model's settings rest on, as a source line and as a table."""

from collections.abc import Sequence

from dashboard.charts.columns import Columns
from dashboard.component.source_line import SourceLine
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import cited_pages, source_note
from indicators.core.text import number_text
from indicators.methods.projection.assumptions import StatedAssumption

NOTHING_PUBLISHED = "No input of this projection was published"


def assumption_line(evidence: Evidence, stated: Sequence[StatedAssumption]) -> SourceLine:
    """Return the source line of a projection: who published its weekly figure, and that the rest is assumed."""
    published = [item for item in stated if item.basis == "published"]
    reader = [item.name for item in stated if item.basis == "reader's assumption"]
    ids = [source for item in published for source in item.source_ids]
    inputs = ("Published inputs: ", cited_pages(evidence, ids), ".") if ids else (f"{NOTHING_PUBLISHED}.",)
    own = f" Reader's assumption: {', '.join(reader)}." if reader else ""
    return (*inputs, f"{own} Everything else is assumed; see the assumptions.")


def assumption_table(stated: Sequence[StatedAssumption], evidence: Evidence | None = None) -> Columns:
    """Return the assumptions with value, unit, basis, source and reason, for people."""
    sources: Columns = (
        {}
        if evidence is None
        else {"Source": [source_note(evidence, item.source_ids) if item.source_ids else "" for item in stated]}
    )
    return {
        "Assumption": [item.name for item in stated],
        "Value": [number_text(item.value) for item in stated],
        "Unit": [item.unit for item in stated],
        "Basis": [item.basis for item in stated],
        **sources,
        "Why": [item.reason for item in stated],
    }
