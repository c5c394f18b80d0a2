"""Files of the user's cache folder: what takes long is done at one start only.

A name changes with everything that the content follows from. A folder that can't be read or written, or that somebody
else could have written to, costs every start that time and nothing else.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile

from platformdirs import user_cache_path

LOGGER = logging.getLogger(__name__)
OF_ONE_KIND = 4
"""Several editions of code or data may run on one machine."""
_WRITABLE_BY_OTHERS = 0o022


def kept_file(name: str) -> bytes | None:
    """Return a file that an earlier start has kept; None if there is none that can be trusted."""
    file = _folder() / name
    try:
        return file.read_bytes() if _is_own(file.parent) and _is_own(file) else None
    except OSError:
        return None


def kept_or_made(name: str, make: Callable[[], bytes]) -> bytes:
    """Return a kept file, made and kept if there is none."""
    content = kept_file(name)
    if content is None:
        content = make()
        keep_file(name, content)
    return content


def keep_file(name: str, content: bytes) -> None:
    """Keep a file for later starts, beside the newest few of its kind.

    Args:
        name: Kind of the file, a hyphen, and what its content follows from.
        content: What is in it.
    """
    folder = _folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, delete=False) as unfinished:
            unfinished.write(content)
        os.replace(unfinished.name, folder / name)
        of_its_kind = sorted(folder.glob(f"{name.partition('-')[0]}-*"), key=lambda file: file.stat().st_mtime)
        for earlier in of_its_kind[:-OF_ONE_KIND]:
            earlier.unlink(missing_ok=True)
    except OSError as error:
        LOGGER.info("%s can't be kept in %s. %s", name, folder, error)


def _folder() -> Path:
    return user_cache_path("morale-indicators")


def _is_own(path: Path) -> bool:
    if os.name == "nt":  # there a user's folders are closed to others as they are
        return True
    status = path.stat()
    return status.st_uid == os.getuid() and not status.st_mode & _WRITABLE_BY_OTHERS
