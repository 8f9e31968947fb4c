"""git-ai's own databases on this machine, read without leaving a trace: a cache of notes, prompts, and what it fetched.

`~/.git-ai/internal/db`: `prompts(id, workdir, tool, model, external_thread_id, messages, updated_at, …)` and
`cas_cache(hash, messages)`; `~/.git-ai/internal/notes-db`: `notes(commit_sha, content)`, where notes are kept on a
server and `refs/notes/ai` may be empty. Nothing said is read but for a key that a record of the repository named.

Source: git-ai-project/git-ai `src/authorship/internal_db.rs` (schema 3), `src/notes/db.rs` (schema 1).
"""

import os
import sqlite3
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from attrs import frozen

from backstory.model.names import Revision

CACHED_NOTES = "~/.git-ai/internal/notes-db"
_LONGEST = 64 << 20
_AT_ONCE = 500
_ATTEMPTS = 3
_PAUSE_SECONDS = 0.05
_PROMPTS = (
    "SELECT id, workdir, tool, model, external_thread_id, human_author, "
    "CASE WHEN length(messages) <= :longest THEN messages END FROM prompts "
)


@frozen
class StoredPrompt:
    """A conversation that git-ai kept."""

    id: str
    folder: str | None
    """Where the agent worked."""

    tool: str | None
    model: str | None
    conversation: str
    asked_by: str | None
    messages: str | None
    """JSON; None when it is too long."""


def prompts_database() -> Path:
    """Return where git-ai keeps prompts, be there any or not."""
    return _internal() / "db"


def prompts_with(prefix: str) -> list[StoredPrompt]:
    """Return the conversations whose key begins so."""
    sql = f"{_PROMPTS} WHERE id >= :first AND id < :beyond LIMIT 8"
    return _stored(sql, {"first": prefix, "beyond": prefix + "g", "longest": _LONGEST})


def prompts_of(conversation: str) -> list[StoredPrompt]:
    """Return the conversations with the agent's own id."""
    sql = f"{_PROMPTS} WHERE external_thread_id = :conversation LIMIT 8"
    return _stored(sql, {"conversation": conversation, "longest": _LONGEST})


def kept_prompts() -> list[StoredPrompt] | None:
    """Return all conversations without what was said in them, of all repositories; None when these cannot be read."""
    sql = "SELECT id, workdir, tool, model, external_thread_id, human_author, NULL FROM prompts"
    found = _rows(prompts_database(), sql, ())
    return None if found is None else _prompts(found)


def fetched_messages(address: str) -> str | None:
    """Return the conversation behind an address in a note, where git-ai fetched it before; nothing is fetched here."""
    digest = address.rstrip("/").rpartition("/")[2]
    sql = "SELECT messages FROM cas_cache WHERE hash = ? AND length(messages) <= ?"
    found = _rows(prompts_database(), sql, (digest, _LONGEST))
    return found[0][0] if found and isinstance(found[0][0], str) else None


def cached_notes(revisions: Collection[Revision]) -> Iterator[tuple[Revision, bytes]]:
    """Yield the notes about some commits that git-ai keeps outside the repository."""
    database = _internal() / "notes-db"
    if not database.is_file():
        return
    asked = list(revisions)
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        sql = f"SELECT commit_sha, content FROM notes WHERE commit_sha IN ({marks})"  # noqa: S608  # marks alone
        for revision, content in _rows(database, sql, some) or ():
            if isinstance(revision, str) and isinstance(content, str):
                yield Revision(revision), content.encode("utf-8", "replace")


def _internal() -> Path:
    return Path(os.path.expanduser("~")) / ".git-ai" / "internal"  # noqa: PTH111  # Path.home() raises where there is none


def _stored(sql: str, given: dict[str, object]) -> list[StoredPrompt]:
    return _prompts(_rows(prompts_database(), sql, given) or [])


def _prompts(rows: list[tuple[object, ...]]) -> list[StoredPrompt]:
    return [
        StoredPrompt(key, _text(folder), _text(tool), _text(model), thread, _text(author), _text(messages))
        for key, folder, tool, model, thread, author, messages in rows
        if isinstance(key, str) and isinstance(thread, str)
    ]


def _rows(database: Path, sql: str, given: Sequence[object] | dict[str, object]) -> list[tuple[object, ...]] | None:
    """Return what a database answers; None when there is none, or it is damaged, busy or of another shape."""
    if not database.is_file():
        return None
    for attempt in range(_ATTEMPTS):
        try:
            with closing(sqlite3.connect(_address(database, attempt), uri=True, timeout=0.2)) as connection:
                return connection.execute(sql, given).fetchall()
        except (sqlite3.Error, OverflowError, UnicodeError):
            time.sleep(_PAUSE_SECONDS * attempt)
    return None


def _address(database: Path, attempt: int) -> str:
    """Return the address of a database, to be read only.

    Without a log of its own that has anything in it (WAL), the file is all there is: then it is read without locks and
    without the files that SQLite would lay beside it. Where that fails, somebody has just begun to write.
    """
    try:
        has_log = database.with_name(database.name + "-wal").stat().st_size > 0
    except OSError:
        has_log = False
    mode = "mode=ro" if has_log or attempt else "immutable=1"
    return f"{database.absolute().as_uri()}?{mode}"


def _text(found: object) -> str | None:
    return found if isinstance(found, str) and found else None
