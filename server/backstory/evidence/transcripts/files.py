"""Transcripts in an agent's own folder: found, and opened so that nothing but a plain file of that folder is read."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from attrs import frozen

_DEEPEST = 6
_MOST_BYTES = 2 << 30


@frozen
class TranscriptFile:
    """One file, not read yet."""

    path: Path
    size: int
    """Bytes; a conversation that has just begun has none."""

    stamp: str
    """Changes when the content does."""

    changed_at: float
    """Seconds since the epoch."""


@frozen
class Unusable:
    """Something that bears a transcript's name and is not read."""

    path: Path
    reason: str


def files_below(folder: Path, is_wanted: Callable[[str], bool]) -> Iterator[TranscriptFile | Unusable]:
    """Yield what lies below a folder under a wanted name, in the order of names; nothing where there is no folder.

    The folder itself may be a link; below it none is followed: what a link shows is either here already or elsewhere.
    """
    yield from _below(folder, Path(os.path.realpath(folder)), is_wanted, _DEEPEST)


def look_at(path: Path) -> TranscriptFile | Unusable:
    """Return a file as it is now."""
    try:
        found = path.lstat()
    except OSError:
        return Unusable(path, "It cannot be looked at.")
    if not stat.S_ISREG(found.st_mode):
        return Unusable(path, "It is no plain file.")
    if not path.name.isprintable():
        return Unusable(path, "Its name cannot be written down.")
    if found.st_size > _MOST_BYTES:
        return Unusable(path, "It is larger than 2 GiB.")
    return TranscriptFile(path, found.st_size, f"{found.st_size}:{found.st_mtime_ns}", found.st_mtime)


def open_transcript(path: Path) -> BinaryIO:
    """Open a transcript to read it.

    Raises: OSError, also when it is not (or no longer) a plain file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"{path} is no plain file")
    return os.fdopen(descriptor, "rb")


def _below(
    folder: Path, root: Path, is_wanted: Callable[[str], bool], depth: int
) -> Iterator[TranscriptFile | Unusable]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError:
        yield Unusable(folder, "The folder cannot be read.")
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.is_symlink():
            if is_wanted(entry.name) and not Path(os.path.realpath(path)).is_relative_to(root):
                yield Unusable(path, "It is a link that leads out of the agent's folder.")
        elif entry.is_dir(follow_symlinks=False):
            if depth:
                yield from _below(path, root, is_wanted, depth - 1)
        elif is_wanted(entry.name):
            yield look_at(path)
