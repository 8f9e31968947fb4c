"""A document's text: immutable, split as LSP says, edited by splices that keep the identity of untouched lines."""

import codecs
import re
from collections.abc import Sequence
from itertools import accumulate

from attrs import field, frozen

_TERMINATED = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)")
_TERMINATORS = "\r\n"


@frozen
class Edit:
    """`replacement` for what stands between two places; lines 1-based, characters are code points from 0.

    A place beyond the end of its line means the end of the line, one beyond the last line the end of the text.
    """

    first_line: int
    first_character: int
    last_line: int
    last_character: int
    replacement: str


@frozen
class Splice:
    """`removed` lines from `first_line` on gave way to `inserted` ones; all other lines are the ones they were.

    Counts lines as `Text.line_count` does. With nothing removed, `first_line` is where the first inserted one stands.
    """

    first_line: int
    removed: int
    inserted: int


@frozen(eq=False)
class Text:
    """The text of a document.

    Lines end at a carriage return, a line feed or both, and nowhere else: a form feed or U+2028 ends none.
    """

    _lines: list[str]
    """Each with its terminator; the last has none and is empty when the text ends with a terminator. Never changed."""

    has_byte_order_mark: bool = False
    """Whether the file starts with a UTF-8 byte order mark, which editors keep out of the text."""

    _lone_returns: int = field(default=0, repr=False)
    """How many lines end at a carriage return alone: git does not split there."""

    @classmethod
    def of(cls, source: str) -> "Text":
        """Return the text an editor sent."""
        has_mark = source.startswith("\ufeff")
        lines = split_lines(source[1:] if has_mark else source)
        return cls(lines, has_mark, _lone_returns_in(lines) if "\r" in source else 0)

    @classmethod
    def of_bytes(cls, raw: bytes) -> "Text":
        """Return the text of a file; bytes that are not UTF-8 are surrogate-escaped."""
        return cls.of(raw.decode("utf-8", "surrogateescape"))

    @property
    def line_count(self) -> int:
        """The number of lines; an empty last line, after the last terminator, is none."""
        return len(self._lines) - (not self._lines[-1])

    def line(self, number: int) -> str:
        """Return a line without its terminator; the empty string when there is no such line."""
        return self._lines[number - 1].rstrip(_TERMINATORS) if 1 <= number <= len(self._lines) else ""

    def lines(self) -> Sequence[str]:
        """Return the lines with their terminators."""
        return self._lines if self._lines[-1] else self._lines[:-1]

    def encoded(self) -> bytes:
        """Return the text as it stands in a UTF-8 file."""
        return (codecs.BOM_UTF8 if self.has_byte_order_mark else b"") + encode("".join(self._lines))

    def is_longer_than(self, byte_count: int) -> bool:
        """Tell whether the text has more bytes in a UTF-8 file; most texts need not be encoded to know."""
        characters = sum(map(len, self._lines))
        if characters > byte_count or 4 * characters + len(codecs.BOM_UTF8) <= byte_count:
            return characters > byte_count
        return len(self.encoded()) > byte_count

    def git_lines(self) -> list[bytes]:
        """Return the lines as git counts them: they end at line feeds only, terminators included."""
        return split_git_lines(self.encoded())

    def git_line_of(self, line: int) -> int:
        """Return git's number of a line; the same, but for what follows a carriage return alone."""
        if not self._lone_returns:
            return line
        return line - _lone_returns_in(self._lines[: line - 1])

    def lines_of_git_line(self, git_line: int) -> range:
        """Return the numbers of the lines that git takes for one."""
        if not self._lone_returns:
            return range(git_line, git_line + 1)
        numbers = self.git_line_numbers()
        matching = [index for index, number in enumerate(numbers, start=1) if number == git_line]
        return range(matching[0], matching[-1] + 1) if matching else range(0)

    def git_line_numbers(self) -> Sequence[int]:
        """Return git's number of each line, in order."""
        if not self._lone_returns:
            return range(1, self.line_count + 1)
        lines = self.lines()
        return list(accumulate((not _ends_alone(line) for line in lines[:-1]), initial=1))

    def apply(self, edit: Edit) -> tuple["Text", Splice]:
        """Return the text after an edit, and what became of the lines."""
        first, first_character = start = self._clamped(edit.first_line, edit.first_character)
        last, last_character = max(start, self._clamped(edit.last_line, edit.last_character))
        changed = "".join((self._lines[first][:first_character], edit.replacement, self._lines[last][last_character:]))
        if first and changed.startswith("\n") and _ends_alone(self._lines[first - 1]):
            first -= 1
            changed = self._lines[first] + changed
        old, new = self._lines[first : last + 1], _replaced_by(changed, ends_text=last + 1 == len(self._lines))
        lines = self._lines.copy()
        lines[first : last + 1] = new
        lone_returns = self._lone_returns
        if lone_returns or "\r" in changed:
            lone_returns += _lone_returns_in(new) - _lone_returns_in(old)
        text = Text(lines, self.has_byte_order_mark, lone_returns)
        return text, _splice(first + 1, old, new, keeps_end=last_character == 0)

    def _clamped(self, line: int, character: int) -> tuple[int, int]:
        """Return an index into the lines and one into that line's text, neither beyond the end."""
        if line > len(self._lines):
            return len(self._lines) - 1, len(self._lines[-1])
        if line < 1:
            return 0, 0
        length = len(self._lines[line - 1].rstrip(_TERMINATORS))
        return line - 1, min(max(character, 0), length)


