"""`textDocument/hover`: where the line under the cursor came from; on a stack trace's frame, the line that it means."""

from functools import partial
from typing import TYPE_CHECKING

from lsprotocol.types import TEXT_DOCUMENT_HOVER, Hover, HoverParams

from backstory.lsp import convert
from backstory.lsp.guard import guarded
from backstory.lsp.settings import HoverDetail
from backstory.lsp.texts import may_hold_traces

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer


@guarded
async def hover(server: "BackstoryServer", params: HoverParams) -> Hover | None:
    """Tell where the line under the cursor came from."""
    from backstory.lsp import presentation  # noqa: PLC0415  # a lean start

    document = server.documents.asked(server, params.text_document.uri)
    if document is None or document.settings.hover is HoverDetail.OFF:
        return None
    if may_hold_traces(document) and (found := await server.traces.frame_at(document, params.position)):
        answer = await server.traces.origin(found.targets[0]) if len(found.targets) == 1 else None
        return presentation.frame_hover_of(found.frame, answer, server.client)
    if document.buffer is None:
        return None
    line = convert.line_number(params.position.line)
    if not document.has_line(line):
        return None
    await server.catch_up()
    answer = server.buffers.line_now(document.buffer, line)
    if answer is None:
        answer = await server.in_background(partial(server.buffers.wait_for, document.buffer, line))
    server.tell_trouble(answer)
    return presentation.hover_of(answer, document.settings, server.client)


def register(server: "BackstoryServer") -> None:
    """Answer hovers."""
    server.feature(TEXT_DOCUMENT_HOVER)(partial(hover, server))
