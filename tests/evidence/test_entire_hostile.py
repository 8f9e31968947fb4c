"""Whatever stands in a checkpoint: nothing is raised. Samples, real ones where they are at hand, and broken ones."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from entire_writing import FIRST, FOLDER, Talk, keep, metadata, named
from hypothesis import given, settings
from hypothesis import strategies as st
from notes_reading import CORPUS, read, silent
from test_gemini_transcript import HEAD, MESSAGES, WHOLE, lines

from backstory.evidence import entire
from backstory.evidence.entire_metadata import parse_metadata
from backstory.evidence.entire_prompt import not_here, request_kept
from backstory.evidence.entire_trailer import checkpoint_ids
from backstory.evidence.entire_transcript import parse_transcript
from backstory.history.cancel import Cancellation
from backstory.history.repository import discover
from notation.repository import RepositoryWriter

NEVER = Cancellation()
REAL = sorted((CORPUS / "entire" / "checkpoints").glob("??/*/"))
MUTATIONS = 3_000
TALK = Talk().asks("Capture").writes(f"{FOLDER}/pay.py", "x = 1\n").edits(f"{FOLDER}/pay.py", "x = 1", "x = 2")


def test_everything_real_is_read(tmp_path):
    """Every checkpoint at hand is read whole: each edit has its request, its time and a path in the repository."""
    with RepositoryWriter(tmp_path / "shop") as history:
        ids = [folder.parent.name + folder.name for folder in REAL]
        made = history.commit(named("All", *ids), {"pay.py": "x\n"})
        for checkpoint, folder in zip(ids, REAL, strict=True):
            sessions = sorted(folder.glob("[0-9]"))
            keep(history, checkpoint, *({file.name: file.read_bytes() for file in each.iterdir()} for each in sessions))
    source = entire.open_source(discover(tmp_path / "shop"))
    report = source.report(NEVER, silent)
    readings = [source.edits(record, NEVER) for record in source.records(NEVER)]
    source.close()
    edits = [edit for reading in readings for edit in reading.edits]
    assert (report.found, report.read) == (len(REAL), len(REAL))
    assert all(edit.at and edit.commits == {made} and edit.prompt_key for edit in edits)
    assert sum(edit.path is None for edit in edits) * 10 <= len(edits)
    assert len(edits) >= 2 * len(REAL)


def seeds() -> list[bytes]:
    real = [path for folder in REAL for path in folder.glob("*/full.jsonl") if path.stat().st_size < 120_000]
    samples = [TALK.text().encode(), WHOLE, lines(HEAD, *MESSAGES), metadata().encode()]
    return [*samples, *(path.read_bytes() for path in real)]


def mutations() -> Iterator[bytes]:
    """Yield broken texts, the same ones every time."""
    chance = random.Random(20261122)
    known = seeds()
    for _ in range(MUTATIONS):
        text = bytearray(chance.choice(known))
        start = chance.randrange(max(len(text) - 4_000, 1))
        text = text[start : start + 8_000] if chance.random() < 0.5 else text[:8_000]
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(text) + 1)
            kind = chance.randrange(4)
            if kind == 0:
                text[at : at + 1] = bytes([chance.randrange(256)])
            elif kind == 1:
                del text[at : at + chance.randrange(1, 200)]
            elif kind == 2:
                text[at:at] = chance.choice([b"null", b"[]", b"{}", b'"', b"\n", b"\\ud800", b"1e999", b"\0"])
            else:
                text = text[: at + 1]
        yield bytes(text)


def test_nothing_broken_is_raised():
    for text in mutations():
        parse_transcript(text)
        parse_metadata(text)
        request_kept(text)
        not_here((FIRST,), text, "git")
        checkpoint_ids(text.decode("utf-8", "replace"))


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_nothing_odd_is_raised(text):
    parse_transcript(text)
    parse_transcript(b'{"sessionId":"x","projectHash":"y","messages":[' + text + b"]}")
    parse_metadata(text)
    request_kept(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)
)


@given(
    st.sampled_from(["session_id", "created_at", "agent", "model", "files_touched", "transcript_lines_at_start"]),
    VALUES,
)
@settings(max_examples=200, deadline=None)
def test_fields_of_any_type_are_borne(field, found):
    parse_metadata(metadata(**{field: found}).encode())


@pytest.mark.parametrize("name", ["metadata.json", "full.jsonl", "prompt.txt"])
@pytest.mark.parametrize("content", [b"", b"\0", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000, b"null\n" * 1_000])
def test_a_repository_with_broken_files(tmp_path: Path, name: str, content: bytes):
    files = {"metadata.json": metadata(), "full.jsonl": TALK.text(), "prompt.txt": "Capture"} | {name: content}
    with RepositoryWriter(tmp_path / "shop") as history:
        made = history.commit(named("Capture", FIRST), {"pay.py": "x\n"})
        keep(history, FIRST, files)
    source = entire.open_source(discover(tmp_path / "shop"))
    for said in read(source, made).evidence:
        source.prompt(said, NEVER)
        source.conversation(said, NEVER)
    for record in source.records(NEVER):
        source.edits(record, NEVER)
    assert source.report(NEVER, silent).found == 1
    source.close()
