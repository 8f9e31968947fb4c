"""The messages inside Claude Code's entries: strings, or blocks of text, tool calls and their results."""

import re
from typing import Any

import msgspec

from backstory.evidence.transcripts.entry import shaped, text, value
from backstory.evidence.typed_text import typed_text


class Message(msgspec.Struct):
    """What a person, the agent or a tool said."""

    model: Any = None
    content: msgspec.Raw = msgspec.Raw()


class ContentBlock(msgspec.Struct):
    """One part of a message."""

    type: Any = None
    text: Any = None
    id: Any = None
    name: Any = None
    input: msgspec.Raw = msgspec.Raw()
    tool_use_id: Any = None
    is_error: Any = None


_COMMAND = re.compile(r"<command-name>\s*(/[^<\s]{1,200})\s*</command-name>")
_MESSAGE = msgspec.json.Decoder(Message)
_BLOCKS = msgspec.json.Decoder(list[msgspec.Raw])
_BLOCK = msgspec.json.Decoder(ContentBlock)


def message_of(raw: msgspec.Raw) -> Message:
    """Return a message; an empty one when it has no such shape."""
    return shaped(_MESSAGE, raw) or Message()


def blocks_of(message: Message) -> list[ContentBlock]:
    """Return the parts of a message; none when it is a mere string."""
    parts = shaped(_BLOCKS, message.content) or []
    return [block for part in parts if (block := shaped(_BLOCK, part))]


def typed_in(content: msgspec.Raw) -> str | None:
    """Return what a person typed of a message's content, None when a machine made all of it."""
    whole = value(content)
    if isinstance(whole, str):
        return typed_text(whole)
    blocks = blocks_of(Message(content=content))
    texts = [text(block.text) for block in blocks if block.type == "text"]
    typed = [found for each in texts if each and (found := typed_text(each))]
    return "\n\n".join(typed) or None


def command_in(content: msgspec.Raw) -> str | None:
    """Return the name of the slash command that a message is, None when it is something else."""
    whole = value(content)
    found = _COMMAND.search(whole[:2_000]) if isinstance(whole, str) and whole.startswith("<command-") else None
    return found[1] if found else None
