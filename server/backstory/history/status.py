"""A repository as a whole: what limits its answers, and whether it moved."""

import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from backstory.history.paths import shell_quoted
from backstory.history.repository import Repository, head
from backstory.model.state import State, StateCode

_OPERATIONS = (
    ("rebase-merge", "A rebase is in progress: HEAD moves with every step.", "git rebase --continue"),
    ("rebase-apply", "A rebase or `git am` is in progress: HEAD moves with every step.", "git rebase --continue"),
    ("MERGE_HEAD", "A merge is in progress: conflicted files hold lines of both sides.", "git merge --continue"),
    ("CHERRY_PICK_HEAD", "A cherry-pick is in progress.", "git cherry-pick --continue"),
    ("REVERT_HEAD", "A revert is in progress.", "git revert --continue"),
    ("BISECT_LOG", "A bisection is in progress: HEAD is not where the branch is.", "git bisect reset"),
)


def repository_state(repository: Repository) -> tuple[State, ...]:
    """Return what limits answers in this repository; nothing for most. No git call for most."""
    return tuple(_states(repository))


def watch_token(repository: Repository) -> str:
    """Return a fingerprint that changes when HEAD, records or the shallow border move.

    Not when the index does: a mere `git status` rewrites it. Starts nothing and reads a few small files:
    cheap enough to ask often. Equal tokens mean that nothing moved.
    """
    git_dir, common_dir = repository.git_dir, repository.common_dir
    head_text = _content(git_dir / "HEAD")
    branch = head_text.removeprefix("ref: ").strip()
    watched = [
        head_text,
        _content(common_dir / branch) if branch.startswith("refs/") else "",
        *map(_stamp, (common_dir / name for name in ("packed-refs", "reftable/tables.list"))),
        *map(_stamp, (common_dir / "shallow", *(git_dir / name for name, _, _ in _OPERATIONS))),
        *_record_stamps(common_dir / "refs"),
    ]
    return blake2b("\0".join(watched).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _states(repository: Repository) -> Iterator[State]:
    git = f"git -C {shell_quoted(repository.directory)}"
    if repository.is_bare:
        yield State(StateCode.BARE_REPOSITORY, "This repository is bare: it has history and no files.")
    if head(repository) is None:
        yield State(StateCode.NO_COMMITS, "This repository has no commit yet.")
    if repository.is_shallow:
        yield State(
            StateCode.SHALLOW,
            "This clone is shallow: lines may be older than the commit that blame stops at.",
            f"{git} fetch --unshallow",
        )
    if repository.is_partial:
        yield State(
            StateCode.MISSING_OBJECTS,
            "This clone is partial: contents that were never needed here are missing, and Backstory fetches nothing.",
            f"{git} fetch --refetch --no-filter",
        )
    for name, reason, command in _OPERATIONS:
        if (repository.git_dir / name).exists():
            yield State(StateCode.IN_PROGRESS, reason, command.replace("git", git, 1))


def _record_stamps(refs: Path) -> Iterator[str]:
    """Return a stamp of each loose ref that holds records: notes, Entire's branches, and the copies of each remote."""
    yield from _stamps_below(refs / "notes")
    yield from _stamps_below(refs / "heads" / "entire")
    for remote in sorted(_folders(refs / "remotes")):
        yield from _stamps_below(remote / "notes")
        yield from _stamps_below(remote / "entire")
    # A ref for each checkpoint: there may be thousands, so that only folders are looked at, which change with each.
    checkpoints = refs / "entire" / "checkpoints"
    yield from map(_stamp, (checkpoints, *sorted(_folders(checkpoints))))


def _stamps_below(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            yield f"{path} {_content(path)}"


def _folders(folder: Path) -> list[Path]:
    try:
        return [Path(entry.path) for entry in os.scandir(folder) if entry.is_dir()]
    except OSError:
        return []


def _content(path: Path) -> str:
    """Return what a ref's file says: a ref may move twice within one tick of the clock, so its time is not enough."""
    try:
        return path.read_text("utf-8", "surrogateescape") if path.is_file() else ""
    except OSError:
        return ""


def _stamp(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return "-"
    return f"{found.st_mtime_ns} {found.st_size} {found.st_ino}"
