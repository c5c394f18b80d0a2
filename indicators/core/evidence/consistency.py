"""Rules that hold between cells, rows and files of the evidence."""

from collections.abc import Iterator, Mapping, Set

import pandas as pd

from indicators.core.evidence.parsing import LISTED, Problem, shown
from indicators.core.evidence.schema import KEYS, TABLES
from indicators.core.evidence.vocabulary import Assumption, Context

_VINTAGE_KEY = ["series", "period_start", "period_end", "side", "geography", "claimant", "known", "source_id"]
LEDGER_COLUMNS: Mapping[str, str] = {
    "observation_id": "observations",
    "projection_id": "published_projections",
    "event_id": "events",
    "mention_id": "mentions",
}
"""Columns of a claim that may name the row its figure or fact stands in, and the table of that row."""


def check_consistency(tables: Mapping[str, pd.DataFrame], indicators: Set[str] | None = None) -> list[Problem]:
    """Return the broken rules between cells, rows and files, of each rule the first.

    Args:
        tables: The typed tables by name, all of `schema.TABLES`.
        indicators: Ids of the indicators that exist; None if any series may name its own.
    """
    return [
        *_repeated_ids(tables),
        *_references(tables),
        *_indicators_exist(tables["series"], indicators),
        *_ordered("observations", tables, "period_start", "period_end"),
        *_ordered("events", tables, "date", "end_date"),
        *_ordered("published_projections", tables, "window_start", "window_end"),
        *_ordered("gaps", tables, "period_start", "period_end"),
        *_ordered("signposts", tables, "window_start", "due"),
        *_ordered("claims", tables, "likelihood_low", "likelihood_high"),
        *_known_days(tables),
        *_later_cells(tables),
        *_bounds(tables["observations"], "observations"),
        *_bounds(tables["published_projections"], "published_projections"),
        *_negative_values(tables),
        *_series_rules(tables),
        *_repeated_vintages(tables["observations"]),
        *_rate_rules(tables["published_projections"]),
        *_assumption_rules(tables),
        *_claim_rules(tables),
        *_signpost_rules(tables["signposts"], tables["series"]),
        *_comparison_rules(tables),
        *_correction_rules(tables),
        *_derivation_cycles(tables["sources"]),
    ]


def _rows(file: str, table: pd.DataFrame, bad: pd.Series, column: str, reason: str) -> Iterator[Problem]:
    for index in table.index[bad][:LISTED]:
        cell = table.at[index, column]
        text = str(cell.date() if isinstance(cell, pd.Timestamp) else cell)
        yield Problem(f"{file}.csv", int(index) + 2, column, f"{reason}, got {shown(text)}")


def _ordered(file: str, tables: Mapping[str, pd.DataFrame], first: str, second: str) -> Iterator[Problem]:
    table = tables[file]
    yield from _rows(file, table, table[second] < table[first], second, f"expected {second} not below {first}")


