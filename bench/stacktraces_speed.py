"""What reading a long log costs, beside a loop of one compiled regular expression per line in the same run.

    python -m bench.stacktraces_speed [--megabytes 50]

The log is made up: six services' lines, a stack trace every thousand or so. Also: twice the size in time and in memory.
"""

import argparse
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from backstory.stacktraces.parse import parse_lines
from bench.result import Result, conclude

SAMPLES = Path(__file__).parent.parent / "tests" / "samples" / "stacktraces"
FLOOR = re.compile(r"\b(?:ERROR|Exception|Traceback)\b")
LINES = (
    '10.0.{a}.{b} - - [07/Mar/2025:16:{c:02}:{d:02} +0000] "GET /api/v1/cart/{n}?page={a} HTTP/1.1" 200 {n} "-"',
    "2025-03-07 16:{c:02}:{d:02},{a:03} INFO  [http-nio-8080-exec-{a}] c.shop.web.CartController - cart {n} costs {b}",
    'I0307 16:{c:02}:{d:02}.{n:06}       1 reconciler.go:{a}] "Reconciled" controller="cart" name="cart-{b}"',
    '{{"level":"info","ts":1741363{n:03}.{a},"caller":"cart/total.go:{b}","msg":"priced","items":{d},"took":"{c}ms"}}',
    "Mar  7 16:{c:02}:{d:02} node-{a} kubelet[{n}]: probe of cart-{b} took {d}.{a}ms (0x{n:x}) in namespace shop",
    "[2025-03-07T16:{c:02}:{d:02}.{a:03}Z] DEBUG: worker #{a} at queue priority {b} handled job {n} in {d} ms",
)


def main() -> int:
    """Print the costs; 1 when one is missed."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--megabytes", type=float, default=50)
    reader.add_argument("--peak", type=Path, help="only read this file and print the peak of memory, in MB")
    arguments = reader.parse_args()
    if arguments.peak:
        read(arguments.peak)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        half, whole = Path(folder, "half.log"), Path(folder, "whole.log")
        write(half, arguments.megabytes / 2)
        write(whole, arguments.megabytes)
        floor = min(timed(search, whole) for _ in range(3))
        small, large = (min(timed(read, path) for _ in range(2)) for path in (half, whole))
        memory = [peak(path) for path in (half, whole)]
    return conclude(
        [
            Result(f"{arguments.megabytes:g} MB of log, beside a regex per line", large, 5, floor, "s"),
            Result("twice the size: time", large, 2.2, small, "s"),
            Result("twice the size: memory at its peak", memory[1], 1.1, memory[0], "MB"),
        ]
    )


def write(path: Path, megabytes: float) -> None:
    """Make the log up; the same each time."""
    chance = random.Random(5)
    traces = [sample.read_text(encoding="utf-8") for sample in sorted(SAMPLES.glob("*/*.txt"))]
    with path.open("w", encoding="utf-8") as log:
        while log.tell() < megabytes * 1e6:
            for _ in range(1000):
                a, b, n = chance.randrange(250), chance.randrange(250), chance.randrange(100_000)
                line = chance.choice(LINES).format(a=a, b=b, c=chance.randrange(60), d=chance.randrange(60), n=n)
                log.write(line + "\n")
            log.write(chance.choice(traces) + "\n")


def search(path: Path) -> None:
    """Search each line for one regular expression."""
    found = FLOOR.search
    with path.open(encoding="utf-8") as log:
        for line in log:
            found(line)


def read(path: Path) -> None:
    """Read each stack trace and forget it."""
    with path.open(encoding="utf-8") as log:
        for _ in parse_lines(log):
            pass


def timed(work: Callable[[Path], None], path: Path) -> float:
    """Return the seconds that the work took."""
    start = time.perf_counter()
    work(path)
    return time.perf_counter() - start


def peak(path: Path) -> float:
    """Return the megabytes that a process of its own takes at most to read the file."""
    command = [sys.executable, "-m", "bench.stacktraces_speed", "--peak", str(path)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    sys.exit(main())
