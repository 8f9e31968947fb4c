"""The least a pygls server can do: an empty hover, an empty didChange. The benches take it as their floor."""

from lsprotocol import types
from pygls.lsp.server import LanguageServer

server = LanguageServer("floor", "1")


@server.feature(types.TEXT_DOCUMENT_HOVER)
async def hover(params: types.HoverParams) -> types.Hover | None:
    """Answer nothing."""


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def did_change(params: types.DidChangeTextDocumentParams) -> None:
    """Do nothing; pygls itself keeps the text."""


if __name__ == "__main__":
    server.start_io()
