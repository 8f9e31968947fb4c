"""The commit that took a line away from where it was, and where that commit wrote it again."""

from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from backstory.attribution.displaced import displaced
from backstory.attribution.edited_text import EditedText, Shape
from backstory.history.cancel import Cancellation
from backstory.history.changes import ChangeReader
from backstory.history.kept import kept
from backstory.history.passage import LineAt, Passages
from backstory.history.range_blame import RangeBlame, Span, blame_since, last_seen
from backstory.history.renamed import renames_of
from backstory.history.repository import Repository, run_in
from backstory.model.change import FileChange, Replacement
from backstory.model.names import RepoPath, Revision

MOST_CHILDREN = 8
"""Commits that stand on one and are asked which of them took the line away."""


@frozen
class Disappearance:
    """The end of a line in one place."""

    last: LineAt
    """Where it stood in the last revision that has it."""

    by: Revision | None
    """The commit that took it away; None where the line goes on unchanged, or nothing shows which one it was."""

    onward: LineAt | None = None
    """The same line where it goes on."""


@frozen
class Trail:
    """What became of a line on the way to some commit."""

    there: LineAt | None
    """The line at that commit."""

    end: Disappearance | None = None
    """Where it ended, when the commit has it nowhere."""

    rewritten_by: tuple[Revision, ...] = ()
    """The commits that wrote the same line anew: elsewhere, or with other blanks."""


FollowOnto = Callable[[Revision, LineAt, Cancellation], Trail | None]
"""Follows a line to another commit; None where both share no history that has it."""


class Disappearances:
    """Finds out for one target, the commit towards which lines are followed."""

    def __init__(self, repository: Repository, target: Revision, changes: ChangeReader, passages: Passages) -> None:
        self._repository = repository
        self._target = target
        self._passages = passages
        self._changes = changes
        self._seen: dict[tuple[Revision, RepoPath], RangeBlame] = {}

    def of(self, place: LineAt, follow_onto: FollowOnto, cancellation: Cancellation) -> Disappearance:
        """Return what became of a line that the target has not where blame would find it. Raises: CancelledError."""
        last = self._last(place, cancellation)
        if last.revision == self._target:
            return Disappearance(last, None, last)
        ended: Disappearance | None = None
        for child, others in self._children(last.revision):
            found = self._ended_by(child, last, cancellation)
            if not found and others:
                found = self._merged_away(child, others, last, follow_onto, cancellation)
            if found and found.onward:
                return found
            ended = ended or found
        return ended or Disappearance(last, None)

    def _last(self, place: LineAt, cancellation: Cancellation) -> LineAt:
        span = Span(place.revision, self._target)
        asked = (place.revision, place.path)
        seen = kept(self._seen, asked, lambda: last_seen(self._repository, span, place.path, cancellation))
        for hunk in seen.hunks:
            if hunk.first <= place.line < hunk.first + hunk.length:
                return LineAt(hunk.revision, hunk.path, hunk.first_at_revision + place.line - hunk.first)
        return place

    def _children(self, revision: Revision) -> Sequence[tuple[Revision, Sequence[Revision]]]:
        """Return the commits towards the target that stand on one, with their other parents; merges come last."""
        listed = run_in(self._repository, ["rev-list", "--ancestry-path", "--parents", f"{revision}..{self._target}"])
        rows = [[Revision(each) for each in line.split()] for line in listed.decode("ascii").splitlines()]
        children = sorted((row for row in rows if revision in row[1:]), key=len)
        return [(row[0], [each for each in row[1:] if each != revision]) for row in children[:MOST_CHILDREN]]

    def _ended_by(self, commit: Revision, last: LineAt, cancellation: Cancellation) -> Disappearance | None:
        """Return the end of the line if this commit shows it."""
        passed = self._passed(commit, last, cancellation)
        if passed is not None:
            return Disappearance(last, None, passed)
        changes = self._changes.changes(commit) or ()
        taken = next((each for each in _taken(changes) if each.holds(last)), None)
        return Disappearance(last, commit, self._rewritten(commit, last, taken, changes)) if taken else None

    def _merged_away(
        self,
        merge: Revision,
        others: Sequence[Revision],
        last: LineAt,
        follow_onto: FollowOnto,
        cancellation: Cancellation,
    ) -> Disappearance:
        """Return what became of a line on the other side of a merge: it may have another place there, or have gone."""
        for other in others:
            trail = follow_onto(other, last, cancellation)
            if trail is None:
                continue
            there = trail.there and self._passed(merge, trail.there, cancellation)
            if there:
                return Disappearance(last, None, there)
            if trail.end:
                return Disappearance(last, trail.end.by)
        return Disappearance(last, merge)

    def _passed(self, commit: Revision, last: LineAt, cancellation: Cancellation) -> LineAt | None:
        """Return the line where the commit has it after all: under another name, or as git sees it looking back."""
        path = renames_of(self._repository, commit, cancellation).get(last.path, last.path)
        blame = blame_since(self._repository, Span(last.revision, commit), path, cancellation)
        for hunk in blame.hunks:
            step = last.line - hunk.first_at_revision
            if (hunk.revision, hunk.path) == (last.revision, last.path) and 0 <= step < hunk.length:
                return LineAt(commit, path, hunk.first + step)
        return None

    def _rewritten(
        self, commit: Revision, last: LineAt, taken: "_Taken", changes: Sequence[FileChange]
    ) -> LineAt | None:
        """Return where a commit wrote a line that it took away: in its own place with other blanks, or elsewhere."""
        change = taken.replacement
        beside = EditedText(change.removed, change.added).standing(last.line - change.first_removed + 1)
        if beside.line is not None and beside.shape in {Shape.SAME, Shape.RESPACED}:
            return LineAt(commit, taken.path, change.first + beside.line - 1)
        strips = [(each.path, one.first, one.added) for each in changes for one in each.replacements if one.added]
        before = self._passages.text(last.revision, last.path) or ()
        found = displaced(before, last.line - 1, [texts for _, _, texts in strips])
        if found is None:
            return None
        path, first, _ = strips[found[0]]
        return LineAt(commit, path, first + found[1])


@frozen
class _Taken:
    """Lines that a commit took away."""

    path_before: RepoPath
    path: RepoPath
    replacement: Replacement

    def holds(self, line: LineAt) -> bool:
        """Tell whether a line of the commit before is among them."""
        first = self.replacement.first_removed
        return self.path_before == line.path and first <= line.line < first + len(self.replacement.removed)


def _taken(changes: Sequence[FileChange]) -> Iterator[_Taken]:
    for change in changes:
        for replacement in change.replacements:
            if replacement.removed:
                yield _Taken(change.path_before or change.path, change.path, replacement)
