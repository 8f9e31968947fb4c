"""Repositories that are open: object reader, evidence sources, prompts and files, all of one HEAD."""

import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from backstory.evidence import SOURCES
from backstory.evidence.joined_prompts import JoinedPrompts
from backstory.evidence.kept_requests import KeptRequests
from backstory.evidence.prompts import Prompts
from backstory.evidence.source import OpenSource, Progress
from backstory.history.attributes import AttributeReader
from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository, discover, head
from backstory.history.status import watch_token
from backstory.model.errors import BackstoryError
from backstory.model.names import RepoPath, Revision
from backstory.store.errors import StoreError
from backstory.workspace.head_file import HeadFile
from backstory.workspace.lost_lines import LostLines

Without = Callable[[Path], Collection[str]]
"""Returns the ids of the sources that are not to be read for the repository at a folder."""


def nothing_off(_folder: Path) -> Collection[str]:
    """Let all sources be read."""
    return ()


class OpenedRepository:
    """One repository at one HEAD and one set of records; when either moves, a new one takes its place."""

    def __init__(self, repository: Repository, without: Collection[str] = ()) -> None:
        self.repository, self.without = repository, frozenset(without)
        self._token = watch_token(repository)  # read before HEAD, so that a move between the two is noticed
        self.head: Revision | None = head(repository)
        self.reader = ObjectReader(repository)
        self.attributes = AttributeReader(repository)
        self.sources: dict[str, OpenSource] = {
            source.ID: source.open_source(repository, self.reader) for source in SOURCES if source.ID not in without
        }
        self._was_prepared = False
        self.prompts = Prompts(JoinedPrompts(self.sources, KeptRequests(repository), self.reader))
        self.lost_lines = LostLines(repository, self.reader, self.sources, self.head, self._file)
        self._lock = threading.Lock()
        self._files: dict[tuple[RepoPath, Revision], HeadFile] = {}
        self._postponed_work_began = False

    @property
    def has_moved(self) -> bool:
        """Whether HEAD or a record's ref moved since this was opened; asks the file system, starts nothing."""
        return watch_token(self.repository) != self._token

    def file(self, path: RepoPath, revision: Revision | None = None) -> HeadFile | None:
        """Return the line origins of a file at HEAD or a revision, the same object each time; None without a HEAD."""
        at = revision or self.head
        if at is None:
            return None
        with self._lock:
            if (path, at) not in self._files:
                self._files[path, at] = self._file(path, at)
            return self._files[path, at]

    def _file(self, path: RepoPath, revision: Revision) -> HeadFile:
        return HeadFile(self.repository, self.sources, revision, path, self.lost_lines)

    def files(self) -> tuple[HeadFile, ...]:
        """Return the files that were asked for."""
        with self._lock:
            return tuple(self._files.values())

    def prepare(self) -> None:
        """Let the sources do in a thread of their own what each read needs; worth doing while blame runs."""
        if not self._was_prepared:
            self._was_prepared = True
            threading.Thread(target=self._prepare, daemon=True, name="backstory-prepare").start()

    def _prepare(self) -> None:
        for source in self.sources.values():
            with suppress(BackstoryError):  # `read` meets it again, and says so
                source.prepare()

    def begin_postponed_work(self) -> bool:
        """Tell whether there is work put off that nobody does yet; who hears True is to do it."""
        with self._lock:
            is_ours, self._postponed_work_began = not self._postponed_work_began, True
            return is_ours

    def do_postponed_work(self, cancellation: Cancellation, progress: Progress) -> bool:
        """Do the slow work that was put off: keys looked up in all records, the index of their text. Takes seconds.

        Return whether more can be said now. Raises: `CancelledError`.
        """
        waiting = [source for source in self.sources.values() if source.has_postponed_work()]
        did_resolve = [source.resolve(cancellation, progress) for source in waiting]
        with suppress(StoreError):
            self.lost_lines.prepare(cancellation, progress)
        return any(did_resolve) or self.lost_lines.is_ready

    def close(self) -> None:
        """Give back the processes."""
        self.reader.close()
        self.attributes.close()
        self.lost_lines.close()
        self.prompts.close()
        for source in self.sources.values():
            source.close()


class Repositories:
    """All that are open, found by any path inside them. Safe to use from several threads."""

    def __init__(self, without: Without = nothing_off) -> None:
        self._without = without
        self._lock = threading.Lock()
        self._by_folder: dict[Path, Path] = {}
        self._opened: dict[Path, OpenedRepository] = {}
        self._retired: list[OpenedRepository] = []

    def containing(self, path: Path) -> OpenedRepository:
        """Return the repository that holds `path`.

        Raises: `NotARepositoryError`, `GitMissingError`, `UnsafeRepositoryError`.
        """
        folder = path if path.is_dir() else path.parent
        # Below one `.git` all folders are of one repository, so that git is asked once for all of them.
        top = next((each for each in (folder, *folder.parents) if (each / ".git").exists()), folder)
        with self._lock:
            git_dir = self._by_folder.get(top)
            if git_dir is None:
                repository = discover(path)
                git_dir = self._by_folder[top] = repository.git_dir
                if git_dir not in self._opened:
                    self._opened[git_dir] = OpenedRepository(repository, self._without(top))
            return self._opened[git_dir]

    def reopen_moved(self) -> bool:
        """Open anew each repository whose HEAD or records moved; True if there was one.

        Whoever still holds the old one keeps its answers.
        """
        with self._lock:
            moved = {git_dir: opened for git_dir, opened in self._opened.items() if self._has_moved(opened)}
            for git_dir in moved:
                del self._opened[git_dir]
            # Somebody may still be reading from those that retire now; nobody reads from those of the last time.
            for opened in self._retired if moved else ():
                opened.close()
            self._retired = list(moved.values()) or self._retired
            # A folder may belong elsewhere now: repositories are made, removed and trusted while we run.
            self._by_folder.clear()
        return bool(moved)

    def _has_moved(self, opened: OpenedRepository) -> bool:
        root = opened.repository.root or opened.repository.git_dir
        return opened.has_moved or opened.without != frozenset(self._without(root))

    def close(self) -> None:
        """Close all."""
        with self._lock:
            for opened in (*self._opened.values(), *self._retired):
                opened.close()
            self._retired.clear()
            self._opened.clear()
            self._by_folder.clear()
