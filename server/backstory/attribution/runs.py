"""Where lines stand one after the other in a recorded edit as they do here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress

from attrs import frozen

from backstory.model.keyed_edit import KeyedEdit, Strip
from backstory.model.line_key import MASKED

MOST_PLACES = 200
"""A text that stands in more places of the edits than this leads to none of them: its neighbours do."""

MOST_LEADS = 100_000
"""Pairs of a line here and one in the edits; the rarest are followed first, and no more than these."""


@frozen
class Run:
    """Lines of a strip that an edit wrote in this order."""

    strip: int
    """Index of the strip."""

    start: int
    """Index of the run's first line in the strip."""

    length: int
    edit: int
    """Index of the edit."""

    block: int
    """Index of the edit's block."""

    block_start: int
    """Index of the run's first line in the block."""

    telling: int
    """How many of the lines say something: two words or more."""

    weighty: tuple[int, ...]
    """Keys of the lines that are long enough to be looked for by themselves."""


def find_runs(strips: Sequence[Strip], edits: Sequence[KeyedEdit]) -> Iterator[Run]:
    """Yield every longest run that holds a line long enough to lead there; blank and short lines come with it."""
    for (number, edit, block_number, offset), led in sorted(_leads(strips, edits).items()):
        strip, others = strips[number], edits[edit].blocks[block_number].keys
        for start, end in _along(strip.keys, others, offset, led):
            weighty = tuple(compress(strip.keys[start:end], strip.are_weighty[start:end]))
            telling = sum(strip.are_telling[start:end])
            yield Run(number, start, end - start, edit, block_number, start + offset, telling, weighty)


def _leads(strips: Sequence[Strip], edits: Sequence[KeyedEdit]) -> dict[tuple[int, int, int, int], list[int]]:
    """Return for each strip, edit, block and distance between the two which lines of the strip lead there, in order."""
    leading = set().union(*(strip.weighty_keys() for strip in strips))
    places: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for edit, each in enumerate(edits):
        for block_number, block in enumerate(each.blocks):
            for place, key in enumerate(block.keys):
                if key in leading:
                    places[key].append((edit, block_number, place))
    few = _few(strips, {key: len(held) for key, held in places.items()})
    leads: defaultdict[tuple[int, int, int, int], list[int]] = defaultdict(list)
    for number, strip in enumerate(strips):
        for index, key in enumerate(strip.keys):
            if key in few:
                for edit, block_number, place in places[key]:
                    leads[number, edit, block_number, place - index].append(index)
    return leads


def _few(strips: Sequence[Strip], places: Mapping[int, int]) -> set[int]:
    """Return the keys that lead somewhere: the rarest first, for as long as they are not too many to follow."""
    here = Counter(key for strip in strips for key in strip.keys if key in places)
    found: set[int] = set()
    leads = 0
    for key in sorted(here, key=lambda key: (places[key] * here[key], key)):
        leads += places[key] * here[key]
        if leads > MOST_LEADS:
            break
        if places[key] <= MOST_PLACES:
            found.add(key)
    return found


def _along(keys: Sequence[int], others: Sequence[int], offset: int, led: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield start and end of the longest stretches around `led` where the others have the same (or masked) keys.

    Key `index` stands beside `index + offset` of the others.
    """
    first, last = max(0, -offset), min(len(keys), len(others) - offset)
    for index in led:
        if index < first:
            continue
        start, end = index, index + 1
        while start > first and others[start - 1 + offset] in (keys[start - 1], MASKED):
            start -= 1
        while end < last and others[end + offset] in (keys[end], MASKED):
            end += 1
        first = end
        while others[start + offset] == MASKED:
            start += 1
        while others[end - 1 + offset] == MASKED:
            end -= 1
        yield start, end
