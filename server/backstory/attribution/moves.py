"""Lines that a commit took away in one place and wrote in another, or there again in another shape."""

from collections.abc import Collection, Iterator, Sequence

from backstory.attribution.runs import find_runs
from backstory.model.change import FileChange
from backstory.model.edit import Edit
from backstory.model.evidence import Basis
from backstory.model.keyed_edit import KeyedBlock, KeyedEdit, Strip
from backstory.model.line_key import squeezed
from backstory.model.names import RepoPath
from backstory.model.origin import UNKNOWN_ORIGIN

LEAST_PART = 4
"""Non-blank characters that part of a broken line must have to be found in the whole one."""

ONLY_MOVED = 0.85
"""Of what a commit wrote: when it moved as much, it wrote next to nothing, and what it moved keeps its origins.

A commit that wrote more may have been an agent's work, of which the record is lost."""

Place = tuple[int, int]
"""A strip's index, and a line's within it."""

LineAt = tuple[RepoPath, int]
"""A line of a file, 1-based."""


def added_strips(changes: Sequence[FileChange]) -> tuple[Strip, ...]:
    """Return what a commit wrote."""
    return tuple(
        Strip(change.path, replacement.first, replacement.added)
        for change in changes
        for replacement in change.replacements
        if replacement.added
    )


def moved_lines(changes: Sequence[FileChange]) -> dict[LineAt, LineAt]:
    """Return for lines that a commit wrote which of the lines before it they are; nothing when it wrote others too."""
    added = added_strips(changes)
    taken: list[Strip] = []
    came_from: dict[Place, Place] = {}
    number = -1
    for change in changes:
        for replacement in change.replacements:
            number += bool(replacement.added)
            if replacement.removed:
                taken.append(Strip(change.path_before or change.path, replacement.first_removed, replacement.removed))
                for index, part_of in _reshaped(replacement.removed, replacement.added):
                    came_from[number, index] = len(taken) - 1, part_of
    used = set(came_from.values())
    for place, source in _elsewhere(taken, added):
        if place not in came_from and source not in used:
            came_from[place] = source
            used.add(source)
    if not _are_most(came_from, added):
        return {}
    return {_line(added, place): _line(taken, source) for place, source in came_from.items()}


def _are_most(places: Collection[Place], added: Sequence[Strip]) -> bool:
    """Tell whether the places hold most of the lines that are long enough to say something."""
    weighty = [
        (number, index)
        for number, strip in enumerate(added)
        for index, is_weighty in enumerate(strip.are_weighty)
        if is_weighty
    ]
    return bool(weighty) and sum(place in places for place in weighty) >= ONLY_MOVED * len(weighty)


def _line(strips: Sequence[Strip], place: Place) -> LineAt:
    strip = strips[place[0]]
    return strip.path, strip.first + place[1]


def _elsewhere(taken: Sequence[Strip], added: Sequence[Strip]) -> Iterator[tuple[Place, Place]]:
    """Yield lines written with the lines taken away that stand in the same order, longest runs first."""
    as_edits = [KeyedEdit(_NOBODYS, (KeyedBlock(strip.keys),)) for strip in taken]
    for run in sorted(find_runs(added, as_edits), key=lambda run: (-run.length, run.strip, run.start, run.edit)):
        for step in range(run.length):
            yield (run.strip, run.start + step), (run.edit, run.block_start + step)


def _reshaped(removed: Sequence[str], added: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield each added line with the removed one that it begins in, joined or broken where a formatter likes it."""
    whole, ends = "", []
    for text in removed:
        whole += _without_commas(text)
        ends.append(len(whole))
    at = 0
    for index, text in enumerate(added):
        part = _without_commas(text)
        start = whole.find(part, at) if len(part) >= LEAST_PART else at
        if start < 0 or not part or not whole.startswith(part, start):
            continue
        yield index, next(number for number, end in enumerate(ends) if end > start)
        at = start + len(part)


def _without_commas(text: str) -> str:
    """Return what of a line stays when it is broken or joined: a comma may end a part that did not end a line."""
    return squeezed(text).replace(",", "")


_NOBODYS = Edit("", Basis.NONE, UNKNOWN_ORIGIN, RepoPath(""), None, (), "", "")
