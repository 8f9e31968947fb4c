r"""whogitit's notes: whole files as they were committed, each line with the edit that it came from.

    {"version": 3,
     "session": {"session_id": "0fd9d502-…", "model": {"id": "claude-opus-4-5-20251101", "provider": "anthropic"},
                 "started_at": "2026-01-31T21:29:18.117805+00:00", "prompt_count": 1},
     "prompts": [{"index": 0, "text": "\"Retry the capture\"", "timestamp": "…", "affected_files": ["pay.py"]}],
     "files": [{"path": "pay.py", "summary": {…}, "lines": [
         {"line_number": 1, "content": "def capture():", "source": {"type": "AI", "edit_id": "fe13d005-…"},
          "edit_id": "fe13d005-…", "prompt_index": 0, "confidence": 1.0}]}]}

`source.type` is `Original` (stood there before the session), `AI`, `AIModified` (like a line of the agent's, by
similarity), `Human` (none of these) or `Unknown`. One request stands under as many indexes as it led to edits.

Source: dotsetlabs/whogitit 1.0.0, `src/core/attribution.rs` and `src/capture/snapshot.rs`; versions 2 and 3.
"""

import msgspec
from attrs import frozen

from backstory.evidence.foreign_text import looks_like
from backstory.model.evidence import Unreadable
from backstory.model.names import RepoPath

ID = "whogitit"


class SnapshotSource(msgspec.Struct):
    """Where a line came from."""

    type: str


class SnapshotLine(msgspec.Struct):
    """One line of a file as committed."""

    line_number: int
    content: str
    source: SnapshotSource
    prompt_index: int | None = None


class Model(msgspec.Struct):
    """Which model."""

    id: str | None = None


class SessionRecord(msgspec.Struct):
    """What was edited between two commits; not one conversation."""

    session_id: str | None = None
    model: Model | None = None
    started_at: str | None = None


class RequestRecord(msgspec.Struct):
    """What was asked before one edit."""

    index: int
    text: str
    timestamp: str | None = None
    affected_files: list[str] | None = None


class _File(msgspec.Struct):
    path: str
    lines: msgspec.Raw


class _Note(msgspec.Struct):
    session: SessionRecord
    prompts: list[RequestRecord]
    files: list[_File]


_NOTE = msgspec.json.Decoder(_Note)
_LINES = msgspec.json.Decoder(list[SnapshotLine])
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


@frozen
class Note:
    """A note that can be read; its files are still text."""

    session: SessionRecord
    requests: tuple[RequestRecord, ...]
    """In the order of the edits."""

    _files: dict[str, msgspec.Raw]

    @property
    def paths(self) -> tuple[str, ...]:
        """The files it holds."""
        return tuple(self._files)

    def snapshot(self, path: RepoPath | str) -> list[SnapshotLine] | None:
        """Return a file's lines, none when the note leaves it out; None when they cannot be read."""
        raw = self._files.get(path)
        if raw is None:
            return []
        try:
            return _LINES.decode(raw)
        except _BROKEN:
            return None


def parse_note(text: bytes, locator: str) -> Note | Unreadable:
    """Return the note, or what is wrong with it. Never raises, whatever the bytes."""
    try:
        note = _NOTE.decode(text)
    except _BROKEN:
        return Unreadable(ID, locator, f"It is no whogitit note. {looks_like(text)}")
    requests = sorted(note.prompts, key=lambda request: request.index)
    return Note(note.session, tuple(requests), {file.path: file.lines for file in note.files})
