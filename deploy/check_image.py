"""Runs the steps of the Dockerfile without Docker, then the image's command as it is meant to run.

`python deploy/check_image.py`, as root on a Debian with Python 3.11, util-linux and a connection to a package registry.
Each stage is a layer over this machine's own files, which stand in for the base image, and is gone afterwards. The last
one is made read-only but for /tmp, cut off from every network, and its command started without root. What is asked of
it: it gets ready, serves a page, writes nowhere else, has no installer, and ends within ten seconds.
"""

from __future__ import annotations

import fcntl
import json
import os
import shlex
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

REPOSITORY = Path(__file__).resolve().parents[1]
DOCKERFILE = REPOSITORY / "deploy" / "Dockerfile"
ADDRESS = "http://127.0.0.1:8501"
READY_SECONDS, STOP_SECONDS = 60, 10
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
FROM_THE_MACHINE = ("proc", "dev", "etc/resolv.conf", "etc/hosts")


@dataclass
class Stage:
    """A stage of the image: where its files are, and what its command will find."""

    root: str
    folder: str = "/"
    user: str = "0:0"
    environment: dict[str, str] = field(default_factory=dict)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Yield each instruction of a Dockerfile with what follows it.

    Example:
        >>> list(instructions("FROM debian AS build"))
        [('FROM', 'debian AS build')]
    """
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for line in lines.replace("\\\n", "").splitlines():
        if line.strip():
            name, _, rest = line.strip().partition(" ")
            yield name, rest.strip()


def build(text: str, place: Path) -> Stage:
    """Run all instructions and return the last stage."""
    stages: dict[str, Stage] = {}
    stage = Stage("/")
    for name, rest in instructions(text):
        print(f"{name} {rest[:110]}", flush=True)
        if name == "FROM":
            stage = Stage(layer(place / str(len(stages))), environment={"PATH": SYSTEM_PATH})
            stages[rest.split()[-1]] = stage
        elif name == "WORKDIR":
            stage.folder = rest
            inside(stage, rest).mkdir(parents=True, exist_ok=True)
        elif name == "COPY":
            copy(stage, stages, shlex.split(rest))
        elif name == "RUN":
            command = ["chroot", stage.root, "sh", "-c", f"cd {stage.folder} && {rest}"]
            subprocess.run(command, env={**os.environ, "PATH": SYSTEM_PATH, "HOME": "/root"}, check=True)
        elif name == "ENV":
            stage.environment |= dict(pair.split("=", 1) for pair in shlex.split(rest))
        elif name == "USER":
            stage.user = rest
        elif name == "HEALTHCHECK":
            stage.health = json.loads(rest.partition(" CMD ")[2])
        elif name == "CMD":
            stage.command = json.loads(rest)
        elif name not in ("EXPOSE", "STOPSIGNAL"):
            sys.exit(f"{DOCKERFILE.name}: expected an instruction that this script knows, got {name}")
    return stage


def layer(place: Path) -> str:
    """Mount an empty layer over this machine's files and return where it can be seen."""
    folders = [place / name for name in ("changed", "work", "root")]
    for folder in folders:
        folder.mkdir(parents=True)
    changed, work, root = folders
    options = f"lowerdir=/,upperdir={changed},workdir={work}"
    subprocess.run(["mount", "-t", "overlay", "overlay", "-o", options, root], check=True)
    for name in FROM_THE_MACHINE:
        subprocess.run(["mount", "--rbind", f"/{name}", root / name], check=True)
    return str(root)


def inside(stage: Stage, path: str) -> Path:
    """Return where a path of a stage is on this machine."""
    return Path(stage.root, os.path.join(stage.folder, path).lstrip("/"))


def copy(stage: Stage, stages: dict[str, Stage], words: list[str]) -> None:
    """Copy files into a stage, from another one or from the repository."""
    sender = next((stages[word.partition("=")[2]] for word in words if word.startswith("--from=")), None)
    *sources, target = [word for word in words if not word.startswith("--")]
    for source in sources:
        found = inside(sender, source) if sender else REPOSITORY / source
        goal = inside(stage, target)
        goal = goal / found.name if target.endswith("/") else goal
        if found.is_dir():
            left_out = None if sender else shutil.ignore_patterns("__pycache__")
            shutil.copytree(found, goal, symlinks=True, ignore=left_out, dirs_exist_ok=True)
        else:
            shutil.copy(found, goal)


