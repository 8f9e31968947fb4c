"""Message bodies out of a stream of bytes, come what may."""

import re
from collections.abc import Callable, Iterator

LARGEST_BODY = 1 << 30
LARGEST_HEADER = 1 << 14

_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"content-length:[ \t]*([0-9]{1,12})", re.IGNORECASE)


def frames(read: Callable[[], bytes]) -> Iterator[bytes]:
    r"""Yield the body of each message until `read` returns nothing; an empty one for a header that announces none.

    What stands before a header is skipped, so that after a wrong length the next message is found again:
    `Content-Length: 17\r\n\r\n{"jsonrpc":"2.0"}`.
    """
    held = bytearray()
    while True:
        header = _END_OF_HEADER.search(held)
        if header is None:
            if len(held) > LARGEST_HEADER:
                del held[:-LARGEST_HEADER]
            if not _fill(held, read):
                return
            continue
        length = _announced(held[: header.start()])
        del held[: header.end()]
        while len(held) < length:
            if not _fill(held, read):
                return
        yield bytes(held[:length])
        del held[:length]


def _fill(held: bytearray, read: Callable[[], bytes]) -> bool:
    received = read()
    held += received
    return bool(received)


def _announced(header: bytearray) -> int:
    """Return the last length that a header names; 0 when there is none, or none that can be meant."""
    lengths = _LENGTH.findall(header)
    length = int(lengths[-1]) if lengths else 0
    return length if length <= LARGEST_BODY else 0
