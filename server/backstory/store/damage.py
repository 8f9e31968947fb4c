"""A damaged file is moved out of the way, never deleted."""

from datetime import datetime
from pathlib import Path

_COMPANIONS = ("", "-wal", "-shm", "-journal")


def set_aside(path: Path, now: datetime) -> Path:
    """Rename a damaged database, its log and its journal; return the new name: `cache.sqlite3.damaged-2026-03-02`.

    Raises: `OSError`.
    """
    aside = _free_name(path, now)
    for companion in _COMPANIONS:
        source = path.with_name(path.name + companion)
        if source.exists():
            source.replace(aside.with_name(aside.name + companion))
    return aside


def _free_name(path: Path, now: datetime) -> Path:
    name = f"{path.name}.damaged-{now:%Y-%m-%d}"
    candidate, count = path.with_name(name), 1
    while candidate.exists():
        count += 1
        candidate = path.with_name(f"{name}.{count}")
    return candidate
