"""Commits and recorded edits, as short as the rules about them allow."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from backstory.attribution.kinship import CommitWords
from backstory.model.change import FileChange, Replacement
from backstory.model.edit import Edit
from backstory.model.evidence import Basis
from backstory.model.keyed_edit import KeyedBlock, KeyedEdit
from backstory.model.line_key import line_key
from backstory.model.origin import Agent, Contributor, Origin, Session

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def words(revision: str, message: str = "Add things", hours: float = 0, committed: float | None = None) -> CommitWords:
    return CommitWords(revision, at(hours), at(hours if committed is None else committed), message)


def edit(
    session: str,
    *blocks: Sequence[str],
    revision: str | None = None,
    path: str = "pay.py",
    hours: float = 0,
    commits: Sequence[str] = (),
    call: str | None = None,
) -> KeyedEdit:
    origin = Origin(Contributor.AI, Agent("claude", None), session=Session(session, session))
    basis = Basis.CARRIED if revision else Basis.MATCHED
    facts = Edit(
        "notes", basis, origin, path, at(hours), (), "here", "note", None, revision, frozenset(commits), call=call
    )
    return KeyedEdit(facts, tuple(KeyedBlock(tuple(map(line_key, block))) for block in blocks))


def change(
    path: str, added: Sequence[str], removed: Sequence[str] = (), first: int = 1, first_removed: int = 1
) -> FileChange:
    return FileChange(path, (Replacement(first, tuple(added), tuple(removed), first_removed if removed else 0),))
