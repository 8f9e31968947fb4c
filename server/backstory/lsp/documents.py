"""Open documents: their text as the editor has it, and why some have no lines to tell of."""

import logging
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define
from lsprotocol.types import (
    TEXT_DOCUMENT_DID_CHANGE,
    TEXT_DOCUMENT_DID_CLOSE,
    TEXT_DOCUMENT_DID_OPEN,
    TEXT_DOCUMENT_DID_SAVE,
    DidChangeTextDocumentParams,
    DidCloseTextDocumentParams,
    DidOpenTextDocumentParams,
    DidSaveTextDocumentParams,
)

from backstory.lsp import convert, extensions, uris
from backstory.lsp.guard import guarded
from backstory.lsp.places import Place, place_of
from backstory.lsp.progress import Waiting
from backstory.lsp.settings import Settings
from backstory.model.state import State, StateCode
from backstory.model.text import Text

if TYPE_CHECKING:
    from backstory.lsp.server import BackstoryServer
    from backstory.workspace.buffer import Buffer

log = logging.getLogger(__name__)

MEGABYTE = 1_000_000
PAUSED = State(StateCode.PAUSED, "Backstory is paused for this folder.")


@define(eq=False)
class OpenDocument:
    """One document between its `didOpen` and its `didClose`."""

    uri: str
    place: Place
    text: Text
    language_id: str
    settings: Settings
    buffer: "Buffer | None" = None
    """The document as the workspace knows it; None when it is left alone."""

    declined: State | None = None
    """Why it is left alone."""

    waiting: Waiting | None = None
    """Shows that its lines are not all known yet."""

    @property
    def path(self) -> Path | State:
        """The file, or why the document is none."""
        return self.place.path

    def has_line(self, line: int) -> bool:
        """Tell whether there is such a line; the empty end after the last line feed is none."""
        return 1 <= line <= self.text.line_count


class Documents:
    """All that are open. Used on the event loop only."""

    def __init__(self) -> None:
        self._by_key: dict[str, OpenDocument] = {}

    def get(self, uri: str) -> OpenDocument | None:
        """Return an open document, however its URI is spelled this time."""
        return self._by_key.get(_key(uri))

    def asked(self, server: "BackstoryServer", uri: str) -> OpenDocument | None:
        """Return an open document that somebody asks about: older versions are taken up only now.

        Editors open the last commit's version of each file for themselves, and hardly ever ask about it.
        """
        document = self.get(uri)
        if document and document.place.is_older and document.buffer is None:
            self._consider(server, document)
        return document

    def open(self, server: "BackstoryServer", uri: str, text: str, language_id: str) -> None:
        """Begin with a document."""
        self.close(server, uri)
        place = place_of(uri)
        settings = server.configuration.settings_for(place.path)
        document = self._by_key[_key(uri)] = OpenDocument(uri, place, Text.of(text), language_id, settings)
        if not place.is_older:
            self._consider(server, document)

    def close(self, server: "BackstoryServer", uri: str) -> None:
        """Forget a document."""
        document = self._by_key.pop(_key(uri), None)
        if document:
            self._leave_alone(server, document)

    def of_files(self) -> Iterator[OpenDocument]:
        """Yield the open files, as they are on disk or will be when they are saved."""
        return (each for each in self._by_key.values() if isinstance(each.path, Path) and not each.place.is_older)

    def reconsider(self, server: "BackstoryServer") -> None:
        """Look at each document again: settings have changed."""
        for document in self._by_key.values():
            before, off = document.declined, document.settings.disabled_sources
            document.settings = server.configuration.settings_for(document.path)
            if document.buffer or document.declined or not document.place.is_older:
                self._consider(server, document)
            if document.declined != before:
                server.protocol.notify(extensions.STATE_CHANGED, extensions.state_changed(document.uri))
            if document.settings.disabled_sources != off:
                server.buffers.look_again(now=True)

    def lines_are_known(self, server: "BackstoryServer", buffer: "Buffer") -> None:
        """Tell the client that a document's lines are known better now."""
        for document in self._by_key.values():
            if document.buffer is buffer:
                _end_waiting(document)
                server.protocol.notify(extensions.STATE_CHANGED, extensions.state_changed(document.uri))

    def _consider(self, server: "BackstoryServer", document: OpenDocument) -> None:
        """Take a document up, or leave it alone and remember why."""
        document.declined = _reason_to_decline(document)
        if document.declined or isinstance(document.path, State):
            self._leave_alone(server, document)
        elif document.buffer is None:
            language = _language(document.path, document.language_id)
            document.buffer = server.buffers.open(document.path, document.text, language, document.place.version)
            document.waiting = Waiting(server, document.path.name)

    def _leave_alone(self, server: "BackstoryServer", document: OpenDocument) -> None:
        if document.buffer:
            _end_waiting(document)
            server.buffers.close(document.buffer)
            document.buffer = None


