"""`python -m indicators forecast`: writes the forecasts of a day down, and says what became of earlier ones."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from indicators import __version__
from indicators.commands.backtest import derived_in
from indicators.core.citation.code_version import code_version
from indicators.core.evidence.forecast_files import ledger_files, read_ledger, write_ledger
from indicators.core.evidence.load import FORECASTS, data_directory, editions_folder, forecast_folders, load_evidence
from indicators.methods.forecast.evaluation.ledger import counts_of_entries, ledger_entries, ledger_of
from indicators.methods.forecast.history import History
from indicators.methods.forecast.outlook import forecast_series, history_in, outlook


def forecast_command(
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today if not given.")] = None,
    folder: Annotated[
        Path | None, typer.Option(help="Folder of the ledger; if not given `forecasts` in the folder of editions.")
    ] = None,
) -> None:
    """Write the forecasts of every series to a file of the day, which is never changed, and score earlier ones."""
    try:
        evidence = load_evidence(data_directory())
    except ValueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    written, derived_of = day.date() if day else date.today(), derived_in(evidence)
    series = forecast_series(evidence)
    outlooks = [outlook(evidence, one, derived_of) for one in track(series, "Forecast", console=Console(stderr=True))]
    table = ledger_of(outlooks, evidence, written, code_version(__version__))
    try:
        path, new = write_ledger(folder or editions_folder() / FORECASTS, written, table)
    except OSError as error:
        typer.echo(f"Nothing was written: {error}", err=True)
        raise typer.Exit(1) from None
    made = sum(one.forecast is not None for one in outlooks)
    typer.echo(
        f"{made} series forecast, hash {table['hash'].iloc[0]}, written to {path}"
        if new
        else f"{path} is there and stays as it is: forecasts of a day are written down once."
    )
    for one in outlooks:
        if one.refusal:
            typer.echo(f"{one.series}: {one.refusal}")

    def known(series: str) -> History | None:
        try:
            return history_in(evidence, series, derived_of)
        except ValueError:
            return None

    folders = forecast_folders() if folder is None else (folder,)
    files = {found: read_ledger(file) for found, file in ledger_files(folders).items()}
    counts = counts_of_entries(ledger_entries(files, evidence, known))
    typer.echo("Forecasts written down: " + ", ".join(f"{number} {status}" for status, number in counts.items()))
