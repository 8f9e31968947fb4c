"""`textDocument/documentLink`: a stack trace's frames lead to their files."""

from functools import partial
from typing import TYPE_CHECKING

from lsprotocol.types import (
    DOCUMENT_LINK_RESOLVE,
    TEXT_DOCUMENT_DOCUMENT_LINK,
    DocumentLink,
    DocumentLinkParams,
    DocumentLinkRegistrationOptions,
)

from backstory.lsp.guard import guarded
from backstory.lsp.texts import open_text

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer


@guarded
async def links(server: "BackstoryServer", params: DocumentLinkParams) -> list[DocumentLink] | None:
    """Return where the frames stand that mean one file; today's line is looked up when a link is followed."""
    document = open_text(server, params.text_document.uri)
    if document is None:
        return None
    from backstory.lsp.reports import range_of  # noqa: PLC0415  # a lean start
    from backstory.redaction.plain_text import one_line  # noqa: PLC0415

    text, encoding = document.text, server.client.encoding
    found = await server.traces.placed(document)
    return [
        DocumentLink(
            range=range_of(span, text, encoding),
            tooltip=one_line(path),
            data={"uri": document.uri},
        )
        for span, path in found
    ]


@guarded
async def resolve(server: "BackstoryServer", link: DocumentLink) -> DocumentLink:
    """Return a link with its target: the file, at today's line."""
    document = open_text(server, str(link.data["uri"])) if isinstance(link.data, dict) else None
    if document:
        found = await server.traces.frame_at(document, link.range.start)
        targets = found.targets if found else ()
        if len(targets) == 1:
            link.target = f"{targets[0].uri}#{targets[0].line or 1},1"
    return link


def register(server: "BackstoryServer") -> None:
    """Offer links."""
    server.offers.add(
        {TEXT_DOCUMENT_DOCUMENT_LINK: partial(links, server), DOCUMENT_LINK_RESOLVE: partial(resolve, server)},
        lambda selector: DocumentLinkRegistrationOptions(document_selector=selector, resolve_provider=True),
    )
