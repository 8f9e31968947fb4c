"""For how long requests are kept: the person's choice, held in the store, where no repository's settings reach it."""

from datetime import datetime, timedelta

from backstory.store.database import Database
from backstory.store.kept_prompt import moment


def retention_days(database: Database) -> int | None:
    """Return after how many days kept requests are deleted; None: never. Raises: `StoreError`."""
    with database.read() as connection:
        row = connection.execute("SELECT days FROM retention").fetchone()
    return row[0] if row else None


def set_retention(database: Database, days: int | None) -> None:
    """Choose after how many days kept requests are deleted; None: never. Raises: `StoreError`."""
    with database.write() as connection:
        connection.execute("DELETE FROM retention")
        if days is not None:
            connection.execute("INSERT INTO retention VALUES (1, ?)", (days,))


def expire(database: Database, now: datetime) -> int:
    """Delete the requests whose days are over, from the file's bytes too; return how many. Raises: `StoreError`."""
    days = retention_days(database)
    if days is None:
        return 0
    border = moment(now - timedelta(days=days))
    with database.read() as connection:
        row = connection.execute("SELECT 1 FROM kept_prompt WHERE kept_at < ? LIMIT 1", (border,)).fetchone()
    if row is None:
        return 0
    with database.write() as connection:
        expired = connection.execute("DELETE FROM kept_prompt WHERE kept_at < ?", (border,)).rowcount
    database.wipe()
    return expired
