"""Entries of one file → who has which line: the last entry whose key has a record wins, as git-ai reads them.

A key that may have a record in a note nobody has searched yet keeps its lines: an earlier entry's they may not be.

Lines are never listed one by one: a range may span millions.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import pairwise

from attrs import frozen

from backstory.evidence.git_ai_note import Entry
from backstory.evidence.git_ai_records import Resolved
from backstory.model.lines import LineRange

Span = tuple[int, int]


@frozen
class Claims:
    """What the entries of one file come to."""

    decided: tuple[tuple[Resolved, tuple[LineRange, ...]], ...]
    """Each key's lines in the end, no line twice; a key of which no more is known yet has an unknown origin."""

    undecided: tuple[LineRange, ...]
    """Lines that only entries without a record cover."""


def claims_of(entries: Sequence[Entry], resolve: Callable[[str], Resolved | None]) -> Claims:
    """Settle which entry has which line; an entry without a record leaves its lines to earlier ones."""
    owners = [resolve(entry.key) for entry in entries]
    spans: list[tuple[int, int, int]] = []
    for place, (entry, owner) in enumerate(zip(entries, owners, strict=True)):
        # Without a record an entry stands behind all others, and takes what nobody else claims.
        rank = -place if owner else 1
        spans += [(max(first, 1), last, rank) for first, last in entry.ranges if last >= 1 and first <= last]
    lines: dict[str | None, list[Span]] = {}
    records: dict[str, Resolved] = {}
    for first, last, rank in _painted(spans):
        owner = owners[-rank] if rank <= 0 else None
        if owner:
            records[owner.key] = owner
        lines.setdefault(owner.key if owner else None, []).append((first, last))
    undecided = _ranges(lines.pop(None, ()))
    return Claims(tuple((records[key], _ranges(spans)) for key, spans in lines.items() if key), undecided)


def _painted(spans: list[tuple[int, int, int]]) -> Iterable[tuple[int, int, int]]:
    """Return parts of the spans `(first, last, rank)`, in order and not overlapping: where two meet, less rank wins."""
    spans.sort()
    if all(one[1] < other[0] for one, other in pairwise(spans)):
        return spans
    return _painted_over(spans)


def _painted_over(spans: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield the same of sorted spans that meet."""
    open_spans: list[tuple[int, int]] = []
    at, upcoming = 0, 0
    while upcoming < len(spans) or open_spans:
        if not open_spans:
            at = max(at, spans[upcoming][0])
        while upcoming < len(spans) and spans[upcoming][0] <= at:
            _, last, rank = spans[upcoming]
            heappush(open_spans, (rank, last))
            upcoming += 1
        while open_spans and open_spans[0][1] < at:
            heappop(open_spans)
        if open_spans:
            rank, last = open_spans[0]
            end = min(last, spans[upcoming][0] - 1) if upcoming < len(spans) else last
            yield at, end, rank
            at = end + 1


def _ranges(spans: Iterable[Span]) -> tuple[LineRange, ...]:
    """Return ordered spans as ranges, those that touch joined."""
    joined: list[list[int]] = []
    for first, last in spans:
        if joined and joined[-1][1] + 1 == first:
            joined[-1][1] = last
        else:
            joined.append([first, last])
    return tuple(LineRange(first, last) for first, last in joined)
