"""Work that an editor never waits for: an executor of our own, and jobs that can be called off.

The protocol library reads stdin through the event loop's default pool; slow work there would make the server deaf.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from backstory.history.cancel import Cancellation
from backstory.model.errors import CancelledError

log = logging.getLogger(__name__)

Result = TypeVar("Result")

WORKERS = 6
"""Loading a file waits for git most of its time; more than this many files load one after the other."""


class Jobs:
    """Runs functions in threads; `close` calls off whatever still runs."""

    def __init__(self, workers: int = WORKERS) -> None:
        self._executor = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="backstory")
        self._running: set[Cancellation] = set()

    @property
    def executor(self) -> ThreadPoolExecutor:
        """For a shell that waits for an answer inside its own event loop."""
        return self._executor

    def start(self, work: Callable[[Cancellation], Result], cancellation: Cancellation | None = None) -> Future[Result]:
        """Run `work` with its cancellation; a failure that nobody awaits is logged by its type alone."""
        cancellation = cancellation or Cancellation()
        self._running.add(cancellation)
        future = self._executor.submit(work, cancellation)
        future.add_done_callback(lambda done: self._finished(done, cancellation))
        return future

    def close(self) -> None:
        """Call off every job and take no more."""
        for cancellation in tuple(self._running):
            cancellation.cancel()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _finished(self, future: "Future[Result]", cancellation: Cancellation) -> None:
        self._running.discard(cancellation)
        if future.cancelled():
            return
        error = future.exception()
        if error is not None and not isinstance(error, CancelledError):
            log.warning("a background job failed: %s", type(error).__name__, exc_info=error)
