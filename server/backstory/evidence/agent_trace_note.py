"""Notes under `refs/notes/agent-trace`, which several tools write in several forms: told by what they look like.

A record, an array of records, a record per line, or the object that agent-trace-cli calls git note 2.0.
"""

import msgspec
from attrs import frozen

from backstory.evidence.agent_trace_ledger import Ledger, parse_ledger_note
from backstory.evidence.agent_trace_record import ID, Record, parse_record
from backstory.evidence.foreign_text import looks_like
from backstory.model.evidence import Unreadable

_ARRAY = msgspec.json.Decoder(list[msgspec.Raw])
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


@frozen
class Note:
    """What a note holds."""

    records: tuple[Record, ...] = ()
    ledger: Ledger | None = None
    broken: int = 0
    """How many of its records cannot be read."""


def parse_note(text: bytes, locator: str, root: str | None) -> Note | Unreadable:
    """Return the note, or what is wrong with it. Never raises, whatever the bytes."""
    ledger = parse_ledger_note(text)
    if ledger:
        return Note(ledger=ledger)
    found = [parse_record(each, root) for each in _parts(text)]
    records = tuple(record for record in found if record)
    if not records:
        return Unreadable(ID, locator, f"It is no Agent Trace note. {looks_like(text)}")
    return Note(records, broken=len(found) - len(records))


def _parts(text: bytes) -> list[bytes] | list[msgspec.Raw]:
    """Return the texts of the records."""
    start = text[:200].lstrip()[:1]
    if start == b"[":
        try:
            return _ARRAY.decode(text)
        except _BROKEN:
            return []
    lines = [line for line in text.split(b"\n") if line.strip()]
    is_one_each = len(lines) > 1 and all(line.lstrip().startswith(b"{") for line in lines)
    return lines if is_one_each else [text]
