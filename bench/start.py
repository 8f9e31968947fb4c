"""Proves that the server is there almost as soon as an empty one.

    python -m bench.start

From starting the process to the answer of `initialize`, in turn with an empty pygls server, both with their byte code
cached: median at most 1.2 times.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.lsp_client import BACKSTORY, FLOOR, LspClient
from bench.result import Result, conclude

STARTS = 20


def measure() -> list[Result]:
    """Start both servers in turn; the first start of each only fills the caches."""
    with tempfile.TemporaryDirectory() as folder:
        pairs = [[start_seconds(command, Path(folder)) for command in (BACKSTORY, FLOOR)] for _ in range(STARTS + 1)]
    value, least = (statistics.median(times) for times in zip(*pairs[1:], strict=True))
    return [Result("start to initialize, median", value * 1_000, 1.2, least * 1_000, "ms")]


def start_seconds(command: list[str], folder: Path) -> float:
    """Seconds from starting a server to its first answer."""
    started = time.perf_counter()
    with LspClient(command, folder) as client:
        client.initialize()
        return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(conclude(measure()))
