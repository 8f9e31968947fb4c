"""An edit without its text, as a row of the text index holds it: facts as JSON, blocks as numbers."""

import json
from array import array
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from backstory.model.edit import Edit
from backstory.model.evidence import Basis
from backstory.model.keyed_edit import KeyedBlock
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import Agent, Contributor, Origin, Person, Session


def facts_of(edit: Edit) -> str:
    """Return what is known of an edit, as `read_facts` takes it."""
    origin = edit.origin
    return json.dumps(
        [
            edit.source,
            int(edit.basis),
            origin.contributor.value,
            origin.agent and [origin.agent.tool, origin.agent.model],
            origin.person and [origin.person.name, origin.person.email],
            origin.session and [origin.session.key, origin.session.conversation],
            edit.path,
            edit.at and edit.at.timestamp(),
            edit.locator,
            edit.statement,
            edit.prompt_key,
            edit.revision,
            sorted(edit.commits),
            edit.call,
            edit.wildcard,
        ]
    )


def read_facts(facts: str) -> Edit:
    """Return the edit, without its blocks."""
    row: list[Any] = json.loads(facts)
    (
        source,
        basis,
        contributor,
        agent,
        person,
        session,
        path,
        at,
        locator,
        statement,
        prompt,
        revision,
        commits,
        call,
        wild,
    ) = row
    return Edit(
        source=source,
        basis=Basis(basis),
        origin=Origin(
            Contributor(contributor),
            Agent(*agent) if agent else None,
            Person(*person) if person else None,
            Session(*session) if session else None,
        ),
        path=None if path is None else RepoPath(path),
        at=None if at is None else datetime.fromtimestamp(at, UTC),
        blocks=(),
        locator=locator,
        statement=statement,
        prompt_key=prompt,
        revision=None if revision is None else Revision(revision),
        commits=frozenset(map(Revision, commits)),
        call=call,
        wildcard=wild,
    )


def packed(blocks: Iterable[KeyedBlock]) -> bytes:
    """Return blocks as numbers: for each how many lines there are, the first one's number or 0, the lines' keys."""
    numbers = array("q")
    for block in blocks:
        numbers.extend((len(block.keys), block.first or 0, *block.keys))
    return numbers.tobytes()


def unpacked(content: bytes) -> Iterator[KeyedBlock]:
    """Yield the blocks that `packed` gave."""
    numbers = array("q")
    numbers.frombytes(content)
    at = 0
    while at < len(numbers):
        length, first = numbers[at], numbers[at + 1]
        yield KeyedBlock(tuple(numbers[at + 2 : at + 2 + length]), first or None)
        at += 2 + length