def _repeated_ids(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    for file, key in KEYS.items():
        table = tables[file]
        yield from _rows(file, table, table[key].duplicated(), key, "expected each id once, it stands above")


def _indicators_exist(series: pd.DataFrame, indicators: Set[str] | None) -> Iterator[Problem]:
    if indicators is not None:
        unknown = _outside(series["indicator"], {*indicators, *Context})
        yield from _rows(
            "series", series, unknown, "indicator", f"expected an indicator or one of {', '.join(Context)}"
        )


def _known_days(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    """Nothing is known before it happened, nor before the page that says it was published."""
    observations = tables["observations"]
    early = (observations["known"] < observations["period_end"]) & (observations["qualifier"] != "projection")
    reason = "expected no day before period_end unless qualifier = projection"
    yield from _rows("observations", observations, early, "known", reason)
    for file, column in (
        ("events", "end_date"),
        ("mentions", "date"),
        ("published_projections", "published"),
    ):
        table = tables[file]
        yield from _rows(file, table, table["known"] < table[column], "known", f"expected no day before {column}")
    printed = tables["sources"]["published"]
    sources = tables["sources"].assign(published=pd.to_datetime(printed.where(printed != ""), format="ISO8601"))
    yield from _ordered("sources", {"sources": sources}, "published", "accessed")
    for file, columns in TABLES.items():
        if "known" in columns and "source_id" in columns:
            table = tables[file]
            early = table["known"] < _first(sources, "source_id", "published", table["source_id"])
            reason = "expected no day before the source was published (column published of sources.csv)"
            yield from _rows(file, table, early, "known", reason)


def _bounds(table: pd.DataFrame, file: str) -> Iterator[Problem]:
    yield from _rows(file, table, table["low"] > table["value"], "low", "expected low not above value")
    yield from _rows(file, table, table["high"] < table["value"], "high", "expected high not below value")


def _negative_values(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    observations = tables["observations"]
    kind = observations["series"].map(tables["series"].drop_duplicates("series").set_index("series")["kind"])
    bad = (observations["value"] < 0) & (kind != "net")
    yield from _rows("observations", observations, bad, "value", "expected 0 or more unless kind = net")


def _series_rules(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    series, observations = tables["series"], tables["observations"]
    rate_without = (series["kind"] == "rate") != (series["per"] != "")
    yield from _rows("series", series, rate_without, "per", "expected a unit of time for a rate, none for other kinds")
    undirected = (series["direction"] == "") & (series["direction_reason"] == "")
    yield from _rows("series", series, undirected, "direction", "expected 1, -1 or a reason for none")
    unit = observations["series"].map(series.drop_duplicates("series").set_index("series")["unit"])
    differs = unit.notna() & (unit != observations["unit"])
    yield from _rows("observations", observations, differs, "unit", "expected the series' one unit from series.csv")


def _repeated_vintages(observations: pd.DataFrame) -> Iterator[Problem]:
    repeated = observations.duplicated(_VINTAGE_KEY)
    reason = "expected each series, period, side, geography, claimant, known and source once; keep one row"
    yield from _rows("observations", observations, repeated, "series", reason)


def _references(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    for file, columns in TABLES.items():
        table = tables[file]
        for name, column in columns.items():
            if not column.refers:
                continue
            allowed = {""} if column.empty else set()
            for reference in column.refers:
                other, key = reference.split(".")
                allowed |= set(tables[other][key])
            cells = table[name]
            split = {cell: set(cell.split(";") if column.several else [cell]) for cell in cells.unique()}
            unknown = cells.isin([cell for cell, parts in split.items() if not parts <= allowed])
            where = " or ".join(reference.replace(".", ".csv, column ") for reference in column.refers)
            reason = f"expected what stands in {where}" + (", several joined by ;" if column.several else "")
            yield from _rows(file, table, unknown, name, reason)


def _outside(cells: pd.Series, allowed: Set[str]) -> pd.Series:
    """Return which cells are none of the allowed ones; only distinct cells are looked up, which are far fewer."""
    return cells.isin([cell for cell in cells.unique() if cell not in allowed])


def _rate_rules(projections: pd.DataFrame) -> Iterator[Problem]:
    alone = projections["rate_value"].isna() != (projections["rate_per"] == "")
    reason = "expected rate_value and rate_per together, or none of them"
    yield from _rows("published_projections", projections, alone, "rate_value", reason)


def _assumption_rules(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    assumptions = tables["assumptions"]
    for first, second in (("minimum", "maximum"), ("minimum", "default"), ("default", "maximum")):
        yield from _ordered("assumptions", tables, first, second)
    for id_ in sorted(set(Assumption) - set(assumptions["assumption_id"])):
        yield Problem(
            "assumptions.csv", None, "assumption_id", f"expected a row for every input; {id_} has none, add it"
        )
    sourced = (assumptions["basis"] == "sourced") | (assumptions["assumption_id"] == Assumption.WEEKLY)
    wrong = (assumptions["known"].isna() & sourced) | ((assumptions["source_id"] != "") != sourced)
    reason = "expected source_id and known if basis = sourced, as it is for weekly; no source_id if basis = assumed"
    yield from _rows("assumptions", assumptions, wrong, "known", reason)


def _later_cells(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    """What became known after its row has a later day, and something that it is the day of."""
    for file, column, of in (("events", "denied_known", "denied_by"), ("claims", "note_known", "note")):
        table = tables[file]
        given = table[column].notna()
        early = given & ((table[column] <= table["known"]) | (table[of] == ""))
        yield from _rows(file, table, early, column, f"expected a day after known, and only where {of} is filled")
    events = tables["events"]
    wrong = events["denied_known"].notna() != (events["status_before"] != "")
    yield from _rows("events", events, wrong, "status_before", "expected a status if denied_known is given, else none")


def _claim_rules(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    claims, links = tables["claims"], tables["claim_links"]
    nobodys = (claims["claimant"] == "") != (claims["kind"] == "proposition")
    yield from _rows("claims", claims, nobodys, "claimant", "expected a claimant, and none for a proposition")
    stated = claims["likelihood_low"].notna() | claims["likelihood_high"].notna()
    unread = stated != (claims["likelihood_scale"] != "")
    yield from _rows("claims", claims, unread, "likelihood_scale", "expected a scale for a likelihood, none without")
    nowhere = claims["statement"].str.contains(r"\d") & (claims[list(LEDGER_COLUMNS)] == "").all(axis=1)
    reason = "expected the id of the row that holds the statement's figure"
    yield from _rows("claims", claims, nowhere, "statement", reason)
    for column, table in LEDGER_COLUMNS.items():
        named = _first(tables[table], column, "known", claims[column])
        yield from _rows("claims", claims, named > claims["known"], "known", f"expected no day before {column}'s")
    for column in ("from_claim", "to_claim"):
        named = _first(claims, "claim_id", "known", links[column])
        yield from _rows("claim_links", links, named > links["known"], "known", f"expected no day before {column}'s")


def _comparison_rules(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    comparisons, series = tables["comparisons"], tables["series"]
    for column in ("ru_series", "ua_series"):
        unknown = _no_series(comparisons, column, series)
        yield from _rows("comparisons", comparisons, unknown, column, _A_SERIES)


def _correction_rules(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    corrections = tables["corrections"]
    for table, columns in TABLES.items():
        of_table = corrections["file"] == f"{table}.csv"
        unknown = of_table & _outside(corrections["row_id"], set(tables[table][KEYS[table]]))
        yield from _rows("corrections", corrections, unknown, "row_id", f"expected the id of a row of {table}.csv")
        unknown = of_table & _outside(corrections["field"], set(columns))
        yield from _rows("corrections", corrections, unknown, "field", f"expected a column of {table}.csv")


_A_SERIES = "expected a series of series.csv, or one that the row's indicator computes (its id starts with it)"


def _no_series(table: pd.DataFrame, column: str, series: pd.DataFrame) -> pd.Series:
    """Return which cells name neither a series of the evidence nor one that the row's own indicator may compute."""
    stated = ~_outside(table[column], {*series["series"], ""})
    computed = [cell.startswith(f"{own}_") for cell, own in zip(table[column], table["indicator"], strict=True)]
    return ~(stated | pd.Series(computed, index=table.index, dtype=bool))


def _signpost_rules(signposts: pd.DataFrame, series: pd.DataFrame) -> Iterator[Problem]:
    yield from _rows("signposts", signposts, _no_series(signposts, "series", series), "series", _A_SERIES)
    of_event = signposts["comparison"] == "event"
    for column, expected in (("event_category", of_event), ("series", ~of_event)):
        wrong = (signposts[column] != "") != expected
        reason = "expected a kind of event if comparison = event, a series and a threshold otherwise"
        yield from _rows("signposts", signposts, wrong, column, reason)
    wrong = signposts["threshold"].notna() == of_event
    yield from _rows("signposts", signposts, wrong, "threshold", "expected a number unless comparison = event")
    published = signposts["source_id"] != ""
    wrong = (signposts["known"].notna() != published) | ((signposts["known_basis"] != "") != published)
    reason = "expected source_id, known and known_basis together, or none of them for a signpost that nobody published"
    yield from _rows("signposts", signposts, wrong, "known", reason)


def _first(table: pd.DataFrame, key: str, column: str, ids: pd.Series) -> pd.Series:
    cells = table.drop_duplicates(key).set_index(key)[column].reindex(ids)
    return cells.set_axis(ids.index)


def split_ids(cell: str) -> set[str]:
    """Return the ids of a ;-joined cell.

    Example:
        >>> sorted(split_ids("a;b"))
        ['a', 'b']
    """
    return {part for part in cell.split(";") if part}


def _derivation_cycles(sources: pd.DataFrame) -> Iterator[Problem]:
    parents = dict(zip(sources["source_id"], sources["derived_from"].map(split_ids), strict=True))
    finished: set[str] = set()

    def reaches_itself(source: str, path: tuple[str, ...]) -> bool:
        if source in path:
            return True
        if source in finished:
            return False
        found = any(reaches_itself(parent, (*path, source)) for parent in parents.get(source, ()))
        finished.add(source)
        return found

    bad = sources["source_id"].map(lambda source: reaches_itself(source, ())).astype(bool)
    yield from _rows("sources", sources, bad, "derived_from", "expected a chain that ends at an origin")
