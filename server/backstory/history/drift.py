"""From a line of the build that failed to the line in front of us: through commits, renames, moves and unsaved edits.

A line is followed by what git says of the commits in between, never by its number and never by its likeness alone:

1. Blame of today's file since the build's commit tells which lines came through unchanged, renames included.
2. A line that did not: blame in reverse tells the last commit that has it. Where the next one wrote the same line
   elsewhere (or with other blanks), it is followed on from there; else that commit took it away.
3. From HEAD's text to the one in front of us two texts are compared.

A build whose commit HEAD does not reach is first followed back to the history that both share.
"""

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from attrs import frozen

from backstory.attribution.edited_text import EditedText, Shape, instead
from backstory.history.cancel import Cancellation
from backstory.history.changes import ChangeReader
from backstory.history.disappearance import Disappearance, Trail
from backstory.history.line_trail import LineTrails
from backstory.history.objects import ObjectReader
from backstory.history.passage import LineAt, plain_lines
from backstory.history.range_blame import Span
from backstory.history.renamed import name_today
from backstory.history.repository import Repository
from backstory.model.located import LineState
from backstory.model.names import RepoPath, Revision
from backstory.model.text import Text

NO_BUILD = "No build revision is named: the number is the trace's own."


@frozen
class Drift:
    """Where a line of a build stands in the text in front of us."""

    path: RepoPath
    line: int | None
    """1-based; of a deleted line what stands in its place, None where nothing does."""

    state: LineState
    because: str
    deleted_by: Revision | None = None
    """The commit that took the line away, where that is known."""


