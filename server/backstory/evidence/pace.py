"""Work in the background of an editor: it takes its time, so that whoever types or hovers finds the processor free."""

import time

from backstory.evidence.source import Progress

LONGEST_REST_SECONDS = 0.2


class Unhurried:
    """Reports progress, and rests after each report for as long as the work since the last one took."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._worked = time.thread_time()

    def __call__(self, done: int, total: int | None, /) -> None:
        """Pass the report on and rest."""
        self._progress(done, total)
        time.sleep(min(time.thread_time() - self._worked, LONGEST_REST_SECONDS))
        self._worked = time.thread_time()
