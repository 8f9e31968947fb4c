"""Two texts of one file, line by line: the one at HEAD and the one in the editor."""

import codecs

from attrs import frozen

from backstory.attribution.line_map import line_map
from backstory.model.text import Text

NOT_IN_HEAD = 0
"""Stands for the line at HEAD of a line that HEAD does not have."""

_TERMINATORS = "\r\n"
_REPLACEMENT = "\ufffd"


@frozen(eq=False)
class HeadText:
    """The bytes of a file at HEAD, as git stores them."""

    raw: bytes

    def lines_like(self, text: Text) -> list[str]:
        """Return the lines without terminators, decoded in the way the editor decoded `text`."""
        raw = self.raw.removeprefix(codecs.BOM_UTF8)
        lines = _decoded(raw, text).split("\n")
        if not lines[-1]:
            del lines[-1]
        return [line.rstrip(_TERMINATORS) for line in lines]


def head_lines_of(text: Text, head: HeadText) -> list[int]:
    """Return for each line of `text` its line at HEAD, or `NOT_IN_HEAD`. Line endings make no difference."""
    numbers = text.git_line_numbers()
    is_plain = isinstance(numbers, range)
    if is_plain and text.encoded() == head.raw:
        return list(numbers)
    old = head.lines_like(text)
    new = [line.rstrip(_TERMINATORS) for line in text.lines()] if is_plain else _git_lines(text)
    found = [NOT_IN_HEAD] * len(new)
    for run in line_map(old, new).runs:
        found[run.new - 1 : run.new - 1 + run.length] = range(run.old, run.old + run.length)
    return found if is_plain else [found[number - 1] for number in numbers]


def _git_lines(text: Text) -> list[str]:
    return [line.decode("utf-8", "surrogateescape").rstrip(_TERMINATORS) for line in text.git_lines()]


def _decoded(raw: bytes, text: Text) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # Not UTF-8. An editor that insisted on UTF-8 shows replacement characters, a terminal's reader keeps the bytes
    # as surrogates, an editor that guessed shows Latin letters.
    lines = text.lines()
    if any(_REPLACEMENT in line for line in lines):
        return raw.decode("utf-8", "replace")
    if any("\udc80" <= character <= "\udcff" for line in lines if not line.isascii() for character in line):
        return raw.decode("utf-8", "surrogateescape")
    return raw.decode("latin-1")
