"""What one commit wrote and took away, line by line."""

from attrs import frozen

from backstory.model.names import RepoPath


@frozen
class Replacement:
    """Neighbouring lines that a commit wrote into a file, and those that it took away there."""

    first: int
    """Where the first added line stands in the file at the commit, 1-based."""

    added: tuple[str, ...]
    """Without line ends; empty where lines were only taken away."""

    removed: tuple[str, ...] = ()
    """What stood there before, without line ends; empty for a merge, which takes nothing away by itself."""

    first_removed: int = 0
    """Where the first removed line stood in the file before, 1-based; 0 when nothing was removed."""


@frozen
class FileChange:
    """What a commit did to one file; a file that was only renamed has none."""

    path: RepoPath
    """The name at the commit; of a file that is gone, the name before."""

    replacements: tuple[Replacement, ...]
    path_before: RepoPath | None = None
    """The name before, for a renamed file; None when it is the same or there was no such file."""
