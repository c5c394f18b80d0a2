"""The command line: `python -m indicators --help`."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from indicators import __version__
from indicators.commands.backtest import backtest_command
from indicators.commands.forecast import forecast_command
from indicators.core.evidence.load import DATA_DIRECTORY, DATA_VARIABLE, describe, editions_folder
from indicators.core.evidence.parsing import DataError
from indicators.upstream.fetching import HOST, fetcher
from indicators.upstream.monthly import UpstreamError
from indicators.upstream.refreshing import CONNECTORS
from indicators.upstream.refreshing import refresh as refresh_data

app = typer.Typer(help="Work with the evidence of the dashboard.", no_args_is_help=True)


app.command(name="backtest")(backtest_command)
app.command(name="forecast")(forecast_command)


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


@app.command()
def refresh(
    only: Annotated[list[str] | None, typer.Option(help="Ask this source alone; may be given several times.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    base_url: Annotated[str, typer.Option(help="Server that the sources are fetched from.")] = HOST,
    folder: Annotated[
        Path | None,
        typer.Option(help=f"Folder of the editions; if not given {DATA_VARIABLE} or the user's data folder."),
    ] = None,
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The present day, for tests.")] = None,
) -> None:
    """Fetch newer figures and make them the current edition; anything wrong leaves the data as they were."""
    asked = only or list(CONNECTORS)
    unknown = [name for name in asked if name not in CONNECTORS]
    if unknown:
        typer.echo(f"expected one of {', '.join(CONNECTORS)}, got {', '.join(unknown)}", err=True)
        raise typer.Exit(2)
    editions = folder or editions_folder()
    try:
        with fetcher(editions / "fetched", base_url) as opened, Progress(transient=True) as progress:
            progress.add_task(f"Fetching {', '.join(asked)}", total=None)
            today = day.date() if day else date.today()
            changes = refresh_data(opened, editions, DATA_DIRECTORY, today, only=asked, dry_run=dry_run)
    except (UpstreamError, OSError) as error:
        typer.echo(f"Nothing was changed. {error}", err=True)
        raise typer.Exit(1) from None
    for what in ("new", "revised", "completed", "withdrawn"):
        rows = getattr(changes, what)
        typer.echo(f"{what}: {len(rows)}" + "".join(f"\n  {row}" for row in rows))
    typer.echo("Dry run: nothing was written." if dry_run else "The data are up to date." if not changes else "Done.")


if __name__ == "__main__":
    app()
