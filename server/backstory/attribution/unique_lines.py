"""Lines that stand once in each of two texts: what holds two versions together when too much else changed."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence


def unique_lines(old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
    """Return the longest row of 0-based (old, new) indices of items that each sequence holds once, both increasing.

    Source: B. Cohen, "Patience Diff Advantages" (2008), as used by Bazaar.
    """
    old_counts, new_counts = Counter(old), Counter(new)
    place_in_old = {item: index for index, item in enumerate(old) if old_counts[item] == 1}
    pairs = [
        (place_in_old[item], index) for index, item in enumerate(new) if new_counts[item] == 1 and item in place_in_old
    ]
    return _longest_increasing(pairs)


def _longest_increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of `pairs` (increasing in their second half) that increases in the first half too."""
    ends: list[int] = []
    end_indices: list[int] = []
    previous: list[int] = []
    for index, (old_index, _) in enumerate(pairs):
        place = len(ends) if not ends or old_index > ends[-1] else bisect_left(ends, old_index)
        previous.append(end_indices[place - 1] if place else -1)
        if place == len(ends):
            ends.append(old_index)
            end_indices.append(index)
        else:
            ends[place], end_indices[place] = old_index, index
    row: list[tuple[int, int]] = []
    index = end_indices[-1] if end_indices else -1
    while index >= 0:
        row.append(pairs[index])
        index = previous[index]
    row.reverse()
    return row
