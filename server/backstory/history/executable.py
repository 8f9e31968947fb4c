"""Which git to start: the one on PATH, never one that lies in the folder somebody opened."""

import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import PurePath, PurePosixPath, PureWindowsPath

from backstory.model.errors import GitMissingError


def git_executable() -> str:
    """Return the absolute path of git.

    Raises: GitMissingError when PATH names none.
    """
    return _git_on(os.environ.get("PATH", os.defpath))


def find_git(search_path: str, *, windows: bool, is_program: Callable[[str], bool]) -> str | None:
    r"""Return the first git in the absolute folders of `search_path`, or None.

    Empty and relative entries (`.`, `bin`, `\tools`) mean the current folder, which may be anybody's; on Windows only
    `git.exe` counts, because a `git.bat` would hand our arguments to a shell.
    """
    flavour: type[PurePath] = PureWindowsPath if windows else PurePosixPath
    for entry in search_path.split(";" if windows else ":"):
        folder = flavour(entry.strip('"') if windows else entry)
        program = str(folder / ("git.exe" if windows else "git"))
        if folder.is_absolute() and is_program(program):
            return program
    return None


@cache
def _git_on(search_path: str) -> str:
    found = find_git(search_path, windows=sys.platform == "win32", is_program=_is_program)
    if found is None:
        raise GitMissingError("There is no git on PATH.", "https://git-scm.com/downloads")
    return found


def _is_program(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)  # noqa: PTH113  # asked for each folder of PATH: no Path needed
