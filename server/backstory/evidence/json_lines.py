"""Files of JSON lines that recorders leave in the work tree or at home, never read through a link that leads out."""

import os
import stat
from pathlib import Path

from attrs import frozen

MAX_FILE_BYTES = 64 << 20
MAX_LINE_BYTES = 8 << 20


@frozen
class FileStamp:
    """Changes when a file does."""

    size: int
    modified_ns: int
    inode: int


def stamp(path: Path) -> FileStamp | None:
    """Return a file's stamp, None when there is no plain file."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return FileStamp(found.st_size, found.st_mtime_ns, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def read_lines(path: Path, within: Path) -> tuple[list[bytes], int] | str:
    """Return a file's lines, and how many were left out as too long; or a sentence on why it is not read.

    A last line without an end may be one that is still being written: it is left out unless it ends like an object.
    Blank lines are none.
    """
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(within)):
        return "It is a link that leads elsewhere."
    try:
        # A pipe or a device that took the file's place since must not hold us up.
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                return "It is no plain file."
            if found.st_size > MAX_FILE_BYTES:
                return f"It has {found.st_size >> 20:,} MiB; no more than {MAX_FILE_BYTES >> 20} MiB are read."
            *lines, last = file.read(MAX_FILE_BYTES).split(b"\n")
    except OSError:
        return "It cannot be read."
    lines += [last] if last.endswith(b"}") else []
    kept = [line for line in lines if len(line) <= MAX_LINE_BYTES]
    return [line for line in kept if line.strip()], len(lines) - len(kept)
