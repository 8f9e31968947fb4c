"""The conversation around an edit: what led to it since the request, and what followed at once."""

from collections.abc import Callable

from backstory.evidence.transcripts.transcript import RecordedEdit, Request, Transcript
from backstory.model.prompt import Conversation

TURNS_BEFORE_REQUEST = 6
TURNS_AFTER_EDIT = 20
MOST_TURNS = 200


def around_edit(
    transcript: Transcript, edit: RecordedEdit, locator: str, name: Callable[[RecordedEdit], str]
) -> Conversation:
    """Return the turns around an edit; `name` says what to call the file of an edit."""
    first = edit.request.turn if edit.request else edit.turn
    files = [name(other) for other in transcript.edits if _led_to(edit.request, other)]
    return _cut(transcript, first, edit.turn, locator, files)


def since_line(transcript: Transcript, line: int, locator: str, name: Callable[[RecordedEdit], str]) -> Conversation:
    """Return the turns after a line of the transcript, from the first request there."""
    first = next((request.turn for request in transcript.requests if request.line > line), 0)
    files = [name(edit) for edit in transcript.edits if edit.line > line]
    return _cut(transcript, first, first + MOST_TURNS, locator, files)


def _led_to(request: Request | None, edit: RecordedEdit) -> bool:
    return request is not None and edit.request is not None and edit.request.turn == request.turn


def _cut(transcript: Transcript, first: int, last: int, locator: str, files: list[str]) -> Conversation:
    end = min(last + TURNS_AFTER_EDIT, len(transcript.turns))
    start = max(first - TURNS_BEFORE_REQUEST, end - MOST_TURNS, 0)
    return Conversation(
        transcript.turns[start:end],
        tuple(dict.fromkeys(files)),
        locator,
        cut_before=start,
        cut_after=len(transcript.turns) - end,
    )
