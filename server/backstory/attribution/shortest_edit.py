"""The shortest way to turn one sequence into another, if it is found with a bounded amount of work."""

from collections.abc import Sequence

from attrs import frozen

LONGEST_EDIT = 256
"""Insertions and deletions that one search follows: its memory grows with the square of it."""


@frozen
class Edit:
    """Which items stay, found from the front up to `old_end` and `new_end`."""

    pairs: tuple[tuple[int, int], ...]
    """0-based (old, new) indices of equal items, in order."""

    old_end: int
    new_end: int
    is_whole: bool
    """False when the search gave up: the rest of both sequences was not looked at."""

    steps: int
    """Work that the search took."""


def shortest_edit(old: Sequence[int], new: Sequence[int], most_steps: int) -> Edit:
    """Return the items that stay when `old` is edited into `new` with the fewest insertions and deletions.

    A search that would take more than `most_steps` gives the path that came furthest; always the same one.

    Source: E. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986).
    """
    # furthest[k]: the furthest old index reached on diagonal k = old index - new index; negative k count from the back.
    furthest = [0] * (2 * LONGEST_EDIT + 3)
    trail: list[list[int]] = []
    steps = 0
    for edits in range(LONGEST_EDIT + 1):
        steps += edits + 1
        lowest = -edits + 2 * max(0, edits - len(new))
        highest = edits - 2 * max(0, edits - len(old))
        for diagonal in range(lowest, highest + 1, 2):
            start = _step(furthest, diagonal, edits)
            end = _slide(old, new, start, start - diagonal)
            furthest[diagonal] = end
            steps += end - start
            if end == len(old) and end - diagonal == len(new):
                return Edit(_trace_back(trail, end, diagonal), len(old), len(new), is_whole=True, steps=steps)
        trail.append(furthest.copy())
        if steps >= most_steps:
            break
    diagonal = max(
        (k for k in range(lowest, highest + 1, 2) if furthest[k] <= len(old) and furthest[k] - k <= len(new)),
        key=lambda k: 2 * furthest[k] - k,
    )
    end = furthest[diagonal]
    return Edit(_trace_back(trail[:-1], end, diagonal), end, end - diagonal, is_whole=False, steps=steps)


def _step(furthest: Sequence[int], diagonal: int, edits: int) -> int:
    """Old index where the path with one edit more enters `diagonal`."""
    if edits == 0:
        return 0
    if _inserts(furthest, diagonal, edits):
        return furthest[diagonal + 1]
    return furthest[diagonal - 1] + 1


def _inserts(furthest: Sequence[int], diagonal: int, edits: int) -> bool:
    """Tell whether the last edit of the furthest path to `diagonal` is an insertion, not a deletion."""
    return diagonal == -edits or (diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1])


def _slide(old: Sequence[int], new: Sequence[int], old_index: int, new_index: int) -> int:
    """Old index where the equal items that start here end."""
    while old_index < len(old) and new_index < len(new) and old[old_index] == new[new_index]:
        old_index += 1
        new_index += 1
    return old_index


def _trace_back(trail: Sequence[Sequence[int]], end: int, diagonal: int) -> tuple[tuple[int, int], ...]:
    pairs: list[tuple[int, int]] = []
    for edits in range(len(trail), -1, -1):
        furthest = trail[edits - 1] if edits else ()
        start = _step(furthest, diagonal, edits)
        pairs.extend((index, index - diagonal) for index in range(end - 1, start - 1, -1))
        if edits:
            diagonal += 1 if _inserts(furthest, diagonal, edits) else -1
            end = furthest[diagonal]
    pairs.reverse()
    return tuple(pairs)
