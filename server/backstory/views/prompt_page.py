"""What was asked for a line, in full, with the conversation around the edit: to read in a window or a terminal.

All that others wrote stands apart from our own words: in fences on a page, behind a bar in a terminal.
"""

import textwrap
from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby

from attrs import frozen

from backstory.model.answer import LineAnswer, PromptAnswer
from backstory.model.prompt import Conversation, Prompt, PromptMissing, Speaker, Turn
from backstory.redaction.plain_text import one_line, terminal_safe
from backstory.redaction.secrets import mask_secrets
from backstory.views.hover import hover_plain
from backstory.views.markdown import fence
from backstory.views.names import keeper_name
from backstory.views.paint import Paint, Tone

LONGEST_TURN = 4_000
"""Characters shown of what was said at once; a request is always shown whole."""

_SPEAKERS = {Speaker.HUMAN: "A person", Speaker.AGENT: "The agent", Speaker.TOOL: "Tools"}
_MOST_FILES = 20
_LEAST_WIDTH = 40


@frozen
class _Quoted:
    """Text of others, secrets masked and safe to print."""

    text: str


def prompt_page(answer: PromptAnswer, today: date) -> str:
    """Return the whole of what was asked, where the line comes from, and the conversation, as a page of text."""
    parts = (fence(part.text) if isinstance(part, _Quoted) else part for part in _parts(answer, today))
    return "\n\n".join(parts) + "\n"


def prompt_lines(answer: PromptAnswer, *, today: date, width: int, paint: Paint) -> Iterator[str]:
    """Yield the same as lines for a terminal."""
    for number, part in enumerate(_parts(answer, today)):
        if number:
            yield ""
        if isinstance(part, _Quoted):
            yield from (f"  │ {row}".rstrip() for line in part.text.split("\n") for row in _folded(line, width - 4))
        else:
            yield paint(Tone.TITLE, part)


def copied_request(answer: LineAnswer) -> str | None:
    """Return the request alone, the task before a nudge; None when it is not recorded."""
    if not isinstance(answer.prompt, Prompt):
        return None
    return _shown(answer.prompt.task or answer.prompt.request)


def page_title(answer: LineAnswer) -> str:
    """Return what to call the page: `Prompt of payments.py, line 12`."""
    return f"Prompt of {terminal_safe(answer.path.rpartition('/')[2])}, line {answer.line}"


def _parts(answer: PromptAnswer, today: date) -> Iterator["str | _Quoted"]:
    yield from _asked(answer.line.prompt)
    yield "The line:"
    yield _Quoted(hover_plain(answer.line, detail="full", today=today))
    if isinstance(answer.conversation, Conversation):
        yield from _conversation(answer.conversation)
    elif isinstance(answer.line.prompt, Prompt) and answer.conversation:
        yield f"The conversation is not known: {_reason(answer.conversation)}"


def _asked(prompt: Prompt | PromptMissing | None) -> Iterator["str | _Quoted"]:
    if not isinstance(prompt, Prompt):
        yield "What was asked is not known."
        if prompt is not None:
            yield _reason(prompt)
        return
    if prompt.task:
        yield _Quoted(_shown(prompt.task))
        yield "… and then:"
    yield _Quoted(_shown(prompt.request))
    told = [f"Asked {_time(prompt.asked_at)}."] if prompt.asked_at else []
    if prompt.source and prompt.locator:
        told.append(f"Found in {keeper_name(prompt.source)}: {one_line(mask_secrets(prompt.locator))}")
    if told:
        yield " ".join(told)


def _reason(missing: PromptMissing) -> str:
    command = f" What may bring it: {one_line(missing.command)}" if missing.command else ""
    return one_line(missing.reason) + command


def _conversation(conversation: Conversation) -> Iterator["str | _Quoted"]:
    files = [one_line(mask_secrets(path)) for path in conversation.files[:_MOST_FILES]]
    if files:
        more = len(conversation.files) - len(files)
        yield "Files that the same request touched:"
        yield _Quoted("\n".join((*files, *([f"… {more:,} more"] if more else ()))))
    yield f"The conversation, {_counted(len(conversation.turns), 'turn')} of it:"
    if conversation.cut_before:
        yield f"… {_counted(conversation.cut_before, 'earlier turn')} left out"
    for speaker, turns in groupby(conversation.turns, key=lambda turn: turn.speaker):
        if speaker is Speaker.TOOL:
            yield from _turn(speaker, list(turns))
        else:
            for turn in turns:
                yield from _turn(speaker, [turn])
    if conversation.cut_after:
        yield f"… {_counted(conversation.cut_after, 'later turn')} left out"


def _turn(speaker: Speaker, turns: list[Turn]) -> Iterator["str | _Quoted"]:
    at = f", {_time(turns[0].at)}" if turns[0].at else ""
    yield f"{_SPEAKERS[speaker]}{at}:"
    whole = "\n".join(_shown(turn.text) for turn in turns)
    more = len(whole) - LONGEST_TURN
    yield _Quoted(whole if more <= 0 else f"{whole[:LONGEST_TURN]}…\n(… {more:,} characters more)")


def _shown(text: str) -> str:
    return terminal_safe(mask_secrets(text)).strip()


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _folded(line: str, width: int) -> list[str]:
    return textwrap.wrap(line.expandtabs(4), max(width, _LEAST_WIDTH), break_on_hyphens=False) or [""]
