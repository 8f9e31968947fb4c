"""What was asked for a line, in full, as plain text to read in a window of its own."""

from collections.abc import Iterator
from datetime import date

from backstory.model.answer import LineAnswer
from backstory.model.prompt import Prompt
from backstory.redaction.plain_text import terminal_safe
from backstory.redaction.secrets import mask_secrets
from backstory.views.hover import hover_plain

_RULE = "─" * 40


def prompt_page(answer: LineAnswer, today: date) -> str:
    """Return the whole of what was asked, then where the line comes from; secrets are masked."""
    return "\n\n".join((*_asked(answer), _RULE, hover_plain(answer, detail="full", today=today))) + "\n"


def copied_request(answer: LineAnswer) -> str | None:
    """Return the request alone, the task before a nudge; None when it is not recorded."""
    if not isinstance(answer.prompt, Prompt):
        return None
    return _shown(answer.prompt.task or answer.prompt.request)


def page_title(answer: LineAnswer) -> str:
    """Return what to call the page: `Prompt of payments.py, line 12`."""
    return f"Prompt of {terminal_safe(answer.path.rpartition('/')[2])}, line {answer.line}"


def _asked(answer: LineAnswer) -> Iterator[str]:
    prompt = answer.prompt
    if not isinstance(prompt, Prompt):
        yield "What was asked is not known."
        if prompt is not None:
            yield terminal_safe(prompt.reason)
            if prompt.command:
                yield f"What may bring it: {terminal_safe(prompt.command)}"
        return
    if prompt.task:
        yield _shown(prompt.task)
        yield "… and then:"
    yield _shown(prompt.request)
    if prompt.asked_at:
        yield f"Asked {prompt.asked_at:%Y-%m-%d %H:%M} UTC."


def _shown(text: str) -> str:
    return terminal_safe(mask_secrets(text)).strip()
