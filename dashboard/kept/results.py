"""What was computed at an earlier start, for the same code, packages and data: a start then only reads it.

The file is Python's own kind of archive, so it is read from the user's cache folder alone, as compiled modules are.
"""

import logging
import pickle
import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from dashboard.kept.files import keep_file, kept_file
from indicators.core.evidence.descriptor import DESCRIPTOR
from indicators.core.snapshot import Snapshot

LOGGER = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]
_CODE = ("indicators", "dashboard")
_PACKAGES = ("numpy", "pandas", "scipy")


def kept_snapshot(directory: Path) -> Snapshot | None:
    """Return the latest snapshot of an edition as an earlier start computed it; None if there is none."""
    try:
        content = kept_file(_name(directory))
        return None if content is None else pickle.loads(content)
    except Exception as error:  # whatever is wrong with it, everything can be computed anew
        LOGGER.warning("What an earlier start computed can't be read and is computed anew: %r", error)
        return None


def keep_snapshot(directory: Path, snapshot: Snapshot) -> None:
    """Keep the latest snapshot of an edition, with all that was computed from it, for later starts."""
    try:
        name = _name(directory)
        if kept_file(name) is None:
            keep_file(name, pickle.dumps(snapshot, protocol=5))
    except Exception as error:  # a reader may have asked for more in the same moment, or for what can't be kept
        LOGGER.info("What was computed can't be kept: %r", error)


def _name(directory: Path) -> str:
    """Return the name of the file, which follows from the code, the packages and the edition."""
    found = sha256(sys.version.encode())
    for package in _PACKAGES:
        found.update(f"{package} {version(package)}\n".encode())
    for module in sorted(file for part in _CODE for file in (_ROOT / part).rglob("*.py")):
        status = module.stat()
        found.update(f"{module} {status.st_mtime_ns} {status.st_size}\n".encode())
    for file in (directory / DESCRIPTOR, *sorted(directory.glob("*.csv"))):
        found.update(f"{file.name} {file.is_symlink()} {file.stat().st_size}\n".encode())
        found.update(file.read_bytes())
    return f"results-{found.hexdigest()[:16]}.pickle"
