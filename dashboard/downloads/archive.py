"""A view as an archive (ZIP): its charts, the rows behind them, settings, licences, and how to cite it."""

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

import pandas as pd

from dashboard.downloads.charts import Chart, Pages, Table
from dashboard.downloads.view import View
from indicators.core.citation.references import bibtex, csl_json, full, ris, short
from indicators.core.csv_text import MARK, csv_text, plain_cell
from indicators.core.evidence.schema import TABLES
from indicators.core.text import day_text

OWN_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
README = """{title}
{answer}

As known on {day}, data version {data_version}, code version {code_version}.
Address: {address}

What is in this archive
  charts/         each chart as it stood on the page: numbers as CSV and XLSX, picture as SVG
  data/           the rows of the data package that the view rests on; its codebook says what each column means
  sources.csv     every page behind these rows, with its licence
  parameters.csv  the settings that lead to the same view again
  assumptions.csv what a model on the page takes for granted, with sources (where there is one)
  citation.*      how to cite this view: as text, BibTeX, RIS and CSL-JSON
  datapackage.json describes the tables (Frictionless), so that programs open the archive as it is

Licences
  Our tables are under CC BY 4.0. Each source keeps its own terms, see column licence of sources.csv.

Read with care
{caveats}

A text cell that a spreadsheet would run as a formula begins with an apostrophe.
"""


def view_archive(view: View, charts: Sequence[Chart] = ()) -> bytes:
    """Return a view as an archive that also opens as a data package.

    Args:
        charts: Its charts as the browser shows them; none where it was asked for by its address alone.
    """
    # The writer is large, and the start need not wait for it.
    from dashboard.downloads.workbook import workbook

    tables: dict[str, str] = {}
    files: dict[str, bytes | str] = {}
    names: Counter[str] = Counter()
    for chart in charts:
        names[chart.stem] += 1
        stem = f"charts/{chart.stem}" + (f"_{names[chart.stem]}" if names[chart.stem] > 1 else "")
        if chart.table is not None:
            tables[f"{stem}.csv"] = _chart_csv(chart, chart.table)
            files[f"{stem}.xlsx"] = workbook(chart)
        if chart.svg:
            files[f"{stem}.svg"] = chart.svg
    tables |= {f"data/{table}.csv": _frame_csv(rows) for table, rows in view.rows.items()}
    tables["sources.csv"] = _frame_csv(view.sources)
    tables["parameters.csv"] = csv_text(("name", "value"), view.parameters.items(), mark=True)
    if view.assumptions:
        tables["assumptions.csv"] = csv_text(view.assumptions, zip(*view.assumptions.values(), strict=True), mark=True)
    texts = {
        "README.txt": _readme(view),
        "datapackage.json": _descriptor(view, tables),
        "citation.txt": f"{full(view.reference)}\n\nIn a caption: {short(view.reference)}\n",
        "citation.bib": bibtex(view.reference) + "\n",
        "citation.ris": ris(view.reference) + "\n",
        "citation.json": csl_json(view.reference) + "\n",
    }
    return _zipped(texts | tables | files)


def file_name(view: View) -> str:
    """Return the name under which an archive is saved."""
    return f"morale-indicators_{view.page.stem}_{view.day.isoformat()}.zip"


def _zipped(files: Mapping[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _readme(view: View) -> str:
    return README.format(
        title=view.opening.question,
        answer=view.opening.answer,
        day=day_text(view.day),
        data_version=view.reference.data_version,
        code_version=view.reference.code_version,
        address=view.reference.address,
        caveats="\n".join(f"  - {caveat}" for caveat in view.caveats) or "  A quoted figure is a claim, not a count.",
    )


def _descriptor(view: View, tables: Mapping[str, str]) -> str:
    sources = view.sources.to_dict("records")
    described = {
        "profile": "data-package",
        "name": f"morale-indicators-{view.page.stem.replace('_', '-')}",
        "title": view.reference.full_title,
        "version": view.reference.data_version,
        "licenses": [OWN_LICENCE],
        "sources": [{"title": f"{row['publisher']}: {row['title']}", "path": row["url"]} for row in sources],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "schema": {"fields": _fields(path, content)},
                "name": path.removesuffix(".csv").replace("/", "-").replace("_", "-").lower(),
                "path": path,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8-sig",
            }
            for path, content in tables.items()
        ],
    }
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


def _fields(path: str, content: str) -> list[dict[str, str]]:
    """Return the columns of a table; only those of the data package are known to be numbers or days throughout."""
    columns = TABLES.get(PurePosixPath(path).stem, {}) if not path.startswith("charts/") else {}
    names = next(csv.reader([content.removeprefix(MARK).partition("\r\n")[0]]))
    kinds = {name: column.type for name, column in columns.items() if column.type in ("number", "date")}
    return [{"name": name, "type": kinds.get(name, "string")} for name in names]


def _chart_csv(chart: Chart, table: Table) -> str:
    return csv_text([*table.columns, *chart.about], _stamped(chart, table), mark=True)


def _stamped(chart: Chart, table: Table) -> Iterator[list[object]]:
    for row in table.rows:
        yield [*(str(cell) if isinstance(cell, Pages) else cell for cell in row), *chart.about.values()]


def _frame_csv(table: pd.DataFrame) -> str:
    rows = (map(plain_cell, row) for row in table.itertuples(index=False, name=None))
    return csv_text(table.columns, rows, mark=True)
