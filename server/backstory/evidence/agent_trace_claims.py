"""Claims of Agent Trace held against a file at a commit: what is proven, what is plausible, what says nothing.

A hook writes its record before the commit: `revision` is the commit's parent, and the lines stand where they did in the
file at that moment. So that a claim is believed for lines whose hash it has, there or (once in the file) elsewhere.
Without a hash it is the range: of lines that the commit itself wrote, which is all that blame asks about. That is less
than a record of the commit. A range from line 1 on may be a place the hook did not know: it speaks of the file.
"""

from collections.abc import Iterable, Sequence
from enum import Enum, auto

from attrs import frozen

from backstory.evidence.agent_trace_record import Claim
from backstory.evidence.committed_lines import runs_of
from backstory.evidence.content_hash import HashedLines
from backstory.model.evidence import Basis
from backstory.model.lines import LineRange, ranges_of
from backstory.model.origin import Contributor, Origin

_MAX_LINES_CLAIMED = 1_000_000
"""Of one file at one commit, by all records together."""

_RUN = 3


class Position(Enum):
    """What a record's line numbers mean at a commit."""

    AT_COMMIT = auto()
    """The lines of this very commit."""

    BEFORE_COMMIT = auto()
    """The lines of the file while it was edited."""

    PROOF_ONLY = auto()
    """One of the two; only a hash can tell."""


@frozen
class Statement:
    """What is said of a file."""

    origin: Origin
    basis: Basis
    lines: tuple[LineRange, ...] | None
    """None: of the whole file."""


def statements_of(claims: Iterable[tuple[Claim, Position]], lines: Sequence[bytes]) -> list[Statement]:
    """Return what claims on one file come to; where two are about a line, the later one has it."""
    hashed = HashedLines(lines)
    owners: dict[tuple[int, Basis], Origin] = {}
    of_file: dict[Origin, None] = {}
    left = _MAX_LINES_CLAIMED
    for claim, position in claims:
        basis, found = _found(claim, position, hashed)
        if basis is Basis.DECLARED:
            of_file[claim.origin] = None
        left -= sum(map(len, found))
        if left < 0:
            break
        owners.update(((line, basis), claim.origin) for each in found for line in each)
    said: dict[tuple[Basis, Origin], list[int]] = {}
    for (line, basis), origin in owners.items():
        said.setdefault((basis, origin), []).append(line)
    about_lines = [Statement(origin, basis, ranges_of(numbers)) for (basis, origin), numbers in said.items()]
    return about_lines + [Statement(origin, Basis.DECLARED, None) for origin in of_file]


def _found(claim: Claim, position: Position, lines: HashedLines) -> tuple[Basis, list[LineRange]]:
    """Return the lines that a claim is about, and on what that rests."""
    if claim.can_be_proven:
        return Basis.RECORDED, _proven(claim, lines)
    if claim.first > len(lines) or position is Position.PROOF_ONLY:
        return Basis.RECORDED, []
    there = LineRange(claim.first, min(claim.last, len(lines)))
    if position is Position.AT_COMMIT:
        return Basis.RECORDED, [there]
    if claim.origin.contributor in {Contributor.HUMAN, Contributor.UNKNOWN}:
        return Basis.MATCHED, []  # a person's hand is not guessed
    if claim.first == 1 and claim.last != len(lines):
        return Basis.DECLARED, []
    return Basis.MATCHED, [there]


def _proven(claim: Claim, lines: HashedLines) -> list[LineRange]:
    whole = claim.content_hash
    length = claim.last - claim.first + 1
    if whole and lines.have(whole, claim.first, claim.last):
        return [LineRange(claim.first, claim.last)]
    if claim.line_hashes:
        return _proven_line_by_line(claim, lines)
    start = lines.find(whole, length) if whole else None
    return [LineRange(start, start + length - 1)] if start else []


def _proven_line_by_line(claim: Claim, lines: HashedLines) -> list[LineRange]:
    """Return the lines with the hashes of their own: where they should be (single ones meet by chance), or moved."""
    wanted = dict(claim.line_hashes)
    there = [number for number, each in wanted.items() if lines.have(each, number, number)]
    runs = [run for run in runs_of(there) if len(run) >= min(_RUN, len(wanted))]
    if runs:
        return [LineRange(run[0], run[-1]) for run in runs]
    first, its_hash = claim.line_hashes[0]
    shifts = (number - first for number in range(1, len(lines) + 1) if lines.have(its_hash, number, number))
    moved = [shift for shift in shifts if all(lines.have(each, at + shift, at + shift) for at, each in wanted.items())]
    return list(ranges_of(number + moved[0] for number in wanted)) if len(moved) == 1 else []
