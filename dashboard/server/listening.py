"""Answers leave the server at once: the socket it listens on is told not to wait for fuller packets."""

from __future__ import annotations

import gc
import socket


def send_at_once() -> int:
    """Switch off Nagle's algorithm for all connections that the server will accept.

    asyncio does this by itself, but only for sockets that were opened as TCP by name, and Streamlit's is not. Head and
    body of an answer are two writes; without this the body of every small file waits some 40 ms for the reader's
    acknowledgement of the head. Accepted connections inherit the setting from the socket that listens.

    Returns:
        How many listening sockets there are.
    """
    # Nothing hands the socket to an application, so it is looked up among all objects.
    sockets = [item for item in gc.get_objects() if issubclass(type(item), socket.socket)]
    listening = [item for item in sockets if item.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)]
    for item in listening:
        item.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return len(listening)
