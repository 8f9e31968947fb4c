"""Blocks of written lines, from the ways in which agents' tools record a change."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from backstory.model.edit import Block

_MOST_COMPARISONS = 40_000
"""Of an old line with a new one: beyond that, only lines that stood nowhere in the old text count as written."""


def blocks_of_hunk(first: int | None, lines: Iterable[str]) -> Iterator[Block]:
    r"""Yield the blocks of one hunk: lines that start with `+`, `-` or a space, `first` the place of the first new one.

    Source: git-diff(1), *unified format*; a line `\ No newline at end of file` is none.
    """
    place = first
    added: list[str] = []
    removed: list[str] = []
    for line in (*lines, " "):
        sign = line[:1]
        if sign == "-" and not added:
            removed.append(_bare(line[1:]))
        elif sign == "+":
            added.append(_bare(line[1:]))
        elif sign != "\\":
            if added:
                yield Block(tuple(added), place, tuple(removed))
            place = place + len(added) if place is not None else None
            added, removed = [], [_bare(line[1:])] if sign == "-" else []
            if place is not None and sign != "-":
                place += 1


def blocks_of_replacement(old: str, new: str) -> Iterator[Block]:
    """Yield what of `new` was not in `old`; where both stood in the file is not recorded."""
    before, after = split(old), split(new)
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    before, after = before[head : len(before) - tail], after[head : len(after) - tail]
    if len(before) * len(after) > _MOST_COMPARISONS:
        yield from _unheard_of(before, after)
        return
    for tag, first, last, new_first, new_last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag in {"replace", "insert"}:
            yield Block(tuple(after[new_first:new_last]), None, tuple(before[first:last]))


def blocks_of_file(content: str) -> Iterator[Block]:
    """Yield the one block of a file written as a whole."""
    lines = split(content)
    if lines:
        yield Block(tuple(lines), 1)


def split(content: str) -> list[str]:
    """Return the lines without their ends; what follows the last line feed is a line when there is something."""
    lines = content.split("\n")
    if not lines[-1]:
        lines.pop()
    return [_bare(line) for line in lines]


def _unheard_of(before: Sequence[str], after: Sequence[str]) -> Iterator[Block]:
    known = frozenset(before)
    for is_known, lines in groupby(after, known.__contains__):
        if not is_known:
            yield Block(tuple(lines))


def _bare(line: str) -> str:
    return line.rstrip("\r\n")


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    """Return how many leading lines both share."""
    shared = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        shared += 1
    return shared
