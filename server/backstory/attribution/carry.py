"""Lines of a commit without a record → the recorded edits that they came from, or why that cannot be told.

A line's text is asked for in three ways, the surest first:

1. The edit's record is named by the commit (a trailer), or is that of a commit which this one replaces or swallowed
   (`kinship`): most of its lines are expected here.
2. The commit took the line away elsewhere, or wrote it there again in another shape (`moves`), and did little else:
   whoever wrote it then wrote it still. What stays where it was and stands here too is a copy: its text is the agent's,
   but it was asked for elsewhere, so it stays unknown.
3. A transcript has three lines or more in this order, or one that no other session wrote.

Lines count in runs: blank and bracket lines belong to the run around them and never stand alone. Where several edits
have a line, the file's own come first, then the longest run, then the last edit. Two sessions that are equal in all of
this leave the line unknown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import IntEnum

from attrs import frozen

from backstory.attribution.kinship import Kin
from backstory.attribution.moves import Moves, Place
from backstory.attribution.runs import Run, find_runs
from backstory.model.edit import Edit
from backstory.model.keyed_edit import KeyedEdit, Strip
from backstory.model.names import RepoPath, Revision

LEAST_RUN = 3

ONLY_MOVED = 0.85
"""Of what a commit wrote: when it moved as much, it wrote next to nothing, and what it moved keeps its origins.

A commit that wrote more may have been an agent's work, of which the record is lost."""

EQUAL_CLAIMS = "Several sessions recorded this line, and nothing tells which of them it came from."
NOT_TIED = "A session recorded the same line, but nothing shows that this commit has it from there."
MOVED_AMID_OTHERS = "A session recorded this line before it was moved by a commit that also wrote others."


class Tie(IntEnum):
    """What ties an edit to a commit, loosest first."""

    TEXT = 0
    SWALLOWED = 1
    REPLACED = 2
    NAMED = 3


@frozen
class Commit:
    """The commit whose lines are asked for; `revision` None stands for what is not committed."""

    revision: Revision | None
    authored_at: datetime
    committed_at: datetime
    added: tuple[Strip, ...]
    """All that it wrote."""

    moves: Moves
    kin: Kin


@frozen
class Carried:
    """Where lines came from."""

    origins: Mapping[tuple[RepoPath, int], Edit]
    reasons: Mapping[tuple[RepoPath, int], str]
    """Why a line that some edit has stays unknown."""


def carry(commit: Commit, edits: Sequence[KeyedEdit]) -> Carried:
    """Return which of the edits wrote which of the commit's lines."""
    timely = [each for each in edits if _is_timely(commit, each.edit)]
    here = _Choice(commit, timely, commit.added, are_moved=False)
    before = _Choice(commit, timely, commit.moves.taken, are_moved=True)
    origins: dict[tuple[RepoPath, int], Edit] = {}
    reasons: dict[tuple[RepoPath, int], str] = {}
    for number, strip in enumerate(commit.added):
        for index in range(len(strip.texts)):
            line = strip.path, strip.first + index
            found = here.of((number, index)) or _agreed(
                before.of(source) for source in commit.moves.came_from.get((number, index), ())
            )
            if isinstance(found, Edit) and not here.of((number, index)) and commit.moves.share < ONLY_MOVED:
                found = MOVED_AMID_OTHERS
            if isinstance(found, str):
                reasons[line] = found
            elif found:
                origins[line] = found
            elif (number, index) in here.known:
                reasons[line] = NOT_TIED
    return Carried(origins, reasons)


def session_of(edit: Edit) -> tuple[object, ...]:
    """Return what two edits share when it does not matter which of them a line came from."""
    session = edit.origin.session
    if session is None:
        return edit.source, edit.origin
    return (session.conversation or session.key.removeprefix("s_")[:14],)


def _agreed(found: Iterable[Edit | str | None]) -> Edit | str | None:
    """Return the one answer for a line that was several before."""
    answers = list(found)
    if not answers or any(answer is None for answer in answers):
        return None
    edits = [answer for answer in answers if isinstance(answer, Edit)]
    if len(edits) < len(answers) or len({session_of(edit) for edit in edits}) > 1:
        return EQUAL_CLAIMS
    return edits[-1]


def _is_timely(commit: Commit, edit: Edit) -> bool:
    """Tell whether an edit is not later than the commit; one that was amended bears the time of its first shape."""
    return edit.at is None or edit.at <= commit.committed_at


_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_Rank = tuple[bool, int, int, datetime]


@frozen
class _Claim:
    rank: _Rank
    edit: Edit


class _Choice:
    """For each line of some strips the edit that it came from."""

    def __init__(self, commit: Commit, edits: Sequence[KeyedEdit], strips: Sequence[Strip], *, are_moved: bool) -> None:
        self._commit = commit
        self._strips = strips
        self._are_moved = are_moved
        runs = list(find_runs(strips, edits))
        self._sessions: defaultdict[int, set[tuple[object, ...]]] = defaultdict(set)
        for run in runs:
            for key in run.weighty:
                self._sessions[key].add(session_of(edits[run.edit].edit))
        self._occurrences: defaultdict[int, int] = defaultdict(int)
        for strip in strips:
            for key in strip.keys:
                self._occurrences[key] += 1
        self.known = {(run.strip, run.start + step) for run in runs for step in range(run.length)}
        """Lines that some edit has."""

        self._claims: defaultdict[Place, list[_Claim]] = defaultdict(list)
        for run in runs:
            edit = edits[run.edit].edit
            tie = self._tie(edit)
            if self._is_proof(run, edits[run.edit], tie):
                path = strips[run.strip].path
                claim = _Claim((edit.path == path, tie, run.length, edit.at or _LONG_AGO), edit)
                for step in range(run.length):
                    self._claims[run.strip, run.start + step].append(claim)

    def of(self, place: Place) -> Edit | str | None:
        """Return the edit, a reason why it cannot be told, or None where no edit is known."""
        claims = self._claims.get(place)
        if not claims:
            return None
        best = max(claims, key=lambda claim: claim.rank)
        rivals = {session_of(claim.edit) for claim in claims if claim.rank == best.rank}
        return best.edit if len(rivals) == 1 else EQUAL_CLAIMS

    def _tie(self, edit: Edit) -> Tie:
        commit = self._commit
        if commit.revision is not None and commit.revision in edit.commits:
            return Tie.NAMED
        if edit.revision in commit.kin.same:
            return Tie.REPLACED
        return Tie.SWALLOWED if edit.revision in commit.kin.parts else Tie.TEXT

    def _is_proof(self, run: Run, each: KeyedEdit, tie: Tie) -> bool:
        """Tell whether a run says where its lines came from."""
        is_rare = any(self._occurrences[key] == 1 and len(self._sessions[key]) == 1 for key in run.weighty)
        edit, blocks = each.edit, each.blocks
        is_same_path = edit.path == self._strips[run.strip].path
        if tie is not Tie.TEXT:
            return run.telling >= 2 or any(self._occurrences[key] == 1 for key in run.weighty)
        if self._are_moved or edit.revision is None:
            is_whole = run.length == len(blocks[run.block].keys)
            return run.telling >= LEAST_RUN or (is_rare and is_same_path and is_whole)
        return False
