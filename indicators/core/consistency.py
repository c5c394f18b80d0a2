"""Rules that hold between cells, rows and files of the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

import pandas as pd

from indicators.core.parsing import Problem

_VINTAGE_KEY = ["series", "period_start", "period_end", "side", "geography", "claimant", "known", "source_id"]
LEDGER_COLUMNS: Mapping[str, str] = {
    "observation_id": "observations",
    "projection_id": "published_projections",
    "event_id": "events",
    "mention_id": "mentions",
}
"""Columns of a claim that may name the row its figure or fact stands in, and the table of that row."""


def check_consistency(tables: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Return every broken rule between cells, rows and files.

    Args:
        tables: The typed tables by name, all of `schema.TABLES`.
    """
    return [
        *_ordered("observations", tables, "period_start", "period_end"),
        *_ordered("events", tables, "date", "end_date"),
        *_ordered("published_projections", tables, "window_start", "window_end"),
        *_ordered("signposts", tables, "window_start", "due"),
        *_ordered("claims", tables, "likelihood_low", "likelihood_high"),
        *_ordered("assumptions", tables, "minimum", "maximum"),
        *_ordered("assumptions", tables, "minimum", "default"),
        *_ordered("assumptions", tables, "default", "maximum"),
        *_bounds(tables["observations"], "observations"),
        *_bounds(tables["published_projections"], "published_projections"),
        *_negative_values(tables),
        *_series_rules(tables),
        *_repeated_vintages(tables["observations"]),
        *_references(tables),
        *_claim_rules(tables),
        *_signpost_rules(tables["signposts"]),
        *_derivation_cycles(tables["sources"]),
    ]


def _rows(file: str, table: pd.DataFrame, bad: pd.Series, column: str, reason: str) -> Iterator[Problem]:
    for index in table.index[bad]:
        cell = table.at[index, column]
        shown = cell.date() if isinstance(cell, pd.Timestamp) else cell
        yield Problem(f"{file}.csv", int(index) + 2, column, f"{reason}, got {shown!s}")


def _ordered(file: str, tables: Mapping[str, pd.DataFrame], first: str, second: str) -> Iterator[Problem]:
    table = tables[file]
    yield from _rows(file, table, table[second] < table[first], second, f"expected {second} not below {first}")


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
    reason = "the same series, period, side, geography, claimant, known and source twice; keep one row"
    yield from _rows("observations", observations, repeated, "series", reason)


def _references(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    sources = set(tables["sources"]["source_id"])
    publishers = set(tables["publishers"]["publisher"])
    series = set(tables["series"]["series"])
    claims = set(tables["claims"]["claim_id"])
    projections = set(tables["published_projections"]["projection_id"])
    entries = {*tables["events"]["event_id"], *tables["mentions"]["mention_id"]}
    single = [
        ("sources", "publisher", publishers, "publishers.csv"),
        ("observations", "series", series, "series.csv"),
        ("observations", "claimant", publishers, "publishers.csv"),
        ("observations", "source_id", sources, "sources.csv"),
        ("events", "source_id", sources, "sources.csv"),
        ("mentions", "source_id", sources, "sources.csv"),
        ("published_projections", "source_id", sources, "sources.csv"),
        ("published_projections", "series", series | {""}, "series.csv"),
        ("published_projections", "reading_of", projections | {""}, "published_projections.csv"),
        ("assumptions", "source_id", sources | {""}, "sources.csv"),
        *(("claims", column, {*tables[table][column], ""}, f"{table}.csv") for column, table in LEDGER_COLUMNS.items()),
        ("claims", "claimant", publishers | {""}, "publishers.csv"),
        ("claims", "source_id", sources, "sources.csv"),
        ("claim_links", "from_claim", claims, "claims.csv"),
        ("claim_links", "to_claim", claims, "claims.csv"),
        ("claim_links", "source_id", sources, "sources.csv"),
        ("signposts", "claimant", publishers | {""}, "publishers.csv"),
        ("signposts", "source_id", sources | {""}, "sources.csv"),
        ("comparison_guards", "comparison_id", set(tables["comparisons"]["comparison_id"]), "comparisons.csv"),
        ("comparison_guards", "source_id", sources, "sources.csv"),
    ]
    for file, column, allowed, where in single:
        unknown = _outside(tables[file][column], allowed)
        yield from _rows(file, tables[file], unknown, column, f"expected an id that stands in {where}")
    several = [
        ("sources", "derived_from", sources, "sources.csv"),
        ("published_projections", "outcome_series", series, "series.csv"),
        ("claims", "outcome_series", series, "series.csv"),
        ("claims", "answered_by", entries, "events.csv or mentions.csv"),
    ]
    for file, column, allowed, where in several:
        table = tables[file]
        unknown = ~table[column].map(lambda cell, allowed=allowed: split_ids(cell) <= allowed)
        yield from _rows(file, table, unknown, column, f"expected ids that stand in {where}, joined by ;")


def _outside(cells: pd.Series, allowed: Set[str]) -> pd.Series:
    """Return which cells are none of the allowed ones; only distinct cells are looked up, which are far fewer."""
    return cells.isin([cell for cell in cells.unique() if cell not in allowed])


def _claim_rules(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    claims, links = tables["claims"], tables["claim_links"]
    nobodys = (claims["claimant"] == "") != (claims["kind"] == "proposition")
    yield from _rows("claims", claims, nobodys, "claimant", "expected a claimant, and none for a proposition")
    stated = claims["likelihood_low"].notna() | claims["likelihood_high"].notna()
    unread = stated != (claims["likelihood_scale"] != "")
    yield from _rows("claims", claims, unread, "likelihood_scale", "expected a scale for a likelihood, none without")
    outside = (claims["likelihood_low"] < 0) | (claims["likelihood_high"] > 1)
    yield from _rows("claims", claims, outside, "likelihood_high", "expected a likelihood from 0 to 1")
    nowhere = claims["statement"].str.contains(r"\d") & (claims[list(LEDGER_COLUMNS)] == "").all(axis=1)
    reason = "expected the id of the row that holds the statement's figure"
    yield from _rows("claims", claims, nowhere, "statement", reason)
    for column, table in LEDGER_COLUMNS.items():
        named = _first_known(tables[table], column, claims[column])
        yield from _rows("claims", claims, named > claims["known"], "known", f"expected no day before {column}'s")
    for column in ("from_claim", "to_claim"):
        named = _first_known(claims, "claim_id", links[column])
        yield from _rows("claim_links", links, named > links["known"], "known", f"expected no day before {column}'s")


def _signpost_rules(signposts: pd.DataFrame) -> Iterator[Problem]:
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


def _first_known(table: pd.DataFrame, key: str, ids: pd.Series) -> pd.Series:
    known = table.drop_duplicates(key).set_index(key)["known"].reindex(ids)
    return known.set_axis(ids.index)


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
