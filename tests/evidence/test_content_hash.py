"""Hashes of lines as recorders write them."""

from hashlib import sha256

import pytest

from backstory.evidence.content_hash import ContentHash, HashedLines, murmur3

LINES = [b"def capture():", b"    return None", b"", b"}", b"}"]


def hashed(*lines: bytes, digits: int = 64) -> ContentHash:
    digest = sha256(b"\n".join(lines)).hexdigest()
    found = ContentHash.of(f"sha256:{digest[:digits]}")
    assert found
    return found


@pytest.mark.parametrize("digits", [8, 16, 64])
def test_a_hash_may_be_cut(digits: int) -> None:
    lines = HashedLines(LINES)
    assert lines.have(hashed(*LINES[:2], digits=digits), 1, 2)
    assert not lines.have(hashed(*LINES[:2], digits=digits), 1, 1)
    assert not lines.have(hashed(*LINES[:2], digits=digits), 0, 2)
    assert not lines.have(hashed(*LINES, digits=digits), 1, 6)


def test_line_feeds_at_the_end_make_no_other_text() -> None:
    assert hashed(b"one", b"").matches([b"one"])
    assert hashed(b"one").matches([b"one", b""])


@pytest.mark.parametrize("recorded", [None, "", "sha256:", "sha256:abc", "sha256:" + "g" * 64, "blake3:" + "a" * 64])
def test_what_is_no_known_hash(recorded: str | None) -> None:
    assert ContentHash.of(recorded) is None


def test_only_what_stands_in_one_place_is_found() -> None:
    lines = HashedLines(LINES)
    assert lines.find(hashed(b"    return None"), 1) == 2
    assert lines.find(hashed(b"}"), 1) is None
    assert lines.find(hashed(b"gone"), 1) is None
    assert lines.find(hashed(*LINES), 6) is None


def test_hashing_comes_to_an_end() -> None:
    lines = HashedLines([b"x" * 99] * 1_000)
    wanted = hashed(b"gone")
    for _ in range(500):
        lines.have(wanted, 1, 1_000)
    assert not lines.have(hashed(b"x" * 99), 1, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [(b"", 0), (b"a", 0x3C2569B2), (b"hello", 0x248BFA47), (b"hello, world", 0x149BBB7F), (b"\xff" * 4, 0x76293B50)],
)
def test_murmur3(text: bytes, expected: int) -> None:
    assert murmur3(text) == expected
    assert ContentHash("murmur3", f"{expected:08x}").matches([text])
