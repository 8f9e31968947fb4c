"""`textDocument/codeAction`: on a stack trace, *Open suspect*."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from lsprotocol.types import (
    TEXT_DOCUMENT_CODE_ACTION,
    CodeAction,
    CodeActionParams,
    CodeActionRegistrationOptions,
    Command,
)

from backstory.lsp import convert
from backstory.lsp.guard import guarded
from backstory.lsp.open_place import opening
from backstory.lsp.texts import open_text

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer

MOST_SUSPECTS = 3


@guarded
async def suspects(server: "BackstoryServer", params: CodeActionParams) -> Sequence[CodeAction | Command] | None:
    """Return what opens the functions that are suspected of the failure under the cursor, the likeliest first."""
    from backstory.views.trace_lens import suspect_title  # noqa: PLC0415  # a lean start

    document = open_text(server, params.text_document.uri)
    if document is None or params.context.only or not server.client.shows_documents:
        return None
    found = await server.traces.reports_at(document, convert.line_number(params.range.start.line))
    if not found:
        return []
    located = await server.traces.located(document, found[0], suspects=True)
    places = [(each, located.target(each, each.line)) for each in located.suspects[:MOST_SUSPECTS]]
    commands = [opening(server, suspect_title(suspect), target) for suspect, target in places if target]
    if not server.client.reads_action_literals:
        return commands
    return [CodeAction(each.title, command=each) for each in commands]


def register(server: "BackstoryServer") -> None:
    """Offer actions."""
    server.offers.add(
        {TEXT_DOCUMENT_CODE_ACTION: partial(suspects, server)},
        lambda selector: CodeActionRegistrationOptions(document_selector=selector),
    )
