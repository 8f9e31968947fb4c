"""Proves that from a pasted stack trace to the annotated line costs little beside blaming the file.

    python -m bench.triage REPOSITORY PATH

A Rust backtrace through lines of PATH is pasted into a log, and its frames are hovered until the hover names the line's
agent or commit. *Cold*: the first frame, with a server that has just been started; from opening the log to the answer.
*Warm*: further frames of the same file, each asked once. The floor is the whole `git blame` of the file, timed in turn.
The best of three counts for the cold one, the median for the warm ones.
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.cold import blame_seconds
from bench.lsp_client import BACKSTORY, LspClient
from bench.oracle.blame import TextLine, blame_text
from bench.result import Result, conclude

FRAMES = 20
ROUNDS = 3
SEED = 20_261_123
FIRST_ROW = 4
ROWS_OF_A_FRAME = 2
AGENTS = ("Claude", "Codex", "Cursor")


def measure(repository: Path, path: str) -> list[Result]:
    """Measure both."""
    rows = sorted(random.Random(SEED).sample(list(blame_text(str(repository), path)), FRAMES), key=lambda row: row.line)
    random.Random(SEED).shuffle(rows)
    colds, warms, floors = [], [], []
    for _ in range(ROUNDS):
        floors.append(blame_seconds(repository, path))
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "crash.log"
            log.write_text(backtrace(path, [row.line for row in rows]), encoding="utf-8")
            with LspClient(BACKSTORY, repository) as server:
                server.initialize()
                server.open(log, "log")
                cold, *warm = [answer_seconds(server, log, number, path, row) for number, row in enumerate(rows)]
                colds.append(cold)
                warms += warm
    floor = statistics.median(floors) * 1_000
    return [
        Result("trace to annotated frame, cold", min(colds) * 1_000, 2, floor, "ms"),
        Result("trace to annotated frame, warm", statistics.median(warms) * 1_000, 0.25, floor, "ms"),
    ]


def backtrace(path: str, lines: list[int]) -> str:
    """Print what a Rust program prints when it panics, innermost first."""
    head = f"thread 'main' panicked at {path}:{lines[0]}:9:\nassertion failed: is_known\nstack backtrace:\n"
    frames = (
        f"  {at:>2}: git_ai::daemon::step_{at}\n             at /app/{path}:{line}:9\n" for at, line in enumerate(lines)
    )
    return head + "".join(frames)


def answer_seconds(server: LspClient, log: Path, number: int, path: str, row: TextLine) -> float:
    """Seconds until the hover on a frame tells of its line."""
    started = time.perf_counter()
    text = server.hover(log, FIRST_ROW + ROWS_OF_A_FRAME * number) or ""
    seconds = time.perf_counter() - started
    place = f"{path}, line {row.line}"
    if place not in text.replace("\\", "") or not any(word in text for word in (row.revision[:7], *AGENTS)):
        raise ValueError(f"{place}: the hover tells no origin: {text!r}")
    return seconds


if __name__ == "__main__":
    sys.exit(conclude(measure(Path(sys.argv[1]).resolve(), sys.argv[2])))
