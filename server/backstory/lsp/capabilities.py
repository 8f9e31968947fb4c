"""What the client on the other side can do."""

from attrs import frozen
from lsprotocol.types import ClientCapabilities, InitializeParams, MarkupKind, PositionEncodingKind

from backstory.lsp.positions import UNITS_OF_ASTRAL


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

    encoding: PositionEncodingKind = PositionEncodingKind.Utf16


def client_of(params: InitializeParams) -> Client:
    """Return what a client announces on `initialize`."""
    capabilities = params.capabilities
    workspace = capabilities.workspace
    watching = workspace and workspace.did_change_watched_files
    configuring = workspace and workspace.did_change_configuration
    return Client(
        name=params.client_info.name if params.client_info else "unknown",
        reads_markdown=_prefers_markdown(capabilities),
        shows_progress=bool(capabilities.window and capabilities.window.work_done_progress),
        watches_files=bool(watching and watching.dynamic_registration),
        answers_configuration=bool(workspace and workspace.configuration),
        registers_configuration=bool(configuring and configuring.dynamic_registration),
        encoding=_encoding(capabilities),
    )


def _prefers_markdown(capabilities: ClientCapabilities) -> bool:
    """Tell whether the first content format that the client lists for hovers is Markdown."""
    hover = capabilities.text_document and capabilities.text_document.hover
    formats = (hover and hover.content_format) or [MarkupKind.PlainText]
    return formats[0] == MarkupKind.Markdown


def _encoding(capabilities: ClientCapabilities) -> PositionEncodingKind:
    """Return the first encoding that both sides know; UTF-16, as ever, when the client lists none."""
    listed = (capabilities.general and capabilities.general.position_encodings) or []
    return next((PositionEncodingKind(each) for each in listed if each in UNITS_OF_ASTRAL), PositionEncodingKind.Utf16)
