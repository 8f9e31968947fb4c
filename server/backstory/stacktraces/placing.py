"""What a frame was found to be: the file it means, or the files it may mean, and why."""

from attrs import frozen

from backstory.model.located import Candidate


@frozen
class Placing:
    """One frame of a trace among the files of the repositories at hand."""

    frame: int
    """Index in the trace's frames."""

    is_library: bool
    """Whether it is code of others, also when the repository keeps a copy of it."""

    because: str
    """Why it was given this file, why none, or why it is a library's."""

    chosen: Candidate | None = None
    """The one file that it means; None when that is not decided."""

    candidates: tuple[Candidate, ...] = ()
    """The files that it may mean, the likeliest first; empty when one was chosen."""


@frozen
class PathMapping:
    """Where the paths of a build stand in a repository, as somebody configured it: an error tracker's code mapping."""

    stack_root: str
    """How the frames' paths begin, `/app/`."""

    source_root: str
    """What stands there instead in the repository, `backend/src/`; may be empty."""

    repository: str | None = None
    """The absolute path of the work tree's root it speaks of; None for any."""
