"""A git repository: where it is, what kind it is, and how to find it."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from backstory.history.cancel import Cancellation
from backstory.history.command import run_git
from backstory.history.configuration import Configuration, configuration
from backstory.history.discovery import find_repository
from backstory.history.executable import git_executable
from backstory.history.paths import composed, relative_parts, repo_path_of, stored_spelling
from backstory.history.ref_files import checked_out
from backstory.model.errors import NotARepositoryError, UnknownRevisionError
from backstory.model.names import RepoPath, Revision

if TYPE_CHECKING:
    from git import Repo


@frozen
class Repository:
    """One repository, or one linked work tree of it; equal when its git directory is the same."""

    git_dir: Path
    common_dir: Path = field(eq=False)
    """Where refs and objects are; differs from `git_dir` in a linked work tree."""

    root: Path | None = field(eq=False)
    """The top of the work tree; None when there is none."""

    object_format: Literal["sha1", "sha256"] = field(eq=False)
    is_bare: bool = field(eq=False)

    @property
    def directory(self) -> Path:
        """Where git commands run, so that paths are the repository's."""
        return self.root or self.git_dir

    @property
    def configuration(self) -> Configuration:
        """Git's settings here, read again when their files change."""
        return configuration(self.directory, self.git_dir, self.common_dir)

    @property
    def is_shallow(self) -> bool:
        """Whether the clone's history is cut off somewhere, as of now."""
        return bool(self.shallow_revisions)

    @property
    def shallow_revisions(self) -> frozenset[Revision]:
        """The commits whose parents the clone left out, as of now."""
        try:
            text = (self.common_dir / "shallow").read_text("ascii", "replace")
        except OSError:
            return frozenset()
        return frozenset(map(Revision, text.split()))

    @property
    def is_partial(self) -> bool:
        """Whether the clone may lack objects that its remote promises to have."""
        settings = self.configuration
        return settings.get("extensions.partialclone") is not None or any(
            key.startswith("remote.") and key.endswith(".promisor") and settings.is_true(key) for key in settings.values
        )


def discover(path: Path) -> Repository:
    """Return the repository that holds `path`, which need not exist as long as a folder above it does.

    Raises: NotARepositoryError, UnsafeRepositoryError, GitMissingError, GitFailedError.
    """
    folder = _existing_folder(path.absolute())
    found = find_repository(folder)
    if found.is_inside_git_dir and not found.is_bare and found.git_dir.name == ".git":
        found = find_repository(found.git_dir.parent)
    object_format: Literal["sha1", "sha256"] = "sha256" if found.object_format == "sha256" else "sha1"
    return Repository(found.git_dir, found.common_dir, found.root, object_format, found.is_bare)


def head(repository: Repository) -> Revision | None:
    """Return the commit that is checked out, None on a branch without commits; most often no git call."""
    return checked_out(repository.git_dir, repository.common_dir) or _commit_named(repository, "HEAD")


def resolve_revision(repository: Repository, name: str) -> Revision:
    """Return the commit that `name` means.

    Raises: UnknownRevisionError.
    """
    found = None if name.startswith("-") else _commit_named(repository, name)
    if found is None:
        raise UnknownRevisionError(f"{name} is no commit of this repository.")
    return found


def repo_path(repository: Repository, path: Path) -> RepoPath | None:
    """Return the path as git stores it; None when it is outside the work tree or inside the git directory.

    Folders on the way may be symbolic links; the last name is taken as it is, because git stores links as themselves.
    """
    if repository.root is None:
        return None
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  # `..` goes away as in an editor, before links are followed
    real = Path(os.path.realpath(absolute.parent)) / absolute.name
    if relative_parts(repository.git_dir, real) is not None:
        return None
    parts = relative_parts(repository.root, absolute)
    if parts is None or any(parent.is_symlink() for parent in _between(repository.root, parts)):
        parts = relative_parts(repository.root, real) or _parts_below(repository.root, real)
    if not parts or parts[0] == ".git":
        return None
    return repo_path_of(_as_stored(repository, repository.root, parts))


def remotes(repository: Repository) -> tuple[str, ...]:
    """Return the names of the remotes, in the order of the configuration."""
    with _opened(repository) as repo:
        return tuple(remote.name for remote in repo.remotes)


def fetches_notes(repository: Repository, remote: str) -> bool:
    """Tell whether a plain `git fetch` from `remote` brings refs/notes."""
    with _opened(repository) as repo:
        refspecs = repo.config_reader().get_values(f'remote "{remote}"', "fetch", "")
        return any(str(refspec).lstrip("+").startswith(("refs/notes/", "refs/*:")) for refspec in refspecs)


def has_commit_graph(repository: Repository) -> bool:
    """Tell whether somebody wrote a commit-graph."""
    info = repository.common_dir / "objects" / "info"
    return (info / "commit-graph").exists() or (info / "commit-graphs").is_dir()


def run_in(
    repository: Repository, args: Sequence[str], *, cancellation: Cancellation | None = None, check: bool = True
) -> bytes:
    """Run a git command at the top of the repository and return its output."""
    return run_git(repository.directory, args, cancellation=cancellation, check=check).stdout


def _commit_named(repository: Repository, name: str) -> Revision | None:
    output = run_in(repository, ["rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"], check=False)
    return Revision(output.decode("ascii").strip()) if output else None


def _existing_folder(path: Path) -> Path:
    for folder in (path, *path.parents):
        if folder.is_dir():
            return folder
    raise NotARepositoryError(f"There is no folder above {path}.")


def _between(root: Path, parts: Sequence[str]) -> Iterator[Path]:
    """Return the folders from `root` down to the one that holds the last name."""
    folder = root
    for part in parts[:-1]:
        folder /= part
        yield folder


def _parts_below(root: Path, path: Path) -> tuple[str, ...] | None:
    """Return the names from `root` down to `path` when `root` goes by another name there (`/users/ada`, a mount)."""
    for parent in path.parents:
        if parent.exists() and parent.samefile(root):
            return relative_parts(parent, path)
    return None


def _as_stored(repository: Repository, root: Path, parts: Sequence[str]) -> Sequence[str]:
    settings = repository.configuration
    if settings.is_true("core.precomposeunicode"):
        parts = composed(parts)
    if settings.is_true("core.ignorecase"):
        parts = stored_spelling(parts, lambda above: _names_in(root.joinpath(*above)))
    return parts


def _names_in(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208  # names, not paths
    except OSError:
        return []


@contextmanager
def _opened(repository: Repository) -> "Iterator[Repo]":
    """Give GitPython's view, for what is asked rarely: importing it costs more than most git commands."""
    os.environ.setdefault("GIT_PYTHON_GIT_EXECUTABLE", git_executable())
    from git import Repo  # noqa: PLC0415

    repo = Repo(repository.git_dir if repository.root is None else repository.root)
    try:
        yield repo
    finally:
        repo.close()
