"""`backstory/lineState`: the state of a line in a few words, for a status bar. Silence never looks like breakage."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from backstory.lsp import convert
from backstory.lsp.extensions import LINE_STATE, LineState, LineStateParams
from backstory.lsp.guard import guarded
from backstory.lsp.hover import tell_trouble
from backstory.lsp.uris import file_path
from backstory.model.answer import LineAnswer
from backstory.model.evidence import Basis
from backstory.model.state import State, StateCode
from backstory.views.status import line_state as words_of

if TYPE_CHECKING:
    from backstory.lsp.documents import OpenDocument
    from backstory.lsp.server import BackstoryServer

PATIENCE_SECONDS = 0.2
PENDING = State(StateCode.PENDING, "Git is still looking for the commits behind this file.")
NOT_OPEN = State(StateCode.NOT_A_FILE, "The editor has not opened this document here.")


@guarded
async def line_state(server: "BackstoryServer", params: LineStateParams) -> dict[str, str | None]:
    """Tell the state of a line; *pending* when that takes long, and `backstory/stateChanged` follows."""
    document = server.documents.get(params.uri)
    if document is None:
        declined = file_path(params.uri)
        return _state(declined if isinstance(declined, State) else NOT_OPEN).as_json()
    if document.buffer is None:
        return _state(document.declined or NOT_OPEN).as_json()
    answer = await _answer(server, document, convert.line_number(params.line))
    tell_trouble(server, answer)
    return (_state(answer) if isinstance(answer, State) else _line(answer)).as_json()


def register(server: "BackstoryServer") -> None:
    """Answer requests for a line's state."""
    server.feature(LINE_STATE)(partial(line_state, server))


async def _answer(server: "BackstoryServer", document: "OpenDocument", line: int) -> LineAnswer | State:
    buffer = document.buffer
    if buffer is None:
        return NOT_OPEN
    server.buffers.look_again()
    answer = server.buffers.line_now(buffer, line)
    if answer is not None:
        return answer
    waiting = asyncio.ensure_future(server.in_background(partial(server.buffers.wait_for, buffer, line)))
    try:
        await asyncio.wait({waiting}, timeout=PATIENCE_SECONDS)
    except asyncio.CancelledError:
        waiting.cancel()
        raise
    if waiting.done():
        return waiting.result()
    waiting.add_done_callback(lambda _: server.documents.lines_are_known(server, buffer.path))
    return PENDING


def _state(state: State) -> LineState:
    return LineState(words_of(state), state.code.value, state.reason, state.command)


def _line(answer: LineAnswer) -> LineState:
    attribution, origin = answer.attribution, answer.attribution.origin
    limit = answer.states[0] if answer.states else None
    return LineState(
        state=words_of(answer),
        code=limit.code.value if limit else None,
        reason=limit.reason if limit else attribution.reason,
        command=limit.command if limit else None,
        contributor=origin.contributor.value,
        basis=Basis(attribution.basis).name.lower(),
        tool=origin.agent.tool if origin.agent else None,
        model=origin.agent.model if origin.agent else None,
        session=origin.session.key if origin.session else None,
        revision=answer.commit.revision if answer.commit else None,
    )
