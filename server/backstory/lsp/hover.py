"""`textDocument/hover`: where the line under the cursor came from."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from lsprotocol.types import TEXT_DOCUMENT_HOVER, Hover, HoverParams

from backstory.lsp import convert
from backstory.lsp.guard import guarded
from backstory.lsp.settings import HoverDetail, Settings
from backstory.model.answer import LineAnswer
from backstory.model.origin import Contributor
from backstory.model.state import State, StateCode
from backstory.views.hover import hover_markdown, hover_plain

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer

WORTH_A_MESSAGE = frozenset({StateCode.GIT_MISSING, StateCode.UNSAFE_REPOSITORY})
"""What keeps every line silent until the person does something about it."""


@guarded
async def hover(server: "BackstoryServer", params: HoverParams) -> Hover | None:
    """Tell where the line under the cursor came from."""
    document = server.documents.get(params.text_document.uri)
    if document is None or document.buffer is None or document.settings.hover is HoverDetail.OFF:
        return None
    server.buffers.look_again()
    buffer, line = document.buffer, convert.line_number(params.position.line)
    answer = server.buffers.line_now(buffer, line)
    if answer is None:
        answer = await server.in_background(partial(server.buffers.wait_for, buffer, line))
    tell_trouble(server, answer)
    if isinstance(answer, State) or not _is_worth_telling(answer, document.settings):
        return None
    words = hover_markdown if server.client.reads_markdown else hover_plain
    return convert.hover(words(answer, detail=document.settings.hover.value, today=_today()), server.client)


def register(server: "BackstoryServer") -> None:
    """Answer hovers."""
    server.feature(TEXT_DOCUMENT_HOVER)(partial(hover, server))


def tell_trouble(server: "BackstoryServer", answer: LineAnswer | State) -> None:
    """Show a person, once, what keeps Backstory from answering at all."""
    for state in (answer,) if isinstance(answer, State) else answer.states:
        if state.code in WORTH_A_MESSAGE:
            server.tell_once(state)


def _is_worth_telling(answer: LineAnswer, settings: Settings) -> bool:
    """Tell whether some record speaks of the line; what git alone knows is the business of others."""
    attribution = answer.attribution
    is_known = attribution.origin.contributor is not Contributor.UNKNOWN or attribution.disputed_by
    return bool(is_known) or settings.show_unknown


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the reader's own day
