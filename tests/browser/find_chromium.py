"""Finds a Chromium for the browser tests, and installs one if asked to.

As a command it prints the path: `python tests/browser/find_chromium.py --install`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
VARIABLE = "CHROMIUM"
NONE_FOUND = (
    "No Chromium was found or could be installed for the browser tests; install one "
    f"(for example: apt install chromium) or set {VARIABLE} to its path."
)


class NoChromiumError(RuntimeError):
    """There is no Chromium; the message says what to do."""


def find_chromium() -> str:
    """Return the path of a Chromium that is already there.

    Looks at the environment variable CHROMIUM, at the usual names on PATH and at the one Playwright keeps.

    Raises:
        NoChromiumError: If there is none, or if CHROMIUM names something that can't be run.
    """
    named = os.environ.get(VARIABLE)
    if named:
        path = shutil.which(named)
        if path is None:
            raise NoChromiumError(f"{VARIABLE} is set to {named!r}, which is no program; correct or unset it.")
        return path
    found = next((path for path in map(shutil.which, NAMES) if path), None) or _playwrights_own()
    if found is None:
        raise NoChromiumError(NONE_FOUND)
    return found


def install_chromium() -> None:
    """Install a Chromium: Playwright's own into the user's cache, else the system's package; say which in one line."""
    say("Installing Playwright's Chromium into your cache folder (playwright install chromium); this happens once.")
    if run([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ)):
        return
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        say("That could not be fetched: installing the system's package instead (apt-get install chromium).")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
            run(command, environment)


def say(line: str) -> None:
    """Write a line to the error stream, because the path goes to the other one."""
    print(line, file=sys.stderr, flush=True)


def _playwrights_own() -> str | None:
    from playwright.sync_api import Error, sync_playwright

    try:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Error:
        return None
    return path if Path(path).is_file() else None


def run(command: list[str], environment: dict[str, str]) -> bool:
    """Run an installer and return whether it succeeded; what it writes is shown only if it fails."""
    result = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if result.returncode:
        say(result.stdout.strip()[-500:])
    return result.returncode == 0


def main(arguments: list[str]) -> int:
    """Print the path of a Chromium; with --install, install one first if there is none."""
    try:
        print(find_chromium())
    except NoChromiumError as error:
        if "--install" not in arguments or os.environ.get(VARIABLE):
            say(str(error))
            return 1
        install_chromium()
        return main([])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
