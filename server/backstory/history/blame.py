"""Who wrote each line of a file, while git is still finding out."""

import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from attrs import frozen

from backstory.history.blame_records import BlameParser
from backstory.history.cancel import Cancellation
from backstory.history.command import Finished, failure, run_git, stream_git
from backstory.history.ignored_revisions import ignore_lists
from backstory.history.missing import raise_if_missing
from backstory.history.no_settings import without_settings
from backstory.history.paths import pathspec
from backstory.history.repository import Repository, resolve_revision
from backstory.model.errors import GitFailedError
from backstory.model.history import CommitFacts, Hunk
from backstory.model.names import RepoPath, Revision

_GATHERING_SECONDS = 0.002
"""Git hands over each record by itself; waking for each would double what reading them costs."""


def _let_gather() -> None:
    time.sleep(_GATHERING_SECONDS)


@frozen(eq=False)
class Blame:
    """A file at one revision: every line in exactly one hunk, in order."""

    hunks: tuple[Hunk, ...]
    commits: dict[Revision, CommitFacts]


def stream_blame(
    repository: Repository,
    revision: Revision,
    path: RepoPath,
    *,
    cancellation: Cancellation | None = None,
    let_gather: Callable[[], object] = _let_gather,
) -> Iterator[list[Hunk | CommitFacts]]:
    """Return hunks as git finds them, each after the facts of its commit; one git call when all is well.

    They come in lists, as many at a time as gather while `let_gather` lets some time pass. Closing the iterator ends
    git. Raises: UnknownRevisionError, MissingObjectsError, GitFailedError (also when the revision has no such file),
    CancelledError.
    """
    parser = BlameParser(repository.shallow_revisions)
    lists = ignore_lists(repository)
    args = blame_arguments(revision, path, lists.usable)
    variables = without_settings(repository) if repository.is_partial or lists.is_configuration_broken else {}
    with stream_git(repository.directory, args, variables=variables, cancellation=cancellation) as git:
        while chunk := git.read_available():
            yield parser.feed(chunk)
            let_gather()
        finished = git.finish()
    if cancellation is not None:
        cancellation.raise_if_cancelled()
    if finished.status != 0:
        _explain(repository, revision, path, finished)


def blame(
    repository: Repository, revision: Revision, path: RepoPath, *, cancellation: Cancellation | None = None
) -> Blame:
    """Return the whole blame of a file. Raises as `stream_blame` does."""
    hunks: list[Hunk] = []
    commits: dict[Revision, CommitFacts] = {}
    for item in chain.from_iterable(stream_blame(repository, revision, path, cancellation=cancellation)):
        if isinstance(item, Hunk):
            hunks.append(item)
        else:
            commits[item.revision] = item
    return Blame(tuple(sorted(hunks, key=lambda hunk: hunk.first)), commits)


def blame_arguments(revision: Revision, path: RepoPath, lists: tuple[Path, ...] = ()) -> list[str]:
    """Return the arguments of the one blame."""
    options = ["--incremental", "--root", "--encoding=UTF-8", "--no-textconv", "--no-ext-diff"]
    return ["blame", *options, *(f"--ignore-revs-file={each}" for each in lists), revision, "--", path]


def _explain(repository: Repository, revision: Revision, path: RepoPath, finished: Finished) -> None:
    """Raise what a failed blame was about; git has one status for all of it, so facts are looked up."""
    resolve_revision(repository, revision)
    listed = run_git(repository.directory, ["ls-tree", "-z", revision, "--", pathspec(path)], check=False)
    if listed.status == 0 and not listed.stdout:
        raise GitFailedError(f"{path} is not in revision {revision}.")
    raise_if_missing(repository, revision, path)
    raise failure(["blame"], finished)
