r"""What was asked before an edit that whogitit recorded.

Its hook takes the last message of the transcript that is no tool's result, as JSON (quotes and `\n` escaped once
more), and keeps 2,000 bytes of it; without a transcript it writes a placeholder.

Source: dotsetlabs/whogitit 1.0.0, `hooks/whogitit-capture.sh`.
"""

import json
import re
from collections.abc import Iterator, Sequence

from backstory.evidence.recorded_time import recorded_time
from backstory.evidence.request import Message, last_request
from backstory.evidence.typed_text import typed_text
from backstory.evidence.whogitit_note import Note, RequestRecord
from backstory.model.prompt import Conversation, Prompt, PromptMissing, Speaker, Turn

NO_RECORD = PromptMissing("The whogitit note names no request for these lines.")
NOT_HERE = PromptMissing("The whogitit note with the request is not in this clone.")
PLACEHOLDER = PromptMissing("whogitit did not learn what was asked before this edit.")
NOBODY_TYPED = PromptMissing("The text that whogitit kept for this edit was not typed by a person.")

_PLACEHOLDER = "AI-assisted code change"
_CUT_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:u[0-9a-fA-F]{0,3})?$")


def prompt_of(note: Note, index: int) -> Prompt | PromptMissing:
    """Return what was asked before the edit with that index."""
    asked = next((request for request in note.requests if request.index == index), None)
    if asked is None:
        return NO_RECORD
    text = recorded_text(asked)
    if text is None:
        return PLACEHOLDER
    if typed_text(text) is None:
        return NOBODY_TYPED
    earlier = [request for request in note.requests if request.index <= index]
    messages = [Message("user", text, sent_at=first.timestamp) for text, first in _asked(earlier)]
    return last_request(messages) or NOBODY_TYPED


def conversation_of(note: Note, index: int, locator: str) -> Conversation | PromptMissing:
    """Return all that was asked, each request once, with the files that the one of `index` led to."""
    asked = next((request for request in note.requests if request.index == index), None)
    turns = tuple(
        Turn(Speaker.HUMAN, text, recorded_time(request.timestamp))
        for text, request in _asked(note.requests)
        if typed_text(text) is not None
    )
    if asked is None or not turns:
        return NO_RECORD if asked is None else PLACEHOLDER
    files = [path for request in note.requests if request.text == asked.text for path in request.affected_files or ()]
    return Conversation(turns, tuple(dict.fromkeys(files)), locator)


def recorded_text(request: RequestRecord) -> str | None:
    """Return a request's text without its second escaping, None when it is the placeholder for a text not known."""
    text = request.text
    if text.startswith('"'):
        text = _unescaped(text)
    return None if not text.strip() or text.strip() == _PLACEHOLDER else text


def _unescaped(text: str) -> str:
    """Return what a JSON string stands for, whole or cut."""
    for candidate in (text, _CUT_ESCAPE.sub(r"\1", text) + '"'):
        try:
            found = json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, str):
            return found.encode("utf-8", "replace").decode("utf-8")
    return text


def _asked(requests: Sequence[RequestRecord]) -> Iterator[tuple[str, RequestRecord]]:
    """Yield each request once: a text that repeats the one before stands for one more edit."""
    last = None
    for request in requests:
        if request.text != last:
            text = recorded_text(request)
            if text is not None:
                yield text, request
        last = request.text
