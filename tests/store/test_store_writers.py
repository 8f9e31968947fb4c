"""Several processes at once, and processes that are killed."""

import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

from keeping import SHOP, asked

HERE = Path(__file__).parent
SERVER = HERE.parent.parent / "server"
WRITES = 200


def writer(first: int, count: int) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": f"{SERVER}{os.pathsep}{HERE}"}
    command = [sys.executable, str(HERE / "fact_writer.py"), str(first), str(count)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def test_no_fact_is_lost_when_the_writer_is_killed_at_any_moment(opened):
    """Writers are killed again and again until 200 facts were acknowledged; each of them is there, whole."""
    moments = random.Random(7)
    acknowledged: list[str] = []
    kills = 0
    while len(acknowledged) < WRITES:
        with writer(len(acknowledged), WRITES) as process:
            acknowledged.append(process.stdout.readline().strip())  # it has begun
            time.sleep(moments.uniform(0, 0.04))
            process.kill()
            acknowledged += [line.strip() for line in process.stdout if line.endswith("\n")]
        kills += 1
        facts = opened.facts()
        assert facts.states == ()
        found = {kept.prompt_key: kept for kept in facts.of(SHOP).all()}
        assert all(key in found and found[key].prompt.request.startswith("Request ") for key in acknowledged)
        facts.close()
    assert kills >= 5


def test_two_processes_and_two_threads_write_at_once(opened):
    facts = opened.facts()
    with writer(0, 50) as one, writer(50, 50) as other:
        threads = [threading.Thread(target=keep_fifty, args=(facts, first)) for first in (100, 150)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (one.wait(), other.wait()) == (0, 0)
    assert {kept.prompt_key for kept in facts.of(SHOP).all()} == {f"e{number}" for number in range(200)}


def keep_fifty(facts, first):
    for number in range(first, first + 50):
        facts.of(SHOP).keep([asked(f"e{number}")])


def test_many_processes_make_the_file_at_once(opened):
    processes = [writer(first, 1) for first in range(8)]
    for process in processes:
        with process:
            assert process.wait() == 0
    assert len(opened.facts().of(SHOP).all()) == 8
