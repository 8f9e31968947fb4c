"""What formatters do to lines; each line, and each part of one, keeps its writer."""

import re

from rewrites.lines import INDENT, Line

WIDTH = 48


def indented(lines: list[Line]) -> list[Line]:
    """Return the lines with two blanks for each level in the place of four."""
    for line in lines:
        bare = line.text.lstrip(" ")
        depth = (len(line.text) - len(bare)) // len(INDENT)
        line.text = "  " * depth + bare
    return lines


def double_quoted(lines: list[Line]) -> list[Line]:
    """Return the lines with double quotes in the place of single ones."""
    for line in lines:
        line.text = line.text.replace("'", '"')
    return lines


def wrapped(lines: list[Line]) -> list[Line]:
    """Return the lines, long ones in two parts."""
    return [part for line in lines for part in _parts(line)]


def _parts(line: Line) -> list[Line]:
    if len(line.text) <= WIDTH:
        return [line]
    breaks = [match.end() for match in re.finditer(r", | and |\(", line.text) if 12 < match.end() < len(line.text) - 6]
    if not breaks:
        return [line]
    place = min(breaks, key=lambda end: abs(end - WIDTH))
    indent = line.text[: len(line.text) - len(line.text.lstrip(" "))] + INDENT
    return [Line(text, line.writer, line) for text in (line.text[:place].rstrip(), indent + line.text[place:])]
