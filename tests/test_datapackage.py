"""The descriptor and the ZIP file of the data package."""

from __future__ import annotations

import codecs
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from factories import copy_of_data
from frictionless import Package

from dashboard.shell.pages import all_pages
from indicators import __version__
from indicators.core.evidence.descriptor import read_descriptor, write_descriptor
from indicators.core.evidence.load import DATA_DIRECTORY, data_package, describe, load_evidence
from indicators.core.evidence.parsing import DataError
from indicators.core.evidence.schema import TABLES
from indicators.core.evidence.vocabulary import Assumption, Page
from indicators.methods.cascade.assumptions import PREFIX
from indicators.methods.cascade.parameters import CascadeParameters
from indicators.methods.projection.parameters import ProjectionParameters


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_generating_the_descriptor_again_changes_nothing(tmp_path: Path) -> None:
    folder = copy_of_data(tmp_path)
    before = contents(folder)
    describe(folder, date(2030, 1, 1), __version__)
    assert contents(folder) == before


def test_the_command_writes_what_is_shipped(tmp_path: Path, repository: Path) -> None:
    folder = copy_of_data(tmp_path)
    before = contents(folder)
    (folder / "datapackage.json").unlink()
    series = folder / "series.csv"
    series.write_bytes(codecs.BOM_UTF8 + series.read_bytes().replace(b"\n", b"\r\n"))
    day = json.loads(before["datapackage.json"])["created"][:10]
    command = [sys.executable, "-m", "indicators", "datapackage", str(folder), "--day", day]
    run = subprocess.run(command, cwd=repository, capture_output=True, text=True, timeout=120, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert f"This is the edition of {day}." in run.stdout
    assert contents(folder) == before


def test_the_command_refuses_a_wrong_row_and_writes_nothing(tmp_path: Path) -> None:
    folder = copy_of_data(tmp_path)
    (folder / "events.csv").write_bytes((folder / "events.csv").read_bytes().replace(b",confirmed,", b",rumoured,", 1))
    before = contents(folder)
    with pytest.raises(DataError, match=r"events\.csv, row \d+, column status"):
        describe(folder, date(2026, 11, 28), __version__)
    assert contents(folder) == before


def test_a_new_row_makes_a_new_edition(tmp_path: Path) -> None:
    folder = copy_of_data(tmp_path)
    with (folder / "publishers.csv").open("a", encoding="utf-8") as file:
        file.write("A new one,media,F,Seen once only.\n")
    assert load_evidence(folder).edition.changed == ("publishers",)
    assert describe(folder, date(2030, 1, 1), __version__).day == date(2030, 1, 1)
    assert load_evidence(folder).edition.changed == ()


def test_the_descriptor_names_rows_and_hashes_of_the_files() -> None:
    for resource in json.loads((DATA_DIRECTORY / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        content = (DATA_DIRECTORY / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["rows"] == content.count(b"\n") - 1


def test_what_is_written_is_read_back() -> None:
    content = (DATA_DIRECTORY / "datapackage.json").read_bytes()
    assert write_descriptor(read_descriptor(content)) == content
    with pytest.raises(ValueError, match="run it again"):
        read_descriptor(content.replace(b"observations.csv", b"../observations.csv"))


def test_the_archive_holds_what_the_descriptor_lists_and_nothing_else(tmp_path: Path) -> None:
    folder = copy_of_data(tmp_path)
    (folder / "secret.json").symlink_to("/etc/hostname")
    (folder / "notes.md").write_text("mine")
    with zipfile.ZipFile(io.BytesIO(data_package(folder))) as archive:
        assert set(archive.namelist()) == {"datapackage.json", "README.md", *(f"{table}.csv" for table in TABLES)}
    (folder / "README.md").unlink()
    (folder / "README.md").symlink_to("/etc/hostname")
    with pytest.raises(OSError, match="is a link"):
        data_package(folder)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning")
def test_the_archive_opens_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(data_package())
    package = Package(str(path))
    assert [resource.path for resource in package.resources] == [f"{table}.csv" for table in TABLES]
    report = package.validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:20]


def test_every_input_of_the_models_and_every_page_has_its_word() -> None:
    of_cascade = {id_.removeprefix(PREFIX) for id_ in Assumption if id_.startswith(PREFIX)}
    of_projection = {id_ for id_ in Assumption if not id_.startswith(PREFIX)}
    assert of_cascade <= set(CascadeParameters.model_fields)
    assert of_projection <= set(ProjectionParameters.model_fields)
    assert set(Page) <= {page.stem for page in all_pages()}
