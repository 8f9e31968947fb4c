"""Objects that a clone lacks: telling that they are missing, without git trying to fetch them."""

from backstory.history.command import run_git
from backstory.history.paths import pathspec, shell_quoted
from backstory.history.repository import Repository
from backstory.model.errors import MissingObjectsError
from backstory.model.names import RepoPath


def missing_objects(repository: Repository, revision: str) -> frozenset[str]:
    """Return the objects that the clone lacks of one revision. `rev-list --missing` is a command that never fetches."""
    return _missing(repository, "--no-walk", revision) or frozenset()


def missing_in_history(repository: Repository, revision: str, path: RepoPath) -> frozenset[str]:
    """Return the objects that the clone lacks of a path's history.

    Of all history where folders are missing too, and in a partial clone that has all of this path: it may have had
    another name.
    """
    of_path = _missing(repository, revision, "--", pathspec(path))
    if of_path is None or (not of_path and repository.is_partial):
        return _missing(repository, revision) or frozenset()
    return of_path


def raise_if_missing(repository: Repository, revision: str, path: RepoPath | None = None) -> None:
    """Raise MissingObjectsError when that is why git failed at `revision`."""
    missing = missing_objects(repository, revision) if path is None else missing_in_history(repository, revision, path)
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


def _missing(repository: Repository, *scope: str) -> frozenset[str] | None:
    finished = run_git(repository.directory, ["rev-list", "--objects", "--missing=print", *scope], check=False)
    lines = finished.stdout.decode("utf-8", "replace").splitlines()
    return frozenset(line[1:] for line in lines if line.startswith("?")) if finished.status == 0 else None
