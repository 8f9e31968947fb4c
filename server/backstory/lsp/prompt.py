"""`backstory/prompt`: what was asked for a line, in full."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from attrs import asdict

from backstory.history.cancel import Cancellation
from backstory.lsp import convert
from backstory.lsp.extensions import PROMPT, PromptPage, PromptParams
from backstory.lsp.guard import guarded
from backstory.model.answer import PromptAnswer
from backstory.model.origin import Contributor
from backstory.model.state import State

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer
    from backstory.workspace.buffer import Buffer
    from backstory.workspace.buffers import Buffers

HAS_A_REQUEST = frozenset({Contributor.AI, Contributor.MIXED})


@guarded
async def prompt(server: "BackstoryServer", params: PromptParams) -> dict[str, object] | None:
    """Return the page about a line; None where no agent had a hand in it."""
    document = server.documents.asked(server, params.uri)
    if document is None or document.buffer is None:
        return None
    buffer, line = document.buffer, convert.line_number(params.line)
    look = server.buffers.prompt if params.conversation else partial(_alone, server.buffers)
    answer = await server.in_background(partial(look, buffer, line))
    if isinstance(answer, State) or answer.line.attribution.origin.contributor not in HAS_A_REQUEST:
        return None
    from backstory.views.prompt_page import copied_request, page_title, prompt_page  # noqa: PLC0415  # a lean start

    today = date.today()  # noqa: DTZ011  # the reader's own day
    return asdict(PromptPage(page_title(answer.line), prompt_page(answer, today), copied_request(answer.line)))


def register(server: "BackstoryServer") -> None:
    """Answer requests for what was asked."""
    server.feature(PROMPT)(partial(prompt, server))


def _alone(buffers: "Buffers", buffer: "Buffer", line: int, cancellation: Cancellation) -> PromptAnswer | State:
    """Return what was asked, without what was said around it."""
    answer = buffers.wait_for(buffer, line, cancellation)
    return answer if isinstance(answer, State) else PromptAnswer(answer, None)
