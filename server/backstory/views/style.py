"""The same words in Markdown and in plain text: what composes a sentence does not know which of the two it writes."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from backstory.redaction.plain_text import one_line
from backstory.views import markdown


class Style(Protocol):
    """How a text is set; every argument is untrusted text, every result is ready to show."""

    def text(self, text: str) -> str:
        """Set plain words."""

    def strong(self, text: str) -> str:
        """Set what the eye should find first."""

    def emphasis(self, text: str) -> str:
        """Set a title, or an aside."""

    def code(self, text: str) -> str:
        """Set what can be looked up: revisions, names in code, locators."""

    def command(self, text: str) -> str:
        """Set what can be typed, so that it stands apart from the sentence around it."""

    def document(self, paragraphs: Iterable[Sequence[str]]) -> str:
        """Join paragraphs of lines that are set already; empty ones go."""


class MarkdownStyle:
    """CommonMark, for editors."""

    text = staticmethod(markdown.escape)
    code = staticmethod(markdown.code)
    command = staticmethod(markdown.code)

    def strong(self, text: str) -> str:
        """Set in bold."""
        return f"**{markdown.escape(text)}**"

    def emphasis(self, text: str) -> str:
        """Set in italics."""
        return f"_{markdown.escape(text)}_"

    def document(self, paragraphs: Iterable[Sequence[str]]) -> str:
        """Break lines hard, so that each keeps its own."""
        kept = (list(filter(None, lines)) for lines in paragraphs)
        return "\n\n".join("  \n".join(lines) for lines in kept if lines)


class PlainStyle:
    """Plain text, for editors without Markdown and for terminals."""

    text = staticmethod(one_line)
    strong = staticmethod(one_line)
    emphasis = staticmethod(one_line)
    code = staticmethod(one_line)

    def command(self, text: str) -> str:
        """Set in backticks: there is nothing else to set it apart with."""
        return f"`{one_line(text)}`"

    def document(self, paragraphs: Iterable[Sequence[str]]) -> str:
        """Put an empty line between paragraphs."""
        kept = (list(filter(None, lines)) for lines in paragraphs)
        return "\n\n".join("\n".join(lines) for lines in kept if lines)


MARKDOWN: Style = MarkdownStyle()
PLAIN: Style = PlainStyle()
