"""An end within seconds: answers are finished, sockets closed as restarting, and whoever never reads is left.

Uvicorn does the first two when it is asked to stop: it closes sockets with code 1012, "service restart", upon which a
browser opens the page again by itself. But it waits without end for a client that asked and does not read.
"""

import signal

import uvicorn

SECONDS_TO_FINISH = 6
"""How long answers may take once the server is asked to stop; no computation takes more than about one."""


def bound_the_end() -> bool:
    """Let the server that runs this process end after `SECONDS_TO_FINISH`, whoever is still connected.

    Streamlit starts Uvicorn without that bound and has no option for it. The server is found as what takes the signal.

    Returns:
        Whether a server was found.
    """
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    if not isinstance(server, uvicorn.Server):
        return False
    server.config.timeout_graceful_shutdown = SECONDS_TO_FINISH
    return True
