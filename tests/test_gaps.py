"""Stretches without a figure, by why there is none; days worked by hand."""

from __future__ import annotations

from datetime import date

from factories import Row, bundled, evidence_of

from dashboard.indicator.charts import hatched_gaps, panel_content
from dashboard.shell.wording.gap_text import freshness_table, gap_note, gap_table
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.as_of import as_of
from indicators.core.evidence.vocabulary import GapKind
from indicators.core.figures.freshness import freshness_of
from indicators.core.figures.gaps import Gap, gaps_of
from indicators.core.registry import get_indicator

TODAY = date(2023, 9, 1)


def month(number: int) -> Row:
    """Return a month's count of 2023, known on the first of the next month."""
    last = {1: 31, 2: 28, 3: 31, 5: 31, 6: 30}[number]
    start, end = f"2023-{number:02}-01", f"2023-{number:02}-{last}"
    return {
        "observation_id": f"o{number}",
        "period_start": start,
        "period_end": end,
        "known": f"2023-{number + 1:02}-01",
    }


def gaps(
    stated: Row, *months: int, cadence: str = "monthly", today: date = TODAY
) -> list[tuple[str, date, date | None]]:
    """Return kind and days of the gaps of monthly counts."""
    series: list[Row] = [{"kind": "flow", "cadence": cadence, "counter_scope": ""}]
    evidence = evidence_of(series=series, observations=[month(number) for number in months], gaps=[stated])
    return [(gap.kind.value, gap.start, gap.end) for gap in gaps_of(evidence, "sample", today)]


BEFORE: Row = {"kind": "not_applicable", "period_start": "2022-02-24", "period_end": "2022-12-31"}


def test_periods_between_figures_are_unknown_and_the_next_one_is_overdue() -> None:
    assert gaps(BEFORE, 1, 3, 6) == [
        ("not_applicable", date(2022, 2, 24), date(2022, 12, 31)),
        ("unknown", date(2023, 2, 1), date(2023, 2, 28)),
        ("unknown", date(2023, 4, 1), date(2023, 5, 31)),
        ("unknown", date(2023, 7, 1), None),
    ]


def test_until_its_day_the_next_figure_is_not_yet_out() -> None:
    assert gaps(BEFORE, 5, 6, today=date(2023, 8, 1))[1:] == [("not_yet", date(2023, 7, 1), None)]
    assert gaps(BEFORE, 5, 6, cadence="irregular")[1:] == []
    assert gaps(BEFORE, 3, 5, cadence="monthly with gaps")[1:] == [("unknown", date(2023, 4, 1), date(2023, 4, 30))]


def test_what_a_page_explains_is_not_said_twice() -> None:
    withheld: Row = {"kind": "withheld", "period_start": "2023-04-01", "period_end": ""}
    assert gaps(withheld, 3, 6) == [("withheld", date(2023, 4, 1), None)]


def test_ukraine_withholds_its_proceedings_since_november_2025_and_says_so_only_from_then_on() -> None:
    (found,) = [
        gap
        for gap in gaps_of(bundled(), "ukrainian_side", date(2026, 11, 28))
        if "407" in gap.label and gap.end is None and gap.kind is GapKind.WITHHELD
    ]
    assert found.start == date(2025, 11, 1)
    assert bundled().pages[found.source_id].url.startswith("https://strana.news/")
    assert GapKind.WITHHELD not in {
        gap.kind for gap in gaps_of(as_of(bundled(), date(2025, 11, 29)), "ukrainian_side", date(2025, 11, 29))
    }


def gap(kind: GapKind, start: date, end: date | None, *, series: str = "a", source: str = "") -> Gap:
    """Return a gap."""
    return Gap(series=series, label=series.upper(), kind=kind, start=start, end=end, reason="So.", source_id=source)


YEARS = gap(GapKind.UNKNOWN, date(2011, 1, 1), date(2019, 12, 31))
CLOSED = gap(GapKind.WITHHELD, date(2025, 11, 1), None, series="b", source="page")
AWAITED = gap(GapKind.NOT_YET, date(2026, 1, 1), None)


def test_a_note_below_a_chart_names_its_gaps() -> None:
    assert gap_note([YEARS, CLOSED, AWAITED], ["a"]) == "Not found: 2011 to 2019."
    assert gap_note([YEARS, CLOSED], ["a", "b"]) == (
        "Not found (A): 2011 to 2019. Withheld (B): from 1 Nov 2025 on. So."
    )
    assert gap_note([AWAITED], ["a"]) == ""
    assert gap_note([YEARS] * 5, ["a"]) == "Not found: 2011 to 2019; 2011 to 2019; 2011 to 2019; and 2 more."


def test_long_gaps_of_a_chart_of_one_series_are_hatched() -> None:
    assert hatched_gaps([YEARS, AWAITED], ["a"]) == [(YEARS.start, YEARS.end, "Not found")]
    assert hatched_gaps([CLOSED], ["b"]) == [(CLOSED.start, date.max, "Withheld")]
    assert hatched_gaps([gap(GapKind.UNKNOWN, date(2023, 2, 1), date(2023, 2, 28))], ["a"]) == []
    assert hatched_gaps([YEARS], ["a", "b"]) == []


def test_years_without_a_count_of_convictions_are_marked_and_named() -> None:
    indicator = get_indicator("refusal_sentences")
    (panel,) = [panel for panel in indicator.panels if panel.id == "all_crimes"]
    content = panel_content(indicator, panel, snapshot_on(None))
    assert content["note"] == "Not found: 2011 to 2019; 2021."
    names = [trace["name"] for trace in content["figure"]["data"]]
    assert names.count("Not found") == 2


def test_tables_of_what_is_missing_name_the_page_and_the_day() -> None:
    evidence = evidence_of()
    table = gap_table(evidence, [CLOSED, YEARS])
    assert table["State"].tolist() == ["Withheld", "Not found"]
    assert [str(cell) for cell in table["Source"]] == ["Counter (undated page)", ""]
    fresh = freshness_table(freshness_of(bundled(), "personnel_losses", date(2026, 11, 28)))
    row = fresh.loc[fresh["What"].str.contains("UK").idxmax()]
    assert (row["How often"], row["State"], row["Next expected by"]) == ("monthly", "overdue", "14 Mar 2026")
