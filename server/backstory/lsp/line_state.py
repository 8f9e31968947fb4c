"""`backstory/lineState`: the state of a line in a few words, for a status bar. Silence never looks like breakage."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from backstory.lsp import convert
from backstory.lsp.extensions import LINE_STATE, LineState, LineStateParams
from backstory.lsp.guard import guarded
from backstory.lsp.uris import file_path
from backstory.model.state import State, StateCode

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer
    from backstory.model.answer import LineAnswer
    from backstory.workspace.buffer import Buffer

PATIENCE_SECONDS = 0.2
PENDING = State(StateCode.PENDING, "Git is still looking for the commits behind this file.")
NO_LINE = LineState("end of file", reason="There is no text on this line.")
NOT_OPEN = State(StateCode.NOT_A_FILE, "The editor has not opened this document here.")


@guarded
async def line_state(server: "BackstoryServer", params: LineStateParams) -> dict[str, str | None]:
    """Tell the state of a line; *pending* when that takes long, and `backstory/stateChanged` follows."""
    from backstory.lsp import presentation  # noqa: PLC0415  # a lean start

    document = server.documents.asked(server, params.uri)
    if document and document.buffer and not document.has_line(convert.line_number(params.line)):
        return NO_LINE.as_json()
    answer = await _answer(server, params.uri, convert.line_number(params.line))
    server.tell_trouble(answer)
    return presentation.state_of(answer).as_json()


def register(server: "BackstoryServer") -> None:
    """Answer requests for a line's state."""
    server.feature(LINE_STATE)(partial(line_state, server))


async def _answer(server: "BackstoryServer", uri: str, line: int) -> "LineAnswer | State":
    document = server.documents.get(uri)
    if document is None:
        path = file_path(uri)
        return path if isinstance(path, State) else NOT_OPEN
    if document.buffer is None:
        return document.declined or NOT_OPEN
    buffer = document.buffer
    await server.catch_up()
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
    waiting.add_done_callback(lambda done: _tell_that_it_is_known(server, buffer, done))
    return PENDING


def _tell_that_it_is_known(
    server: "BackstoryServer", buffer: "Buffer", waited: "asyncio.Future[LineAnswer | State]"
) -> None:
    if not waited.cancelled() and waited.exception() is None:
        server.documents.lines_are_known(server, buffer)
