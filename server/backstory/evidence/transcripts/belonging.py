"""Whether a transcript is about this repository, and where in it a path of the transcript is.

The folder that the transcript recorded decides, by the repository that really is there; never a folder's name.
"""

import os
import re
from enum import Enum, auto
from pathlib import Path

from backstory.evidence.transcripts.head import Head
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.names import RepoPath

_LONGEST_GIT_FILE = 4_096
_SCHEME = re.compile(r"^[a-z+]+://(?:[^/@]*@)?|^[^/@:]+@")


class Belonging(Enum):
    """How sure it is that a transcript is about this repository."""

    NO = auto()
    """It was made in another repository."""
    LOST = auto()
    """Nothing tells where it was made: only a record of this repository that names it can say so."""
    PERHAPS = auto()
    """Nothing is left of where it was made, but what it says of git speaks for it: its lines must as well."""
    YES = auto()


class Belongings:
    """Answers for one repository; remembers what it learnt of folders."""

    def __init__(self, repository: Repository, reader: ObjectReader) -> None:
        self._repository = repository
        self._reader = reader
        self._home = Path(os.path.realpath(repository.common_dir))
        self._enclosing: dict[Path, tuple[Path, Path] | None] = {}

    def of(self, head: Head) -> Belonging:
        """Tell whether a transcript belongs."""
        if head.folder is None or "\0" in head.folder or not os.path.isabs(head.folder):  # noqa: PTH117  # text of a record
            return Belonging.LOST
        folder = Path(head.folder)
        enclosing = self._repository_above(folder)
        if enclosing is not None and enclosing[1] != self._home:
            return Belonging.NO
        if self._contradicts(head):
            return Belonging.NO
        if enclosing is not None:
            return Belonging.YES if folder.is_dir() else Belonging.PERHAPS
        return Belonging.PERHAPS if self._speaks_for(head) else Belonging.LOST

    def place(self, path: str, folder: str | None) -> RepoPath | None:
        """Return a recorded path as the repository has it; None when it lies elsewhere, or nowhere any more."""
        joined = os.path.normpath(os.path.join(folder or "", path))  # noqa: PTH118  # text of a record
        if not os.path.isabs(joined) or "\0" in joined:  # noqa: PTH117
            return None
        enclosing = self._repository_above(Path(joined).parent)
        if enclosing is None or enclosing[1] != self._home:
            return None
        real = Path(os.path.realpath(Path(joined).parent)) / Path(joined).name
        try:
            return RepoPath(real.relative_to(enclosing[0]).as_posix())
        except ValueError:
            return None

    def _repository_above(self, folder: Path) -> tuple[Path, Path] | None:
        """Return the top of the work tree that holds a folder, and its repository's common directory."""
        if folder not in self._enclosing:
            self._enclosing[folder] = _repository_above(Path(os.path.realpath(folder)))
        return self._enclosing[folder]

    def _contradicts(self, head: Head) -> bool:
        """Tell whether a transcript was made in another repository that once stood here: remote and commit are not."""
        remote, commit = head.git_facts.remote, head.git_facts.commit
        if not remote or not commit:
            return False
        return bool(self._remotes()) and same_remote(remote) not in self._remotes() and not self._has(commit)

    def _speaks_for(self, head: Head) -> bool:
        """Tell whether all that a transcript says of git is true here, and it says something."""
        remote, commit = head.git_facts.remote, head.git_facts.commit
        if remote and same_remote(remote) not in self._remotes():
            return False
        if commit and not self._has(commit):
            return False
        return bool(remote or commit)

    def _remotes(self) -> frozenset[str]:
        values = self._repository.configuration.values
        urls = [url for key, found in values.items() if re.fullmatch(r"remote\..+\.url", key) for url in found]
        return frozenset(map(same_remote, urls))

    def _has(self, commit: str) -> bool:
        return bool(re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", commit)) and self._reader.size(commit) is not None


def same_remote(url: str) -> str:
    """Return what URLs of one remote have in common: `git@example.org:ann/shop.git` is `https://example.org/ann/shop`."""
    bare = _SCHEME.sub("", url.strip()).removesuffix("/").removesuffix(".git")
    return re.sub(r":(?:\d+/)?", "/", bare, count=1).lower()


def _repository_above(folder: Path) -> tuple[Path, Path] | None:
    for place in (folder, *folder.parents):
        found = _common_dir(place / ".git")
        if found is not None:
            return place, found
    return None


def _common_dir(entry: Path) -> Path | None:
    """Return the common directory that a `.git` leads to; None when it is none.

    Source: gitrepository-layout(5), `gitdir` files and `commondir`.
    """
    try:
        if entry.is_dir():
            git_dir = entry
        elif entry.is_file():
            told = _first_line(entry).removeprefix("gitdir:").strip()
            git_dir = entry.parent / told
        else:
            return None
        common = git_dir / "commondir"
        return Path(os.path.realpath(git_dir / _first_line(common) if common.is_file() else git_dir))
    except (OSError, ValueError):
        return None


def _first_line(path: Path) -> str:
    with path.open("rb") as stream:
        return os.fsdecode(stream.readline(_LONGEST_GIT_FILE)).strip()
