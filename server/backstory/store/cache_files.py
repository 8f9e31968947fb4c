"""The caches on this machine, of whatever clone: listed, emptied, thrown away."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from attrs import frozen

from backstory.store.cache_schema import CACHE_MIGRATIONS
from backstory.store.database import Database, Durability
from backstory.store.errors import StoreBusyError, StoreError
from backstory.store.folders import cache_folder, state_folder

CACHES = "caches"
"""The folder that holds them, a folder for each clone."""

CACHE_FILE = "cache.sqlite3"


@frozen
class CacheFile:
    """The cache of one clone, on disk."""

    path: Path
    clone: str | None
    """The clone's git directory; None when the file does not tell, because it is damaged or a newer Backstory's."""

    size: int
    """In bytes, with its log and with damaged ones that were set aside."""

    @property
    def is_orphan(self) -> bool:
        """Whether its clone is gone."""
        return self.clone is not None and not Path(self.clone).exists()


def cache_files() -> tuple[CacheFile, ...]:
    """Return every cache on this machine."""
    folders = filter(None, (state_folder(), cache_folder()))
    found = (path for folder in folders for path in sorted((folder / CACHES).glob(f"*/{CACHE_FILE}")))
    return tuple(CacheFile(path, _clone_of(path), sum(map(_size, path.parent.iterdir()))) for path in found)


def empty(cache: CacheFile) -> None:
    """Take every row out of a cache, whoever has it open, so that its text is gone from the file.

    One that cannot be read is deleted, and so are damaged ones set aside. Raises: `StoreBusyError`, `OSError`.
    """
    for aside in cache.path.parent.glob(f"{CACHE_FILE}.damaged-*"):
        aside.unlink()
    try:
        database = Database(cache.path, CACHE_MIGRATIONS, Durability.CACHE)
    except StoreBusyError:
        raise
    except StoreError:
        delete(cache)
        return
    try:
        with database.write() as connection:
            for table in _tables_made_again(connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608  # our own names
        database.wipe()
    finally:
        database.close()


def delete(cache: CacheFile) -> None:
    """Delete a cache with all that stands beside it. Raises: `OSError`."""
    shutil.rmtree(cache.path.parent)


def delete_orphans(*, besides: Path) -> None:
    """Delete the caches of clones that are gone, as far as that is possible now; the one at `besides` stays."""
    for cache in cache_files():
        if cache.is_orphan and cache.path != besides:
            with suppress(OSError):
                delete(cache)


def _tables_made_again(rows: Iterator[tuple[str]]) -> list[str]:
    return [name for (name,) in rows if name != "about" and not name.startswith("sqlite_")]


def _clone_of(path: Path) -> str | None:
    try:
        database = Database(path, CACHE_MIGRATIONS, Durability.CACHE)
    except StoreError:
        return None
    try:
        with database.read() as connection:
            row = connection.execute("SELECT clone FROM about").fetchone()
    except StoreError:
        return None
    finally:
        database.close()
    return row[0] if row else None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
