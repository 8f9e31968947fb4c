"""The tables of facts, step by step: a new table is a new step at the end of the list.

Texts of people stand in ordinary columns, masked; moments are ISO 8601 in UTC, so that they sort as text.
"""

from backstory.store.migrations import Migration

FACTS_MIGRATIONS: tuple[Migration, ...] = (
    (
        """
        CREATE TABLE repository (
            id INTEGER PRIMARY KEY,
            root TEXT UNIQUE  -- its main root commit; NULL as long as only one clone without it is known
        )
        """,
        """
        CREATE TABLE clone (
            path TEXT PRIMARY KEY,
            repository INTEGER NOT NULL REFERENCES repository
        )
        """,
        """
        CREATE TABLE kept_prompt (
            id INTEGER PRIMARY KEY,
            repository INTEGER NOT NULL REFERENCES repository,
            source TEXT NOT NULL,
            prompt_key TEXT NOT NULL,
            session TEXT,
            conversation TEXT,
            tool TEXT,
            model TEXT,
            person TEXT,
            email TEXT,
            request TEXT NOT NULL,
            task TEXT,
            asked_at TEXT,
            locator TEXT NOT NULL,
            kept_at TEXT NOT NULL,
            UNIQUE (repository, source, prompt_key)
        )
        """,
        "CREATE INDEX kept_prompt_session ON kept_prompt (session)",
        "CREATE INDEX kept_prompt_conversation ON kept_prompt (conversation)",
        "CREATE INDEX clone_repository ON clone (repository)",
    ),
    (
        """
        CREATE TABLE retention (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            days INTEGER NOT NULL  -- no row: for ever
        )
        """,
    ),
    ("ALTER TABLE kept_prompt ADD COLUMN lines TEXT NOT NULL DEFAULT ''",),
)

FACT_TABLES = ("repository", "clone", "kept_prompt", "retention")
"""In the order in which they can be filled."""
