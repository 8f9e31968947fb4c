import sqlite3
from contextlib import closing

import pytest

from backstory.store.cache_schema import CACHE_MIGRATIONS
from backstory.store.errors import StoreNewerError
from backstory.store.facts_schema import FACT_TABLES, FACTS_MIGRATIONS
from backstory.store.migrations import migrate

FIRST = ("CREATE TABLE line (text TEXT)", "INSERT INTO line VALUES ('kept')")
SECOND = ("ALTER TABLE line ADD COLUMN number INTEGER", "UPDATE line SET number = 1")


@pytest.fixture
def connection():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        yield connection


def steps(connection):
    return connection.execute("PRAGMA user_version").fetchone()[0]


def test_a_new_file_takes_every_step(connection):
    migrate(connection, (FIRST, SECOND), "x")
    assert connection.execute("SELECT * FROM line").fetchall() == [("kept", 1)]
    assert steps(connection) == 2


def test_an_older_file_takes_the_steps_it_lacks(connection):
    migrate(connection, (FIRST,), "x")
    connection.execute("INSERT INTO line VALUES ('mine')")
    migrate(connection, (FIRST, SECOND), "x")
    migrate(connection, (FIRST, SECOND), "x")
    assert connection.execute("SELECT * FROM line").fetchall() == [("kept", 1), ("mine", 1)]


def test_a_step_that_fails_leaves_the_file_as_it_was(connection):
    migrate(connection, (FIRST,), "x")
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, (FIRST, SECOND, ("DROP TABLE nothing",)), "x")
    assert steps(connection) == 1
    assert connection.execute("SELECT * FROM line").fetchall() == [("kept",)]


@pytest.mark.parametrize("version", [3, 2_000_000_000, -1])
def test_a_file_with_steps_we_do_not_know_is_left_alone(connection, version):
    connection.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(StoreNewerError, match="x was made by a newer Backstory"):
        migrate(connection, (FIRST, SECOND), "x")
    assert steps(connection) == version


def test_every_table_of_facts_is_salvaged(connection):
    migrate(connection, FACTS_MIGRATIONS, "facts")
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    assert sorted(FACT_TABLES) == sorted(name for (name,) in names)


def test_caches_have_ordinary_tables_only(connection):
    """A virtual table could not be emptied row by row when something is to be forgotten."""
    migrate(connection, CACHE_MIGRATIONS, "cache")
    assert connection.execute("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%'").fetchall() == []
