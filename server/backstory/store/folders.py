"""Where the store lies on this machine, and that nobody else can read it."""

import os
import sys
from pathlib import Path

_NAME = "backstory"
_OURS_ALONE = 0o700
_FILE_OURS_ALONE = 0o600


def state_folder() -> Path | None:
    """Return the folder for what must last; None when the machine names no home. It need not exist.

    Source: XDG Base Directory Specification 0.8 (a relative path is ignored); Apple's File System Programming Guide;
    Microsoft's Known Folders (`LocalAppData`, which does not roam).
    """
    if sys.platform == "win32":
        return _below(os.environ.get("LOCALAPPDATA"), "AppData/Local", "")
    if sys.platform == "darwin":
        return _below(None, "Library/Application Support", "")
    return _below(os.environ.get("XDG_STATE_HOME"), ".local/state", "")


def cache_folder() -> Path | None:
    """Return the folder for what can be made again, used where the state folder is no good; None without a home."""
    if sys.platform == "win32":
        return _below(os.environ.get("LOCALAPPDATA"), "AppData/Local", "Cache")
    if sys.platform == "darwin":
        return _below(None, "Library/Caches", "")
    return _below(os.environ.get("XDG_CACHE_HOME"), ".cache", "")


def private_file(top: Path, *names: str) -> Path:
    """Make the file at `names` below our folder `top`, with all folders on the way, for the owner's eyes only.

    Raises: `OSError`.
    """
    *folders, name = names
    folder = top
    _make_private_folder(folder)
    for each in folders:
        folder /= each
        _make_private_folder(folder)
    make_private_file(folder / name)
    return folder / name


def make_private_file(path: Path) -> None:
    """Make `path` a file that only its owner can read and write; what stands in it stays.

    SQLite gives its `-wal`, `-shm` and `-journal` the same mode. Raises: `OSError`.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), _FILE_OURS_ALONE))
    _close_to_others(path, _FILE_OURS_ALONE)


def _make_private_folder(folder: Path) -> None:
    folder.mkdir(mode=_OURS_ALONE, parents=True, exist_ok=True)
    _close_to_others(folder, _OURS_ALONE)


def _close_to_others(path: Path, mode: int) -> None:
    if path.stat().st_mode & 0o077 and sys.platform != "win32":
        path.chmod(mode)


def _below(named: str | None, usual: str, last: str) -> Path | None:
    """Return our folder in the one that the environment names, or in the usual one below home."""
    folder = Path(named) if named else Path()
    if not folder.is_absolute():
        folder = Path(os.path.expanduser("~")) / usual  # noqa: PTH111  # Path.home() raises where there is none
    return folder / _NAME / last if folder.is_absolute() else None
