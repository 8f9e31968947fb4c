"""Recorded edits found by the text of their lines, kept in the cache: keys of lines, never their text.

A record is read again when its stamp has changed. A build that was called off goes on where it stopped.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from attrs import frozen

from backstory.model.edit import Edit, RecordRef
from backstory.model.keyed_edit import KeyedEdit, keyed
from backstory.model.line_key import MASKED, is_weighty
from backstory.model.names import Revision
from backstory.store.cache import Cache
from backstory.store.edit_facts import facts_of, packed, read_facts, unpacked

if TYPE_CHECKING:
    from sqlite3 import Connection

MOST_EDITS = 300
"""A line that stands in more edits than this leads to some of them only."""


@frozen
class ReadRecord:
    """A record and the edits that it holds."""

    source: str
    record: RecordRef
    edits: tuple[Edit, ...]


class TextIndex:
    """The index of one clone; safe to use from several threads."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def stamps(self, source: str) -> dict[str, str]:
        """Return the records of a source that were read, each with its stamp then."""
        with self._cache.read() as connection:
            rows = connection.execute("SELECT key, stamp FROM text_record WHERE source = ?", (source,)).fetchall()
        return dict(rows)

    def listing(self, source: str) -> str | None:
        """Return the stamp of a source's records when all of them had been read; None when that never was."""
        with self._cache.read() as connection:
            row = connection.execute("SELECT stamp FROM text_listing WHERE source = ?", (source,)).fetchone()
        return row[0] if row else None

    def put_listing(self, source: str, stamp: str) -> None:
        """Take over that all records of a source have been read."""
        with self._cache.write() as connection:
            connection.execute("INSERT OR REPLACE INTO text_listing (source, stamp) VALUES (?, ?)", (source, stamp))

    def revisions(self) -> list[Revision]:
        """Return the commits that records are about."""
        with self._cache.read() as connection:
            rows = connection.execute("SELECT DISTINCT revision FROM text_edit WHERE revision IS NOT NULL").fetchall()
        return [Revision(row[0]) for row in rows]

    def put(self, records: Sequence[ReadRecord]) -> None:
        """Take over what some records hold, in the place of what they held before."""
        with self._cache.write() as connection:
            for read in records:
                _remove(connection, read.source, read.record.key)
                _insert(connection, read)

    def remove(self, source: str, keys: Iterable[str]) -> None:
        """Forget records that are no more."""
        with self._cache.write() as connection:
            for key in keys:
                _remove(connection, source, key)

    def find(self, keys: Iterable[int]) -> list[KeyedEdit]:
        """Return the edits that wrote a line with one of the keys, the same each time; few of them for common lines."""
        with self._cache.read() as connection:
            numbers: set[int] = set()
            for key in keys:
                numbers.update(
                    row[0]
                    for row in connection.execute("SELECT edit FROM text_line WHERE key = ? LIMIT ?", (key, MOST_EDITS))
                )
            rows = (connection.execute(_EDIT, (number,)).fetchone() for number in sorted(numbers))
            return [KeyedEdit(read_facts(facts), tuple(unpacked(blocks))) for facts, blocks in rows]

    def weights(self, revisions: Iterable[Revision]) -> dict[Revision, int]:
        """Return of how many lines the record of each commit tells: different ones, long enough to be looked for."""
        with self._cache.read() as connection:
            return {revision: connection.execute(_WEIGHT, (revision,)).fetchone()[0] for revision in revisions}


_EDIT = "SELECT facts, blocks FROM text_edit WHERE id = ?"
_WEIGHT = "SELECT coalesce(sum(weight), 0) FROM text_edit WHERE revision = ?"


def _insert(connection: "Connection", read: ReadRecord) -> None:
    found = (read.source, read.record.key, read.record.stamp)
    record = connection.execute("INSERT INTO text_record (source, key, stamp) VALUES (?, ?, ?)", found).lastrowid
    for edit in read.edits:
        blocks = keyed(edit)
        lines = (line for block in edit.blocks for line in block.lines)
        weighty = {
            key for key, line in zip(chain(*(block.keys for block in blocks)), lines, strict=True) if is_weighty(line)
        }
        keys = weighty - {MASKED}
        number = connection.execute(
            "INSERT INTO text_edit (record, revision, weight, facts, blocks) VALUES (?, ?, ?, ?, ?)",
            (record, edit.revision, len(keys), facts_of(edit), packed(blocks)),
        ).lastrowid
        connection.executemany("INSERT INTO text_line (key, edit) VALUES (?, ?)", ((key, number) for key in keys))


def _remove(connection: "Connection", source: str, key: str) -> None:
    row = connection.execute("SELECT id FROM text_record WHERE source = ? AND key = ?", (source, key)).fetchone()
    if row is None:
        return
    for number, blocks in connection.execute("SELECT id, blocks FROM text_edit WHERE record = ?", row).fetchall():
        keys = {line for block in unpacked(blocks) for line in block.keys}
        connection.executemany("DELETE FROM text_line WHERE key = ? AND edit = ?", ((line, number) for line in keys))
    connection.execute("DELETE FROM text_edit WHERE record = ?", row)
    connection.execute("DELETE FROM text_record WHERE id = ?", row)
