"""Text from outside (an address, a file, a row): one line, of a bounded length, with nothing that hides or turns it."""

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime

LONGEST = 2_000
"""Characters of a text that are shown: as many as a cell of the data may hold."""

LONGEST_QUOTED = 40
"""Characters that a sentence quotes of a value that makes no sense."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WRITTEN_DAYS = ("%Y%m%d", "%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y")
_WRITTEN_MONTHS = ("%Y-%m", "%Y/%m", "%m/%Y", "%m.%Y", "%b %Y", "%B %Y")


def visible(text: str, longest: int = LONGEST) -> str:
    r"""Return a text with its control, bidirectional and other invisible characters written out, cut to a length.

    Args:
        text: Any text, lone surrogates included.
        longest: Characters of the text that are kept, above 0; "…" stands for the rest.

    Example:
        >>> print(visible("two\nlines, \u202ereversed"))
        two\nlines, \u202ereversed
        >>> visible("12345", longest=3)
        '123…'
    """
    kept = "".join(letter if _shown(letter) else _written_out(letter) for letter in text[:longest])
    return kept if len(text) <= longest else f"{kept}…"


def quoted(value: object, longest: int = LONGEST_QUOTED) -> str:
    r"""Return a value as a sentence quotes it: visible, cut, and in quotation marks.

    Example:
        >>> quoted("yester\tday"), quoted("12345", longest=3)
        ("'yester\\tday'", "'123…'")
    """
    return f"'{visible(str(value), longest)}'"


def read_day(text: str) -> date:
    """Return the day that a text names.

    Args:
        text: A day as YYYY-MM-DD; other forms of ISO 8601 are refused.

    Raises:
        ValueError: If the text is no such day.

    Example:
        >>> read_day("2023-08-30")
        datetime.date(2023, 8, 30)
    """
    if not _DAY.fullmatch(text):
        raise ValueError(f"expected a day as YYYY-MM-DD, got {quoted(text)}")
    return date.fromisoformat(text)


def read_written_day(text: str) -> date:
    """Return the day that a person wrote, year first in numbers or day first with full stops or a month's name.

    Args:
        text: Such as 20230830, 2023-08-30, 30.8.2023 or 30 Aug 2023; 8/30/2023 has two readings and is refused.

    Raises:
        ValueError: If the text is no such day.

    Example:
        >>> {read_written_day(text).isoformat() for text in ("20230830", "2023-8-30", "30.8.2023", "30 august 2023")}
        {'2023-08-30'}
    """
    return _read_written(text, _WRITTEN_DAYS, "a day such as 30 Aug 2023, 2023-08-30 or 30.8.2023")


def read_written_month(text: str) -> date:
    """Return the first day of the month that a person wrote, in numbers or with its name.

    Args:
        text: Such as 2023-08, 08/2023, 8.2023 or Aug 2023.

    Raises:
        ValueError: If the text is no such month.

    Example:
        >>> {read_written_month(text).isoformat() for text in ("2023-08", "08/2023", "8.2023", "august 2023")}
        {'2023-08-01'}
    """
    return _read_written(text, _WRITTEN_MONTHS, "a month such as Aug 2023 or 2023-08")


def _read_written(text: str, forms: Sequence[str], expected: str) -> date:
    for form in forms:
        with suppress(ValueError):
            return datetime.strptime(" ".join(text.split()), form).date()
    raise ValueError(f"expected {expected}, got {quoted(text)}")


def _shown(letter: str) -> bool:
    # Spaces of other widths count as not printable, but everybody can see them.
    return letter.isprintable() or unicodedata.category(letter) == "Zs"


def _written_out(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")
