"""What one commit says of agents and robots: its author first, then its message.

An agent as author is `authored`: its own commit. A trailer, a footer, a link to a session is `declared`: an agent took
part, nobody says in which lines. A person as author is evidence of nothing: agents commit under people's names.
"""

import re
from collections.abc import Iterator

from attrs import evolve

from backstory.evidence.identity import AgentIdentity, agent_identity, agent_named, is_robot
from backstory.evidence.trailers import Declaration, declarations
from backstory.history.commits import CommitRecord
from backstory.model.evidence import Basis, Evidence
from backstory.model.names import Revision
from backstory.model.origin import Agent, Contributor, Origin, Person

ID = "commit"

_NAME_SUFFIX = re.compile(r"(?P<person>.*\S)\s+(?:\((?P<aider>aider)\)|\[AI:\s*(?P<tool>[^\]]{1,60})\])")


def evidence_of(commit: CommitRecord) -> Iterator[Evidence]:
    """Yield what one commit says of agents and robots; nothing for a person's."""
    said = declarations(commit.message)
    author = _author(commit)
    if author:
        yield _authored(commit.revision, author, said)
        said = tuple(each for each in said if not _is_covered(each, author))
    for each in said:
        yield _declared(commit.revision, each)


def _author(commit: CommitRecord) -> Origin | None:
    """Return the agent or robot that is the commit's author; the committer is nobody's proof."""
    name, email = commit.author.name, commit.author.email
    known = agent_identity(name, email) or _suffixed(name)
    if known:
        suffix = _NAME_SUFFIX.fullmatch(name or "")
        asked_by = Person(suffix["person"], email) if suffix else None
        return Origin(Contributor.AI, known.agent, asked_by)
    if is_robot(name, email):
        return Origin(Contributor.BOT, person=Person(name, email))
    return None


def _suffixed(name: str | None) -> AgentIdentity | None:
    """Return the agent that an author's name ends in: `Ann Lee (aider)`, `Ann Lee [AI:codex]`."""
    suffix = _NAME_SUFFIX.fullmatch(name or "")
    if not suffix:
        return None
    return AgentIdentity(agent_named(suffix["aider"] or suffix["tool"]) or Agent(suffix["tool"].strip(), None))


def _authored(revision: Revision, origin: Origin, said: tuple[Declaration, ...]) -> Evidence:
    """Return the author's statement, with the model and the session that the message gives for the same tool."""
    statement = "author"
    agent = origin.agent
    if agent:
        same = [each for each in said if each.agent.tool == agent.tool and not each.suggests]
        models = {each.agent.model for each in same if each.agent.model}
        if agent.model is None and len(models) == 1:
            agent = evolve(agent, model=models.pop())
            statement = "author and trailer"
        sessions = {each.session for each in same if each.session}
        origin = evolve(origin, agent=agent, session=sessions.pop() if len(sessions) == 1 else None)
    return Evidence(
        ID, Basis.AUTHORED, origin, revision, None, None, f"{revision[:7]} author", statement, _handle(origin)
    )


def _is_covered(said: Declaration, author: Origin) -> bool:
    return author.agent is not None and said.agent.tool in (author.agent.tool, None)


def _declared(revision: Revision, said: Declaration) -> Evidence:
    origin = Origin(Contributor.MIXED if said.suggests else Contributor.AI, said.agent, session=said.session)
    locator = f"{revision[:7]} {said.key}"
    return Evidence(ID, Basis.DECLARED, origin, revision, None, None, locator, said.statement, _handle(origin))


def _handle(origin: Origin) -> str | None:
    return origin.session.key if origin.session else None
