"""The tables of the cache, step by step: a new table is a new step at the end of the list.

Ordinary tables only (no virtual ones): when a person asks for something to be forgotten, every row of every table goes.
"""

from backstory.store.migrations import Migration

CACHE_MIGRATIONS: tuple[Migration, ...] = (
    (
        """
        CREATE TABLE about (
            clone TEXT NOT NULL  -- the git directory whose records the rest was made from
        )
        """,
    ),
)
