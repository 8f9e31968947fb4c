"""The files of a repository: git's own list, of a commit or of what is checked out."""

from collections import OrderedDict
from pathlib import Path

from backstory.history.cancel import Cancellation
from backstory.history.repository import Repository, run_in
from backstory.model.names import RepoPath, Revision

_KEPT = 8
"""Lists that are remembered: of a large repository one takes ten megabytes."""

_FILES = frozenset({"100644", "100755", "100664"})
"""Modes of files with contents of their own: neither links nor submodules."""


def tracked_paths(repository: Repository, cancellation: Cancellation | None = None) -> tuple[RepoPath, ...]:
    """Return the files that git tracks in the work tree, in git's order; one git call, none while the index stays.

    Raises: CancelledError, GitFailedError.
    """
    stamp = _index_stamp(repository.git_dir)
    return _listed(repository, ("index", stamp), ["ls-files", "-z", "--stage", "--full-name"], cancellation)


def paths_at(
    repository: Repository, revision: Revision, cancellation: Cancellation | None = None
) -> tuple[RepoPath, ...]:
    """Return the files of a commit, in git's order; one git call, none when it was asked lately.

    Raises: CancelledError, GitFailedError.
    """
    return _listed(repository, ("revision", revision), ["ls-tree", "-r", "-z", "--full-tree", revision], cancellation)


_known: OrderedDict[tuple[Path, object], tuple[RepoPath, ...]] = OrderedDict()


def _listed(
    repository: Repository, stamp: tuple[str, object], args: list[str], cancellation: Cancellation | None
) -> tuple[RepoPath, ...]:
    key = (repository.git_dir, stamp)
    known = _known.pop(key, None)
    paths = known if known is not None else _paths_in(run_in(repository, args, cancellation=cancellation))
    _known[key] = paths
    while len(_known) > _KEPT:
        _known.popitem(last=False)
    return paths


def _paths_in(output: bytes) -> tuple[RepoPath, ...]:
    r"""Return the files of a listing: `100644 <id> 0\tsrc/main.py\0` or `100644 blob <id>\tsrc/main.py\0`.

    A file with conflicts stands there once for each side.
    Source: git-ls-files(1) and git-ls-tree(1), section *Output*.
    """
    records = output.decode("utf-8", "surrogateescape").split("\0")
    split = (record.partition("\t") for record in records)
    return tuple(dict.fromkeys(RepoPath(path) for facts, _, path in split if facts[:6] in _FILES))


def _index_stamp(git_dir: Path) -> tuple[int, int, int] | None:
    """Return what changes when git writes the index; None where there is none yet."""
    try:
        found = (git_dir / "index").stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
