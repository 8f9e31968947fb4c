"""Programs that really crash, in the languages whose tools are on this machine; what they print is read.

A mark `@trace.frame function` in a comment says that the line is that frame of that trace, as they are returned: the
exception that ended the program first, innermost frame first. `*` is any function, `-` is none.
"""

import os
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from backstory.stacktraces.parse import parse

PROGRAMS = Path(__file__).parent.parent / "samples" / "crashing"
MARK = re.compile(r"@(\d)\.(\d) (\S(?:[^@\n]*?\S)?)(?=\s*(?:@|\*/|$))")

Commands = Callable[[Path, Path], list[list[str]]]
"""(source, folder to build in) → commands; the last one crashes."""

SANITIZED = ["-g", "-O0", "-fno-omit-frame-pointer", "-w"]
RUNS: list[tuple[str, str, Commands]] = [
    *(
        (program, sys.executable, lambda source, _: [[sys.executable, source.name]])
        for program in ("chained.py", "context.py", "group.py", "syntax.py", "recursion.py", "threads.py", "fault.py")
    ),
    *(
        (program, "node", lambda source, _: [["node", source.name]])
        for program in ("thrown.js", "cause.js", "waiting.mjs")
    ),
    *((program, "perl", lambda source, _: [["perl", source.name]]) for program in ("uncaught.pl", "died.pl")),
    ("panics.go", "go", lambda source, _: [["go", "build", "-gcflags=-l", "-o", "crash", source.name], ["./crash"]]),
    ("Nested.java", "java", lambda source, _: [["java", source.name]]),
    ("panics.rs", "rustc", lambda source, _: [["rustc", "-g", "-o", "panics", source.name], ["./panics"]]),
    (
        "crashes.c",
        "gcc",
        lambda source, _: [["gcc", *SANITIZED, "-fsanitize=address", "-o", "crash", source.name], ["./crash"]],
    ),
    (
        "crashes.c",
        "valgrind",
        lambda source, _: [["gcc", *SANITIZED, "-o", "crash", source.name], ["valgrind", "./crash"]],
    ),
    (
        "crashes.c",
        "gdb",
        lambda source, _: [
            ["gcc", *SANITIZED, "-o", "crash", source.name],
            ["gdb", "-batch", "-ex", "break 9", "-ex", "run", "-ex", "bt", "./crash"],
        ],
    ),
    (
        "overflows.cc",
        "g++",
        lambda source, _: [["g++", *SANITIZED, "-fsanitize=address", "-o", "crash", source.name], ["./crash"]],
    ),
]


@pytest.mark.parametrize(
    ("program", "commands"),
    [
        pytest.param(program, commands, id=f"{program}-{Path(tool).name}")
        for program, tool, commands in RUNS
        if shutil.which(tool)
    ],
)
def test_crash_is_read(program: str, commands: Commands, tmp_path: Path) -> None:
    source = Path(shutil.copy(PROGRAMS / program, tmp_path))
    printed = ""
    for command in commands(source, tmp_path):
        finished = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment())
        printed = finished.stdout + finished.stderr
    traces = [
        [(frame.lineno, frame.function) for frame in trace.frames if (frame.filename or "").endswith(program)]
        for trace in parse(printed)
    ]
    expected = marked(source.read_text(encoding="utf-8"))
    assert len([trace for trace in traces if trace]) >= len(expected), printed
    for trace, frames in zip((trace for trace in traces if trace), expected, strict=False):
        assert len(trace) == len(frames), printed
        for (line, function), (marked_line, name) in zip(trace, frames, strict=True):
            assert line == marked_line, printed
            assert name in {"*", function or "-"}, printed


def marked(source: str) -> list[list[tuple[int, str]]]:
    """Return (line, function) of each frame of each trace."""
    marks = [
        (int(mark[1]), int(mark[2]), number, mark[3])
        for number, line in enumerate(source.splitlines(), 1)
        for mark in MARK.finditer(line)
    ]
    traces = sorted({trace for trace, *_ in marks})
    return [[(line, name) for each, _, line, name in sorted(marks) if each == trace] for trace in traces]


def environment() -> dict[str, str]:
    """Return what the tools need, and nothing that changes what they print; compilers and their caches are at home."""
    home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    caches = {"RUSTUP_HOME": home / ".rustup", "CARGO_HOME": home / ".cargo", "GOCACHE": home / ".cache" / "go-build"}
    places = {name: str(path) for name, path in caches.items() if name not in os.environ}
    return {**os.environ, **places, "RUST_BACKTRACE": "1", "GO111MODULE": "off", "NO_COLOR": "1"}
