"""Proves that a hover costs little more than the protocol itself.

    python -m bench.hover

1,000 hovers on random lines of a 10,000-line file, half of it written by agents, with an edit before every ten. The
same messages go in turn to Backstory and to an empty pygls server. Median at most 3 times, 99th percentile at most 5
times the empty server's. Answers on lines that an agent wrote must be Markdown that names the agent.
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench import long_file
from bench.long_file import LongFile
from bench.lsp_client import BACKSTORY, FLOOR, LspClient, edit_at
from bench.result import Result, conclude

HOVERS = 1_000
HOVERS_PER_EDIT = 10
SEED = 20_261_122


def measure() -> list[Result]:
    """Run both servers side by side."""
    with tempfile.TemporaryDirectory() as folder:
        file = long_file.write(Path(folder) / "long")
        with LspClient(BACKSTORY, file.repository) as server, LspClient(FLOOR, file.repository) as floor:
            for client in (server, floor):
                client.initialize()
                client.open(file.path, "python")
            for row, tool in enumerate(file.tools):
                if tool and row % 100 == 5:
                    server.hover_until(file.path, row, tool)
            value, least, unnamed = compare(server, floor, file)
    return [
        Result("hover, median", statistics.median(value), 3, statistics.median(least), "ms"),
        Result("hover, 99th percentile", percentile_99(value), 5, percentile_99(least), "ms"),
        Result("hovers on an agent's line that do not name it", unnamed, 0),
    ]


def compare(server: LspClient, floor: LspClient, file: LongFile) -> tuple[list[float], list[float], int]:
    """Milliseconds of each hover of both servers, and how many answers did not name the agent."""
    chance = random.Random(SEED)
    tools, inserted = list(file.tools), -1
    value, least, unnamed = [], [], 0
    for turn in range(HOVERS):
        if turn % HOVERS_PER_EDIT == 0:
            version = turn // HOVERS_PER_EDIT + 2
            edit, inserted = next_edit(chance, tools, inserted)
            for client in (server, floor):
                client.change(file.path, version, edit)
        row = chance.randrange(long_file.LINES)
        milliseconds, text = timed_hover(server, file.path, row)
        value.append(milliseconds)
        least.append(timed_hover(floor, file.path, row)[0])
        unnamed += (tools[row] or "").lower() not in (text or "").lower()
    return value, least, unnamed


def next_edit(chance: random.Random, tools: list[str | None], inserted: int) -> tuple[dict[str, object], int]:
    """In turn insert a line somewhere and take it out again; keeps `tools` in step. Answers the inserted row or -1."""
    if inserted >= 0:
        del tools[inserted]
        return edit_at(inserted, 0, "", until=(inserted + 1, 0)), -1
    row = chance.randrange(long_file.LINES)
    tools.insert(row, None)
    return edit_at(row, 0, "    # typed just now\n"), row


def timed_hover(client: LspClient, path: Path, row: int) -> tuple[float, str | None]:
    """Milliseconds from question to answer, and the answer."""
    started = time.perf_counter()
    text = client.hover(path, row)
    return (time.perf_counter() - started) * 1_000, text


def percentile_99(samples: list[float]) -> float:
    """Value that one sample in a hundred exceeds."""
    return statistics.quantiles(samples, n=100)[98]


if __name__ == "__main__":
    sys.exit(conclude(measure()))
