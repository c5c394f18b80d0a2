"""What is in `deploy/`: each file is one that its program accepts, and they agree with each other and with the code."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from find_nginx import NONE_FOUND, find_nginx
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from benchmarks.replicas import write_configuration
from indicators import __version__
from indicators.core.environment import SETTINGS


@pytest.fixture
def deploy(repository: Path) -> Path:
    """Return the folder of what a deployment needs."""
    return repository / "deploy"


def locked(deploy: Path) -> dict[str, str]:
    """Return the version of each locked package by its normalised name."""
    text = (deploy / "requirements.lock").read_text(encoding="utf-8")
    return {canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)}


def test_the_image_passes_its_linter(deploy: Path) -> None:
    linter = Path(sys.executable).with_name("hadolint")
    if not linter.exists():
        pytest.skip("hadolint has no package for this machine")
    found = subprocess.run([linter, deploy / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, "")


def test_the_image_ends_without_root_tools_or_a_writable_folder(deploy: Path) -> None:
    text = (deploy / "Dockerfile").read_text(encoding="utf-8")
    last = text.rpartition("\nFROM ")[2]
    assert "USER 10001:10001" in last
    assert "apt-get" not in last
    assert "pip install" not in last
    assert "chown" not in last
    assert "--require-hashes" in text


def test_every_source_of_the_image_is_let_through_to_the_builder(deploy: Path, repository: Path) -> None:
    text = (deploy / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    copied = {source for line in re.findall(r"^COPY (?!--)(.+)$", text, re.MULTILINE) for source in line.split()[:-1]}
    let_through = {
        line[1:] for line in (repository / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"
    }
    assert {source for source in copied if not any(name.startswith(source) for name in let_through)} == set()
    assert {name for name in let_through if not (repository / name).exists()} == set()


def test_the_lock_has_every_requirement_at_its_tested_version_with_a_hash(deploy: Path, repository: Path) -> None:
    versions = locked(deploy)
    tested = (repository / "constraints.txt").read_text(encoding="utf-8").splitlines()
    known = {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in tested[1:])}
    lines = (repository / "requirements.txt").read_text(encoding="utf-8").splitlines()
    needed = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert {str(need) for need in needed if versions.get(canonicalize_name(need.name)) not in need.specifier} == set()
    assert {name: version for name, version in versions.items() if known.get(name, version) != version} == {}
    blocks = re.split(r"\n(?=[\w.-]+==)", (deploy / "requirements.lock").read_text(encoding="utf-8"))
    assert all("--hash=sha256:" in block for block in blocks[1:])


def test_the_list_of_licences_names_what_is_locked(deploy: Path) -> None:
    text = (deploy / "licences.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\S+) +\| (\S+) +\| (.+?) +\|$", text, re.MULTILINE)
    listed = {canonicalize_name(name): version for name, version, _ in rows if name != "Name"}
    only_elsewhere = {"colorama"}  # Windows
    assert {name: version for name, version in locked(deploy).items() if name not in only_elsewhere} == listed
    assert not [name for name, _, licence in rows if licence == "UNKNOWN"]


def test_nginx_accepts_its_configuration(tmp_path: Path) -> None:
    nginx = find_nginx()
    if nginx is None:
        pytest.skip(NONE_FOUND)
    configuration = write_configuration(tmp_path, 8501)
    found = subprocess.run(
        [nginx, "-e", str(tmp_path / "error.log"), "-t", "-c", configuration],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr


def test_the_cluster_accepts_every_object(deploy: Path) -> None:
    validate = pytest.importorskip("kubernetes_validate")
    text = (deploy / "kubernetes" / "dashboard.yaml").read_text(encoding="utf-8")
    objects = list(yaml.safe_load_all(text))
    for described in objects:
        validate.validate(described, "1.34", strict=True)
    assert [described["kind"] for described in objects] == [
        "Deployment", "Service", "PodDisruptionBudget", "NetworkPolicy", "Ingress",
    ]  # fmt: skip
    (container,) = objects[0]["spec"]["template"]["spec"]["containers"]
    assert container["image"].endswith(f":{__version__}")


def test_the_unit_is_one_that_the_system_manager_accepts(deploy: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze was not found, so the unit is not checked (Debian: apt install systemd)")
    unit = tmp_path / "morale-indicators@.service"
    text = (deploy / "systemd" / unit.name).read_text(encoding="utf-8")
    unit.write_text(text.replace("/opt/morale-indicators/.venv/bin/python", sys.executable), encoding="utf-8")
    found = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert not [line for line in found.stderr.splitlines() if unit.name.split("@")[0] in line], found.stderr


def test_every_setting_that_an_example_has_is_one_of_the_server(deploy: Path) -> None:
    files = [path for path in deploy.rglob("*") if path.is_file() and path.suffix not in (".lock", ".json")]
    named = {name for path in files for name in re.findall(r"MORALE_INDICATORS_[A-Z_]+", path.read_text("utf-8"))}
    assert named
    assert named <= {setting.name for setting in SETTINGS}