def split_lines(source: str) -> list[str]:
    """Return the lines as LSP counts them, terminators included; the last one has none."""
    if source.count("\r") == source.count("\r\n"):
        lines = source.splitlines(keepends=True)
        if not source or source.endswith("\n"):
            lines.append("")
        if len(lines) == source.count("\n") + 1:
            return lines
        # Something in it ends a line for Python alone: a form feed, U+2028…
        *terminated, last = source.split("\n")
        return [line + "\n" for line in terminated] + [last]
    terminated = _TERMINATED.findall(source)
    return [*terminated, source[sum(map(len, terminated)) :]]


def split_git_lines(raw: bytes) -> list[bytes]:
    """Return the lines as git counts them, terminators included."""
    *terminated, last = raw.split(b"\n")
    lines = [line + b"\n" for line in terminated]
    return [*lines, last] if last else lines


def encode(source: str) -> bytes:
    """Return UTF-8; what was surrogate-escaped becomes the bytes it was, half a surrogate pair is kept somehow."""
    try:
        return source.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return source.encode("utf-8", "surrogatepass")


def _replaced_by(changed: str, *, ends_text: bool) -> list[str]:
    """Return the lines of the changed stretch; only at the end of the text may the last lack a terminator."""
    lines = split_lines(changed)
    return lines if ends_text else lines[:-1]


def _splice(first_line: int, old: list[str], new: list[str], *, keeps_end: bool) -> Splice:
    """Return the splice between two stretches, less the lines at both ends that stayed.

    Terminators do not make a line another one. Where old and new lines repeat each other, an edit that ends before a
    line's first character (`keeps_end`) has left that line alone.
    """
    old_texts = [line.rstrip(_TERMINATORS) for line in _counted(old)]
    new_texts = [line.rstrip(_TERMINATORS) for line in _counted(new)]
    if keeps_end:
        tail = _common(old_texts[::-1], new_texts[::-1])
        head = _common(old_texts[: len(old_texts) - tail], new_texts[: len(new_texts) - tail])
    else:
        head = _common(old_texts, new_texts)
        tail = _common(old_texts[head:][::-1], new_texts[head:][::-1])
    return Splice(first_line + head, len(old_texts) - head - tail, len(new_texts) - head - tail)


def _counted(lines: list[str]) -> list[str]:
    """Return the lines without an empty one at the end of the text."""
    return lines[:-1] if lines and not lines[-1] else lines


def _common(left: list[str], right: list[str]) -> int:
    """Return how many leading items two lists share."""
    shared = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        shared += 1
    return shared


def _ends_alone(line: str) -> bool:
    return line.endswith("\r")


def _lone_returns_in(lines: Sequence[str]) -> int:
    return sum(map(_ends_alone, lines))
