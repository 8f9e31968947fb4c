"""agentblame's notes: ranges of a commit's lines that an agent wrote, each with a hash of its text.

    {"version": 1, "timestamp": "2026-01-12T10:00:00Z", "attributions": [
        {"path": "pay.py", "start_line": 2, "end_line": 5, "category": "ai_generated", "provider": "claude_code",
         "model": "claude", "confidence": 1, "match_type": "exact_hash", "content_hash": "sha256:9f86d0…"}]}

Version 2 writes `startLine`, `endLine`, `matchType`, `contentHash` and `claudeCode`. Nothing of the conversation is
kept.

Source: mesa-dot-dev/agentblame, notes of versions 1 and 2 (January 2026).
"""

from collections.abc import Mapping, Sequence

import msgspec
from attrs import frozen

from backstory.evidence.foreign_text import looks_like
from backstory.model.evidence import Unreadable

ID = "agentblame"
CATEGORY = "ai_generated"
"""The only one that is written; of another we do not know what it means."""

_PROVIDERS = {"claudeCode": "claude-code", "claude_code": "claude-code", "openCode": "opencode"}
"""Tools as both versions spell them, and as others do."""

_NOT_RECORDED = frozenset({"", "unknown", "default", "claude"})
"""What stands for the model when it is not known: `claude` names the tool once more."""


class _Attribution(msgspec.Struct):
    path: str
    start_line: int | None = None
    end_line: int | None = None
    start_camel: int | None = msgspec.field(default=None, name="startLine")
    end_camel: int | None = msgspec.field(default=None, name="endLine")
    category: str | None = None
    provider: str | None = None
    model: str | None = None
    content_hash: str | None = None
    hash_camel: str | None = msgspec.field(default=None, name="contentHash")


class _Note(msgspec.Struct):
    attributions: list[msgspec.Raw]


@frozen
class Claimed:
    """One range of a file, as the note has it."""

    path: str
    first: int
    last: int
    tool: str | None
    model: str | None
    content_hash: str | None


@frozen
class Note:
    """A note that can be read."""

    claimed: Mapping[str, Sequence[Claimed]]
    """By file."""

    broken: int
    """How many of its attributions cannot be read."""


_NOTE = msgspec.json.Decoder(_Note)
_ATTRIBUTION = msgspec.json.Decoder(_Attribution)
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def parse_note(text: bytes, locator: str) -> Note | Unreadable:
    """Return the note, or what is wrong with it. Never raises, whatever the bytes."""
    try:
        note = _NOTE.decode(text)
    except _BROKEN:
        return Unreadable(ID, locator, f"It is no agentblame note. {looks_like(text)}")
    found = [_claimed(raw) for raw in note.attributions]
    by_path: dict[str, list[Claimed]] = {}
    for each in found:
        if each:
            by_path.setdefault(each.path, []).append(each)
    return Note(by_path, found.count(None))


def _claimed(raw: msgspec.Raw) -> Claimed | None:
    try:
        found = _ATTRIBUTION.decode(raw)
    except _BROKEN:
        return None
    first = found.start_line if found.start_line is not None else found.start_camel
    last = found.end_line if found.end_line is not None else found.end_camel
    if first is None or not 1 <= first <= (last or first) or found.category not in {CATEGORY, None}:
        return None
    tool = _PROVIDERS.get(found.provider or "", found.provider)
    model = None if (found.model or "").strip().lower() in _NOT_RECORDED else found.model
    return Claimed(found.path, first, last or first, tool or None, model, found.content_hash or found.hash_camel)
