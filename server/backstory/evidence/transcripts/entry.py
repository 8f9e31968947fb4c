"""One line of a transcript, decoded no further than anybody has asked.

Fields are of no fixed type: formats change monthly, and an odd value must not make the rest of its line unreadable.
"""

import re
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

NOT_JSON = "no JSON object"
TOO_LONG = "longer than 32 MiB"

_LONE_SURROGATES = re.compile(
    rb"((?:\\[^u]|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})+)|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
"""Half a surrogate pair in JSON's notation: JavaScript cuts strings in the middle of an emoji."""


class Entry(msgspec.Struct, rename="camel"):
    """A line of Claude Code's transcripts (all but `payload`) or of Codex's (`type`, `timestamp`, `payload`)."""

    type: Any = None
    id: Any = None
    timestamp: Any = None
    uuid: Any = None
    parent_uuid: Any = None
    logical_parent_uuid: Any = None
    session_id: Any = None
    agent_id: Any = None
    cwd: Any = None
    git_branch: Any = None
    operation: Any = None
    is_meta: Any = None
    is_sidechain: Any = None
    is_compact_summary: Any = None
    is_visible_in_transcript_only: Any = None
    message: msgspec.Raw = msgspec.Raw()
    content: msgspec.Raw = msgspec.Raw()
    attachment: msgspec.Raw = msgspec.Raw()
    tool_use_result: msgspec.Raw = msgspec.Raw()
    data: msgspec.Raw = msgspec.Raw()
    payload: msgspec.Raw = msgspec.Raw()
    whole: msgspec.Raw = msgspec.Raw()
    """All of the line."""


_S = TypeVar("_S")
_ENTRY = msgspec.json.Decoder(Entry)
_ANY = msgspec.json.Decoder()
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def entry_of(line: bytes) -> Entry | None:
    """Return the entry of a line; None when it is no JSON object."""
    if b"\\ud" in line or b"\\uD" in line:
        line = _LONE_SURROGATES.sub(lambda match: match[1] or rb"\ufffd", line)
    entry = shaped(_ENTRY, line)
    if entry is not None:
        entry.type, entry.operation = text(entry.type), text(entry.operation)
        entry.whole = msgspec.Raw(line)
    return entry


def shaped(decoder: msgspec.json.Decoder[_S], raw: bytes | msgspec.Raw) -> _S | None:
    """Return what `raw` says in the decoder's shape; None when it has another, or none."""
    try:
        return decoder.decode(raw)
    except _BROKEN:
        return None


def value(raw: bytes | msgspec.Raw) -> Any:
    """Return what `raw` says, whatever it is; None when it says nothing."""
    try:
        return _ANY.decode(raw)
    except _BROKEN:
        return None


def text(found: object) -> str | None:
    """Return a string that says something, None for all else."""
    return found if isinstance(found, str) and found else None


def moment(found: object) -> datetime | None:
    """Return a recorded time in UTC; None when it has no offset, for then nobody knows what it means."""
    if not isinstance(found, str):
        return None
    try:
        time = datetime.fromisoformat(found)
        return time.astimezone(UTC) if time.tzinfo else None
    except (ValueError, OverflowError):
        return None
