# ruff: noqa: A005 - named as people ask for it, and always run with `-m`, so that it hides nothing
"""Proves that typing costs little more than the protocol itself, and starts no git.

    python -m bench.typing

200 keystrokes in a 10,000-line file, each followed by the cheapest round trip there is (a request no server knows). The
same messages go in turn to Backstory and to an empty pygls server: at most 3 times its time, in wall time of the median
keystroke and in processor time of all of them with the second after them. In another session, under strace, 200
keystrokes must start no process.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench import long_file
from bench.long_file import LongFile
from bench.lsp_client import BACKSTORY, FLOOR, LspClient, edit_at
from bench.processes import cpu_seconds
from bench.result import Result, conclude

KEYSTROKES = 200
ROW = long_file.LINES // 2
SETTLING_SECONDS = 1.0


def measure() -> list[Result]:
    """Type into both servers side by side, then into one that is watched."""
    with tempfile.TemporaryDirectory() as folder:
        file = long_file.write(Path(folder) / "long")
        with LspClient(BACKSTORY, file.repository) as server, LspClient(FLOOR, file.repository) as floor:
            clients = [server, floor]
            for client in clients:
                prepare(client, file)
            server.hover_until(file.path, first_agent_row(file), "claude")
            time.sleep(SETTLING_SECONDS)
            before = [cpu_seconds(client.process.pid) for client in clients]
            strokes = [[keystroke(client, file.path, turn) for client in clients] for turn in range(KEYSTROKES)]
            time.sleep(SETTLING_SECONDS)
            spent = [cpu_seconds(client.process.pid) - was for client, was in zip(clients, before, strict=True)]
        value, least = (statistics.median(times) for times in zip(*strokes, strict=True))
        return [
            Result("keystroke, median", value, 3, least, "ms"),
            Result(f"{KEYSTROKES} keystrokes, processor", spent[0] * 1_000, 3, spent[1] * 1_000, "ms"),
            Result(f"processes started during {KEYSTROKES} keystrokes", processes_started(file, Path(folder)), 0),
        ]


def prepare(client: LspClient, file: LongFile) -> None:
    """Shake hands and open the file."""
    client.initialize()
    client.open(file.path, "python")


def first_agent_row(file: LongFile) -> int:
    """Row that the agent `claude` wrote."""
    return file.tools.index("claude")


def keystroke(client: LspClient, path: Path, turn: int) -> float:
    """Type one character at the end of what was typed so far; milliseconds until the server is free again."""
    started = time.perf_counter()
    client.change(path, turn + 2, edit_at(ROW, turn, "x"))
    client.request("bench/ping", {})
    return (time.perf_counter() - started) * 1_000


def processes_started(file: LongFile, folder: Path) -> int:
    """Count the programs started while somebody types."""
    log = folder / "strace.log"
    watched = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=execve", "-o", str(log), *BACKSTORY]
    with LspClient(watched, file.repository) as server:
        prepare(server, file)
        server.hover_until(file.path, first_agent_row(file), "claude")
        time.sleep(SETTLING_SECONDS)
        before = log.read_text().count("execve(")
        for turn in range(KEYSTROKES):
            keystroke(server, file.path, turn)
        time.sleep(SETTLING_SECONDS)
        return log.read_text().count("execve(") - before


if __name__ == "__main__":
    sys.exit(conclude(measure()))
