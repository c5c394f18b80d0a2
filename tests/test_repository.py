"""The files around the code: what they name exists, and what they state twice is the same."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from factories import bundled

from indicators import __version__
from indicators.core.evidence.load import DATA_DIRECTORY

FACTS_ONLY = "all rights reserved; facts cited"


def names_in(requirements: Path) -> set[str]:
    """Return the normalised names of the packages that a requirements file lists."""
    found = re.findall(r"^([A-Za-z0-9_.-]+)[>=~<]", requirements.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in found}


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"])
def test_local_files_that_a_page_names_exist(page: str, repository: Path) -> None:
    text = (repository / page).read_text(encoding="utf-8")
    linked = {target for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target}
    named = set(re.findall(r"`((?:[a-z_.]+/)*[a-zA-Z_]+\.(?:py|md|csv|cff))`", text))
    # A table is called by its name alone.
    assert {
        name for name in linked | named if not any((at / name).exists() for at in (repository, DATA_DIRECTORY))
    } == set()


def test_make_has_every_command_that_the_readme_names(repository: Path) -> None:
    makefile = (repository / "Makefile").read_text(encoding="utf-8")
    commands = set(re.findall(r"\bmake ([a-z]+)", (repository / "README.md").read_text(encoding="utf-8")))
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {"run", "test", "help"} <= commands <= targets


def test_the_version_is_the_same_everywhere(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((repository / "CITATION.cff").read_text(encoding="utf-8"))
    package = json.loads((DATA_DIRECTORY / "datapackage.json").read_text(encoding="utf-8"))
    assert {project["version"], citation["version"], package["version"]} == {__version__}


def test_the_citation_has_what_the_format_requires(repository: Path) -> None:
    citation = yaml.safe_load((repository / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["title"]
    assert citation["message"]
    assert citation["authors"] == [{"name": "Morale indicators contributors"}]
    assert citation["license"] == "MIT"


def test_the_licence_names_every_source_with_terms_of_its_own(repository: Path) -> None:
    licence = (repository / "LICENSE").read_text(encoding="utf-8")
    sources = bundled().sources
    own = sources.loc[sources["licence"] != FACTS_ONLY, "publisher"].str.removesuffix(" (dataset)")
    assert not own.empty
    assert {name for name in own if name not in licence} == set()


def test_the_changelog_says_which_figures_changed(repository: Path) -> None:
    text = (repository / "CHANGELOG.md").read_text(encoding="utf-8")
    releases = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert releases
    assert all("### Figures that changed\n" in release for release in releases)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_has_a_tested_version(name: str, repository: Path) -> None:
    required = names_in(repository / name)
    assert required
    assert required - names_in(repository / "constraints.txt") == set()
