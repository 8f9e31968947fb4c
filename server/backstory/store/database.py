"""One SQLite database: connections for many readers and one writer, and SQLite's errors in the store's words.

The only module that loads sqlite3, and only once a database is opened: the server starts without it.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from backstory.store.errors import StoreBusyError, StoreDamagedError, StoreError
from backstory.store.file_systems import network_file_system
from backstory.store.migrations import Migration, migrate

if TYPE_CHECKING:
    from sqlite3 import Connection
    from sqlite3 import Error as SqliteError

BUSY_SECONDS = 10.0
"""How long a block waits for another process that writes."""

_BUSY = frozenset({5, 6})
_DAMAGED = frozenset({11, 26})
_UNUSABLE = frozenset({3, 7, 8, 10, 13, 14, 15, 22, 23})
"""SQLite's primary result codes; what is in none of the three is a bug of ours. Source: sqlite.org/rescode.html."""


class Durability(Enum):
    """What a committed transaction survives, as SQLite's `synchronous`: first with a log ahead, then without."""

    FACT = ("FULL", "EXTRA")
    """The end of the process and of the machine's power."""

    CACHE = ("NORMAL", "NORMAL")
    """The end of the process; when power fails the last transactions may be missing."""


class Database:
    """An open database, usable from several threads: any number read side by side, one writes.

    Within `read` and `write` only statements are executed; the transaction begins and ends with the block.
    """

    def __init__(self, path: Path | None, migrations: Sequence[Migration], durability: Durability) -> None:
        """Open the file at `path`, which exists (empty for a new one), or a database in memory.

        Raises: `StoreBusyError`, `StoreDamagedError`, `StoreNewerError`, `StoreError`.
        """
        self.path = path
        self._name = str(path) if path else "The store"
        self._durability = durability
        self._writing = threading.RLock()
        self._guarding = threading.Lock()
        self._idle: list[Connection] = []
        self._is_closed = False
        self._file_number = _file_number(path)
        self.has_log_ahead = path is not None and network_file_system(path) is None
        with self._translated():
            self._writer = self._connect()
            try:
                self._choose_journal()
                migrate(self._writer, migrations, self._name)
            except BaseException:
                self._writer.close()
                raise

    @contextmanager
    def read(self) -> "Iterator[Connection]":
        """Give a connection on which the database stands still for as long as the block lasts.

        Raises: `StoreError` and its children, from the block's statements too.
        """
        if self.path is None:
            with self.write() as connection:
                yield connection
            return
        with self._translated():
            connection = self._reader()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                self._put_back(connection)

    @contextmanager
    def write(self) -> "Iterator[Connection]":
        """Give the connection that writes: kept when the block ends, undone when it raises. Blocks wait their turn.

        Raises: `StoreBusyError` when another process writes for longer than we wait; `StoreError` and its children,
        from the block's statements too.
        """
        with self._writing, self._translated():
            self._raise_if_closed()
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                with suppress(Exception):  # SQLite may have rolled back by itself
                    self._writer.execute("ROLLBACK")
                raise

    @property
    def is_in_place(self) -> bool:
        """Whether the file that was opened still has its name: another process may have set it aside."""
        return _file_number(self.path) == self._file_number

    def check(self) -> None:
        """Look at every page. Raises: `StoreDamagedError` and the other children of `StoreError`."""
        with self.read() as connection:
            [verdict] = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise StoreDamagedError(f"{self._name} is damaged.")

    def wipe(self) -> None:
        """Rewrite the file so that nothing of what was deleted is left in it, nor in its log.

        Raises: `StoreError` and its children.
        """
        with self._writing, self._translated():
            self._writer.execute("VACUUM")
            if self.has_log_ahead and self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise StoreBusyError(
                    f"{self._name} is being read: what was deleted still stands in its log. Try again."
                )

    def close(self) -> None:
        """Close what is idle; what is in use is closed when it is given back."""
        with self._writing, self._guarding:
            self._is_closed = True
            for connection in (*self._idle, self._writer):
                connection.close()
            self._idle.clear()

    def _connect(self) -> "Connection":
        import sqlite3  # noqa: PLC0415  # see the module's docstring

        connection = sqlite3.connect(
            self.path or ":memory:", timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        overwrites = "ON" if self._durability is Durability.FACT else "OFF"  # a cache is rewritten when it is emptied
        for pragma in (
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "temp_store = MEMORY",
            f"secure_delete = {overwrites}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _reader(self) -> "Connection":
        with self._guarding:
            self._raise_if_closed()
            if self._idle:
                return self._idle.pop()
        connection = self._connect()
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _put_back(self, connection: "Connection") -> None:
        with suppress(Exception):  # a reader has nothing to lose
            connection.execute("ROLLBACK")
        with self._guarding:
            if self._is_closed:
                connection.close()
            else:
                self._idle.append(connection)

    def _raise_if_closed(self) -> None:
        if self._is_closed:
            raise StoreError(f"{self._name} is closed.")

    def _choose_journal(self) -> None:
        """Write ahead where that works (SQLite answers which journal it uses), else roll back."""
        wanted = "WAL" if self.has_log_ahead else "DELETE"
        [mode] = self._writer.execute("PRAGMA journal_mode").fetchone()
        if mode.upper() != wanted and self.path is not None:
            [mode] = self._writer.execute(f"PRAGMA journal_mode = {wanted}").fetchone()
        self.has_log_ahead = mode.upper() == "WAL"
        with_log, without_log = self._durability.value
        self._writer.execute(f"PRAGMA synchronous = {with_log if self.has_log_ahead else without_log}")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn SQLite's errors into the store's."""
        import sqlite3  # noqa: PLC0415  # see the module's docstring

        try:
            yield
        except sqlite3.Error as error:
            raise self._translation(error) from error

    def _translation(self, error: "SqliteError") -> StoreError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _BUSY:
            return StoreBusyError(f"{self._name} is being written by another process; try again when that is done.")
        if code in _DAMAGED:
            return StoreDamagedError(f"{self._name} is damaged: {error}.")
        if code in _UNUSABLE:
            return StoreError(f"{self._name} cannot be used: {error}.")
        raise error


def _file_number(path: Path | None) -> int | None:
    try:
        return path.stat().st_ino if path else None
    except OSError:
        return None
