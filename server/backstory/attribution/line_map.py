"""Two texts → which line of the one is which line of the other."""

from collections.abc import Hashable, Iterable, Sequence
from itertools import chain

from attrs import frozen

from backstory.attribution.shortest_edit import LONGEST_EDIT, shortest_edit
from backstory.attribution.unique_lines import unique_lines
from backstory.model.lines import LineMap, LineRun

WORK_PER_FILE = 4_000_000
"""Steps that one comparison may take (some tenths of a second); lines it then has not found count as changed."""

CHUNK = 512
"""Lines compared at a time where two texts are expected to be equal."""


def line_map(old: Sequence[Hashable], new: Sequence[Hashable]) -> LineMap:
    """Return the lines that stayed from `old` to `new`; lines are equal when their texts are.

    Few edits are followed exactly (the fewest lines changed); many are held together by the lines that both texts
    hold once. The work is bounded: what is not found in time counts as changed. The same texts give the same map.
    """
    head = _equal_at_start(old, new)
    tail = _equal_at_end(old, new, head)
    middle = _middle_runs(_interned(old[head : len(old) - tail], new[head : len(new) - tail]), head)
    ends = [LineRun(1, 1, head), *middle, LineRun(len(old) - tail + 1, len(new) - tail + 1, tail)]
    return LineMap(_joined(ends))


def invert(lines: LineMap) -> LineMap:
    """Return the map back: which line of the new text each line of the old one is."""
    return LineMap(tuple(LineRun(run.new, run.old, run.length) for run in lines.runs))


def compose(first: LineMap, second: LineMap) -> LineMap:
    """Return the map over both steps: `first` from the old text to one between, `second` from there to the new."""
    runs: list[LineRun] = []
    earlier, later = 0, 0
    while earlier < len(first.runs) and later < len(second.runs):
        before, after = first.runs[earlier], second.runs[later]
        start = max(before.new, after.old)
        before_end, after_end = before.new + before.length, after.old + after.length
        length = min(before_end, after_end) - start
        if length > 0:
            runs.append(LineRun(before.old + start - before.new, after.new + start - after.old, length))
        if before_end <= after_end:
            earlier += 1
        else:
            later += 1
    return LineMap(_joined(runs))


def _equal_at_start(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start : start + CHUNK] == new[start : start + CHUNK]:
        start += CHUNK
    start = min(start, shorter)
    while start < shorter and old[start] == new[start]:
        start += 1
    return start


def _equal_at_end(old: Sequence[Hashable], new: Sequence[Hashable], head: int) -> int:
    """Count the equal lines at the end that are not already in the `head` equal lines at the start."""
    most = min(len(old), len(new)) - head
    tail = 0
    while tail + CHUNK <= most and (
        old[len(old) - tail - CHUNK : len(old) - tail] == new[len(new) - tail - CHUNK : len(new) - tail]
    ):
        tail += CHUNK
    while tail < most and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return tail


def _interned(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[list[int], list[int]]:
    """Return both texts with a number for each different line."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(line, len(numbers)) for line in old], [
        numbers.setdefault(line, len(numbers)) for line in new
    ]


@frozen
class _Gap:
    """Lines of both texts, 0-based and half-open, that are still to be compared with each other."""

    old: int
    old_end: int
    new: int
    new_end: int


def _middle_runs(texts: tuple[list[int], list[int]], offset: int) -> list[LineRun]:
    """Return what stayed, in order; `offset` lines stand before both texts."""
    old, new = texts
    steps_left = WORK_PER_FILE
    pairs: list[tuple[int, int]] = []
    gaps = [_Gap(0, len(old), 0, len(new))]
    while gaps and steps_left > 0:
        gap = gaps.pop()
        found = _compare(old, new, gap, steps_left)
        pairs.extend(found.pairs)
        gaps.extend(found.rest)
        steps_left -= found.steps
    pairs.sort()
    return [LineRun(old_index + offset + 1, new_index + offset + 1, 1) for old_index, new_index in pairs]


@frozen
class _Found:
    """What the comparison of one gap brought."""

    pairs: Sequence[tuple[int, int]] = ()
    """Lines that stayed, as 0-based (old, new) indices."""

    rest: Sequence[_Gap] = ()
    steps: int = 0


def _compare(old: Sequence[int], new: Sequence[int], gap: _Gap, most_steps: int) -> _Found:
    """Return the equal lines found in the gap, and the smaller gaps that remain."""
    old_lines, new_lines = _comparable(old, new, gap)
    steps = gap.old_end - gap.old + gap.new_end - gap.new
    old_items, new_items = [old[index] for index in old_lines], [new[index] for index in new_lines]
    edit = shortest_edit(old_items, new_items, min(most_steps, 4 * steps + LONGEST_EDIT**2))
    steps += edit.steps
    found = [(old_lines[old_index], new_lines[new_index]) for old_index, new_index in edit.pairs]
    if edit.is_whole:
        return _Found(found, steps=steps)
    anchors = unique_lines(old_items, new_items)
    if anchors:
        places = [(old_lines[old_index], new_lines[new_index]) for old_index, new_index in anchors]
        return _Found(places, _between(places, gap), steps)
    return _Found(found, _after(edit.old_end, edit.new_end, old_lines, new_lines, gap), steps)


def _comparable(old: Sequence[int], new: Sequence[int], gap: _Gap) -> tuple[list[int], list[int]]:
    """Return the indices of the gap's lines that the other side holds too: no other can stay."""
    in_old, in_new = set(old[gap.old : gap.old_end]), set(new[gap.new : gap.new_end])
    return (
        [index for index in range(gap.old, gap.old_end) if old[index] in in_new],
        [index for index in range(gap.new, gap.new_end) if new[index] in in_old],
    )


def _between(anchors: Sequence[tuple[int, int]], gap: _Gap) -> list[_Gap]:
    """Return the gaps that the anchors leave, from the last to the first, so that the first is taken up next."""
    gaps: list[_Gap] = []
    old_start, new_start = gap.old, gap.new
    for old_index, new_index in chain(anchors, [(gap.old_end, gap.new_end)]):
        if old_start < old_index and new_start < new_index:
            gaps.append(_Gap(old_start, old_index, new_start, new_index))
        old_start, new_start = old_index + 1, new_index + 1
    gaps.reverse()
    return gaps


def _after(
    old_done: int, new_done: int, old_lines: Sequence[int], new_lines: Sequence[int], gap: _Gap
) -> tuple[_Gap, ...]:
    """Return the gap behind the first `old_done` and `new_done` comparable lines."""
    if old_done + new_done == 0 or old_done == len(old_lines) or new_done == len(new_lines):
        return ()
    return (_Gap(old_lines[old_done], gap.old_end, new_lines[new_done], gap.new_end),)


def _joined(runs: Iterable[LineRun]) -> tuple[LineRun, ...]:
    """Return the same runs without empty ones, those that touch on both sides made one."""
    joined: list[LineRun] = []
    for run in runs:
        if run.length == 0:
            continue
        last = joined[-1] if joined else None
        if last and last.old + last.length == run.old and last.new + last.length == run.new:
            joined[-1] = LineRun(last.old, last.new, last.length + run.length)
        else:
            joined.append(run)
    return tuple(joined)
