"""Answers in the words of the views, in the protocol's shapes. Imported with the first answer: a lean start."""

from datetime import date
from typing import Literal

from lsprotocol.types import Hover

from backstory.lsp import convert
from backstory.lsp.capabilities import Client
from backstory.lsp.extensions import LineState
from backstory.lsp.settings import HoverDetail, Settings
from backstory.model.answer import LineAnswer
from backstory.model.located import LocatedFrame
from backstory.model.origin import Contributor
from backstory.model.prompt import PromptMissing
from backstory.model.state import State
from backstory.views.frame_hover import frame_hover_markdown, frame_hover_plain
from backstory.views.hover import hover_markdown, hover_plain
from backstory.views.status import line_state


def hover_of(answer: LineAnswer | State, settings: Settings, client: Client) -> Hover | None:
    """Return the hover for a line, None where there is nothing to tell."""
    if isinstance(answer, State) or not _is_worth_telling(answer, settings):
        return None
    words = hover_markdown if client.reads_markdown else hover_plain
    detail: Literal["compact", "full"] = "compact" if settings.hover is HoverDetail.COMPACT else "full"
    today = date.today()  # noqa: DTZ011  # the reader's own day
    return convert.hover(words(answer, detail=detail, today=today), client)


def frame_hover_of(frame: LocatedFrame, answer: LineAnswer | State | None, client: Client) -> Hover:
    """Return the hover for a stack trace's frame; `answer` speaks of the line that it means."""
    words = frame_hover_markdown if client.reads_markdown else frame_hover_plain
    today = date.today()  # noqa: DTZ011  # the reader's own day
    return convert.hover(words(frame, answer, today), client)


def state_of(answer: LineAnswer | State) -> LineState:
    """Return the state of a line, or of a whole file."""
    if isinstance(answer, State):
        return LineState(line_state(answer), answer.code.value, answer.reason, answer.command)
    attribution, origin = answer.attribution, answer.attribution.origin
    limit = answer.states[0] if answer.states and origin.contributor is Contributor.UNKNOWN else _missing(answer)
    return LineState(
        state=line_state(answer),
        code=limit.code.value if limit else None,
        reason=limit.reason if limit else attribution.reason,
        command=limit.command if limit else None,
        contributor=origin.contributor.value,
        basis=attribution.basis.name.lower(),
        tool=origin.agent.tool if origin.agent else None,
        model=origin.agent.model if origin.agent else None,
        session=origin.session.key if origin.session else None,
        revision=answer.commit.revision if answer.commit else None,
    )


def _missing(answer: LineAnswer) -> State | None:
    """Return why what was asked cannot be told, where that is a state with a name."""
    prompt = answer.prompt
    if not isinstance(prompt, PromptMissing) or prompt.code is None:
        return None
    return State(prompt.code, prompt.reason, prompt.command)


def _is_worth_telling(answer: LineAnswer, settings: Settings) -> bool:
    """Tell whether some record speaks of the line; what git alone knows is the business of others."""
    attribution = answer.attribution
    is_known = attribution.origin.contributor is not Contributor.UNKNOWN or attribution.disputed_by
    return bool(is_known) or settings.show_unknown
