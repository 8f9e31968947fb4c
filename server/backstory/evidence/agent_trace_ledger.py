"""What agent-trace-cli writes once a commit is made: its ledger of the commit's lines, and which records led to it.

    {"version": "2.0", "commit_sha": "2860dda…", "trace_ids": ["550e8400-…"], "files": {
        "pay.py": {"line_attributions": [
            {"start_line": 2, "end_line": 3, "type": "ai", "trace_id": "550e8400-…", "model_id": "openai/gpt-5.5",
             "conversation_url": "file:///…", "evidence": [{"line": 2, "hash": "sha256:9f86…", "content": "…"}]}]}}}

As a note, `ledger` holds the files, and any part may have been left out: there is then nothing to read but ids. Lines
are those of the commit itself. Only agents' lines are written; the rest is left open.

Source: ujjalsharma100/agent-trace-cli, `schemas/{ledger,git-note,commit-link}.schema.json` (2.0).
"""

from collections.abc import Iterator, Mapping

import msgspec
from attrs import frozen

from backstory.evidence.agent_trace_record import Claim, agent_of, repo_path, session_of
from backstory.evidence.content_hash import ContentHash
from backstory.model.origin import Contributor, Origin

_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class _Evidence(msgspec.Struct):
    line: int
    hash: str


class _Segment(msgspec.Struct):
    start_line: int
    end_line: int
    type: str | None = None
    trace_id: str | None = None
    model_id: str | None = None
    conversation_url: str | None = None
    conversation_id: str | None = None
    evidence: list[_Evidence] | None = None


class _File(msgspec.Struct):
    line_attributions: list[_Segment]


class _Ledger(msgspec.Struct):
    files: dict[str, _File]
    commit_sha: str | None = None


class _Note(msgspec.Struct):
    trace_ids: list[str]
    ledger: _Ledger | None = None


class _Link(msgspec.Struct):
    commit_sha: str
    trace_ids: list[str]


@frozen
class Segment:
    """One range of a commit's lines, and the record that it came from."""

    claim: Claim
    """Its origin's tool is that of the record, which the ledger does not repeat."""

    record: str | None


@frozen
class Ledger:
    """The agents' lines of a commit."""

    commit: str | None
    """None in a note, which stands at its commit."""

    segments: tuple[Segment, ...]


_LEDGER = msgspec.json.Decoder(_Ledger)
_NOTE = msgspec.json.Decoder(_Note)
_LINK = msgspec.json.Decoder(_Link)


def parse_ledger(text: bytes) -> Ledger | None:
    """Return a line of `ledgers.jsonl`, None when it is none. Never raises."""
    try:
        found = _LEDGER.decode(text)
    except _BROKEN:
        return None
    return Ledger(found.commit_sha, tuple(_segments(found.files))) if found.commit_sha else None


def parse_ledger_note(text: bytes) -> Ledger | None:
    """Return the ledger of a note, empty when it was left out; None when the note is none of these. Never raises."""
    try:
        found = _NOTE.decode(text)
    except _BROKEN:
        return None
    return Ledger(None, tuple(_segments(found.ledger.files)) if found.ledger else ())


def parse_link(text: bytes) -> tuple[str, list[str]] | None:
    """Return a commit and the ids of its records, None when the line says neither. Never raises."""
    try:
        found = _LINK.decode(text)
    except _BROKEN:
        return None
    return found.commit_sha, found.trace_ids


def _segments(files: Mapping[str, _File]) -> Iterator[Segment]:
    for name, file in files.items():
        path = repo_path(name, None)
        for each in file.line_attributions:
            if path is None or each.type != "ai" or not 1 <= each.start_line <= each.end_line:
                continue
            session = session_of(each.conversation_url or each.conversation_id)
            origin = Origin(Contributor.AI, agent_of(None, each.model_id), session=session)
            hashes = ((proof.line, ContentHash.of(proof.hash)) for proof in each.evidence or ())
            known = tuple((line, found) for line, found in hashes if found and each.start_line <= line <= each.end_line)
            yield Segment(Claim(path, each.start_line, each.end_line, origin, None, known), each.trace_id)
