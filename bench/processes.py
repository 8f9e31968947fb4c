"""What a child process cost: its answer, its peak memory, its processor time."""

import os
import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
IDLE_SECONDS = 0.4


@dataclass(frozen=True)
class Finished:
    """A command that ended; `peak_mib_with_children` is the larger of its own peak and that of any child."""

    status: int
    output: bytes
    errors: bytes
    peak_mib: float
    peak_mib_with_children: float
    wall_seconds: float


def run_measured(command: list[str], cwd: str) -> Finished:
    """Run a command to its end and measure it."""
    started = time.perf_counter()
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=cwd, stdin=nothing, stdout=pipe, stderr=pipe)
    peaks = [0.0]
    ended = threading.Event()
    watching = threading.Thread(target=watch_peak, args=(process.pid, peaks, ended))
    watching.start()
    errors: list[bytes] = []
    assert process.stdout
    assert process.stderr
    reading = threading.Thread(target=lambda stream: errors.append(stream.read()), args=(process.stderr,))
    reading.start()
    output = process.stdout.read()
    reading.join()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    ended.set()
    watching.join()
    wall_seconds = time.perf_counter() - started
    return Finished(process.returncode, output, errors[0], peaks[0], usage.ru_maxrss / 1024, wall_seconds)


def watch_peak(pid: int, peaks: list[float], ended: threading.Event) -> None:
    """Keep the high-water mark of a process's resident memory, in MiB, while it lives."""
    while not ended.wait(0.01):
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except OSError:
            return
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                peaks[0] = int(line.split()[1]) / 1024


def cpu_seconds(pid: int) -> float:
    """Processor time of a living process, of the children it has waited for and of those that still live."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [child for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / CLOCK_TICKS + sum(cpu_seconds(int(child)) for child in children)


def cpu_seconds_when_idle(pid: int) -> float:
    """Wait until a process and its children spend nothing for a while; their processor time then."""
    last, unchanged_since = cpu_seconds(pid), time.monotonic()
    while time.monotonic() - unchanged_since < IDLE_SECONDS:
        time.sleep(0.02)
        now = cpu_seconds(pid)
        if now != last:
            last, unchanged_since = now, time.monotonic()
    return last


def backstory(*arguments: str) -> list[str]:
    """Command line of the program under test; `-P` keeps modules of the working folder out of it."""
    return [sys.executable, "-P", "-m", "backstory", *arguments]


def children_cpu_seconds() -> float:
    """Processor time of all children of this process that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
