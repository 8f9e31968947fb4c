"""The wire: bytes from standard input or one TCP connection, read by a thread that does nothing else.

The protocol library's own loop takes three hops through a thread pool for each message and falls silent over a header
in lower case; this one takes a single hop and stumbles over nothing.
"""

import asyncio
import contextlib
import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from backstory.lsp.frames import frames

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer

CHUNK = 1 << 16


class Wire:
    """Where the protocol library writes to, on the event loop only."""

    def __init__(self, send: Callable[[bytes], object], lost: Callable[[], None]) -> None:
        self._send = send
        self._lost = lost

    def write(self, data: bytes) -> None:
        """Send all of `data`; when nobody listens any more the session is over."""
        try:
            self._send(data)
        except OSError:
            self._lost()

    def close(self) -> None:
        """Leave the connection to the process's end."""


def serve_stdio(server: "BackstoryServer") -> int:
    """Talk over standard input and output; return the exit status.

    Both are kept to ourselves: what anything prints goes to standard error, and a child process finds an empty input.
    """
    source, sink = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return asyncio.run(serve(server, lambda: os.read(source, CHUNK), lambda data: _write_all(sink, data)))


def serve_tcp(server: "BackstoryServer", host: str, port: int) -> int:
    """Talk to the first client that says something, for debugging; return the exit status."""
    import socket  # noqa: PLC0415  # an ordinary session never opens one

    with socket.create_server((host, port)) as listening:
        while True:
            connection, _ = listening.accept()
            if connection.recv(1, socket.MSG_PEEK):
                break
            connection.close()
    with connection:
        return asyncio.run(serve(server, lambda: connection.recv(CHUNK), connection.sendall))


async def serve(server: "BackstoryServer", receive: Callable[[], bytes], send: Callable[[bytes], object]) -> int:
    """Handle messages until the client ends the session or is gone; return the exit status.

    `receive` blocks, and returns nothing at the end.
    """
    loop = asyncio.get_running_loop()
    ended = server.begin(loop)
    server.protocol.set_writer(Wire(send, lost=server.stop))

    def read_all() -> None:
        with contextlib.suppress(OSError):
            for body in frames(receive):
                loop.call_soon_threadsafe(server.protocol.receive, body)
        with contextlib.suppress(RuntimeError):  # the loop is closed already
            loop.call_soon_threadsafe(server.stop)

    threading.Thread(target=read_all, name="backstory-reader", daemon=True).start()
    return await ended


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
