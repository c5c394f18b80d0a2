"""`python -m indicators backtest`: what forecasts of a series would have been worth."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import numpy as np
import pandas as pd
import typer
from rich.console import Console
from rich.progress import Progress

from indicators.core.evidence.load import Evidence, data_directory, load_evidence
from indicators.core.registry import all_indicators
from indicators.methods.forecast.evaluation.backtest import Backtest
from indicators.methods.forecast.evaluation.many import backtest_many
from indicators.methods.forecast.evaluation.tables import past_table, score_table, summary, verdict
from indicators.methods.forecast.history import History, history_of_table
from indicators.methods.forecast.outlook import DerivedOf, history_in

LARGEST_FILE = 50_000_000
SCORES, FORECASTS = "scores.csv", "forecasts.csv"


def backtest_command(
    series: Annotated[
        str, typer.Argument(metavar="FILE.csv|SERIES_ID", help="Columns period_end, value; or a series.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON and nothing else.")] = False,
    scheduler: Annotated[str, typer.Option(help="Address of a Dask scheduler: tcp://HOST:PORT.")] = "",
    jobs: Annotated[int, typer.Option(min=-1, help="Processes on this machine; -1 for one on each core.")] = -1,
    output: Annotated[Path, typer.Option(help="Folder that the score table and the forecasts go to.")] = Path(
        "backtest"
    ),
) -> None:
    """Forecast a series again at every past origin, and score what came of it.

    A file with a further column `series` holds many series; then `--json` prints a list.
    """
    try:
        histories = _histories(series)
    except (ValueError, OSError) as error:
        _stop(str(error))
    if not histories:
        _stop(f"{series}: expected at least one row below the header")
    console = Console(stderr=True)
    found: list[Backtest] = []
    refused: list[str] = []
    with _cluster(scheduler), Progress(console=console, transient=True) as progress:
        task = progress.add_task("Backtest", total=len(histories))
        for history, result in zip(histories, backtest_many(histories, jobs), strict=True):
            progress.advance(task)
            if isinstance(result, str):
                refused.append(f"{history.series}: {result}" if len(histories) > 1 else result)
            else:
                found.append(result)
    for sentence in refused:
        typer.echo(sentence, err=True)
    if not found:
        raise typer.Exit(1)
    scores = pd.concat([score_table(one) for one in found])
    _write(output, scores, pd.concat([past_table(one.past) for one in found]))
    if as_json:
        summaries = [summary(one) for one in found]
        typer.echo(json.dumps(summaries if len(histories) > 1 else summaries[0]))
    else:
        for one in found:
            typer.echo(f"{one.past.history.series}: {verdict(one)}")
        typer.echo(scores.to_string(index=False, na_rep="", float_format=lambda value: f"{value:.4g}"))
    typer.echo(f"Written to {output / SCORES} and {output / FORECASTS}.", err=True)


def series_of_data(series: str) -> History:
    """Return a series of the data in use as the models see it.

    Raises:
        ValueError: If it is unknown, or neither monthly nor weekly.
    """
    evidence = load_evidence(data_directory())
    return history_in(evidence, series, derived_in(evidence))


def derived_in(evidence: Evidence) -> DerivedOf:
    """Return what computes an indicator's table from some evidence; context series belong to no indicator."""
    known = {indicator.id: indicator for indicator in all_indicators()}
    return lambda id_: known[id_].compute(evidence) if id_ in known else None


def _histories(series: str) -> Sequence[History]:
    path = Path(series)
    if path.suffix.lower() != ".csv":
        return [series_of_data(series)]
    if path.stat().st_size > LARGEST_FILE:
        raise ValueError(f"{path.name}: expected at most {LARGEST_FILE // 1_000_000} MB")
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ValueError(f"{path.name}: expected a CSV file with the columns period_end and value: {error}") from None
    if len(table.columns) == 1 and ";" in table.columns[0]:
        raise ValueError(f"{path.name}: expected cells apart by commas, got semicolons; save it as CSV with commas")
    last = np.flatnonzero((table != "").any(axis=1))  # spreadsheets leave rows of empty cells below a table
    table = table.iloc[: last[-1] + 1] if last.size else table.iloc[:0]
    if "series" not in table:
        return [_history(path.stem, path.name, table)]
    return [_history(str(name), path.name, rows) for name, rows in table.groupby("series", sort=False)]


def _history(name: str, file: str, table: pd.DataFrame) -> History:
    try:
        return history_of_table(name, table)
    except ValueError as error:
        raise ValueError(f"{file}, {error}") from None


@contextmanager
def _cluster(scheduler: str) -> Iterator[None]:
    """Let work run on a cluster, if one is named."""
    if not scheduler:
        yield
        return
    try:
        import joblib
        from distributed import Client
    except ImportError:
        _stop("--scheduler needs the package distributed; install it with: pip install distributed -c constraints.txt")
    try:
        client = Client(scheduler, timeout="10s")  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        _stop(f"expected a Dask scheduler at {scheduler}, and none answered: {error}")
    with client, joblib.parallel_config(backend="dask"):
        yield


def _write(folder: Path, scores: pd.DataFrame, forecasts: pd.DataFrame) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in ((SCORES, scores), (FORECASTS, forecasts)):
            partial = folder / f"{name}.partial"
            table.to_csv(partial, index=False)
            partial.replace(folder / name)
    except OSError as error:
        _stop(f"The scores could not be written to {folder}: {error}")


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
