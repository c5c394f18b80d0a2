"""The command line: `python -m indicators --help`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from indicators import __version__
from indicators.core.evidence.load import DATA_DIRECTORY, describe
from indicators.core.evidence.parsing import DataError

app = typer.Typer(help="Work with the evidence of the dashboard.", no_args_is_help=True)


@app.callback()
def main() -> None:
    """Work with the evidence of the dashboard."""


@app.command()
def datapackage(
    directory: Annotated[Path, typer.Argument(help="Folder of the tables.")] = DATA_DIRECTORY,
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day of the edition if the tables changed; today if not given."),
    ] = None,
) -> None:
    """Check the tables and write datapackage.json, which describes them."""
    try:
        edition = describe(directory, day.date() if day else date.today(), __version__)
    except (DataError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{sum(edition.rows.values()):,} rows in {len(edition.rows)} tables. {edition}")


if __name__ == "__main__":
    app()
