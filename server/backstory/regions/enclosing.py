"""Which function or class holds a line.

Units come in document order, as the parser gives them: an outer unit before those inside it. Where one ends and the
next begins on the same line, the line is the later one's.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby

from attrs import frozen

from backstory.model.lines import LineRange
from backstory.model.region import SyntaxUnit


@frozen
class Stretch:
    """Neighbouring lines with the same innermost unit."""

    lines: LineRange
    unit: SyntaxUnit | None
    """None outside every function and class."""


def innermost_unit(units: Sequence[SyntaxUnit], line: int) -> SyntaxUnit | None:
    """Return the innermost function or class that holds `line`, None when there is none."""
    return stretch_at(units, line, line).unit


def stretch_at(units: Sequence[SyntaxUnit], line: int, last_line: int) -> Stretch:
    """Return the stretch of a file of `last_line` lines that holds `line`.

    Looks at the units before `line` only as far back as the enclosing one, or the last at the top of the file.
    """
    following = bisect_right(units, line, key=_first)
    first, last = 1, last_line
    enclosing: SyntaxUnit | None = None
    for index in range(following - 1, -1, -1):
        unit = units[index]
        if unit.lines.last >= line:
            enclosing = unit
            first, last = max(first, unit.lines.first), min(last, unit.lines.last)
            break
        first = max(first, unit.lines.last + 1)
        if unit.depth == 0:
            break
    if following < len(units):
        last = min(last, units[following].lines.first - 1)
    return Stretch(LineRange(first, last), enclosing)


def stretches(units: Sequence[SyntaxUnit], last_line: int) -> list[Stretch]:
    """Return all stretches of a file of `last_line` lines, in order."""
    owners = [-1] * last_line
    for index, unit in enumerate(units):
        first, last = unit.lines.first, min(unit.lines.last, last_line)
        owners[first - 1 : last] = [index] * (last - first + 1)
    found: list[Stretch] = []
    start = 1
    for owner, lines in groupby(owners):
        end = start + sum(1 for _ in lines)
        found.append(Stretch(LineRange(start, end - 1), units[owner] if owner >= 0 else None))
        start = end
    return found


def _first(unit: SyntaxUnit) -> int:
    return unit.lines.first
