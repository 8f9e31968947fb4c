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
    (
        """
        CREATE TABLE text_record (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            key TEXT NOT NULL,
            stamp TEXT NOT NULL,  -- of the record when it was read
            UNIQUE (source, key)
        )
        """,
        """
        CREATE TABLE text_edit (
            id INTEGER PRIMARY KEY,
            record INTEGER NOT NULL,
            revision TEXT,  -- of the commit that the record is about
            weight INTEGER NOT NULL,  -- how many different lines are long enough to be looked for
            facts TEXT NOT NULL,
            blocks BLOB NOT NULL  -- keys of lines, never their text
        )
        """,
        "CREATE INDEX text_edit_record ON text_edit (record)",
        "CREATE INDEX text_edit_revision ON text_edit (revision)",
        """
        CREATE TABLE text_line (
            key INTEGER NOT NULL,
            edit INTEGER NOT NULL,
            PRIMARY KEY (key, edit)
        ) WITHOUT ROWID
        """,
    ),
    (
        # What was read before calls had names is read again.
        "DELETE FROM text_line",
        "DELETE FROM text_edit",
        "DELETE FROM text_record",
    ),
    (
        """
        CREATE TABLE text_listing (
            source TEXT PRIMARY KEY,
            stamp TEXT NOT NULL  -- of the source's records when all of them had been read
        )
        """,
    ),
)
