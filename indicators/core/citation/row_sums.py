"""Check sums over the rows a view rests on: short enough for a link, and able to name the row that changed.

A digest per row would make a link as long as the table; one digest over all rows could not say which one changed. So
rows are dealt into groups by their id, and each group keeps two sums modulo a prime p, as a check digit does:

    s = sum of c_i        w = sum of n_i c_i        (mod p)

with n_i the code of the row's id and c_i the code of its content. If one row of a group changes, disappears or is
added, the differences of the sums give its code: n_i = dw / ds. Reference: single-error location by two syndromes
(Peterson and Weldon 1972, Error-Correcting Codes, ISBN 978-0-262-16039-1).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from indicators.core.citation.canonical import canonical_json

PRIME = 2**36 - 5
"""The largest prime below 64 to the power 6, so that a sum takes six letters."""

MOST_GROUPS = 32
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_WIDTH = 6


class RowId(NamedTuple):
    """Which row of which table."""

    table: str
    row: str

    def __str__(self) -> str:
        """Write the row as file and id."""
        return f"{self.table}.csv: {self.row}"


class RowCode(NamedTuple):
    """A row as two numbers: one for its id, one for its content with its id."""

    name: int
    content: int


class GroupSums(NamedTuple):
    """The two sums of a group of rows."""

    plain: int
    weighted: int


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Which rows differ between two sets of rows.

    Args:
        named: Rows that were changed, added or taken away and can be named, in order.
    """

    named: tuple[RowId, ...]
    unnamed: int


def row_code(row: RowId, cells: Mapping[str, object]) -> RowCode:
    """Return the code of a row.

    Example:
        >>> one, other = (row_code(RowId("t", "r"), {"value": value}) for value in (1, 2))
        >>> one.name == other.name, one.content == other.content
        (True, False)
    """
    name = _number(str(row))
    return RowCode(max(name, 1), _number(f"{row} {canonical_json(cells)}"))


def group_sums(codes: Iterable[RowCode]) -> tuple[GroupSums, ...]:
    """Return the sums of every group; the more rows, the more groups, up to 32.

    Args:
        codes: Codes of the rows, each once, in any order.

    Example:
        >>> group_sums([RowCode(3, 10), RowCode(5, 20)])
        (GroupSums(plain=0, weighted=0), GroupSums(plain=30, weighted=130))
    """
    listed = list(codes)
    groups = min(MOST_GROUPS, 1 << max(len(listed) - 1, 0).bit_length())
    return _sums(listed, groups)


def difference(
    sums: tuple[GroupSums, ...], now: Mapping[RowId, RowCode], elsewhere: Mapping[RowId, RowCode]
) -> Difference:
    """Say which rows differ between the rows of some sums and the rows of now.

    Args:
        elsewhere: Codes of all rows there are, to name one that a view no longer rests on.

    Returns:
        The differing rows; a group with two or more differences is counted, not named.

    Example:
        >>> earlier = {RowId("t", "a"): RowCode(3, 10), RowId("t", "b"): RowCode(5, 20)}
        >>> now = earlier | {RowId("t", "b"): RowCode(5, 21)}
        >>> difference(group_sums(earlier.values()), now, now).named
        (RowId(table='t', row='b'),)
    """
    rows_by_name = {code.name: row for row, code in elsewhere.items()} | {code.name: row for row, code in now.items()}
    named: list[RowId] = []
    unnamed = 0
    for before, after in zip(sums, _sums(now.values(), len(sums)), strict=True):
        plain, weighted = (after.plain - before.plain) % PRIME, (after.weighted - before.weighted) % PRIME
        if plain == weighted == 0:
            continue
        row = rows_by_name.get(weighted * pow(plain, -1, PRIME) % PRIME) if plain else None
        if row is None:
            unnamed += 1
        else:
            named.append(row)
    return Difference(named=tuple(sorted(named)), unnamed=unnamed)


def write_sums(sums: Iterable[GroupSums]) -> str:
    """Write sums in letters that need no escape in an address.

    Example:
        >>> write_sums([GroupSums(1, 64)])
        'AAAAABAAAABA'
    """
    return "".join(_letters(number) for pair in sums for number in pair)


def read_sums(text: str) -> tuple[GroupSums, ...]:
    """Read sums as written by `write_sums`.

    Raises:
        ValueError: If the text is not a whole number of groups (1, 2, 4 ... 32) or has other letters.

    Example:
        >>> read_sums("AAAAABAAAABA")
        (GroupSums(plain=1, weighted=64),)
    """
    groups, rest = divmod(len(text), 2 * _WIDTH)
    if rest or groups not in (1, 2, 4, 8, 16, 32) or not set(text) <= set(LETTERS):
        raise ValueError(f"expected check sums of 1 to 32 groups with 12 letters each; got {len(text)} letters")
    numbers = [_value(text[start : start + _WIDTH]) for start in range(0, len(text), _WIDTH)]
    return tuple(GroupSums(*pair) for pair in zip(numbers[::2], numbers[1::2], strict=True))


def _sums(codes: Iterable[RowCode], groups: int) -> tuple[GroupSums, ...]:
    plain, weighted = [0] * groups, [0] * groups
    for code in codes:
        place = code.name % groups
        plain[place] = (plain[place] + code.content) % PRIME
        weighted[place] = (weighted[place] + code.name * code.content) % PRIME
    return tuple(map(GroupSums, plain, weighted))


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:16]) % PRIME


def _letters(number: int) -> str:
    return "".join(LETTERS[number >> shift & 63] for shift in range(6 * (_WIDTH - 1), -1, -6))


def _value(text: str) -> int:
    number = 0
    for letter in text:
        number = number << 6 | LETTERS.index(letter)
    return number
