"""Proves that the text index is cheap to keep: a second start reuses it, and nobody waits while it is built.

    python -m bench.index REPOSITORY

Cold and warm: `LostLines.prepare`, what finding lines again needs, in a process of its own each time; first with an
empty state folder, then with the one the first has left. Processor time, git's included; warm at most 3 % of cold, the
best of three warm ones. Peak memory of the cold one, git's apart: at most 300 MiB.

While it is built: a session of the server with an empty state folder. A file is opened and hovered; the first answer
comes before the index is ready. Then hovers on random lines go on until it is; each beside an empty pygls server's.
"""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.cold import language_of, source_files
from bench.hover import percentile_99, timed_hover
from bench.lsp_client import BACKSTORY, FLOOR, LspClient
from bench.processes import children_cpu_seconds
from bench.result import Result, conclude

WARM_RUNS = 3
LONGEST_BUILD_SECONDS = 300
BETWEEN_HOVERS_SECONDS = 0.01
SEED = 20_261_123


def measure(repository: Path) -> list[Result]:
    """Measure both."""
    with tempfile.TemporaryDirectory() as state:
        cold = prepared(repository, state)
        warm = min((prepared(repository, state) for _ in range(WARM_RUNS)), key=lambda each: each["cpu_seconds"])
    print(
        f"cold: {cold['wall_seconds']:.1f} s, {cold['cpu_seconds']:.1f} s of processor; "
        f"warm: {warm['wall_seconds']:.2f} s, {warm['cpu_seconds']:.2f} s of processor"
    )
    return [
        Result(
            "warm start of the index, processor", warm["cpu_seconds"] * 1_000, 0.03, cold["cpu_seconds"] * 1_000, "ms"
        ),
        Result("peak memory of the build, MiB", cold["peak_mib"], 300),
        *while_it_is_built(repository),
    ]


def prepared(repository: Path, state: str) -> dict[str, float]:
    """Let a new process prepare; what it cost."""
    command = [sys.executable, "-m", "bench.index", "--once", str(repository)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=with_state(state))
    costs: dict[str, float] = json.loads(done.stdout)
    return costs


def with_state(folder: str) -> dict[str, str]:
    """Environment of a process that keeps what it keeps in a folder."""
    return {**os.environ, "XDG_STATE_HOME": folder, "XDG_CACHE_HOME": folder}


def prepare_once(repository: Path) -> None:
    """Prepare in this process and print what it cost."""
    from backstory.evidence.source import silent  # noqa: PLC0415  # measured alone, so that its import is not
    from backstory.history.cancel import Cancellation  # noqa: PLC0415
    from backstory.workspace.opened import Repositories  # noqa: PLC0415

    opened = Repositories().containing(repository)
    wall, processor = time.perf_counter(), time.process_time() + children_cpu_seconds()
    opened.lost_lines.prepare(Cancellation(), silent)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    opened.close()
    costs = {
        "wall_seconds": time.perf_counter() - wall,
        "cpu_seconds": time.process_time() + children_cpu_seconds() - processor,
        "peak_mib": peak,
    }
    print(json.dumps(costs))


def while_it_is_built(repository: Path) -> list[Result]:
    """Hover from the opening of a file until the index is ready, beside an empty server."""
    sizes = source_files(repository)
    path = repository / sorted(sizes, key=lambda each: sizes[each])[len(sizes) * 9 // 10]
    rows = len(path.read_bytes().splitlines())
    chance, value, least = random.Random(SEED), [], []
    with tempfile.TemporaryDirectory() as state:
        os.environ.update(with_state(state))
        with LspClient(BACKSTORY, repository) as server, LspClient(FLOOR, repository) as floor:
            for client in (server, floor):
                client.initialize()
                client.open(path, language_of(path))
            started = time.perf_counter()
            first, _ = timed_hover(server, path, chance.randrange(rows))
            while not is_ready(server) and time.perf_counter() - started < LONGEST_BUILD_SECONDS:
                time.sleep(BETWEEN_HOVERS_SECONDS)
                row = chance.randrange(rows)
                value.append(timed_hover(server, path, row)[0])
                least.append(timed_hover(floor, path, row)[0])
            built = time.perf_counter() - started
    print(f"{path.name}: first answer after {first:,.0f} ms, index ready after {built:,.1f} s, {len(value):,} hovers")
    return [
        Result("first answer, of the time until the index is ready", first, 1, built * 1_000, "ms"),
        Result("hover while it is built, median", statistics.median(value), 3, statistics.median(least), "ms"),
        Result("hover while it is built, 99th percentile", percentile_99(value), 5, percentile_99(least), "ms"),
    ]


def is_ready(server: LspClient) -> bool:
    """Whether the server has told the end of looking through all records."""
    told = server.progress
    beginnings = [index for index, each in enumerate(told) if each.startswith("begin") and "all records" in each]
    return bool(beginnings) and "end" in told[beginnings[0] :]


if __name__ == "__main__":
    if sys.argv[1] == "--once":
        prepare_once(Path(sys.argv[2]))
        sys.exit()
    sys.exit(conclude(measure(Path(sys.argv[1]).resolve())))
