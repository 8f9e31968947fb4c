"""What can be made again at any time: one cache for each clone, shared by its work trees and by every process.

    cache = open_cache(identify(repository))
    with cache.write() as connection:  # one transaction; whoever else writes waits
        connection.execute("INSERT INTO …")
    with cache.read() as connection:  # sees one moment for as long as the block lasts
        rows = connection.execute("SELECT …").fetchall()
    cache.close()

Blocks are not nested and hold nothing but statements: what they raise undoes a `write`. They may be entered from any
thread. Tables stand in `cache_schema.py`. Every block may raise a `StoreError` (disk full, another process writes for
too long, so keep writing blocks short); `CacheRebuiltError` says that the file was found damaged, was set aside and is
empty now: begin again.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from backstory.model.repository import RepositoryIdentity
from backstory.model.state import State, StateCode
from backstory.store.cache_files import CACHE_FILE, CACHES, delete_orphans
from backstory.store.cache_schema import CACHE_MIGRATIONS
from backstory.store.damage import set_aside
from backstory.store.database import Database, Durability
from backstory.store.errors import CacheRebuiltError, StoreDamagedError, StoreError, StoreNewerError
from backstory.store.folders import cache_folder, make_private_file, private_file, state_folder
from backstory.store.storable_text import clean

if TYPE_CHECKING:
    from sqlite3 import Connection


def open_cache(identity: RepositoryIdentity) -> "Cache":
    """Return the cache of a clone: in the state folder, else in the cache folder, else in memory. Never raises."""
    states: list[State] = []
    for folder in filter(None, (state_folder(), cache_folder())):
        try:
            return Cache(identity, private_file(folder, CACHES, _digest(identity.clone), CACHE_FILE), states)
        except StoreNewerError as error:
            states.append(error.state)
            break
        except StoreError as error:
            states.append(error.state)
        except OSError as error:
            states.append(State(StateCode.STORE_LIMITED, f"{folder} cannot be written ({error.strerror})."))
    states.append(State(StateCode.STORE_LIMITED, "What is worked out here is kept in memory and made again next time."))
    return Cache(identity, None, states)


class Cache:
    """The open cache of one clone."""

    def __init__(self, identity: RepositoryIdentity, path: Path | None, states: list[State]) -> None:
        """Open the file, setting a damaged one aside. Raises: `StoreError`, `OSError`."""
        self._clone = clean(identity.clone)
        self._path = path
        self._states = states
        self._rebuilding = threading.Lock()
        try:
            self._database = self._opened()
        except StoreDamagedError as error:
            self._set_aside(error)
            self._database = self._opened()

    @property
    def states(self) -> tuple[State, ...]:
        """What limits the cache, for a person: it is in memory, a damaged one was set aside."""
        return tuple(self._states)

    @property
    def path(self) -> Path | None:
        """The file; None when the cache is in memory."""
        return self._path

    def read(self) -> "AbstractContextManager[Connection]":
        """Give a connection that sees the cache as it is now, for as long as the block lasts."""
        database = self._database
        return self._rebuilt_when_damaged(database, database.read())

    def write(self) -> "AbstractContextManager[Connection]":
        """Give the one connection that writes: the block is a transaction."""
        database = self._database
        return self._rebuilt_when_damaged(database, database.write())

    def close(self) -> None:
        """Give the file back; blocks that are under way end as they should."""
        self._database.close()

    def _opened(self) -> Database:
        database = Database(self._path, CACHE_MIGRATIONS, Durability.CACHE)
        with database.read() as connection:
            is_named = connection.execute("SELECT EXISTS (SELECT * FROM about)").fetchone()[0]
        if not is_named:
            with database.write() as connection:
                connection.execute("INSERT INTO about VALUES (?)", (self._clone,))
            if self._path:  # where a clone came, another may have gone
                delete_orphans(besides=self._path)
        return database

    @contextmanager
    def _rebuilt_when_damaged(
        self, database: Database, block: "AbstractContextManager[Connection]"
    ) -> "Iterator[Connection]":
        try:
            with block as connection:
                yield connection
        except StoreDamagedError as error:
            with self._rebuilding:
                if self._database is database:
                    database.close()
                    if database.is_in_place:
                        self._set_aside(error)
                    self._database = self._opened()
            raise CacheRebuiltError(error.reason) from error

    def _set_aside(self, error: StoreDamagedError) -> None:
        if self._path is not None:
            aside = set_aside(self._path, datetime.now(UTC))
            make_private_file(self._path)
            reason = f"{error.reason} It was set aside as {aside.name} and is made again."
            self._states.append(State(StateCode.STORE_LIMITED, reason))


def _digest(clone: str) -> str:
    return hashlib.sha256(clone.encode("utf-8", "surrogateescape")).hexdigest()[:20]
