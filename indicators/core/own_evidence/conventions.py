"""Numbers and days as people and programs write them, in one column at a time: one convention each, or a reason."""

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from indicators.core.own_evidence.sheet import Cell
from indicators.core.plain_text import read_written_day, read_written_month

_BLANKS = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009'](?=\d{3})")
_COMMA = re.compile(r"-?(\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,})|\d{4,},\d+|0,\d+|\d{1,3}(\.\d{3}){2,})")
_POINT = re.compile(r"-?(\d{1,3}(,\d{3})+\.\d+|\d+\.(\d{1,2}|\d{4,})|\d{4,}\.\d+|0\.\d+|\d{1,3}(,\d{3}){2,})")
_EITHER = re.compile(r"-?\d{1,3}[.,]\d{3}")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$")
_QUARTER = re.compile(r"(?:(\d{4})[ -]?Q([1-4])|Q([1-4])[ -/]?(\d{4}))", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """A column as text of the project's form.

    Args:
        texts: One text for each cell; empty for nothing. What was not understood stays as it was.
        reasons: Why cells were not understood, by their place.
        notes: Which convention was found, in sentences.
    """

    texts: tuple[str, ...]
    reasons: Mapping[int, str]
    notes: tuple[str, ...] = ()


class Span(NamedTuple):
    """First and last day that a cell names."""

    first: date
    last: date


def numbers(cells: Sequence[Cell], *, semicolons: bool) -> Reading:
    """Read a column of numbers; its unmistakable cells say whether comma or point is the decimal mark.

    Args:
        semicolons: Whether semicolons stand between the cells of the file: there 1.234 may mean either.

    Example:
        >>> numbers(["1.234,5", "12", "−3"], semicolons=True).texts
        ('1234.5', '12', '-3')
        >>> numbers(["1,234"], semicolons=False).reasons
        {0: 'expected a number that can be read in one way: this is 1234 or 1.234; write it without separators'}
    """
    texts = [_number_text(cell) for cell in cells]
    with_comma = any(_COMMA.fullmatch(text) for text in texts)
    with_point = any(_POINT.fullmatch(text) for text in texts)
    reasons: dict[int, str] = {}
    read = list(texts)
    for place, text in enumerate(texts):
        if isinstance(cells[place], float) or not re.search(r"[.,]", text):
            continue
        if with_comma and with_point:
            reasons[place] = "expected one decimal mark in the whole column, found commas and points"
        elif not (_EITHER.fullmatch(text) or _COMMA.fullmatch(text) or _POINT.fullmatch(text)):
            reasons[place] = "expected a number"
        elif with_comma:
            read[place] = text.replace(".", "").replace(",", ".")
        elif with_point or ("." in text and not semicolons):
            read[place] = text.replace(",", "")
        else:
            both = text.replace(",", "").replace(".", "")
            reasons[place] = (
                f"expected a number that can be read in one way: this is {both} or {text.replace(',', '.')}; "
                "write it without separators"
            )
    note = ("A comma is the decimal mark.",) if with_comma and not with_point else ()
    return Reading(tuple(read), reasons, note)


def _number_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return repr(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    text = cell.isoformat() if isinstance(cell, date) else cell
    return _BLANKS.sub("", text.replace("\u2212", "-").strip())


def spans(cells: Sequence[Cell]) -> tuple[list[Span | None], Reading]:
    """Read a column of days, months, quarters or years.

    Returns:
        First and last day of each cell, None where it is empty or not understood; and the first days as text.

    Example:
        >>> spans(["Aug 2023"])[0][0]
        Span(first=datetime.date(2023, 8, 1), last=datetime.date(2023, 8, 31))
        >>> spans(["3/4/2023", "13/4/2023"])[1].texts
        ('2023-04-03', '2023-04-13')
    """
    order, notes = _order_of_slashes(cells)
    found: list[Span | None] = []
    reasons: dict[int, str] = {}
    for place, cell in enumerate(cells):
        span = None
        if cell is not None:
            try:
                span = _span(cell, order)
            except ValueError as error:
                reasons[place] = str(error)
        found.append(span)
    texts = [
        span.first.isoformat() if span else "" if cell is None else _number_text(cell)
        for span, cell in zip(found, cells, strict=True)
    ]
    return found, Reading(tuple(texts), reasons, notes)


def _order_of_slashes(cells: Iterable[Cell]) -> tuple[str, tuple[str, ...]]:
    pairs = [(int(m[1]), int(m[2])) for cell in cells if isinstance(cell, str) if (m := _SLASHES.fullmatch(cell))]
    day_first, month_first = any(first > 12 for first, _ in pairs), any(second > 12 for _, second in pairs)
    if day_first == month_first:
        return "", ()
    return ("day", ("Days are written day/month/year.",)) if day_first else (
        "month", ("Days are written month/day/year.",)
    )  # fmt: skip


def _span(cell: Cell, order: str) -> Span:
    if isinstance(cell, date):
        return Span(cell, cell)
    if isinstance(cell, float):
        cell = repr(int(cell)) if cell.is_integer() else repr(cell)
    text = _TIME.sub("", " ".join(str(cell).split()))
    if slashes := _SLASHES.fullmatch(text):
        return _with_slashes(int(slashes[1]), int(slashes[2]), int(slashes[3]), order)
    if quarter := _QUARTER.fullmatch(text):
        year, number = int(quarter[1] or quarter[4]), int(quarter[2] or quarter[3])
        return Span(date(year, 3 * number - 2, 1), _last_of_month(year, 3 * number))
    if _YEAR.fullmatch(text):
        return Span(date(int(text), 1, 1), date(int(text), 12, 31))
    with suppress(ValueError):
        month = read_written_month(text)
        return Span(month, _last_of_month(month.year, month.month))
    with suppress(ValueError):
        day = read_written_day(text)
        return Span(day, day)
    raise ValueError("expected a day such as 2023-08-30 or 30.8.2023, a month such as 2023-08, or a year")


def _with_slashes(first: int, second: int, year: int, order: str) -> Span:
    if not order:
        raise ValueError("expected a day that can be read in one way: day and month could be either; use 2023-08-30")
    day, month = (first, second) if order == "day" else (second, first)
    try:
        return Span(found := date(year, month, day), found)
    except ValueError:
        raise ValueError(
            f"expected a day of the calendar with the {order} first, as in the rest of the column"
        ) from None


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
