"""Whether the server has computed what every reader asks for, so that a proxy can send readers to it."""

import gc
import logging
from collections.abc import Callable
from threading import Event, Thread

from dashboard.snapshots import warm_up

LOGGER = logging.getLogger(__name__)
_computed = Event()


def is_ready() -> bool:
    """Return whether everything is computed that every reader asks for."""
    return _computed.is_set()


def begin_to_get_ready(build_api: Callable[[], object]) -> None:
    """Compute it in a thread beside what the first readers do; a failure stays in the log, and the server not ready."""
    Thread(target=get_ready, args=(build_api,), name="get-ready", daemon=True).start()


def get_ready(build_api: Callable[[], object]) -> None:
    """Compute every indicator, build the API, and set aside all that is loaded: no collector walks through it again."""
    try:
        warm_up()
        build_api()
    except Exception:
        LOGGER.exception("The server can't get ready: an indicator could not be computed.")
        return
    gc.collect()
    gc.freeze()
    _computed.set()