@guarded
def did_open(server: "BackstoryServer", params: DidOpenTextDocumentParams) -> None:
    """Take up a document."""
    opened = params.text_document
    server.documents.open(server, opened.uri, opened.text, opened.language_id)


@guarded
def did_change(server: "BackstoryServer", params: DidChangeTextDocumentParams) -> None:
    """Follow the editor's text; line origins are spliced, nothing else happens."""
    document = server.documents.get(params.text_document.uri)
    if document is None:
        log.warning("a document that is not open was changed")
        return
    text, splices = document.text, []
    for change in params.content_changes:
        text, splice = text.apply(convert.edit_of(change, text, server.client.encoding))
        splices.append(splice)
    document.text = text
    if document.buffer:
        document.buffer.change(text, splices)
        if document.place.is_older:  # not typed: the index changed, or HEAD moved
            server.buffers.resynchronise(document.buffer)


@guarded
def did_save(server: "BackstoryServer", params: DidSaveTextDocumentParams) -> None:
    """Compare the document with HEAD anew, and see whether HEAD moved."""
    document = server.documents.get(params.text_document.uri)
    if document and document.buffer:
        server.buffers.resynchronise(document.buffer)
    server.buffers.look_again(now=True)


@guarded
def did_close(server: "BackstoryServer", params: DidCloseTextDocumentParams) -> None:
    """Forget a document."""
    server.documents.close(server, params.text_document.uri)


def register(server: "BackstoryServer") -> None:
    """Listen to what happens to documents."""
    server.feature(TEXT_DOCUMENT_DID_OPEN)(partial(did_open, server))
    server.feature(TEXT_DOCUMENT_DID_CHANGE)(partial(did_change, server))
    server.feature(TEXT_DOCUMENT_DID_SAVE)(partial(did_save, server))
    server.feature(TEXT_DOCUMENT_DID_CLOSE)(partial(did_close, server))


@lru_cache(maxsize=256)
def _key(uri: str) -> str:
    return uris.document_key(uri)


def _reason_to_decline(document: OpenDocument) -> State | None:
    if isinstance(document.path, State):
        return document.path
    if document.settings.paused:
        return PAUSED
    return too_large(document.text, document.settings)


def too_large(text: Text, settings: Settings) -> State | None:
    """Return why a text is too large to be looked at, None when it is not."""
    limit = settings.maximum_file_megabytes
    if text.is_longer_than(limit * MEGABYTE):
        return State(StateCode.TOO_LARGE, f"The file is larger than {limit} MB, the most that is looked at.")
    return None


def _end_waiting(document: OpenDocument) -> None:
    if document.waiting:
        document.waiting.end()
        document.waiting = None


def _language(path: Path, language_id: str) -> str | None:
    from backstory.syntax.languages import language_of  # noqa: PLC0415  # a lean start

    return language_of(str(path), language_id)
