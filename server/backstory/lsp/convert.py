"""The protocol's shapes to ours and back: its lines count from 0, ours from 1."""

from lsprotocol.types import (
    Hover,
    MarkupContent,
    MarkupKind,
    Position,
    PositionEncodingKind,
    Range,
    TextDocumentContentChangeEvent,
    TextDocumentContentChangePartial,
)

from backstory.lsp.capabilities import Client
from backstory.lsp.positions import code_points
from backstory.model.text import Edit, Text


def line_number(line: int) -> int:
    """Return our number of the protocol's line."""
    return line + 1


def line_range(line: int | None) -> Range:
    """Return the beginning of our line as the protocol's range; of the first where none is known."""
    start = Position((line or 1) - 1, 0)
    return Range(start, start)


def edit_of(change: TextDocumentContentChangeEvent, text: Text, encoding: PositionEncodingKind) -> Edit:
    """Return a change to `text` as an edit in characters; a change without a range replaces everything."""
    if not isinstance(change, TextDocumentContentChangePartial):
        return Edit(1, 0, text.line_count + 2, 0, change.text.removeprefix("\ufeff"))
    first, last = change.range.start, change.range.end
    return Edit(
        line_number(first.line),
        _character(first, text, encoding),
        line_number(last.line),
        _character(last, text, encoding),
        change.text,
    )


def hover(words: str, client: Client) -> Hover:
    """Return a hover in the format that its words are in for this client."""
    return Hover(MarkupContent(MarkupKind.Markdown if client.reads_markdown else MarkupKind.PlainText, words))


def _character(position: Position, text: Text, encoding: PositionEncodingKind) -> int:
    return code_points(text.line(line_number(position.line)), position.character, encoding)
