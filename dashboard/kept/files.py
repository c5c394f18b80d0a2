"""Files of the user's cache folder: what takes long is done at one start only.

A name changes with everything that the content follows from. A folder that can't be read or written, or that somebody
else could have written to, costs every start that time and nothing else.
"""

import logging
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

from platformdirs import user_cache_path

LOGGER = logging.getLogger(__name__)
OF_ONE_KIND = 4
"""Several editions of code or data may run on one machine."""
_WRITABLE_BY_OTHERS = 0o022
_DIGEST_BYTES = 32
"""A file begins with the SHA-256 of its content, so that no damaged one is taken for a whole one."""


def kept_file(name: str) -> bytes | None:
    """Return a file that an earlier start has kept; None if there is none that can be trusted."""
    try:
        whole = _read_own(name)
    except OSError:
        return None
    content = whole[_DIGEST_BYTES:]
    if whole[:_DIGEST_BYTES] == sha256(content).digest():
        return content
    if whole:
        LOGGER.info("%s in %s is no whole file, and made anew.", name, _folder())
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
        descriptor, unfinished = mkstemp(dir=folder)
        try:
            with open(descriptor, "wb") as file:
                file.write(sha256(content).digest() + content)
            os.replace(unfinished, folder / name)
        finally:
            Path(unfinished).unlink(missing_ok=True)
        of_its_kind = sorted(folder.glob(f"{name.partition('-')[0]}-*"), key=lambda file: file.stat().st_mtime)
        for earlier in of_its_kind[:-OF_ONE_KIND]:
            earlier.unlink(missing_ok=True)
    except OSError as error:
        LOGGER.info("%s can't be kept in %s. %s", name, folder, error)


def _folder() -> Path:
    return user_cache_path("morale-indicators")


def _read_own(name: str) -> bytes:
    """Return a file's bytes; none if it or its folder is somebody else's, is a link, or can be written by others."""
    if os.name == "nt":  # there a user's folders are closed to others as they are
        return (_folder() / name).read_bytes()
    # What was looked at is what is read: a name alone could lead to another file by then.
    folder = os.open(_folder(), os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if not _is_own(folder):
            return b""
        with open(os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=folder), "rb") as file:
            return file.read() if _is_own(file.fileno()) else b""
    finally:
        os.close(folder)


def _is_own(opened: int) -> bool:
    status = os.fstat(opened)
    return status.st_uid == os.getuid() and not status.st_mode & _WRITABLE_BY_OTHERS
