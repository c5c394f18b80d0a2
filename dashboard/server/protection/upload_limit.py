"""A bound on what one visit can leave on the server: Streamlit bounds a file, not how many of them it keeps."""

import re
from collections import Counter

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

LARGEST_FILE = 1024 * 1024
LARGEST_SUM = 4 * LARGEST_FILE
"""Bytes of a visit's files, those on their way counted at their largest."""

_UPLOAD = re.compile(r".*/_stcore/upload_file/(?P<session>[^/]+)/[^/]+/?")


def kept_bytes(session: str) -> int:
    """Return how many bytes of uploaded files Streamlit keeps for a visit."""
    files = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    if not isinstance(files, MemoryUploadedFileManager):
        return 0
    return sum(len(file.data) for file in [*files.file_storage.get(session, {}).values()])


class UploadLimit:
    """Middleware that refuses an upload with 413 once a visit's files could exceed `LARGEST_SUM` together."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._coming: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        upload = _UPLOAD.fullmatch(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if upload is None:
            await self._app(scope, receive, send)
            return
        session = upload["session"]
        if kept_bytes(session) + (self._coming[session] + 1) * LARGEST_FILE > LARGEST_SUM:
            sentence = "The files of this visit are larger together than the 4 MB that are kept. Load the page again."
            await PlainTextResponse(sentence, 413)(scope, receive, send)
            return
        self._coming[session] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._coming[session] -= 1
            self._coming += Counter()  # forgets visits with nothing on its way
