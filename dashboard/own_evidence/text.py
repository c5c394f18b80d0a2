"""Words of the page on which a reader's own figures stand beside ours."""

from collections.abc import Mapping, Sequence

import pandas as pd

from indicators.core.evidence.parsing import LISTED, Problem

QUESTION = "How do your own figures stand beside ours?"
ANSWER = (
    "Open a CSV or XLSX file: it is checked like our own data and drawn beside our figures. "
    "It is for this visit only: nothing of it is stored, and nobody else sees it."
)
SOURCE = "Your file is as good as its source. We check its form, not whether it is true."
FILE_HELP = (
    "At most 1 MB and 5,000 rows, with a header above the figures. Semicolons, decimal commas, byte-order marks and "
    "cells that are dates are understood."
)
FORM = (
    "A file with the columns of our observations.csv opens as it is; its series are ours, its claimants and sources "
    "may be your own.",
    "Any other table opens once you say which column holds the period and which the figure.",
    "A period is a day (2023-08-30, 30.8.2023), a month (2023-08, Aug 2023), a quarter (2023 Q3) or a year.",
    "A figure that can be read in two ways, such as 1.234 between semicolons or 3/4/2023, is refused by name.",
    "A share is 0 to 1. Unknown is an empty row less, never 0.",
)
FIELDS: Mapping[str, str] = {
    "period_start": "Period, or its first day",
    "value": "Figure",
    "period_end": "Last day of the period",
    "low": "Low",
    "high": "High",
    "qualifier": "Qualifier",
    "claimant": "Who says so",
    "known": "Known on",
    "source_id": "Source",
    "note": "Note",
}
REQUIRED = ("period_start", "value")
LENGTHS: Mapping[str, str] = {"said": "what its cell says", "week": "the seven days from its day"}
BACKTEST = (
    "Forecasts of your series are made again at every past month or week, knowing only what came before, and scored "
    "against what came. It takes at most 20 seconds; if others run one, yours waits for its turn. Nothing is stored."
)
AS_IN_THE_FILE = (
    "Each figure is taken as it stands in your file. If it was revised, a forecaster of the day knew another one."
)
KNOWN_TODAY = "Without a column “Known on”, every figure counts as known today, and a replayed day shows none of them."


def problems_sentence(problems: Sequence[Problem]) -> str:
    """Say that nothing of a file is shown, and how many places have to be mended first.

    Args:
        problems: What is wrong; at least one.
    """
    count = f"at least {len(problems)} places" if len(problems) >= LISTED else f"{len(problems)} places"
    places = "one place" if len(problems) == 1 else count
    return f"Nothing of {problems[0].file} is shown until {places} are mended.".replace("one place are", "one place is")


def problem_table(problems: Sequence[Problem]) -> pd.DataFrame:
    """Return what is wrong with a file, place by place."""
    return pd.DataFrame(
        {
            "File": [one.file for one in problems],
            "Row": ["" if one.row is None else str(one.row) for one in problems],
            "Column": [one.column for one in problems],
            "What is wrong": [one.reason for one in problems],
        }
    )


def shown_sentence(shown: int, later: int) -> str:
    """Say how many of the reader's figures are drawn, and how many became known after a replayed day.

    Example:
        >>> shown_sentence(3, 0), shown_sentence(1, 2)
        ('3 of your figures are drawn.', '1 of your figures is drawn; 2 became known after the day you replay.')
    """
    verb = "is" if shown == 1 else "are"
    hidden = f"; {later} became known after the day you replay" if later else ""
    return f"{shown:,} of your figures {verb} drawn{hidden}."


def unit_sentence(unit: str) -> str:
    """Say in which unit a reader's figures are read."""
    shares = ", 0 to 1" if unit == "share" else ""
    return f"Your figures are read in the unit of this chart: {unit}{shares}."


def refused_sentence(reason: str) -> str:
    """Say why a series is not backtested.

    Args:
        reason: What was expected and what came.
    """
    return f"No backtest: {reason}."


def progress_sentence(done: int, origins: int, ahead: int) -> str:
    """Say how far a backtest is.

    Args:
        done: Past days that are forecast.
        origins: All of them; 0 before it began.
        ahead: Backtests that come first.

    Example:
        >>> progress_sentence(0, 0, 1), progress_sentence(3, 16, 0)
        ('Waiting: 1 backtest comes first.', '3 of 16 past forecasts made.')
    """
    if ahead:
        return f"Waiting: {ahead} {'backtest comes' if ahead == 1 else 'backtests come'} first."
    return f"{done} of {origins} past forecasts made." if origins else "Beginning."


def stopped_sentence(done: int, origins: int, *, late: bool) -> str:
    """Say that a backtest was stopped, by the reader or because it took too long.

    Args:
        done: Past days that were forecast by then.
        origins: All of them; 0 if it had not begun.
        late: Whether it took too long.
    """
    where = f" after {done} of {origins} past forecasts" if origins else ""
    return f"Stopped{where}: it took too long. Open fewer periods." if late else f"Stopped{where}."
