"""Objects that a clone lacks: telling that they are missing, without git trying to fetch them."""

from backstory.history.command import run_git
from backstory.history.paths import shell_quoted
from backstory.history.repository import Repository
from backstory.model.errors import MissingObjectsError
from backstory.model.names import RepoPath


def missing_objects(repository: Repository, revision: str, path: RepoPath | None = None) -> frozenset[str]:
    """Return the objects that the clone lacks of one revision, or of the history of one path from there on.

    `rev-list --missing` is a command that never fetches.
    """
    scope = ("--no-walk", revision) if path is None else (revision, "--", path)
    args = ["rev-list", "--objects", "--missing=print", *scope]
    finished = run_git(repository.directory, args, check=False)
    lines = finished.stdout.decode("utf-8", "replace").splitlines()
    return frozenset(line[1:] for line in lines if line.startswith("?"))


def raise_if_missing(repository: Repository, revision: str, path: RepoPath | None = None) -> None:
    """Raise MissingObjectsError when that is why git failed at `revision`."""
    missing = missing_objects(repository, revision, path)
    if missing:
        what = f"the history of {path}" if path is not None else revision
        raise MissingObjectsError(
            f"This clone lacks {len(missing):,} objects of {what}.", bring_missing(repository, revision, path)
        )


def bring_missing(repository: Repository, revision: str, path: RepoPath | None = None) -> str:
    """Return the command with which git fetches what it needs of a revision, or of one path's history."""
    git = f"git -C {shell_quoted(repository.directory)}"
    if path is not None:
        return f"{git} blame {revision} -- {shell_quoted(path)}"
    return f"{git} rev-list --objects --no-walk {revision}"