class DriftReader:
    """Follows lines to the text in front of us, for one repository at one HEAD; what it learns it keeps."""

    def __init__(self, repository: Repository, head: Revision, text_today: Callable[[RepoPath], Text | None]) -> None:
        """`text_today` gives the text in front of us: of the editor where the file is open, else of the work tree."""
        self._repository = repository
        self._head = head
        self._todays: dict[RepoPath, _Today] = {}
        self._text_today = text_today
        self._reader = ObjectReader(repository)
        self._changes = ChangeReader(repository)
        self._trails = LineTrails(repository, head, self._reader, self._changes)
        self._passages = self._trails.passages

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the processes that wait."""
        self._reader.close()
        self._changes.close()

    def follow(self, revision: Revision | None, path: RepoPath, line: int, cancellation: Cancellation) -> Drift:
        """Return where a line of the build's commit stands today. Raises: CancelledError."""
        if revision is None:
            return Drift(path, line, LineState.UNKNOWN, NO_BUILD)
        texts = self._passages.text(revision, path)
        if texts is None:
            return Drift(path, line, LineState.UNKNOWN, f"The build's commit {revision[:7]} has no text of {path}.")
        if not 1 <= line <= len(texts):
            return Drift(
                path, line, LineState.UNKNOWN, f"At the build's commit {revision[:7]} {path} has no such line."
            )
        return self._followed(LineAt(revision, path, line), cancellation)

    def text_then(self, revision: Revision, path: RepoPath, line: int) -> str | None:
        """Return what a line of a commit says; None when there is no such line."""
        texts = self._passages.text(revision, path) or ()
        return texts[line - 1] if 1 <= line <= len(texts) else None

    def _followed(self, asked: LineAt, cancellation: Cancellation) -> Drift:
        place = self._passages.shared(asked, cancellation)
        if place is None:
            return self._compared(asked, cancellation)
        trail = self._trails.follow(place, cancellation)
        if trail.there is not None:
            return self._found(asked, trail.there, trail)
        return self._deleted(asked, trail.end or Disappearance(place, None), cancellation)

    def _found(self, asked: LineAt, there: LineAt, trail: Trail) -> Drift:
        """Tell of a line that HEAD has."""
        today = self._today(there.path)
        if today is None:
            reason = f"HEAD has the line in {there.path}, which is not in the work tree: its removal is not committed."
            return Drift(there.path, None, LineState.DELETED, reason)
        standing = today.edited.standing(there.line)
        line = today.number(standing.line)
        if standing.shape is Shape.GONE:
            reason = "HEAD has the line; changes that are not committed took it away."
            return Drift(there.path, line, LineState.DELETED, reason)
        reasons = [f"The line came through unchanged from the build's commit {asked.revision[:7]}."]
        if trail.rewritten_by:
            who = ", ".join(commit[:7] for commit in trail.rewritten_by)
            reasons = [f"The line of the build's commit {asked.revision[:7]} was moved or reformatted by {who}."]
        if there.path != asked.path:
            reasons.append(f"Its file was {asked.path} then.")
        if standing.shape is not Shape.SAME:
            how = "gave it other blanks" if standing.shape is Shape.RESPACED else "moved it"
            reasons.append(f"Changes that are not committed {how}.")
        return Drift(there.path, line, _state(asked, there.path, line), " ".join(reasons))

    def _deleted(self, asked: LineAt, end: Disappearance, cancellation: Cancellation) -> Drift:
        """Tell of a line that no commit took over: unless somebody wrote it there again."""
        last = end.last
        who = f"Commit {end.by[:7]}" if end.by else f"A commit after {last.revision[:7]}"
        passage = self._passages.passage(last.revision, last.path, cancellation)
        today = self._today(passage.path) if passage.path else None
        if passage.path is None or today is None:
            return Drift(last.path, None, LineState.DELETED, f"{who} took the line away; its file has gone.", end.by)
        texts = self._passages.text(last.revision, last.path) or ()
        stayed = passage.lines.get
        place = instead(texts, last.line, today.lines, lambda line: today.edited.stayed(stayed(line)))
        line = today.number(place)
        if place and texts[last.line - 1].strip() and texts[last.line - 1].strip() == today.lines[place - 1].strip():
            reason = f"{who} took the line away, and it was written in the same place again."
            return Drift(passage.path, line, _state(asked, passage.path, line), reason)
        reason = f"{who} took the line away; what stands in its place is told."
        return Drift(passage.path, line, LineState.DELETED, reason, end.by)

    def _compared(self, asked: LineAt, cancellation: Cancellation) -> Drift:
        """Tell of a line that no commit in HEAD's history has, by comparing texts."""
        span = Span(asked.revision, self._head)
        path = name_today(self._repository, self._reader, span, asked.path, cancellation) or asked.path
        today = self._today(path)
        because = f"HEAD's history does not have the build's commit {asked.revision[:7]}, which has the line; "
        if today is None:
            return Drift(asked.path, None, LineState.DELETED, because + "its file is not there today.")
        standing = EditedText(self._passages.text(asked.revision, asked.path) or (), today.lines).standing(asked.line)
        line = today.number(standing.line)
        if standing.shape is Shape.GONE:
            return Drift(path, line, LineState.DELETED, because + "today's file has no such line.")
        return Drift(path, line, _state(asked, path, line), because + "today's file has a line that reads the same.")

    def _today(self, path: RepoPath) -> "_Today | None":
        text = self._text_today(path)
        if text is None:
            return None
        known = self._todays.get(path)
        if known is None or known.text is not text:
            lines = plain_lines(text.encoded())
            known = _Today(text, lines, EditedText(self._passages.text(self._head, path) or (), lines))
            self._todays[path] = known
        return known


@frozen(eq=False)
class _Today:
    """The text in front of us, beside HEAD's."""

    text: Text
    lines: Sequence[str]
    edited: EditedText

    def number(self, git_line: int | None) -> int | None:
        """Return the editor's number of a line."""
        return next(iter(self.text.lines_of_git_line(git_line)), None) if git_line else None


def _state(asked: LineAt, path: RepoPath, line: int | None) -> LineState:
    return LineState.EXACT if (path, line) == (asked.path, asked.line) else LineState.MOVED
