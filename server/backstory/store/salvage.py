"""Facts that can only be read: from a damaged file, or from one that may not be written."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from backstory.store.database import Database, Durability
from backstory.store.facts_schema import FACT_TABLES, FACTS_MIGRATIONS

if TYPE_CHECKING:
    from sqlite3 import Connection

_MODES = ("mode=ro", "mode=ro&immutable=1")
"""The second reads where not even SQLite's own locks may be written; it does not see what is only in the log."""


def salvaged(path: Path) -> Database:
    """Return a copy in memory of every fact in the file that can be read; the file is not touched."""
    database = Database(None, FACTS_MIGRATIONS, Durability.FACT)
    with database.write() as connection:
        for table in FACT_TABLES:
            known = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")}
            for mode in _MODES:
                for row in _readable_rows(path, mode, table):
                    _copy(connection, table, {name: row[name] for name in row if name in known})
    return database


def _copy(connection: "Connection", table: str, row: dict[str, object]) -> None:
    if repository := row.get("repository"):
        connection.execute("INSERT OR IGNORE INTO repository (id) VALUES (?)", (repository,))
    values = [_text(value) if isinstance(value, bytes) else value for value in row.values()]
    connection.execute(
        f"INSERT OR IGNORE INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",  # noqa: S608  # our own names
        values,
    )


def _readable_rows(path: Path, mode: str, table: str) -> Iterator[dict[str, object]]:
    """Return the rows from both ends up to the first page that cannot be read; those in good files come twice."""
    import sqlite3  # noqa: PLC0415  # loaded only once a database is opened

    for direction in ("ASC", "DESC"):
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?{mode}", uri=True)) as connection:
                connection.text_factory = _text
                connection.execute("PRAGMA writable_schema = ON")  # else a file that lacks its end is not read at all
                yield from _rows(connection, table, direction)
        except sqlite3.Error:
            continue


def _rows(connection: "Connection", table: str, direction: str) -> Iterator[dict[str, object]]:
    cursor = connection.execute(f"SELECT * FROM {table} ORDER BY rowid {direction}")  # noqa: S608  # our own names
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
