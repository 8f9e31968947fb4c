"""Facts to keep, and the repositories they belong to."""

from collections.abc import Callable
from datetime import UTC, datetime

from attrs import frozen

from backstory.model.names import Revision
from backstory.model.origin import Agent, Person, Session
from backstory.model.prompt import Prompt
from backstory.model.repository import RepositoryIdentity
from backstory.store.cache import Cache
from backstory.store.facts import Facts
from backstory.store.kept_prompt import KeptPrompt

ROOT = Revision("1" * 40)
SHOP = RepositoryIdentity("/clones/shop/.git", ROOT, frozenset({ROOT}))
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@frozen
class Openers:
    facts: Callable[[], Facts]
    cache: Callable[[RepositoryIdentity], Cache]


def asked(key: str, request: str = "Round up.", *, session: str = "s_1", person: str = "Ann Lee") -> KeptPrompt:
    return KeptPrompt(
        "claude-code",
        key,
        Prompt(request, "Write a shop.", NOW),
        f"~/.claude/projects/shop/{session}.jsonl",
        NOW,
        Session(session, f"conversation of {session}"),
        Agent("claude", "claude-opus-4-6"),
        Person(person, f"{person.split(maxsplit=1)[0].lower()}@example.com"),
    )
