"""Git's objects, read through `git cat-file --batch` processes that stay."""

import re
import threading
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from backstory.history.batch import AskedObject, BatchProcess, GitDiedError, StoredObject
from backstory.history.no_settings import without_settings
from backstory.history.repository import Repository, run_in
from backstory.model.names import Revision

_IDLE_PROCESSES = 2
_LOOKAHEAD = 1_000
_COMMITS_KEPT = 4_000
_OBJECT_ID = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")


class ObjectReader:
    """Reads objects by id or `revision:path`; safe to use from several threads.

    Each call talks to a process of its own; two of them are kept for the next calls. Nothing is ever fetched: what a
    partial clone does not have is missing.
    """

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._lock = threading.Lock()
        self._idle: list[BatchProcess] = []
        self._commits: dict[Revision, bytes | None] = {}
        self._is_closed = False

    @cached_property
    def _is_partial(self) -> bool:
        """Whether objects may be missing; a reader lives too short a time to see a clone become partial."""
        return self._repository.is_partial

    def read(self, name: str) -> bytes | None:
        """Return an object's content; None when the clone does not have it, or has it damaged."""
        found = self.read_object(name)
        return found.content if found else None

    def size(self, name: str) -> int | None:
        """Return an object's size in bytes, keeping none of its content; None when the clone does not have it."""
        found = self.read_object(name, limit=0)
        return found.size if found else None

    def read_object(self, name: str, *, limit: int | None = None) -> StoredObject | None:
        """Return an object; its content is passed over when it has more than `limit` bytes."""
        ((_, found),) = self._answers((name,), limit)
        return found

    def read_many(self, names: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Return each name with its content (None as in `read`), in order, holding one content at a time."""
        for name, found in self._answers(names, None):
            yield name, found.content if found else None

    def read_commits(self, revisions: Collection[Revision]) -> dict[Revision, bytes | None]:
        """Return commits with their content, as `read_many`; those read last are kept: several sources ask for each."""
        with self._lock:
            found = {revision: self._commits[revision] for revision in revisions if revision in self._commits}
        unknown = [revision for revision in revisions if revision not in found]
        read = {Revision(name): content for name, content in self.read_many(unknown)}
        with self._lock:
            self._commits.update(read)
            for revision in list(islice(self._commits, max(len(self._commits) - _COMMITS_KEPT, 0))):
                del self._commits[revision]
        return found | read

    def close(self) -> None:
        """End the processes that wait; those in use end with their call."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for process in idle:
            process.close()

    def _answers(self, names: Sequence[str], limit: int | None) -> Iterator[tuple[str, StoredObject | None]]:
        for start in range(0, len(names), _LOOKAHEAD):
            yield from self._ask(deque(self._askable(names[start : start + _LOOKAHEAD])), limit)

    def _ask(self, waiting: deque[AskedObject], limit: int | None) -> Iterator[tuple[str, StoredObject | None]]:
        """Git dies of a damaged object: what killed a fresh process is given up, the rest is asked of the next."""
        while waiting:
            process = self._take()
            is_usable = False
            try:
                yield from process.ask(waiting, limit)
                is_usable = True
            except GitDiedError:
                if process.answered == 0:
                    yield waiting.popleft().name, None
            finally:
                self._give_back(process, is_usable=is_usable)

    def _askable(self, names: Sequence[str]) -> Iterable[AskedObject]:
        """Return what to write for each name: itself, unless one line cannot hold it or git is to know no names."""
        is_partial = self._is_partial
        for name in names:
            is_clear = _OBJECT_ID.fullmatch(name) or (not is_partial and _fits_a_line(name))
            yield AskedObject(name, name if is_clear else self._id_of(name))

    def _id_of(self, name: str) -> str | None:
        if not name or name.startswith("-") or "\0" in name:
            return None
        output = run_in(self._repository, ["rev-parse", "--verify", "--quiet", name], check=False)
        return output.decode("ascii").strip() or None

    def _take(self) -> BatchProcess:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        variables = without_settings(self._repository) if self._is_partial else {}
        return BatchProcess(self._repository.directory, variables)

    def _give_back(self, process: BatchProcess, *, is_usable: bool) -> None:
        with self._lock:
            is_kept = is_usable and not self._is_closed and len(self._idle) < _IDLE_PROCESSES
            if is_kept:
                self._idle.append(process)
        if not is_kept:
            process.close()


def _fits_a_line(name: str) -> bool:
    """Tell whether git reads back what we write: it splits at line feeds and drops a carriage return before one."""
    return bool(name) and "\n" not in name and "\0" not in name and not name.endswith("\r")
