"""Transcripts that somebody damaged, or made to hurt: whatever stands in them, nothing is raised and all is told."""

import io
import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transcript_writing import SAMPLES, ClaudeTranscript, codex_lines

from backstory.evidence.transcripts.entry import NOT_JSON, TOO_LONG
from backstory.evidence.transcripts.head import read_head
from backstory.evidence.transcripts.parse import LONGEST_LINE, lines_of, parse

NAMES = ("claude.jsonl", "codex.jsonl", "codex-2025.jsonl")
TEXTS = {name: (SAMPLES / name).read_bytes() for name in NAMES}
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMES), st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=4)), max_size=8))
def test_no_damaged_byte_raises(name: str, damage: list[tuple[int, bytes]]) -> None:
    text = bytearray(TEXTS[name])
    for place, replacement in damage:
        start = place % len(text)
        text[start : start + 2] = replacement
    read = parse(lines_of(io.BytesIO(bytes(text))))
    assert read.lines >= sum(read.unreadable.values())
    assert all(edit.request is None or edit.request in read.requests for edit in read.edits)
    assert all(edit.turn < len(read.turns) for edit in read.edits)
    read_head(lines_of(io.BytesIO(bytes(text))))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_no_value_of_another_kind_raises(name: str, data: st.DataObject) -> None:
    """Formats change monthly: any field may hold anything, or be gone."""
    lines = []
    for line in TEXTS[name].splitlines()[:-1]:
        entry = json.loads(line)
        if data.draw(st.integers(0, 3)) == 0:
            _change_somewhere(entry, data)
        lines.append(json.dumps(entry).encode())
    read = parse(lines)
    assert read.unreadable == {}
    assert all(isinstance(line, str) for edit in read.edits for block in edit.blocks for line in block.lines)


def _change_somewhere(entry: object, data: st.DataObject) -> None:
    while isinstance(entry, dict | list) and entry:
        keys = sorted(entry) if isinstance(entry, dict) else range(len(entry))
        key = data.draw(st.sampled_from(list(keys)))
        if not isinstance(entry[key], dict | list) or not entry[key] or data.draw(st.booleans()):
            entry[key] = data.draw(JUNK)
            return
        entry = entry[key]


@given(st.binary(max_size=200))
def test_anything_is_a_transcript_or_is_none(content: bytes) -> None:
    parse(content.split(b"\n"))


def test_unreadable_lines_are_counted_and_the_rest_is_read() -> None:
    lines = TEXTS["claude.jsonl"].splitlines(keepends=True)
    lines[3:3] = [b"{torn\n", b"[1]\n", b"\n", b"null\n", b"\xff\xfe\n"]
    read = parse(lines)
    assert read.unreadable == {NOT_JSON: 4}
    assert len(read.edits) == 7
    (flaw,) = read.flaws("claude-code", "a transcript")
    assert flaw.reason == "4 of 37 lines: no JSON object"


def test_only_the_last_line_may_be_torn() -> None:
    lines = TEXTS["codex.jsonl"].splitlines(keepends=True)
    assert parse([*lines, b'{"timest']).unreadable == {}
    assert parse([*lines, b'{"timest\n']).unreadable == {NOT_JSON: 1}
    assert parse([*lines, b'{"timest', *lines]).unreadable == {NOT_JSON: 1}


def test_a_line_without_end_is_refused_and_told() -> None:
    lines = TEXTS["claude.jsonl"].splitlines(keepends=True)
    monster = b'{"type":"user","message":"' + b"x" * (3 * LONGEST_LINE) + b'"}\n'
    stream = io.BytesIO(b"".join([*lines[:6], monster, *lines[6:]]))
    del monster
    tracemalloc.start()
    read = parse(lines_of(stream))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read.unreadable == {TOO_LONG: 1}
    assert len(read.edits) == 7
    assert peak < 2.5 * LONGEST_LINE, "no more than one allowed line is ever held"


def test_half_a_pair_of_surrogates_spoils_nothing() -> None:
    """JavaScript cuts texts in the middle of an emoji and writes what is left."""
    written = ClaudeTranscript("/home/ann/shop")
    written.ask("Cut \ud83d here, not \U0001f389 or \\ud83d there")
    written.write("/home/ann/shop/a.py", "PARTY = '\ud83d'\nDONE = '\U0001f389'\n", "edit")
    read = parse(written.bytes_lines())
    assert read.unreadable == {}
    assert [request.text for request in read.requests] == ["Cut \ufffd here, not \U0001f389 or \\ud83d there"]
    assert read.edits[0].blocks[0].lines == ("PARTY = '\ufffd'", "DONE = '\U0001f389'")


def test_depth_is_no_way_to_break_it() -> None:
    deep = b'{"type":"user","uuid":"u","sessionId":"s","message":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert parse([deep, b"{}"]).edits == ()


def test_long_threads_do_not_recurse() -> None:
    written = ClaudeTranscript("/home/ann/shop")
    for _ in range(3_000):
        written.ask("yes")
    written.write("/home/ann/shop/a.py", "A = 1\n", "edit")
    (edit,) = parse(written.bytes_lines()).edits
    assert edit.request is not None
    assert edit.request.task is None


@pytest.mark.parametrize("time", ["9999-12-31T23:59:59-23:59", "yesterday", "2026-03-02T09:00:00", 5, None, ""])
def test_a_time_nobody_understands_is_none(time: object) -> None:
    written = ClaudeTranscript("/home/ann/shop")
    written.entry("user", message={"content": "Retry"}, timestamp=time)
    (request,) = parse(written.bytes_lines()).requests
    assert request.at is None


def test_a_patch_may_claim_anything() -> None:
    end = {"type": "patch_apply_end", "call_id": "c", "success": True}
    for changes in ({"a": None}, {"a": {"type": "update"}}, {"a": {"type": "update", "unified_diff": "@@ -1 +99"}}, []):
        parse(codex_lines(("session_meta", {"id": "s"}), ("event_msg", {**end, "changes": changes})))
