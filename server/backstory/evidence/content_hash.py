"""Hashes of lines, as recorders write them beside a range, to tell whether the lines still are those.

    sha256:9f86d081884c7d65…    of the lines joined by line feeds, or of the first of them alone (agentblame)
    sha256:9f86d081884c7d65     cut to 16 or 8 digits (agent-trace-cli, of the text without line feeds at its end)
    murmur3:9f2e8a1b            the example of the Agent Trace specification; no writer of it is known

Source: mesa-dot-dev/agentblame (notes of January 2026); cursor/agent-trace README; ujjalsharma100/agent-trace-cli.
"""

from collections.abc import Sequence
from hashlib import sha256
from itertools import accumulate

from attrs import frozen

_MASK = 0xFFFFFFFF
_SHORTEST = 8
_HEXADECIMAL = frozenset("0123456789abcdef")
_BYTES_HASHED = 32 << 20
_MAX_MURMUR_BYTES = 1 << 15


@frozen
class ContentHash:
    """One recorded hash of a known kind."""

    kind: str
    digits: str

    @classmethod
    def of(cls, recorded: str | None) -> "ContentHash | None":
        """Return the hash that a record writes, None when there is none or its kind is not known."""
        kind, _, digits = (recorded or "").strip().lower().partition(":")
        is_known = kind in {"sha256", "murmur3"} and len(digits) >= _SHORTEST and _HEXADECIMAL.issuperset(digits)
        return cls(kind, digits) if is_known else None

    def matches(self, lines: Sequence[bytes]) -> bool:
        """Tell whether these lines have the hash, with or without a line feed at their end."""
        text = b"\n".join(lines)
        return any(self._is_of(form) for form in {text, text + b"\n", text.rstrip(b"\n")})

    def _is_of(self, text: bytes) -> bool:
        if self.kind == "sha256":
            return sha256(text).hexdigest().startswith(self.digits)
        return len(text) <= _MAX_MURMUR_BYTES and f"{murmur3(text):08x}" == self.digits


class HashedLines:
    """A file's lines, held against hashes; once that has taken long enough, no more hash is said to match."""

    def __init__(self, lines: Sequence[bytes]) -> None:
        self._lines = lines
        self._ends = [0, *accumulate(len(line) + 1 for line in lines)]
        self._bytes_left = _BYTES_HASHED

    def __len__(self) -> int:
        return len(self._lines)

    def have(self, wanted: ContentHash, first: int, last: int) -> bool:
        """Tell whether the lines `first` to `last`, 1-based, are there and have a hash."""
        if not 1 <= first <= last <= len(self._lines):
            return False
        self._bytes_left -= self._ends[last] - self._ends[first - 1]
        return self._bytes_left >= 0 and wanted.matches(self._lines[first - 1 : last])

    def find(self, wanted: ContentHash, length: int) -> int | None:
        """Return where the lines with a hash begin, 1-based; None when no or several runs of `length` lines have it."""
        if self._ends[-1] * length > self._bytes_left:
            return None
        starts = range(1, len(self._lines) - length + 2)
        found = [start for start in starts if self.have(wanted, start, start + length - 1)]
        return found[0] if len(found) == 1 else None


def murmur3(text: bytes) -> int:
    """Return MurmurHash3, 32 bits for x86, seed 0. Source: Austin Appleby's `MurmurHash3.cpp`, public domain."""
    state = 0
    whole = len(text) & ~3
    for at in range(0, whole, 4):
        state ^= _mixed(int.from_bytes(text[at : at + 4], "little"))
        state = (_rotated(state, 13) * 5 + 0xE6546B64) & _MASK
    if text[whole:]:
        state ^= _mixed(int.from_bytes(text[whole:], "little"))
    state ^= len(text)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        state = ((state ^ state >> shift) * factor) & _MASK
    return state ^ state >> 16


def _mixed(block: int) -> int:
    return (_rotated((block * 0xCC9E2D51) & _MASK, 15) * 0x1B873593) & _MASK


def _rotated(value: int, by: int) -> int:
    return ((value << by) | (value >> (32 - by))) & _MASK
