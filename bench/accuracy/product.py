"""Asks the program under test, in a process with an empty home: no store, no transcripts but the repository's."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import KW_ONLY, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

ANSWERING = Path(__file__).with_name("answering.py")

Said = dict[str, Any]
"""One line as `backstory blame --json` has it."""


@dataclass
class Product:
    """The program, started on one repository; its costs are known once it has ended."""

    root: Path
    _: KW_ONLY
    reads_requests: bool = False
    peak_mib: float = 0.0
    wall_seconds: float = 0.0
    unanswered: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._home = tempfile.TemporaryDirectory(prefix="backstory-home-")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "XDG_"))}
        command = [
            sys.executable,
            "-P",
            str(ANSWERING),
            str(self.root),
            *(["--requests"] if self.reads_requests else []),
        ]
        self._process = subprocess.Popen(
            command, env=inherited | {"HOME": self._home.name}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        answer, _ = self._process.communicate()
        self._home.cleanup()
        if error is None:
            self.peak_mib = json.loads(answer)["peak_mib"]

    def lines(self, path: str) -> list[Said]:
        """List what is said of each line of a file; nothing where the program has no answer."""
        started = time.perf_counter()
        asking, answering = _pipe(self._process.stdin), _pipe(self._process.stdout)
        asking.write(json.dumps(path).encode() + b"\n")
        asking.flush()
        answer = answering.readline()
        if not answer:
            raise RuntimeError(f"the program died over {path}")
        self.wall_seconds += time.perf_counter() - started
        lines: list[Said] | None = json.loads(answer)
        if lines is None:
            self.unanswered.append(path)
        return lines or []


def _pipe(stream: "IO[bytes] | None") -> "IO[bytes]":
    if stream is None:
        raise RuntimeError("the program has no pipe")
    return stream
