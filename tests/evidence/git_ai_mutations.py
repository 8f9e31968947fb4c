"""Notes that somebody broke: samples and real ones, cut, flipped, spliced, stuffed; the same ones every time."""

import random
from collections.abc import Callable, Iterator

from evidence_samples import CORPUS, SAMPLES, real_notes

COUNT = 10_000
LARGEST = 1_000_000


def mutations() -> Iterator[bytes]:
    """Yield so many broken notes, none larger than `LARGEST`."""
    chance = random.Random(20261122)
    paths = [*sorted(SAMPLES.glob("*.note")), *real_notes(), *sorted((CORPUS / "authorship-refs").glob("*"))]
    seeds = [path.read_bytes() for path in paths]
    for _ in range(COUNT):
        (mutate,) = chance.choices(KINDS, WEIGHTS)
        yield mutate(bytearray(chance.choice(seeds)), chance)[:LARGEST]


LONG_LINES = {
    "path": (b"", b"a", b"\n  k 1\n---\n{}"),
    "ranges": (b"pay.py\n  k 1", b",1", b"\n---\n{}"),
    "key": (b"pay.py\n  ", b"k", b" 1\n---\n{}"),
    "message": (b'pay.py\n  k 1\n---\n{"prompts": {"k": {"messages": [{"type": "user", "text": "', b"x", b'"}]}}}'),
    "space": (b"pay.py\n  k 1\n---\n", b" ", b"{}"),
}
"""Where a note can have an endless line: what stands before it, what it is made of, what follows."""


def long_line(place: str) -> bytes:
    """Return a note with a line of 100 MB."""
    before, filler, after = LONG_LINES[place]
    return before + filler * (100_000_000 // len(filler)) + after


def truncated(text: bytearray, chance: random.Random) -> bytes:
    return bytes(text[: chance.randrange(len(text) + 1)])


def flipped(text: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.randrange(1, 40)):
        text[chance.randrange(len(text))] = chance.choice([chance.randrange(256), *b' \n\r\t-,":{}[]0\x00\xff'])
    return bytes(text)


def spliced(text: bytearray, chance: random.Random) -> bytes:
    start = chance.randrange(len(text))
    piece = text[start : start + chance.randrange(200)] * chance.choice([1, 1, 2, 50])
    place = chance.randrange(len(text))
    text[place : place + chance.choice([0, 0, len(piece)])] = piece
    return bytes(text)


def with_huge_numbers(text: bytearray, chance: random.Random) -> bytes:
    digit = text.find(b"%d" % chance.randrange(10), chance.randrange(len(text)))
    text[digit : digit + 1] = chance.choice(["9", "1-9", "-", "0"]).encode() * chance.choice([1, 12, 400, 5_000])
    return bytes(text)


def with_deep_json(text: bytearray, chance: random.Random) -> bytes:
    brace = text.find(chance.choice([b"{", b"[", b'"']), chance.randrange(len(text)))
    text[brace : brace + 1] = chance.choice([b"[", b'{"a":', b"[{"]) * chance.choice([10, 900, 20_000])
    return bytes(text)


def lengthened(text: bytearray, chance: random.Random) -> bytes:
    place = chance.randrange(len(text))
    text[place:place] = chance.choice([b" ", b"a", b",", b"1,", b"\n---", b"\n"]) * chance.choice([1_000, 100_000])
    return bytes(text)


KINDS: list[Callable[[bytearray, random.Random], bytes]] = [
    truncated, flipped, spliced, with_huge_numbers, with_deep_json, lengthened,
]  # fmt: skip
WEIGHTS = [30, 40, 30, 20, 5, 2]
