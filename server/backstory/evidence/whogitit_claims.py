"""A snapshot held against its commit: which lines came from which edit.

A line is claimed only where the commit has that very text at that place. Where the snapshot is not the commit's (the
note was copied to a rewritten commit), only runs of three lines are: single ones meet by chance.

Not all that whogitit says is a claim. `Human` is what none of the agent's edits matched: formatters' lines are among
them, blank ones, and what an agent wrote by other means (the author of whogitit asked, in the conversation of his own
note on 26bd621, why lines were reported human although Claude Code had written them all). It proves no person's hand
and is left open, like `Unknown`. `AIModified` is a line like one that the agent wrote: mixed hands.
"""

from collections.abc import Iterator, Sequence

from attrs import frozen

from backstory.evidence.committed_lines import runs_of
from backstory.evidence.whogitit_note import Note, SnapshotLine
from backstory.model.lines import LineRange, ranges_of
from backstory.model.origin import Agent, Contributor, Origin, Session

TOOL = "claude"
"""whogitit 1.0 watches Claude Code alone and names no tool."""

_HANDS = {"AI": Contributor.AI, "AIModified": Contributor.MIXED}
_LEFT_OPEN = frozenset({"Human", "Unknown"})
_RUN = 3

Owner = tuple[Contributor, int | None]
"""Whose a line is, and the index of what was asked before."""


@frozen
class Claims:
    """What a snapshot says of a file at a commit."""

    lines: tuple[tuple[Owner, tuple[LineRange, ...]], ...]
    left_open: tuple[LineRange, ...]
    """Lines that the note tells of, but not whose they are."""

    differing: int
    """How many lines of the snapshot are not the commit's."""


def claims_of(snapshot: Sequence[SnapshotLine], committed: Sequence[bytes]) -> Claims:
    """Return what is claimed of the lines that the commit has."""
    texts = [line.decode("utf-8", "replace") for line in committed]
    same = {
        line.line_number: line
        for line in snapshot
        if 1 <= line.line_number <= len(texts) and texts[line.line_number - 1] == line.content
    }
    differing = len(snapshot) - len(same)
    if differing or len(snapshot) != len(texts):
        same = {number: same[number] for run in runs_of(same) if len(run) >= _RUN for number in run}
    owned: dict[Owner, list[int]] = {}
    left_open = []
    for number, line in same.items():
        owner = owner_of(line)
        if owner:
            owned.setdefault(owner, []).append(number)
        elif line.source.type in _LEFT_OPEN:
            left_open.append(number)
    claimed = ((owner, ranges_of(numbers)) for owner, numbers in owned.items())
    return Claims(tuple(claimed), ranges_of(left_open), differing)


def owner_of(line: SnapshotLine) -> Owner | None:
    """Return whose a line is, None when the note does not say."""
    hands = _HANDS.get(line.source.type)
    return (hands, line.prompt_index) if hands else None


def origin_of(note: Note, contributor: Contributor) -> Origin:
    """Return the origin of a note's lines; who asked is not recorded."""
    session = note.session
    model = session.model.id if session.model else None
    return Origin(
        contributor,
        Agent(TOOL, model or None),
        session=Session(session.session_id, None) if session.session_id else None,
    )


def blocks_of(snapshot: Sequence[SnapshotLine]) -> Iterator[tuple[Owner, list[SnapshotLine]]]:
    """Yield neighbouring lines of one owner together."""
    block: list[SnapshotLine] = []
    for line in snapshot:
        if block and (owner_of(line) != owner_of(block[0]) or line.line_number != block[-1].line_number + 1):
            yield from _owned(block)
            block = []
        block.append(line)
    yield from _owned(block)


def _owned(block: list[SnapshotLine]) -> Iterator[tuple[Owner, list[SnapshotLine]]]:
    owner = owner_of(block[0]) if block else None
    if owner:
        yield owner, block
