"""Runs `backstory` as a person does: its answer goes straight to the terminal."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from demo.terminal import WIDTH

COMMAND = str(Path(sys.executable).with_name("backstory"))


def show(folder: Path, *arguments: str) -> None:
    """Print what `backstory` says."""
    _run(folder, *arguments)


def said(folder: Path, *arguments: str) -> list[str]:
    """Return the lines of what `backstory` says; none when it could not say anything."""
    finished = _run(folder, *arguments, stdout=subprocess.PIPE)
    return finished.stdout.decode("utf-8", "replace").splitlines() if finished.returncode == 0 else []


def blamed(folder: Path, path: str) -> list[dict[str, Any]]:
    """Return what `backstory blame --json` says of each line of a file."""
    return [json.loads(line) for line in said(folder, "blame", "--json", "--", path)]


def _run(folder: Path, *arguments: str, stdout: int | None = None) -> "subprocess.CompletedProcess[bytes]":
    environment = os.environ | {"COLUMNS": str(WIDTH), "PAGER": "", "PYTHONUTF8": "1"}
    return subprocess.run([COMMAND, *arguments], cwd=folder, env=environment, stdout=stdout, check=False)
