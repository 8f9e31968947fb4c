"""What a measurement was made with."""

import platform
import subprocess
from pathlib import Path

from bench.oracle.git_ai import git

TOP = Path(__file__).parents[2]


def tools() -> str:
    """Name the versions of Backstory, git and Python."""
    ours = git(str(TOP), "rev-parse", "--short=12", "HEAD").decode().strip()
    is_changed = git(str(TOP), "status", "--porcelain", "--", "server").strip()
    version = subprocess.run(["git", "--version"], check=True, capture_output=True, text=True).stdout.split()[2]
    return f"backstory {ours}{' and changes' if is_changed else ''}, git {version}, Python {platform.python_version()}"
