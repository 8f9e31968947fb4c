"""What `backstory` prints: its commands as a person runs them, and an annotated file at the demo's width."""

import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

from backstory.cli.terminal import terminal
from backstory.history.cancel import Cancellation
from backstory.model.answer import AnnotatedFile
from backstory.model.text import Text
from backstory.views.gutter import annotated
from backstory.workspace.queries import Queries
from demo.terminal import WIDTH, say

COMMAND = str(Path(sys.executable).with_name("backstory"))


def show(folder: Path, *arguments: str, given: str = "") -> None:
    """Let `backstory` answer straight to the terminal; what is `given` is piped in."""
    subprocess.run([COMMAND, *arguments], cwd=folder, env=_environment(), input=given.encode(), check=False)


def answer(folder: Path, *arguments: str, given: str = "") -> str:
    """Return what `backstory` prints."""
    asked = [COMMAND, *arguments]
    done = subprocess.run(asked, cwd=folder, env=_environment(), input=given.encode(), capture_output=True, check=True)
    return done.stdout.decode()


def _environment() -> dict[str, str]:
    return os.environ | {"COLUMNS": str(WIDTH), "PYTHONUTF8": "1"}


def annotate(queries: Queries, path: Path) -> AnnotatedFile:
    """Return what `backstory blame` is about to print."""
    return queries.annotate(path, Cancellation())


def print_annotated(file: AnnotatedFile, path: Path, first: int = 1, count: int | None = None) -> None:
    """Print `count` lines of an annotated file as `backstory blame` does on a terminal, from line `first`, 1-based."""
    texts = [line.rstrip("\r\n") for line in Text.of_bytes(path.read_bytes()).lines()]
    printed = annotated(file, texts, width=WIDTH, paint=terminal("auto", sys.stdout).paint)
    for line in printed:  # the headline and what limits the answer, up to an empty line
        say(line)
        if not line:
            break
    for line in islice(printed, first - 1, count and first - 1 + count):
        say(line)
