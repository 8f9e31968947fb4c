"""Prints at 80 columns: captions, code with its line numbers, and Markdown as an editor would show it."""

import os
import re
import sys
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from backstory.redaction.plain_text import terminal_safe

WIDTH = 80
STYLES = {"strong": "1", "em": "3", "dim": "2", "caption": "1;36", "cursor": "1;33"}
ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def say(text: str = "") -> None:
    """Print a line of the answer."""
    print(text, flush=True)


def progress(text: str) -> None:
    """Tell, beside the answer, what takes time."""
    print(text, file=sys.stderr, flush=True)


def caption(text: str) -> None:
    """Print a headline."""
    say()
    say(styled("caption", f"── {text} {'─' * (WIDTH - 4 - len(text))}"))
    say()


def code(lines: Sequence[str], cursor: int, around: int = 1) -> None:
    """Print the line under the cursor, 1-based, with its neighbours."""
    for number in range(max(1, cursor - around), min(len(lines), cursor + around) + 1):
        sign = styled("cursor", "▸") if number == cursor else " "
        text = terminal_safe(lines[number - 1].rstrip("\r\n").expandtabs(4))
        say(f" {sign} {styled('dim', f'{number:4} │')} {text[: WIDTH - 10]}".rstrip())


def markdown(text: str) -> None:
    """Print Markdown beside a bar, as a hover stands beside its line."""
    say(f"        {styled('dim', '│')}")
    for line in rendered(text, WIDTH - 10):
        say(f"        {styled('dim', '│')} {line}".rstrip())


def styled(style: str, text: str) -> str:
    """Return `text` in a style, or as it is where nobody would see one."""
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if sys.stdout.isatty() and "NO_COLOR" not in os.environ else text


def rendered(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a Markdown text, wrapped."""
    previous = 0
    for token in MarkdownIt("commonmark").parse(text):
        if token.map and token.type in {"inline", "fence", "code_block"}:
            yield from [""] if previous and token.map[0] > previous else []
            previous = token.map[1]
        if token.type == "inline":
            yield from _wrapped("".join(_inline(token.children or [])), width)
        elif token.type in {"fence", "code_block"}:
            yield from (f"  {terminal_safe(line)}" for line in token.content.splitlines())
        elif token.type == "hr":
            yield styled("dim", "─" * width)


def _inline(tokens: Sequence[Token]) -> Iterator[str]:
    open_styles: list[str] = []
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.type.endswith("_open"):
            open_styles.append(name)
        elif token.type.endswith("_close"):
            open_styles.pop()
        elif token.type in {"softbreak", "hardbreak"}:
            yield "\n" if token.type == "hardbreak" else " "
        else:
            words = re.split(r"( )", terminal_safe(token.content))
            style = next((style for style in open_styles if style in STYLES), None)
            yield "".join(styled(style, word) if style and word.strip() else word for word in words)


def _wrapped(text: str, width: int) -> Iterator[str]:
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and len(ESCAPE.sub("", longer)) > width:
                yield line
                line = word
            else:
                line = longer
        yield line
