"""A git blame that runs in a thread of its own, while others look things up."""

import threading
import time
from contextlib import suppress
from queue import Empty, SimpleQueue

from backstory.history.blame import stream_blame
from backstory.history.cancel import Cancellation
from backstory.history.repository import Repository
from backstory.model.errors import BackstoryError, GitFailedError
from backstory.model.history import CommitFacts, Hunk
from backstory.model.names import RepoPath, Revision

GATHERING_SECONDS = 0.02
"""How long hunks gather, so that they are taken many at a time."""

A_MOMENT_SECONDS = 0.003
"""How long they gather while somebody waits for a line."""

_Told = list[Hunk | CommitFacts] | BackstoryError | None
"""What blame has told since, why it failed, or its end."""


class Blaming:
    """Blame of one file at one revision, running from the start."""

    def __init__(
        self, repository: Repository, revision: Revision, path: RepoPath, somebody_waits: threading.Event
    ) -> None:
        self.cancellation = Cancellation()
        self._somebody_waits = somebody_waits
        self._told: SimpleQueue[_Told] = SimpleQueue()
        run = threading.Thread(target=self._run, args=(repository, revision, path), daemon=True, name="blame")
        run.start()

    def hear(self) -> tuple[list[Hunk | CommitFacts], bool]:
        """Return what was told since, waiting until there is something, and whether it was the last.

        Raises: what git blame failed with.
        """
        heard: list[Hunk | CommitFacts] = []
        item = self._told.get()
        with suppress(Empty):
            while item is not None:
                if isinstance(item, BackstoryError):
                    raise item
                heard += item
                item = self._told.get_nowait()
            return heard, True
        return heard, False

    def _run(self, repository: Repository, revision: Revision, path: RepoPath) -> None:
        end: BackstoryError | None = GitFailedError("git blame could not be read.")
        stopped, let_gather = self.cancellation, self._let_gather
        try:
            for told in stream_blame(repository, revision, path, cancellation=stopped, let_gather=let_gather):
                self._told.put(told)
            end = None
        except BackstoryError as error:
            end = error
        finally:
            self._told.put(end)

    def _let_gather(self) -> None:
        if self._somebody_waits.wait(GATHERING_SECONDS):
            time.sleep(A_MOMENT_SECONDS)
