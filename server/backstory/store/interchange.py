"""Facts as lines of JSON, to take along, to back up and to look into; reading them twice adds nothing.

{"kind": "backstory-export", "version": 1}
{"kind": "kept-prompt", "root": "1056b938…", "clone": null, "source": "claude-code", "prompt_key": "…", …}
"""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import msgspec
from attrs import frozen

from backstory.model.names import Revision
from backstory.model.repository import RepositoryIdentity
from backstory.store.errors import StoreError
from backstory.store.facts import Facts
from backstory.store.kept_prompt import COLUMNS, insert_prompts, kept_prompt_of, row_of
from backstory.store.repositories import repositories_of, repository_with_root, settle_repository

if TYPE_CHECKING:
    from sqlite3 import Connection

VERSION: Final = 1


class _Header(msgspec.Struct, tag_field="kind", tag="backstory-export"):
    version: int


class _KeptPromptLine(msgspec.Struct, tag_field="kind", tag="kept-prompt"):
    """A row of the table, and the repository it belongs to: by its root, or by the place of a clone without."""

    root: str | None
    clone: str | None
    source: str
    prompt_key: str
    session: str | None
    conversation: str | None
    tool: str | None
    model: str | None
    person: str | None
    email: str | None
    request: str
    task: str | None
    asked_at: str | None
    locator: str
    kept_at: str
    lines: str = ""


_Line = _Header | _KeptPromptLine
_LINES: Final = msgspec.json.Decoder[_Line](_Line)


@frozen
class Imported:
    """What became of an export that was read."""

    added: int
    present: int
    """Facts that were here already."""

    unreadable: tuple[int, ...]
    """Numbers of the lines that say nothing we know, from 1."""


def export_lines(facts: Facts, identity: RepositoryIdentity | None = None) -> Iterator[str]:
    """Return all facts, or those of one repository, a line of JSON in ASCII each. Raises: `StoreError`."""
    yield _written(_Header(VERSION))
    with facts.database.read() as connection:
        chosen = () if identity is None else repositories_of(connection, identity)
        condition = "" if identity is None else f"WHERE repository IN ({', '.join('?' * len(chosen))})"
        rows = connection.execute(
            f"SELECT root, (SELECT min(path) FROM clone WHERE clone.repository = repository.id), {COLUMNS} "  # noqa: S608  # our own words
            f"FROM kept_prompt JOIN repository ON repository.id = repository {condition} ORDER BY kept_prompt.id",
            chosen,
        ).fetchall()
    for root, clone, *columns in rows:
        yield _written(_KeptPromptLine(root, None if root else clone, *columns))


def import_lines(facts: Facts, lines: Iterable[bytes]) -> Imported:
    """Add the facts of an export that are not here, all or none; what is here stays as it is.

    Raises: `NotKeptError`, `StoreError`, also for an export of a newer Backstory.
    """
    facts.raise_if_refused()
    added = present = 0
    unreadable: list[int] = []
    with facts.database.write() as connection:
        for number, raw in enumerate(lines, 1):
            line = _read(raw)
            match line:
                case _Header(version=version) if version > VERSION:
                    raise StoreError(f"A newer Backstory wrote this export (version {version}): nothing was imported.")
                case _KeptPromptLine():
                    count = _add(connection, line)
                    added, present = added + count, present + 1 - count
                case None if raw.strip():
                    unreadable.append(number)
    return Imported(added, present, tuple(unreadable))


def _written(line: _Line) -> str:
    return json.dumps(msgspec.to_builtins(line))


def _read(raw: bytes) -> _Line | None:
    try:
        line: _Line = _LINES.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return line


def _add(connection: "Connection", line: _KeptPromptLine) -> int:
    repository = (
        repository_with_root(connection, Revision(line.root))
        if line.root
        else settle_repository(connection, RepositoryIdentity(line.clone or ""))
    )
    columns = tuple(getattr(line, name.strip()) for name in COLUMNS.split(","))
    return insert_prompts(connection, [(repository, row_of(kept_prompt_of(columns)))])
