"""Bringing a database's tables up to date: the file's `user_version` says how many steps it has taken."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from backstory.store.errors import StoreNewerError

if TYPE_CHECKING:
    from sqlite3 import Connection

Migration = tuple[str, ...]
"""One step: statements that stand or fall together. A step that was ever released never changes."""


def migrate(connection: "Connection", migrations: Sequence[Migration], name: str) -> None:
    """Take the steps that the database has not taken, all in one transaction.

    Raises: `StoreNewerError`, and nothing is changed, when it has taken more steps than we know.
    """
    if _steps_taken(connection, migrations, name) == len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for migration in migrations[_steps_taken(connection, migrations, name) :]:
            for statement in migration:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _steps_taken(connection: "Connection", migrations: Sequence[Migration], name: str) -> int:
    taken: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if not 0 <= taken <= len(migrations):
        raise StoreNewerError(
            f"{name} was made by a newer Backstory (its tables are at step {taken}, this one knows {len(migrations)}): "
            "it is left alone. Use the newer one here too."
        )
    return taken
