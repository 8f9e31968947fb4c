"""Gemini CLI's transcripts: one JSON object, or since 2026 lines of JSON that build it up.

    {"sessionId":"…","projectHash":"…","startTime":"…Z","messages":[
     {"id":"m1","timestamp":"…Z","type":"user","content":"Greet in French"},
     {"id":"m2","timestamp":"…Z","type":"gemini","content":"","model":"gemini-3-pro","toolCalls":[
      {"id":"write_file-1","name":"write_file","args":{"file_path":"hello.txt","content":"bonjour"},"status":"success"}]}]}

As lines: the object without its messages, then a message a line (one whose id was there before takes its place),
`{"$set":{…}}` for what changes in the object, `{"$rewindTo":"m1"}` for a person who went back.

Source: google-gemini/gemini-cli `packages/core/src/services/chatRecordingService.ts`; 6 transcripts in entireio/cli.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from backstory.evidence.git_ai_records import recorded_model
from backstory.evidence.transcripts.blocks import blocks_of_file, blocks_of_replacement
from backstory.evidence.transcripts.calls import Calls, Change, Circumstances
from backstory.evidence.transcripts.entry import NOT_JSON, moment, shaped, text
from backstory.evidence.transcripts.said import Said, about, latest
from backstory.evidence.transcripts.transcript import Transcript
from backstory.evidence.typed_text import typed_text

TOOL = "gemini"


class _Chat(msgspec.Struct, rename="camel"):
    session_id: Any = None
    project_hash: Any = None
    messages: msgspec.Raw = msgspec.Raw()


class _Line(_Chat):
    """A line of the newer form: the object, a message, or a change to what was said before."""

    id: Any = None
    changed: msgspec.Raw = msgspec.field(name="$set", default=msgspec.Raw())
    back_to: Any = msgspec.field(name="$rewindTo", default=None)


class _Message(msgspec.Struct, rename="camel"):
    id: Any = None
    type: Any = None
    timestamp: Any = None
    content: Any = None
    model: Any = None
    tool_calls: list[msgspec.Raw] | None = None


class _Call(msgspec.Struct):
    id: Any = None
    name: Any = None
    args: Any = None
    status: Any = None


_CHAT, _LINE = msgspec.json.Decoder(_Chat), msgspec.json.Decoder(_Line)
_MESSAGES = msgspec.json.Decoder(list[msgspec.Raw])
_MESSAGE, _CALL = msgspec.json.Decoder(_Message), msgspec.json.Decoder(_Call)


def is_gemini(content: bytes) -> bool:
    """Tell whether Gemini CLI wrote a transcript."""
    return b'"projectHash"' in content[:2_000] and b'"sessionId"' in content[:2_000]


def parse_gemini(content: bytes) -> Transcript:
    """Return what a transcript holds. Never raises for what stands in it; its lines are counted by messages."""
    chat = shaped(_CHAT, content)
    unreadable = 0
    if chat is None:
        chat, messages, unreadable = _built_up(content)
    else:
        messages = shaped(_MESSAGES, chat.messages) or []
    said, calls = Said(), Calls()
    model = None
    for number, raw in enumerate(messages, 1):
        message = shaped(_MESSAGE, raw)
        if message is None:
            unreadable += 1
            continue
        model = recorded_model(text(message.model)) or model
        _take(message, number, said, calls)
    return Transcript(
        tool=TOOL if chat.project_hash else None,
        session=text(chat.session_id),
        model=model,
        turns=tuple(said.turns),
        requests=tuple(said.requests),
        edits=tuple(calls.edits()),
        lines=len(messages),
        unreadable={NOT_JSON: unreadable} if unreadable else {},
    )


def _built_up(content: bytes) -> tuple[_Chat, list[msgspec.Raw], int]:
    """Return the object that lines build up, its messages, and how many lines could not be read."""
    chat = _Chat()
    messages: dict[str, msgspec.Raw] = {}
    unreadable = 0
    for raw in content.splitlines():
        line = shaped(_LINE, raw)
        if line is None:
            unreadable += bool(raw.strip())
            continue
        chat.session_id = chat.session_id or text(line.session_id)
        chat.project_hash = chat.project_hash or text(line.project_hash)
        changed = shaped(_CHAT, line.changed)
        whole = shaped(_MESSAGES, changed.messages if changed else line.messages)
        if whole is not None:
            messages = {_id(each) or str(number): each for number, each in enumerate(whole)}
        elif isinstance(line.id, str):
            messages[line.id] = msgspec.Raw(raw)
        elif line.back_to in messages:
            kept = list(messages).index(line.back_to) + 1
            messages = dict(list(messages.items())[:kept])
    return chat, list(messages.values()), unreadable


def _id(raw: msgspec.Raw) -> str | None:
    message = shaped(_MESSAGE, raw)
    return text(message.id) if message else None


def _take(message: _Message, number: int, said: Said, calls: Calls) -> None:
    at = moment(message.timestamp)
    if message.type == "user":
        typed = typed_text("\n\n".join(_texts(message.content)))
        if typed:
            said.by_person(typed, at, number, latest(said.requests))
    elif message.type == "gemini":
        said.by_agent("\n\n".join(_texts(message.content)), at)
        for raw in message.tool_calls or []:
            call = shaped(_CALL, raw)
            if call is None:
                continue
            said.by_tool(text(call.name) or "", about(call.args), at)
            change, call_id = _change(call), text(call.id)
            if change and call_id and call.status == "success":
                model = recorded_model(text(message.model))
                asked = Circumstances(number, said.last_turn, at, None, model, latest(said.requests))
                calls.ask(call_id, asked, (change,))
                calls.confirm(call_id)


def _texts(content: object) -> Iterator[str]:
    """Yield the text of a message: a string, or parts."""
    for part in content if isinstance(content, list) else [content]:
        found = text(part.get("text")) if isinstance(part, dict) else text(part)
        if found:
            yield found


def _change(call: _Call) -> Change | None:
    given = call.args if isinstance(call.args, dict) else {}
    path = text(given.get("file_path"))
    if path is None:
        return None
    if call.name == "replace":
        old, new = text(given.get("old_string")) or "", text(given.get("new_string")) or ""
        return Change(path, tuple(blocks_of_replacement(old, new)))
    if call.name == "write_file":
        return Change(path, tuple(blocks_of_file(text(given.get("content")) or "")))
    return None
