"""A line's text as a number that stays the same through re-indentation, other quotes and a comma more or less."""

import re
from hashlib import blake2b

WEIGHTY_CHARACTERS = 10
"""Non-blank characters from which on a line says something of its own."""

MASKED = 1
"""The key of a recorded line in which something was masked: between lines that agree it stands for any line."""

_BLANK = re.compile(r"\s+")
_QUOTES = str.maketrans({"'": '"', "`": '"'})
_END = ",;"


def squeezed(text: str) -> str:
    """Return what formatters leave alone in a line: no blanks, one kind of quotes, no comma at its end."""
    return _BLANK.sub("", text).translate(_QUOTES).rstrip(_END)


def line_key(text: str) -> int:
    """Return the key of a line's text: a signed 64-bit number, 0 for a line that says nothing at all."""
    bare = squeezed(text)
    return key_of_squeezed(bare) if bare else 0


def key_of_squeezed(bare: str) -> int:
    """Return the key of a text that `squeezed` gave."""
    digest = blake2b(bare.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    key = int.from_bytes(digest, "big", signed=True)
    return key if key not in (0, MASKED) else -1


def is_weighty(text: str) -> bool:
    """Tell whether a line is long enough to be looked for by itself."""
    return len(squeezed(text)) >= WEIGHTY_CHARACTERS


def is_telling(text: str) -> bool:
    """Tell whether a line has two words or more: no bracket, no `else:`, nothing blank."""
    return len(re.findall(r"\w+", text)) > 1
