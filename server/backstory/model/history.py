"""What git's history says of a file, before any evidence of agents is read."""

from datetime import datetime

from attrs import frozen

from backstory.model.names import RepoPath, Revision
from backstory.model.origin import Person


@frozen
class CommitFacts:
    """A commit as `git blame` names it (mail map applied)."""

    revision: Revision
    author: Person
    authored_at: datetime
    """Aware, in the author's own UTC offset."""

    committer: Person
    committed_at: datetime
    subject: str
    is_history_cut: bool = False
    """True when the clone is shallow and ends here: the lines may be older than this commit."""


@frozen
class Hunk:
    """`length` lines of a file at HEAD that one commit wrote side by side."""

    revision: Revision
    path: RepoPath
    """The file's path at `revision`: renames are followed."""

    first_at_revision: int
    first: int
    """First line in the file at HEAD, 1-based."""

    length: int


@frozen
class BlamedLine:
    """A line where its commit wrote it."""

    hunk: Hunk
    commit: CommitFacts
    line: int
    """At the commit, in the file that `hunk` names, 1-based."""
