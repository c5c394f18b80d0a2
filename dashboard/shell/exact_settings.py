"""Settings of an address where nobody is there to be told: each is taken as it is written, or refused in a sentence."""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from datetime import date
from typing import TypeVar

from dashboard.shell.pages import Settings, reads
from indicators.core.figures.periods import FULL_SCALE_INVASION
from indicators.core.plain_text import quoted, read_day
from indicators.core.tracking_marks import is_tracking_mark

MOST_NAMED = 40
Parameters = TypeVar("Parameters")


class RefusedError(Exception):
    """An address that can't be answered.

    Args:
        status: HTTP status of the answer.
    """

    def __init__(self, status: int, sentence: str) -> None:
        """Keep status and sentence."""
        super().__init__(sentence)
        self.status = status


class NothingThereError(RefusedError):
    """A chart that has nothing to show, though its settings make sense.

    Args:
        sentence: Why.
    """

    def __init__(self, sentence: str) -> None:
        """Keep the sentence."""
        super().__init__(404, sentence)


def exact_query(given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the parameters of an address by name, without the marks of others.

    Args:
        given: Parameters of the address, as they came.

    Raises:
        RefusedError: If one comes twice.
    """
    query: dict[str, str] = {}
    for name, text in given:
        if name in query:
            raise RefusedError(422, f"{quoted(name)} stands in the address twice; expected it once.")
        if not is_tracking_mark(name):
            query[name] = text
    return query


def replayed_day(text: str) -> date | None:
    """Return the day that an address asks for; None for the latest.

    Raises:
        RefusedError: If it is no day, or one before the first or after today.
    """
    return _day("as_of", text, FULL_SCALE_INVASION, max(date.today(), FULL_SCALE_INVASION))


def expect_only(given: Settings, names: Sequence[str], *, of: str) -> None:
    """Refuse settings that are not read.

    Args:
        names: Those that are read, besides those of every address.
        of: What reads them, in words.

    Raises:
        RefusedError: If there is another one.
    """
    unknown = [quoted(name) for name in given if not reads(names, name)]
    if unknown:
        *others, last = ("as_of", "theme", *names)
        raise RefusedError(422, f"{', '.join(unknown)} is no setting of {of}; expected {', '.join(others)} or {last}.")


def one_of(given: Settings, name: str, options: Collection[str], default: str) -> str:
    """Return which of several named things an address asks for.

    Args:
        default: What it is where the address does not say.

    Raises:
        RefusedError: If it is none of them.
    """
    text = given.get(name, default)
    if text not in options:
        raise RefusedError(422, f"{name} is {quoted(text)}; {words_expected(options)}, or leave it out.")
    return text


def some_of(given: Settings, name: str, options: Collection[str], default: Sequence[str], most: int) -> list[str]:
    """Return which of several named things an address asks for, joined by commas there.

    Args:
        default: What they are where the address does not say; those that are no options are left out.
        most: How many can be asked for.

    Raises:
        RefusedError: If one of them does not exist, or there are too many.
    """
    if name not in given:
        return [part for part in default if part in options]
    parts = list(dict.fromkeys(part for part in given[name].split(",") if part))
    unknown = [quoted(part) for part in parts if part not in options]
    if unknown:
        raise RefusedError(422, f"{name} has {', '.join(unknown[:MOST_NAMED])}; {words_expected(options)}.")
    if len(parts) > most:
        raise RefusedError(422, f"{name} has {len(parts)} parts; expected at most {most}.")
    return parts


def settled(
    given: Settings,
    read: Callable[[Settings], tuple[Parameters, Sequence[str]]],
    expected: Callable[[str], str],
    *,
    subject: str,
) -> Parameters:
    """Return the parameters of a model; other ones than asked for would be another model.

    Args:
        read: Reads settings and says in sentences that begin with a name what it had to change.
        expected: Says by the name of a setting what is expected of it.
        subject: What they are the settings of, in a word.

    Raises:
        RefusedError: If anything had to be changed.
    """
    parameters, changes = read(given)
    if not changes:
        return parameters
    refused = [
        name for name, text in given.items() if any(said.startswith(f"{name} ") for said in read({name: text})[1])
    ]
    sentences = [f"{name} is {quoted(given[name])}; {expected(name)}." for name in refused]
    together = ", ".join(f"{name} {quoted(text)}" for name, text in given.items())
    said = " ".join(sentences) or f"These settings don't go together: {together}."
    raise RefusedError(422, f"This {subject} is refused and nothing is drawn. {said}")


def number_expected(bounds: tuple[float, float]) -> str:
    """Say which number is expected.

    Example:
        >>> number_expected((0, 500))
        'expected a number from 0 to 500'
    """
    low, high = bounds
    return f"expected a number from {low:g} to {high:g}"


def a_day(given: Settings, name: str, first: date, last: date, default: date | None = None) -> date | None:
    """Return the day of a setting.

    Raises:
        RefusedError: If it is no day, or lies before the first or after the last.
    """
    return _day(name, given[name], first, last) if name in given else default


def a_period(first: date | None, last: date | None) -> None:
    """Refuse a period that ends before it begins.

    Raises:
        RefusedError: If it does.
    """
    if first and last and first > last:
        raise RefusedError(422, f"The period ends on {last}, before it begins on {first}; expected a later end.")


def _day(name: str, text: str, first: date, last: date) -> date | None:
    with suppress(ValueError):
        if not text or first <= read_day(text) <= last:
            return read_day(text) if text else None
    expected = f"a day as YYYY-MM-DD from {first} to {last}"
    raise RefusedError(422, f"{name} is {quoted(text)}; expected {expected}, or leave it out.")


def words_expected(options: Collection[str]) -> str:
    """Say which words are expected, of many only the first."""
    named = list(options)[:MOST_NAMED]
    more = len(options) - len(named)
    return f"expected one of {', '.join(named)}" + (f" or {more} more" if more else "") if named else "none exists here"
