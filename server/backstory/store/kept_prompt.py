"""A request that a person chose to keep, because its transcript will be deleted."""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from attrs import frozen

from backstory.model.origin import Agent, Person, Session
from backstory.model.prompt import Prompt
from backstory.store.storable_text import clean, masked

if TYPE_CHECKING:
    from sqlite3 import Connection

Row = tuple[str | None, ...]

COLUMNS = (
    "source, prompt_key, session, conversation, tool, model, person, email, request, task, asked_at, locator, kept_at, "
    "lines"
)
"""Of the table, in the order of `row_of` and `kept_prompt_of`."""


@frozen
class KeptPrompt:
    """What was asked of an agent, with all that finds it again."""

    source: str
    """Id of the evidence source that read it."""

    prompt_key: str
    """That source's handle, as in its evidence."""

    prompt: Prompt
    """Masked when it comes out of the store."""

    locator: str
    """Where it stood, for a person."""

    kept_at: datetime
    """Aware UTC."""

    session: Session | None = None
    agent: Agent | None = None
    asked_by: Person | None = None
    lines: frozenset[str] = frozenset()
    """Digests (`line_digest`) of the lines that it led to: they tell it from others of its session."""


def line_digest(text: str) -> str:
    """Return by what a line is known again, however it is indented; nothing can be read from it."""
    return blake2b(text.strip().encode("utf-8", "replace"), digest_size=6).hexdigest()


def row_of(kept: KeptPrompt) -> Row:
    """Return the row to store, secrets masked in every text that a person or an agent wrote."""
    session, agent, person = kept.session, kept.agent, kept.asked_by
    plain = (
        kept.source,
        kept.prompt_key,
        session.key if session else None,
        session.conversation if session else None,
        agent.tool if agent else None,
        agent.model if agent else None,
        person.name if person else None,
        person.email if person else None,
    )
    prompt = kept.prompt
    return (
        *(None if text is None else clean(text) for text in plain),
        masked(prompt.request),
        None if prompt.task is None else masked(prompt.task),
        None if prompt.asked_at is None else moment(prompt.asked_at),
        masked(kept.locator),
        moment(kept.kept_at),
        " ".join(sorted(kept.lines)),
    )


def kept_prompt_of(row: Row) -> KeptPrompt:
    """Return what a row of the table says."""
    source, key, session, conversation, tool, model, person, email, request, task, asked_at, locator, kept_at, lines = (
        row
    )
    return KeptPrompt(
        source or "",
        key or "",
        Prompt(request or "", task, _datetime(asked_at)),
        locator or "",
        _datetime(kept_at) or datetime.fromtimestamp(0, UTC),
        Session(session, conversation) if session is not None else None,
        Agent(tool, model) if tool or model else None,
        Person(person, email) if person or email else None,
        frozenset((lines or "").split()),
    )


def insert_prompts(connection: "Connection", rows: Iterable[tuple[int, Row]]) -> int:
    """Add rows, each to its repository, inside a transaction that writes; return how many were not there yet.

    One that is there stays as it is, but learns of more lines that it led to.
    """
    places = ", ".join("?" * (1 + len(COLUMNS.split(","))))
    statement = f"INSERT OR IGNORE INTO kept_prompt (repository, {COLUMNS}) VALUES ({places})"  # noqa: S608  # our own words
    added = 0
    for repository, row in rows:
        added += connection.execute(statement, (repository, *row)).rowcount
        source, prompt_key, *_, lines = row
        connection.execute(
            "UPDATE kept_prompt SET lines = ?1 "
            "WHERE repository = ?2 AND source = ?3 AND prompt_key = ?4 AND length(lines) < length(?1)",
            (lines, repository, source, prompt_key),
        )
    return added


def moment(when: datetime) -> str:
    """Return a moment as it is stored."""
    return when.astimezone(UTC).isoformat()


def _datetime(text: str | None) -> datetime | None:
    """Return the moment that is stored, None where damage (or another's export) left none."""
    try:
        when = datetime.fromisoformat(text or "")
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
