"""Names that git puts in double quotes because a line could not hold them otherwise."""

import re

_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_LETTERS = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}


def unquoted(name: bytes) -> bytes:
    r"""Return the bytes that `name` stands for: `"a\tb\303\244"` or a plain name.

    Source: git's quote.c, `quote_c_style`; git-config(1), core.quotePath.
    """
    if not name.startswith(b'"') or not name.endswith(b'"') or len(name) < 2:
        return name
    return _ESCAPE.sub(_meant, name[1:-1])


def _meant(escape: re.Match[bytes]) -> bytes:
    text = escape[1]
    return bytes([int(text, 8) & 0xFF]) if len(text) == 3 else _LETTERS.get(text, text)
