"""What the client on the other side can do."""

from collections.abc import Mapping

from attrs import frozen
from lsprotocol.types import (
    TEXT_DOCUMENT_CODE_ACTION,
    TEXT_DOCUMENT_CODE_LENS,
    TEXT_DOCUMENT_DEFINITION,
    TEXT_DOCUMENT_DOCUMENT_LINK,
    ClientCapabilities,
    CodeActionClientCapabilities,
    CodeLensClientCapabilities,
    DefinitionClientCapabilities,
    DocumentLinkClientCapabilities,
    InitializeParams,
    MarkupKind,
    PositionEncodingKind,
)

from backstory.lsp.positions import UNITS_OF_ASTRAL

_Feature = (
    DocumentLinkClientCapabilities
    | DefinitionClientCapabilities
    | CodeLensClientCapabilities
    | CodeActionClientCapabilities
)


@frozen
class Client:
    """A client's abilities; the defaults are those of one that announces nothing."""

    name: str = "unknown"
    reads_markdown: bool = False
    """Whether hovers may be Markdown; else they are plain text."""

    shows_progress: bool = False
    """Whether the server may open a work-done progress of its own."""

    watches_files: bool = False
    """Whether the server may ask it to watch files."""

    answers_configuration: bool = False
    """Whether the server may ask for settings, each folder's by itself."""

    registers_configuration: bool = False
    """Whether it has to be asked to announce changed settings."""

    uses: frozenset[str] = frozenset()
    """Which of the features about stack traces it uses, by their methods."""

    registers: frozenset[str] = frozenset()
    """Those of them that a server may offer for some documents only."""

    shows_documents: bool = False
    """Whether the server may ask it to open a document."""

    reads_action_literals: bool = False
    """Whether code actions may be more than commands."""

    encoding: PositionEncodingKind = PositionEncodingKind.Utf16


def client_of(params: InitializeParams) -> Client:
    """Return what a client announces on `initialize`."""
    capabilities = params.capabilities
    workspace = capabilities.workspace
    watching = workspace and workspace.did_change_watched_files
    configuring = workspace and workspace.did_change_configuration
    window, features = capabilities.window, _features(capabilities)
    actions = capabilities.text_document and capabilities.text_document.code_action
    return Client(
        name=params.client_info.name if params.client_info else "unknown",
        reads_markdown=_prefers_markdown(capabilities),
        shows_progress=bool(window and window.work_done_progress),
        watches_files=bool(watching and watching.dynamic_registration),
        answers_configuration=bool(workspace and workspace.configuration),
        registers_configuration=bool(configuring and configuring.dynamic_registration),
        uses=frozenset(features),
        registers=frozenset(method for method, feature in features.items() if feature.dynamic_registration),
        shows_documents=bool(window and window.show_document and window.show_document.support),
        reads_action_literals=bool(actions and actions.code_action_literal_support),
        encoding=_encoding(capabilities),
    )


def _features(capabilities: ClientCapabilities) -> Mapping[str, _Feature]:
    """Return what the client tells of each feature that it uses."""
    known = capabilities.text_document
    told = {
        TEXT_DOCUMENT_DOCUMENT_LINK: known and known.document_link,
        TEXT_DOCUMENT_DEFINITION: known and known.definition,
        TEXT_DOCUMENT_CODE_LENS: known and known.code_lens,
        TEXT_DOCUMENT_CODE_ACTION: known and known.code_action,
    }
    return {method: feature for method, feature in told.items() if feature}


def _prefers_markdown(capabilities: ClientCapabilities) -> bool:
    """Tell whether the first content format that the client lists for hovers is Markdown."""
    hover = capabilities.text_document and capabilities.text_document.hover
    formats = (hover and hover.content_format) or [MarkupKind.PlainText]
    return formats[0] == MarkupKind.Markdown


def _encoding(capabilities: ClientCapabilities) -> PositionEncodingKind:
    """Return the first encoding that both sides know; UTF-16, as ever, when the client lists none."""
    listed = (capabilities.general and capabilities.general.position_encodings) or []
    return next((PositionEncodingKind(each) for each in listed if each in UNITS_OF_ASTRAL), PositionEncodingKind.Utf16)
