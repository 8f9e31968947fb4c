"""Background work leaves the processor to others about half of the time, and reports as if it did not."""

import time

from backstory.evidence.pace import Unhurried


def test_it_rests_as_long_as_it_worked_and_passes_reports_on():
    reports = []
    progress = Unhurried(lambda done, total: reports.append((done, total)))
    began, worked = time.monotonic(), time.thread_time()
    for done in range(5):
        until = time.thread_time() + 0.02
        while time.thread_time() < until:
            pass
        progress(done, 5)
    assert time.monotonic() - began >= 1.8 * (time.thread_time() - worked)
    assert reports == [(done, 5) for done in range(5)]
