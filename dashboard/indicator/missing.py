"""What is missing or overdue in an indicator's series."""

from datetime import date

from dashboard.shell.parts import section
from dashboard.shell.wording.gap_text import freshness_table, gap_table
from dashboard.shell.writing import paragraph, table
from indicators.core.figures.freshness import freshness_of
from indicators.core.figures.gaps import gaps_of
from indicators.core.model import Indicator
from indicators.core.snapshot import Snapshot


def missing_or_overdue(indicator: Indicator, snapshot: Snapshot) -> None:
    """Offer how fresh each regular series is, and the stretches for which it has no figure."""
    evidence, today = snapshot.evidence, snapshot.day or date.today()
    regular = [one for one in freshness_of(evidence, indicator.id, today) if one.due is not None]
    gaps = gaps_of(evidence, indicator.id, today)
    if not regular and not gaps:
        return

    def tables() -> None:
        if regular:
            paragraph("A regular series is overdue when its next figure comes later than the newest one did.")
            table(freshness_table(regular), alt="Series with rhythm, newest period and the day the next figure is due.")
        if gaps:
            table(gap_table(evidence, gaps), alt="Stretches without a figure, why, and the page that says so.")

    section("What is missing or overdue", tables, key=f"{indicator.id}_missing")
