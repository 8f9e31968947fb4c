"""`textDocument/definition`: from a stack trace's frame to today's line of its file."""

from functools import partial
from typing import TYPE_CHECKING

from lsprotocol.types import (
    TEXT_DOCUMENT_DEFINITION,
    DefinitionParams,
    DefinitionRegistrationOptions,
    Location,
)

from backstory.lsp import convert
from backstory.lsp.guard import guarded
from backstory.lsp.texts import open_text

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer


@guarded
async def definition(server: "BackstoryServer", params: DefinitionParams) -> list[Location] | None:
    """Return the line that the frame under the cursor means; of a frame that may mean several files, one in each."""
    document = open_text(server, params.text_document.uri)
    found = await server.traces.frame_at(document, params.position) if document else None
    return [Location(each.uri, convert.line_range(each.line)) for each in found.targets] if found else None


def register(server: "BackstoryServer") -> None:
    """Offer definitions."""
    server.offers.add(
        {TEXT_DOCUMENT_DEFINITION: partial(definition, server)},
        lambda selector: DefinitionRegistrationOptions(document_selector=selector),
    )
