"""Where the frames of a stack trace stand today, and which functions are suspected of its error."""

from enum import StrEnum

from attrs import field, frozen

from backstory.model.names import RepoPath, Revision
from backstory.model.stacktrace import Frame, StackTrace


class LineState(StrEnum):
    """What became of a line between the build that failed and the text in front of us."""

    EXACT = "exact"
    """It stands at the same number in the same file."""

    MOVED = "moved"
    """It stands elsewhere: at another number, or in another file."""

    DELETED = "deleted"
    """It stands nowhere any more; the place told is where it stood."""

    UNKNOWN = "unknown"
    """Nobody can say: no build is named, or its history is not here.

    The place told has the trace's own number, or is where the frame's function begins when that number is not in it.
    """


@frozen
class Candidate:
    """A file that a frame may mean."""

    repository: str
    """The absolute path of the work tree's root."""

    path: RepoPath
    because: str
    """Why it is one, in words that a person can check."""


@frozen
class Resolved:
    """The one place in the text of today that a frame means."""

    repository: str
    """The absolute path of the work tree's root."""

    path: RepoPath
    line: int | None
    """1-based, in the open buffer where there is one; of a deleted line the one that now stands in its place.

    None where the frame tells no line and its function is not found, and for a deleted line whose file has gone.
    """

    function: str | None
    """The function that holds the line today, qualified."""

    state: LineState
    revision: Revision | None
    """The commit of the build that failed; None when nobody named one."""

    because: str
    """How the line was found: the evidence for `state`."""

    deleted_by: Revision | None = None
    """The commit that took the line away, where that is known."""


@frozen
class LocatedFrame:
    """A frame, and what it means in the repositories at hand."""

    frame: Frame
    is_library: bool
    """Whether it is code of others: folded, never a suspect."""

    because: str
    """Why it was given this file, why none, or why it is a library's."""

    resolved: Resolved | None = None
    candidates: tuple[Candidate, ...] = ()
    """The files it may mean when nothing decides between them, the likeliest first; empty when `resolved` is told."""


@frozen
class Suspect:
    """A function that may be to blame, and why."""

    repository: str
    path: RepoPath
    function: str | None
    """Qualified; None for code outside any function."""

    line: int | None
    """1-based, in the text of today: the frame's line where there is one, else where the function begins."""

    score: int
    """The sum of its reasons' points; higher is more suspicious. Says nothing across traces."""

    reasons: tuple[str, ...]
    """Each with its evidence and its points, the weightiest first."""


@frozen
class LocatedTrace:
    """A stack trace with its frames in today's text."""

    trace: StackTrace
    frames: tuple[LocatedFrame, ...]
    """In the order of the trace's own: innermost first."""

    suspects: tuple[Suspect, ...] = ()
    """The most suspicious first; for the whole report they stand with its first trace only."""

    build: Revision | None = None
    """The commit of the build that failed."""

    remarks: tuple[str, ...] = field(default=())
    """What a reader must know of all frames: that no build is named, that its tag is not here and what fetches it."""
