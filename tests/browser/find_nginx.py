"""Finds nginx for the tests of several copies, and installs it if asked to.

As a command it prints the path: `python tests/browser/find_nginx.py --install`.
"""

from __future__ import annotations

import os
import shutil
import sys

from find_chromium import run, say

NONE_FOUND = (
    "nginx was not found, so copies behind it are not tested; install it (for example: apt install nginx-light)."
)


def find_nginx() -> str | None:
    """Return the path of an nginx that is already there; it may stand where only root looks for programs."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def install_nginx() -> None:
    """Install the system's package and leave its service switched off, where that is possible."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    say("Installing nginx for the tests of several copies (apt-get install nginx-light); this happens once.")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "nginx-light"]):
        run(command, environment)


def main(arguments: list[str]) -> int:
    """Print the path of nginx; with --install, install it first if it is not there. Tests skip without it."""
    if find_nginx() is None and "--install" in arguments:
        install_nginx()
    print(find_nginx() or NONE_FOUND)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
