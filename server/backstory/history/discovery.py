"""Asking git which repository a folder belongs to, and telling its refusals apart."""

import os
from pathlib import Path

from attrs import frozen

from backstory.history.command import failure, run_git
from backstory.history.paths import shell_quoted
from backstory.model.errors import BackstoryError, GitFailedError, NotARepositoryError, UnsafeRepositoryError

_QUESTIONS = (
    "--show-object-format",
    "--is-bare-repository",
    "--is-inside-git-dir",
    "--absolute-git-dir",
    "--git-common-dir",
    # Last: it fails where there is no work tree, after git has answered the others.
    "--show-toplevel",
)
_TRUST_ANYBODY = ("-c", "safe.directory=*")


@frozen
class Found:
    """What git says of the repository that holds a folder."""

    object_format: str
    is_bare: bool
    is_inside_git_dir: bool
    git_dir: Path
    common_dir: Path
    root: Path | None
    """The top of the work tree; None in a bare repository and inside the git directory."""


def find_repository(folder: Path) -> Found:
    """Return what git says of the repository that holds `folder`: one git call when all is well.

    Raises: NotARepositoryError, UnsafeRepositoryError, GitMissingError, GitFailedError.
    """
    finished = run_git(folder, ["rev-parse", *_QUESTIONS], check=False)
    answers = _lines(finished.stdout)
    if len(answers) < len(_QUESTIONS) - 1:
        raise _refusal(folder, failure(["rev-parse"], finished))
    if len(answers) > len(_QUESTIONS):
        answers = _asked_one_by_one(folder)
    object_format, is_bare, is_inside, git_dir, common_dir, *root = answers
    return Found(
        object_format,
        is_bare == "true",
        is_inside == "true",
        Path(git_dir),
        Path(os.path.realpath(folder / common_dir)),
        Path(root[0]) if root else None,
    )


def _asked_one_by_one(folder: Path) -> list[str]:
    """Return the answers where a path holds a line feed and they cannot be told apart."""
    answers = []
    for question in _QUESTIONS:
        finished = run_git(folder, ["rev-parse", question], check=False)
        if finished.status == 0:
            answers.append(os.fsdecode(finished.stdout).removesuffix("\n"))
    return answers


def _refusal(folder: Path, failed: GitFailedError) -> BackstoryError:
    """Return why git says nothing of `folder`.

    Git uses one status for everything, so the reason is found by asking again as if the owner did not matter (which
    reads the configuration and runs nothing). Git 2.35.2 to 2.37, and older ones with the fix backported, do not
    listen to that: there the owner is looked up.
    """
    trusting = run_git(folder, [*_TRUST_ANYBODY, "rev-parse", "--absolute-git-dir", "--show-toplevel"], check=False)
    places = _lines(trusting.stdout)
    if places:
        return _unsafe(places[-1])
    entry = _repository_entry(folder)
    if entry is None:
        return NotARepositoryError(f"{folder} is in no git repository.")
    if _is_somebody_elses(entry):
        return _unsafe(os.path.realpath(entry.parent if entry.name == ".git" else entry))
    return failed


def _unsafe(place: str) -> UnsafeRepositoryError:
    return UnsafeRepositoryError(
        f"Git refuses to read {place}, because somebody else owns it.",
        f"git config --global --add safe.directory {shell_quoted(place)}",
    )


def _repository_entry(folder: Path) -> Path | None:
    """Return the `.git` above `folder`, or the bare repository it lies in."""
    for parent in (folder, *folder.parents):
        if os.path.lexists(parent / ".git"):
            return parent / ".git"
        if (parent / "HEAD").is_file() and (parent / "objects").is_dir() and (parent / "refs").is_dir():
            return parent
    return None


def _is_somebody_elses(entry: Path) -> bool:
    if not hasattr(os, "geteuid"):
        return False
    return any(place.lstat().st_uid != os.geteuid() for place in (entry, entry.parent))


def _lines(output: bytes) -> list[str]:
    return os.fsdecode(output).removesuffix("\n").split("\n") if output else []
