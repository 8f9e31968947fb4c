"""Where lines stand one after the other in a recorded edit as they do here."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from attrs import frozen

from backstory.model.keyed_edit import KeyedEdit, Strip
from backstory.model.line_key import MASKED, is_telling, is_weighty

MOST_PLACES = 200
"""A text that stands in more places of the edits than this leads to none of them: its neighbours do."""


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
    leading = set().union(*(strip.weighty_keys() for strip in strips))
    places: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, each in enumerate(edits):
        for block_number, block in enumerate(each.blocks):
            for place, key in enumerate(block.keys):
                if key in leading:
                    places[key].append((number, block_number, place))
    for number, strip in enumerate(strips):
        led = {
            (edit, block_number, place - index)
            for index, key in enumerate(strip.keys)
            if key in places and len(places[key]) <= MOST_PLACES
            for edit, block_number, place in places[key]
        }
        for edit, block_number, offset in sorted(led):
            for start, end in _along(strip.keys, edits[edit].blocks[block_number].keys, offset):
                texts, keys = strip.texts[start:end], strip.keys[start:end]
                weighty = tuple(key for key, text in zip(keys, texts, strict=True) if is_weighty(text))
                if weighty:
                    telling = sum(map(is_telling, texts))
                    yield Run(number, start, end - start, edit, block_number, start + offset, telling, weighty)


def _along(keys: Sequence[int], others: Sequence[int], offset: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of the longest stretches where key `index` is `index + offset` of the others (or masked)."""
    start, last = max(0, -offset), min(len(keys), len(others) - offset)
    while start < last:
        end = start
        while end < last and others[end + offset] in (keys[end], MASKED):
            end += 1
        after = end + 1
        while start < end and others[start + offset] == MASKED:
            start += 1
        while start < end and others[end - 1 + offset] == MASKED:
            end -= 1
        if end > start:
            yield start, end
        start = after
