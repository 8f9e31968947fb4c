"""Line origins and functions after an edit, from those before it: no text is looked at, no git runs."""

from collections.abc import Sequence

from attrs import evolve

from backstory.attribution.head_lines import NOT_IN_HEAD
from backstory.model.lines import LineRange
from backstory.model.region import SyntaxUnit
from backstory.model.text import Splice


def splice_lines(head_lines: Sequence[int], splice: Splice) -> Sequence[int]:
    """Return the HEAD line of each line after the edit; inserted lines have none."""
    spliced = list(head_lines)
    start = splice.first_line - 1
    spliced[start : start + splice.removed] = [NOT_IN_HEAD] * splice.inserted
    return spliced


def splice_units(units: tuple[SyntaxUnit, ...], splice: Splice) -> tuple[SyntaxUnit, ...]:
    """Return the functions where they stand after the edit; those that were removed whole are gone."""
    shift = splice.inserted - splice.removed
    if not shift:
        return units
    last_removed = splice.first_line + splice.removed - 1
    shifted = (_shifted(unit, splice.first_line, last_removed, shift) for unit in units)
    return tuple(unit for unit in shifted if unit is not None)


def _shifted(unit: SyntaxUnit, first_changed: int, last_changed: int, shift: int) -> SyntaxUnit | None:
    lines = unit.lines
    if lines.last < first_changed:
        return unit
    if lines.first > last_changed:
        return evolve(unit, lines=LineRange(lines.first + shift, lines.last + shift))
    first = min(lines.first, first_changed)
    last = max(lines.last, last_changed) + shift
    return evolve(unit, lines=LineRange(first, last)) if last >= first else None
