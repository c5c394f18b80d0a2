"""TCP_NODELAY for the socket that the server listens on.

asyncio sets it by itself, but only for sockets that were opened as TCP by name, and Streamlit's is not. Head and body
of an answer are two writes; without it the body of every small file waits some 40 ms for the acknowledgement of the
head, a tenth of a cold load in all.
"""

import os
import socket
import stat
from pathlib import Path

DESCRIPTORS = Path("/dev/fd")


def set_no_delay() -> int:
    """Set TCP_NODELAY for all connections that the server will accept, which inherit it from the listening socket.

    Nothing hands that socket to an application, so it is found among the open files of the process.

    Returns:
        How many listening sockets there are; 0 too where the system does not list open files.
    """
    found = 0
    for name in os.listdir(DESCRIPTORS) if DESCRIPTORS.is_dir() else ():
        try:
            if not stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                continue
            with socket.socket(fileno=os.dup(int(name))) as copy:
                if copy.family in (socket.AF_INET, socket.AF_INET6) and copy.getsockopt(
                    socket.SOL_SOCKET, socket.SO_ACCEPTCONN
                ):
                    copy.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    found += 1
        except OSError:
            continue  # closed meanwhile
    return found
