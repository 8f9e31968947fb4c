"""Lines that a commit took away in one place and wrote in another, or there again in another shape."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from backstory.attribution.runs import find_runs
from backstory.model.change import FileChange
from backstory.model.edit import Edit
from backstory.model.evidence import Basis
from backstory.model.keyed_edit import KeyedBlock, KeyedEdit, Strip
from backstory.model.line_key import is_weighty, squeezed
from backstory.model.names import RepoPath
from backstory.model.origin import UNKNOWN_ORIGIN

LEAST_PART = 4
"""Non-blank characters that part of a broken line must have to be found in the whole one."""

Place = tuple[int, int]
"""A strip's index, and a line's within it."""


@frozen
class Moves:
    """What a commit moved."""

    taken: tuple[Strip, ...]
    """Lines that the commit took away, under the names that their files had before."""

    came_from: dict[Place, tuple[Place, ...]]
    """For a line that the commit wrote (strip and index) the lines of `taken` that it was, more than one if joined."""

    share: float = 0.0
    """How much of what the commit wrote was moved, in lines long enough to say something."""


def added_strips(changes: Sequence[FileChange]) -> tuple[Strip, ...]:
    """Return what a commit wrote."""
    return tuple(
        Strip(change.path, replacement.first, replacement.added)
        for change in changes
        for replacement in change.replacements
        if replacement.added
    )


def moves_of(changes: Sequence[FileChange], added: Sequence[Strip]) -> Moves:
    """Return which of the lines a commit wrote it took away itself; `added` are its strips."""
    taken: list[Strip] = []
    came_from: dict[Place, tuple[Place, ...]] = {}
    number = -1
    for change in changes:
        for replacement in change.replacements:
            number += bool(replacement.added)
            if not replacement.removed:
                continue
            taken.append(Strip(change.path_before or change.path, 1, replacement.removed))
            if replacement.added:
                for index, sources in _reshaped(replacement.removed, replacement.added):
                    came_from[number, index] = tuple((len(taken) - 1, source) for source in sources)
    used = {source for sources in came_from.values() for source in sources}
    for place, source in _elsewhere(taken, added):
        if place not in came_from and source not in used:
            came_from[place] = (source,)
            used.add(source)
    weighty = [
        (number, index)
        for number, strip in enumerate(added)
        for index, text in enumerate(strip.texts)
        if is_weighty(text)
    ]
    return Moves(tuple(taken), came_from, sum(place in came_from for place in weighty) / max(len(weighty), 1))


def _elsewhere(taken: Sequence[Strip], added: Sequence[Strip]) -> Iterator[tuple[Place, Place]]:
    """Yield lines written with the lines taken away that stand in the same order, longest runs first."""
    as_edits = [KeyedEdit(_NOBODYS, (KeyedBlock(strip.keys),)) for strip in taken]
    for run in sorted(find_runs(added, as_edits), key=lambda run: (-run.length, run.strip, run.start, run.edit)):
        for step in range(run.length):
            yield (run.strip, run.start + step), (run.edit, run.block_start + step)


def _reshaped(removed: Sequence[str], added: Sequence[str]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each added line with the removed ones it was part of, joined or broken where a formatter likes it."""
    whole, ends = "", []
    for text in removed:
        whole += squeezed(text)
        ends.append(len(whole))
    at = 0
    for index, text in enumerate(added):
        part = squeezed(text)
        start = whole.find(part, at) if len(part) >= LEAST_PART else at
        if start < 0 or not part or not whole.startswith(part, start):
            continue
        end = start + len(part)
        first = next(number for number, limit in enumerate(ends) if limit > start)
        last = next(number for number, limit in enumerate(ends) if limit >= end)
        yield index, tuple(range(first, last + 1))
        at = end


_NOBODYS = Edit("", Basis.NONE, UNKNOWN_ORIGIN, RepoPath(""), None, (), "", "")