def close(stage: Stage) -> None:
    """Make a stage's files read-only, but for an empty /tmp."""
    subprocess.run(["mount", "-o", "remount,ro", stage.root], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m,mode=1777", "tmpfs", f"{stage.root}/tmp"], check=True)


def arguments(stage: Stage, command: list[str]) -> list[str]:
    """Return the command that runs another one in a stage, as its user and with nothing else."""
    user, _, group = stage.user.partition(":")
    rights = [f"--reuid={user}", f"--regid={group}", "--clear-groups", "--no-new-privs", "--bounding-set=-all"]
    path = stage.environment["PATH"].replace("$PATH", SYSTEM_PATH)
    variables = [f"{name}={value}" for name, value in {**stage.environment, "PATH": path}.items()]
    moved = ["sh", "-c", f'cd {stage.folder} && exec "$@"', "sh", *command]
    return ["chroot", stage.root, "setpriv", *rights, "env", "-i", *variables, *moved]


def serve(stage: Stage) -> None:
    """Start a stage's command on a loopback of its own, and check what is expected of it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        up = struct.pack("16sH14s", b"lo", 0x1, b"")  # IFF_UP
        fcntl.ioctl(control, 0x8914, up)  # SIOCSIFFLAGS
    began = time.monotonic()
    server = subprocess.Popen(arguments(stage, stage.command))
    try:
        while not answers("/api/v1/ready"):
            if server.poll() is not None or time.monotonic() - began > READY_SECONDS:
                sys.exit(f"expected the image to get ready within {READY_SECONDS} s; it did not")
            time.sleep(0.2)
        print(f"ready after {time.monotonic() - began:.1f} s", flush=True)
        check("the first page is served", answers("/"))
        check("the health check passes", runs(stage, stage.health))
        check("the figures can't be written", not runs(stage, ["touch", "/srv/data/new.csv"]))
        check("the code can't be written", not runs(stage, ["touch", "/srv/app.py"]))
        check("there is room for temporary files", runs(stage, ["touch", "/tmp/new"]))
        check("there is no installer", not runs(stage, ["python", "-m", "pip", "--version"]))
    finally:
        asked = time.monotonic()
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            sys.exit(f"expected the image to end within {STOP_SECONDS} s; it did not")
    print(f"ended after {time.monotonic() - asked:.1f} s", flush=True)


def answers(path: str) -> bool:
    """Return whether an address of the running image answers with success."""
    try:
        with urlopen(ADDRESS + path, timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def runs(stage: Stage, command: list[str]) -> bool:
    """Return whether a command succeeds in a stage."""
    return subprocess.run(arguments(stage, command), capture_output=True, check=False).returncode == 0


def check(what: str, true: bool) -> None:
    """Say what was found; end if it is not as expected."""
    print(f"{'yes' if true else 'NO'}: {what}", flush=True)
    if not true:
        sys.exit(1)


def main() -> None:
    """Build and run, each in a namespace of its own, so that mounts and network end with it."""
    if sys.argv[1:2] == ["--serve"]:
        serve(Stage(**json.loads(sys.argv[2])))
    elif sys.argv[1:2] == ["--build"]:
        with tempfile.TemporaryDirectory() as name:
            subprocess.run(["mount", "-t", "tmpfs", "tmpfs", name], check=True)
            try:
                stage = build(DOCKERFILE.read_text(encoding="utf-8"), Path(name))
                close(stage)
                apart = ["unshare", "--net", sys.executable, __file__, "--serve", json.dumps(asdict(stage))]
                code = subprocess.run(apart, check=False).returncode
            finally:
                subprocess.run(["umount", "--recursive", "--lazy", name], check=False)
        sys.exit(code)
    elif os.geteuid() != 0 or shutil.which("unshare") is None:
        sys.exit("This needs root, for mounts that nobody else sees, and unshare (Debian: apt-get install util-linux).")
    else:
        sys.exit(subprocess.run(["unshare", "--mount", sys.executable, __file__, "--build"], check=False).returncode)


if __name__ == "__main__":
    main()
