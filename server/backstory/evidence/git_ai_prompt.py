"""What was asked, from the conversations that old git-ai notes keep; or why a note cannot tell."""

import re
from enum import Enum, auto

import msgspec

from backstory.evidence.git_ai_database import fetched_messages
from backstory.evidence.git_ai_note import Note
from backstory.evidence.messages_around import conversation_around
from backstory.evidence.request import Message, last_edit, last_request
from backstory.model.names import RepoPath
from backstory.model.prompt import Conversation as Around
from backstory.model.prompt import Prompt, PromptMissing

NO_RECORD = PromptMissing("The git-ai note names no conversation for these lines.")
NOT_HERE = PromptMissing("The git-ai note with the conversation is not in this clone.")
BEFORE_NOTES = PromptMissing("git-ai kept no prompts when it wrote this record.")
UNREADABLE = PromptMissing("The conversation in the git-ai note cannot be read.")
NOT_TOLD_TO = PromptMissing("Backstory was not told to write what was asked into this note.")
ONLY_A_LINK = PromptMissing(
    "The git-ai note only links the conversation: it is stored with the vendor and never fetched."
)
NOBODY_TYPED = PromptMissing("The git-ai note keeps the conversation, but a person typed none of it.")
DOCTOR = "backstory doctor"

_VERSION = re.compile(r"(?:development:)?(\d[\w.+-]{0,30})")


class KeptBy(Enum):
    """Where the conversation of a record is."""

    NOTE = auto()
    VENDOR = auto()
    """Only its address is in the note; it is never fetched."""
    ASKER = auto()
    """With git-ai on the machine of whoever asked."""


class Conversation(msgspec.Struct):
    """What a record of `prompts` or `sessions` holds of its conversation."""

    messages: list[msgspec.Raw] | None = None
    messages_url: str | None = None

    @property
    def kept_by(self) -> KeptBy:
        """Where it is."""
        if self.messages:
            return KeptBy.NOTE
        return KeptBy.VENDOR if self.messages_url else KeptBy.ASKER


class _Message(msgspec.Struct):
    type: str = ""
    text: str | None = None
    name: str | None = None
    input: msgspec.Raw = msgspec.Raw(b"")
    timestamp: str | None = None


class _Transcript(msgspec.Struct):
    messages: list[msgspec.Raw]


_MESSAGES, _TRANSCRIPT = msgspec.json.Decoder(list[msgspec.Raw]), msgspec.json.Decoder(_Transcript)
_CONVERSATION = msgspec.json.Decoder(Conversation)
_MESSAGE = msgspec.json.Decoder(_Message)
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def prompt_of(note: Note, key: str, path: RepoPath | None) -> Prompt | PromptMissing:
    """Return what was asked in the conversation of a key, before its last edit of the file."""
    messages = _messages_in(note, key)
    return messages if isinstance(messages, PromptMissing) else last_request(messages, path) or NOBODY_TYPED


def conversation_of(note: Note, key: str, path: RepoPath | None) -> Around | PromptMissing:
    """Return what was said around the last edit of the file in the conversation of a key."""
    messages = _messages_in(note, key)
    if isinstance(messages, PromptMissing):
        return messages
    return conversation_around(messages, last_edit(messages, path))


def _messages_in(note: Note, key: str) -> list[Message] | PromptMissing:
    metadata = note.metadata
    raw = (metadata.prompts or {}).get(key) or (metadata.sessions or {}).get(key)
    if raw is None:
        return NO_RECORD
    try:
        conversation = _CONVERSATION.decode(raw)
    except _BROKEN:
        return UNREADABLE
    if conversation.messages:
        return [_message(each) for each in conversation.messages]
    if conversation.messages_url:
        fetched = fetched_messages(conversation.messages_url)
        return messages_of(fetched) if fetched else ONLY_A_LINK
    if (metadata.recorded_by or "").startswith("backstory "):
        return NOT_TOLD_TO
    version = _VERSION.fullmatch(metadata.git_ai_version or "")
    recorder = f"git-ai {version[1]}" if version else "This version of git-ai"
    return PromptMissing(f"{recorder} keeps prompts outside the note.", DOCTOR)


def messages_of(text: str) -> list[Message]:
    """Return the turns of a conversation that git-ai keeps elsewhere, `[…]` or `{"messages":[…]}`."""
    for decoder in (_MESSAGES, _TRANSCRIPT):
        try:
            found = decoder.decode(text)
        except _BROKEN:
            continue
        return [_message(each) for each in (found.messages if isinstance(found, _Transcript) else found)]
    return []


def _message(raw: msgspec.Raw) -> Message:
    try:
        message = _MESSAGE.decode(raw)
    except _BROKEN:
        return Message("unreadable")
    text = bytes(message.input).decode("utf-8", "replace")
    return Message(message.type, message.text or "", message.name or "", text, message.timestamp)
