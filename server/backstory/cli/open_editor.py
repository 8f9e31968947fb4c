"""Opens a file at a line in the person's own editor: the one program that a person can ask us to start."""

import os
import shlex
import subprocess
from pathlib import Path

from backstory.model.errors import BackstoryError

_TAKES_GOTO = {"code", "code-insiders", "codium", "cursor", "windsurf", "code-server"}
_TAKES_COLON = {"subl", "zed", "hx", "helix"}
_TERMINAL = "/dev/tty"


class NoEditorError(BackstoryError):
    """Nobody says which editor to open."""

    exit_code = 2


def open_in_editor(path: Path, line: int | None) -> int:
    """Let VISUAL, else EDITOR, open a file; return its exit status. Raises: NoEditorError."""
    words = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not words:
        raise NoEditorError("--open needs to know your editor: set VISUAL or EDITOR.")
    command = [*words, *place_words(Path(words[0]).stem, path, line or 1)]
    try:
        # What was piped in is no keyboard; an editor in a terminal wants one.
        with open(_TERMINAL, "rb") as keyboard:  # noqa: PTH123  # a device, not a file
            return subprocess.run(command, stdin=keyboard, check=False).returncode
    except FileNotFoundError as error:
        if error.filename != _TERMINAL:
            raise NoEditorError(f"The editor {words[0]!r} is not there.") from error
    except OSError:
        pass  # no terminal: an editor with windows needs none
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode
    except OSError as error:
        raise NoEditorError(f"The editor {words[0]!r} does not start: {error.strerror}.") from error


def place_words(editor: str, path: Path, line: int) -> list[str]:
    """Return the arguments with which an editor opens a line; most since ex(1) know `+LINE`."""
    if editor in _TAKES_GOTO:
        return ["--goto", f"{path}:{line}"]
    if editor in _TAKES_COLON:
        return [f"{path}:{line}"]
    return [f"+{line}", str(path)]
