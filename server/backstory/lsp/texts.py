"""Texts that somebody may have pasted a stack trace into, or a program written one: never source code."""

from typing import TYPE_CHECKING

from lsprotocol.types import TextDocumentFilterLanguage, TextDocumentFilterScheme

if TYPE_CHECKING:
    from backstory.lsp.documents import OpenDocument
    from backstory.lsp.server import BackstoryServer

LANGUAGES = ("log", "plaintext", "text")
"""What editors call a text that is no source code."""

UNTITLED = "untitled"
"""The scheme of what was never saved, whatever language the editor takes it for."""

SELECTOR = (*map(TextDocumentFilterLanguage, LANGUAGES), TextDocumentFilterScheme(UNTITLED))
"""The same for a client."""


def open_text(server: "BackstoryServer", uri: str) -> "OpenDocument | None":
    """Return an open document that is looked at for stack traces, None for any other."""
    document = server.documents.get(uri)
    return document if document and may_hold_traces(document) else None


def may_hold_traces(document: "OpenDocument") -> bool:
    """Tell whether a document is no source code, and not left alone."""
    is_text = document.language_id.lower() in LANGUAGES or document.uri.lower().startswith(f"{UNTITLED}:")
    return is_text and not document.place.is_older and not document.settings.paused
