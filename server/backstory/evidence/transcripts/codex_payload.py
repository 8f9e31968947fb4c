"""What the entries of Codex's rollouts carry."""

from typing import Any

import msgspec

from backstory.evidence.transcripts.entry import Entry, shaped, text, value
from backstory.evidence.typed_text import typed_text

_MACHINE_MADE = ("# agents.md instructions", "<", "# files mentioned by the user:\n\n## my request")
_AFTER_CONTEXT = "## My request for Codex:"
_CONTEXTS = ("# Context from my IDE setup:", "# Files mentioned by the user:")


class Payload(msgspec.Struct):
    """All kinds of payload, each with the fields that it has."""

    type: Any = None
    id: Any = None
    role: Any = None
    cwd: Any = None
    model: Any = None
    message: Any = None
    name: Any = None
    call_id: Any = None
    success: Any = None
    arguments: Any = None
    input: Any = None
    content: msgspec.Raw = msgspec.Raw()
    output: msgspec.Raw = msgspec.Raw()
    action: msgspec.Raw = msgspec.Raw()
    changes: msgspec.Raw = msgspec.Raw()
    source: msgspec.Raw = msgspec.Raw()
    git: msgspec.Raw = msgspec.Raw()


class _Part(msgspec.Struct):
    text: Any = None


_PAYLOAD = msgspec.json.Decoder(Payload)
_PARTS = msgspec.json.Decoder(list[_Part])


def payload_of(entry: Entry) -> Payload:
    """Return what an entry carries: itself, in rollouts without wrapping."""
    payload = shaped(_PAYLOAD, entry.payload or entry.whole) or Payload()
    payload.type = text(payload.type)
    return payload


def words_of(payload: Payload) -> str:
    """Return the text of a message."""
    parts = shaped(_PARTS, payload.content) or []
    return "\n".join(found for part in parts if (found := text(part.text)))


def typed_in(words: str) -> str | None:
    """Return what a person typed of a message; None when a machine made all of it.

    Editors put the open files in front of it.
    """
    stripped = words.strip()
    if stripped.startswith(_CONTEXTS):
        stripped = stripped.partition(_AFTER_CONTEXT)[2].strip()
    return None if stripped.lower().startswith(_MACHINE_MADE) else typed_text(stripped)


def parent_of(payload: Payload) -> tuple[str | None, bool]:
    """Return the conversation whose agent started this one, and whether an agent did.

    `"source":{"subagent":{"thread_spawn":{"parent_thread_id":"…","depth":1}}}`, or a word for what a person used.
    """
    source = value(payload.source)
    if not isinstance(source, dict) or "subagent" not in source:
        return None, False
    started = source["subagent"]
    spawn = started.get("thread_spawn") if isinstance(started, dict) else None
    return (text(spawn.get("parent_thread_id")) if isinstance(spawn, dict) else None), True
