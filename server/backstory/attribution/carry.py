"""Lines of a commit without a record → the recorded edits that they came from, or why that cannot be told.

A line's text ties it to an edit in two ways, the surer first:

1. The edit's record is named by the commit (a trailer), or is that of a commit which this one replaces or swallowed
   (`kinship`): most of its lines are expected here.
2. A transcript of the same file has three lines or more in this order, or one that no other session wrote. Where the
   commit names its sessions another one's must hold a line that nobody else wrote; and so must one of another file,
   most of whose lines are to be nobody else's.

What a resumed or forked conversation repeats was written once. Lines count in runs: blank and bracket lines belong to
the run around them and never stand alone. Where several edits have a line, the file's own come first, then the longest
run, then the last edit. Two sessions that are equal in all of this leave the line unknown. What an agent wrote and
somebody copied to another place is nobody's edit there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import IntEnum

from attrs import frozen

from backstory.attribution.kinship import CommitWords, Kin
from backstory.attribution.moves import Place
from backstory.attribution.runs import Run, find_runs
from backstory.model.edit import Edit
from backstory.model.keyed_edit import KeyedEdit, Strip
from backstory.model.names import RepoPath

LEAST_RUN = 3

EQUAL_CLAIMS = "Several sessions recorded this line, and nothing tells which of them it came from."
NOT_TIED = "A session recorded the same line, but nothing shows that this commit has it from there."


class Tie(IntEnum):
    """What ties an edit to a commit, loosest first."""

    TEXT = 0
    SWALLOWED = 1
    REPLACED = 2
    NAMED = 3


@frozen
class Commit:
    """The commit whose lines are asked for."""

    words: CommitWords
    added: tuple[Strip, ...]
    """All that it wrote."""

    kin: Kin


@frozen
class Carried:
    """Where lines came from."""

    origins: Mapping[tuple[RepoPath, int], Edit]
    reasons: Mapping[tuple[RepoPath, int], str]
    """Why a line that some edit has stays unknown."""


def carry(commit: Commit, edits: Sequence[KeyedEdit]) -> Carried:
    """Return which of the edits wrote which of the commit's lines."""
    timely = [each for each in _told_once(commit, edits) if _is_timely(commit, each.edit)]
    choice = _Choice(commit, timely)
    origins: dict[tuple[RepoPath, int], Edit] = {}
    reasons: dict[tuple[RepoPath, int], str] = {}
    for number, strip in enumerate(commit.added):
        for index in range(len(strip.texts)):
            line, found = (strip.path, strip.first + index), choice.of((number, index))
            if isinstance(found, Edit):
                origins[line] = found
            elif found:
                reasons[line] = found
    return Carried(origins, reasons)


def session_of(edit: Edit) -> tuple[object, ...]:
    """Return what two edits share when it does not matter which of them a line came from."""
    session = edit.origin.session
    if session is None:
        return edit.source, edit.origin
    return (session.conversation or session.key.removeprefix("s_")[:14],)


def _sessions_of(strips: Sequence[Strip], edits: Sequence[KeyedEdit]) -> Mapping[int, set[tuple[object, ...]]]:
    """Return who wrote lines with the keys of those here that are long enough to be looked for."""
    weighty = set().union(*(strip.weighty_keys() for strip in strips))
    sessions: defaultdict[int, set[tuple[object, ...]]] = defaultdict(set)
    for each in edits:
        session = session_of(each.edit)
        for block in each.blocks:
            for key in weighty.intersection(block.keys):
                sessions[key].add(session)
    return sessions


def _is_timely(commit: Commit, edit: Edit) -> bool:
    """Tell whether an edit is not later than the commit; one that was amended bears the time of its first shape."""
    times = [each for each in (commit.words.authored_at, commit.words.committed_at) if each]
    return edit.at is None or not times or edit.at <= max(times)


def _told_once(commit: Commit, edits: Sequence[KeyedEdit]) -> Iterable[KeyedEdit]:
    """Return each edit of a transcript once, however many conversations hold it; one that the commit names first."""
    by_call: dict[object, KeyedEdit] = {}
    for number, each in enumerate(edits):
        edit = each.edit
        call = (edit.source, edit.call, edit.at, edit.path, each.blocks) if edit.call else number
        known = by_call.get(call)
        if known is None or _precedence(commit, edit) < _precedence(commit, known.edit):
            by_call[call] = each
    return by_call.values()


def _precedence(commit: Commit, edit: Edit) -> tuple[bool, str]:
    return commit.words.revision not in edit.commits, str(session_of(edit))


_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_Rank = tuple[bool, int, int, datetime]


@frozen
class _Claim:
    rank: _Rank
    edit: Edit


class _Choice:
    """For each line of a commit the edit that it came from."""

    def __init__(self, commit: Commit, edits: Sequence[KeyedEdit]) -> None:
        self._commit = commit
        strips = self._strips = commit.added
        self._sessions = _sessions_of(strips, edits)
        self._occurrences: defaultdict[int, int] = defaultdict(int)
        for strip in strips:
            for key in strip.keys:
                self._occurrences[key] += 1
        self._names_sessions = any(commit.words.revision in each.edit.commits for each in edits)
        # Most edits of other commits tie nothing, and there may be thousands.
        edits = [each for each in edits if each.edit.revision is None or self._tie(each.edit) is not Tie.TEXT]
        self._claims: defaultdict[Place, list[_Claim]] = defaultdict(list)
        for run in find_runs(strips, edits):
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
            key = self._strips[place[0]].keys[place[1]]
            return NOT_TIED if key in self._sessions else None
        best = max(claims, key=lambda claim: claim.rank)
        rivals = {session_of(claim.edit) for claim in claims if claim.rank == best.rank}
        return best.edit if len(rivals) == 1 else EQUAL_CLAIMS

    def _tie(self, edit: Edit) -> Tie:
        commit = self._commit
        if commit.words.revision in edit.commits:
            return Tie.NAMED
        if edit.revision in commit.kin.same:
            return Tie.REPLACED
        return Tie.SWALLOWED if edit.revision in commit.kin.parts else Tie.TEXT

    def _is_proof(self, run: Run, each: KeyedEdit, tie: Tie) -> bool:
        """Tell whether a run says where its lines came from."""
        edit = each.edit
        is_same_path = edit.path == self._strips[run.strip].path
        if tie is Tie.NAMED and is_same_path:
            return run.telling > 0
        if tie is not Tie.TEXT:
            return run.telling >= 2 or any(self._occurrences[key] == 1 for key in run.weighty)
        rare = sum(len(self._sessions[key]) == 1 for key in run.weighty)
        if run.telling >= LEAST_RUN:
            least = 0.5 * len(run.weighty) if not is_same_path else int(self._names_sessions)
            return rare >= least
        is_whole = run.length == len(each.blocks[run.block].keys)
        is_once = any(len(self._sessions[key]) == 1 == self._occurrences[key] for key in run.weighty)
        return is_once and is_same_path and is_whole
