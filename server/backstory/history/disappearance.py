"""The commit that took a line away from where it was, and where that commit wrote it again."""

from collections.abc import Sequence

from attrs import frozen

from backstory.attribution.displaced import displaced
from backstory.attribution.edited_text import EditedText, Shape
from backstory.history.cancel import Cancellation
from backstory.history.changes import ChangeReader
from backstory.history.passage import LineAt, Passages
from backstory.history.range_blame import Span, blame_since, last_seen
from backstory.history.renamed import renames_of
from backstory.history.repository import Repository, run_in
from backstory.model.change import FileChange, Replacement
from backstory.model.names import Revision

MOST_CHILDREN = 8
"""Commits that stand on one and are asked which of them took the line away."""


@frozen
class Disappearance:
    """The end of a line in one place."""

    last: LineAt
    """Where it stood in the last revision that has it."""

    by: Revision | None
    """The commit that took it away; None where none of the next ones shows it."""

    onward: LineAt | None = None
    """The same line where that commit wrote it."""


class Disappearances:
    """Finds out for one HEAD."""

    def __init__(self, repository: Repository, head: Revision, passages: Passages) -> None:
        self._repository = repository
        self._head = head
        self._passages = passages
        self._changes = ChangeReader(repository)

    def close(self) -> None:
        """End the process that tells changes."""
        self._changes.close()

    def of(self, place: LineAt, cancellation: Cancellation) -> Disappearance:
        """Return what became of a line that HEAD has not where blame would find it. Raises: CancelledError."""
        last = self._last(place, cancellation)
        if last.revision == self._head:
            return Disappearance(last, None, last)
        ended: Disappearance | None = None
        for child in self._children(last.revision):
            cancellation.raise_if_cancelled()
            found = self._ended_by(child, last, cancellation)
            if found and found.onward:
                return found
            ended = ended or found
        return ended or Disappearance(last, None)

    def _last(self, place: LineAt, cancellation: Cancellation) -> LineAt:
        seen = last_seen(self._repository, Span(place.revision, self._head), place.path, cancellation)
        for hunk in seen.hunks:
            if hunk.first <= place.line < hunk.first + hunk.length:
                return LineAt(hunk.revision, hunk.path, hunk.first_at_revision + place.line - hunk.first)
        return place

    def _children(self, revision: Revision) -> Sequence[Revision]:
        """Return the commits towards HEAD that stand on one, those of one parent first."""
        listed = run_in(self._repository, ["rev-list", "--ancestry-path", "--parents", f"{revision}..{self._head}"])
        rows = [line.split() for line in listed.decode("ascii").splitlines()]
        children = sorted((row for row in rows if revision in row[1:]), key=len)
        return [Revision(row[0]) for row in children[:MOST_CHILDREN]]

    def _ended_by(self, commit: Revision, last: LineAt, cancellation: Cancellation) -> Disappearance | None:
        """Return the end of the line if this commit shows it."""
        passed = self._passed(commit, last, cancellation)
        if passed is not None:
            return Disappearance(last, commit, passed)
        changes = self._changes.changes(commit) or ()
        for change in changes:
            if (change.path_before or change.path) != last.path:
                continue
            for replacement in change.replacements:
                index = last.line - replacement.first_removed
                if replacement.removed and 0 <= index < len(replacement.removed):
                    return Disappearance(last, commit, _onward(commit, changes, change, replacement, index))
        return None

    def _passed(self, commit: Revision, last: LineAt, cancellation: Cancellation) -> LineAt | None:
        """Return the line where the commit has it after all: under another name, or as git sees it looking back."""
        path = renames_of(self._repository, commit, cancellation).get(last.path, last.path)
        blame = blame_since(self._repository, Span(last.revision, commit), path, cancellation)
        for hunk in blame.hunks:
            step = last.line - hunk.first_at_revision
            if (hunk.revision, hunk.path) == (last.revision, last.path) and 0 <= step < hunk.length:
                return LineAt(commit, path, hunk.first + step)
        return None


def _onward(
    commit: Revision, changes: Sequence[FileChange], change: FileChange, replacement: Replacement, index: int
) -> LineAt | None:
    """Return where a commit wrote a line that it took away: in its own place with other blanks, or elsewhere."""
    beside = EditedText(replacement.removed, replacement.added).standing(index + 1)
    if beside.line is not None and beside.shape in {Shape.SAME, Shape.RESPACED}:
        return LineAt(commit, change.path, replacement.first + beside.line - 1)
    strips = [(each.path, one.first, one.added) for each in changes for one in each.replacements if one.added]
    found = displaced(replacement.removed, index, [texts for _, _, texts in strips])
    if found is None:
        return None
    path, first, _ = strips[found[0]]
    return LineAt(commit, path, first + found[1])
