"""Notes that somebody broke, or made to break us: nothing is raised, everything odd is reported."""

import random
from collections.abc import Callable

import pytest
from evidence_samples import CORPUS, SAMPLES, real_notes
from hypothesis import given, settings
from hypothesis import strategies as st

from backstory.evidence.git_ai_claims import claims_of
from backstory.evidence.git_ai_legacy import LegacyRecord, parse_legacy, resolve_author
from backstory.evidence.git_ai_note import Note, parse_note
from backstory.evidence.git_ai_prompt import prompt_of
from backstory.evidence.git_ai_records import Records
from backstory.model.evidence import Unreadable
from backstory.model.names import RepoPath
from backstory.model.prompt import Prompt, PromptMissing

PATHS = [RepoPath("pay.py"), RepoPath("src/part7.py"), RepoPath("docs/how to pay.md"), RepoPath("README.md")]
MUTATIONS = 10_000
LARGEST = 1_000_000
LONG_LINE = 100_000_000


def use(text: bytes) -> Note | LegacyRecord | Unreadable:
    """Do with a text all that reading it can lead to."""
    for parse in (parse_note, parse_legacy):
        record = parse(text, "a note")
        if isinstance(record, Unreadable):
            assert record.reason
            continue
        metadata = record.metadata if isinstance(record, Note) else None
        resolve = Records(metadata, lambda _: None).resolve if metadata else resolve_author
        for path in PATHS:
            claims = claims_of(record.entries(path), resolve)
            assert all(lines.first >= 1 for _, found in claims.decided for lines in found)
        for key in [*(metadata.prompts or ()), *(metadata.sessions or ())] if isinstance(record, Note) else ():
            assert isinstance(prompt_of(record, key, PATHS[0]), Prompt | PromptMissing)
    return parse_note(text, "a note")


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


def test_ten_thousand_mutations() -> None:
    chance = random.Random(20261122)
    paths = [*sorted(SAMPLES.glob("*.note")), *real_notes(), *sorted((CORPUS / "authorship-refs").glob("*"))]
    seeds = [path.read_bytes() for path in paths]
    outcomes = {Note: 0, Unreadable: 0}
    for _ in range(MUTATIONS):
        (mutate,) = chance.choices(KINDS, WEIGHTS)
        text = mutate(bytearray(chance.choice(seeds)), chance)[:LARGEST]
        outcomes[type(use(text))] += 1
    assert min(outcomes.values()) > MUTATIONS // 10, "both what is tolerated and what is reported must occur"


@pytest.mark.parametrize(
    ("before", "filler", "after"),
    [
        (b"", b"a", b"\n  k 1\n---\n{}"),
        (b"pay.py\n  k 1", b",1", b"\n---\n{}"),
        (b"pay.py\n  ", b"k", b" 1\n---\n{}"),
        (b'pay.py\n  k 1\n---\n{"prompts": {"k": {"messages": [{"type": "user", "text": "', b"x", b'"}]}}}'),
        (b"pay.py\n  k 1\n---\n", b" ", b"{}"),
    ],
    ids=["path", "ranges", "key", "message", "space"],
)
def test_a_line_of_a_hundred_megabytes(before: bytes, filler: bytes, after: bytes) -> None:
    text = before + filler * (LONG_LINE // len(filler)) + after
    record = parse_note(text, "a note")
    assert isinstance(record, Unreadable)
    assert record.reason == "It has 95 MiB; no more than 32 MiB are read."
    assert isinstance(parse_legacy(text, "a note"), Unreadable)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(text: bytes) -> None:
    use(text)


pieces = st.sampled_from(
    [
        "pay.py",
        '"pay.py"',
        "\n",
        "\r\n",
        "  ",
        " ",
        "k",
        "s_1::t_2",
        "h_1",
        "1",
        "-",
        ",",
        "9" * 30,
        "---",
        "{}",
        "{",
        '"prompts"',
        '"sessions"',
        ":",
        "}",
        "[",
        "]",
        '"messages"',
        '"s_1"',
        "\0",
        "é",
        "null",
        "\ufeff",
    ]
)


@settings(deadline=None)
@given(st.lists(pieces, max_size=60).map("".join))
def test_any_text_of_the_notation(text: str) -> None:
    use(text.encode())
