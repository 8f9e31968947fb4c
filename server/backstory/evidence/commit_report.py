"""What the commits of a repository say of agents and robots, counted for `doctor`."""

from collections import Counter
from collections.abc import Iterator

from backstory.evidence.commit_evidence import ID, evidence_of
from backstory.evidence.joined_sessions import sessions_named
from backstory.evidence.source import Progress
from backstory.history.cancel import Cancellation
from backstory.history.commits import parse_commit, reachable
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository, head
from backstory.model.diagnosis import NamedSession, SourceReport
from backstory.model.evidence import Basis, Evidence, Unreadable
from backstory.model.names import Revision
from backstory.model.origin import Contributor

NAME = "commit identities and trailers"
_PROGRESS_EVERY = 1_000
_TOOLS_SHOWN = 8
_AGENTS = "commits by an agent"
_DECLARING = "commits in which an agent took part"
_ROBOTS = "commits by a robot"


def report_on(
    repository: Repository, reader: ObjectReader, cancellation: Cancellation, progress: Progress
) -> SourceReport:
    """Read every commit that HEAD reaches and return the report."""
    revision = head(repository)
    revisions = sorted(reachable(repository, revision)) if revision else []
    kinds: Counter[str] = Counter()
    tools: Counter[str] = Counter()
    named: set[NamedSession] = set()
    unreadable: list[Unreadable] = []
    for done, (name, raw) in enumerate(reader.read_many(revisions), 1):
        cancellation.raise_if_cancelled()
        if done % _PROGRESS_EVERY == 0 or done == len(revisions):
            progress(done, len(revisions))
        if raw is None:
            unreadable.append(Unreadable(ID, name[:7], "This clone lacks the commit."))
            continue
        evidence = list(evidence_of(parse_commit(raw, Revision(name))))
        if evidence:
            kinds[_kind(evidence[0])] += 1
            tools.update(_tools(evidence))
            named |= sessions_named(each.origin for each in evidence)
    found = kinds.total()
    return SourceReport(
        id=ID,
        name=NAME,
        found=found + len(unreadable),
        on_head=found + len(unreadable),
        read=found,
        unreadable=tuple(unreadable),
        details=tuple(_details(kinds, tools)),
        absence=None if found else "No commit that HEAD reaches names an agent or a robot.",
        named=frozenset(named),
    )


def _kind(leading: Evidence) -> str:
    if leading.origin.contributor is Contributor.BOT:
        return _ROBOTS
    return _AGENTS if leading.basis is Basis.AUTHORED else _DECLARING


def _tools(evidence: list[Evidence]) -> set[str]:
    agents = [each.origin.agent for each in evidence if each.origin.agent]
    return {agent.tool or "not recorded" for agent in agents}


def _details(kinds: Counter[str], tools: Counter[str]) -> Iterator[tuple[str, str]]:
    for kind in (_AGENTS, _DECLARING, _ROBOTS):
        if kinds[kind]:
            yield kind, f"{kinds[kind]:,}"
    if tools:
        yield "commits by tool", ", ".join(f"{tool} {count:,}" for tool, count in tools.most_common(_TOOLS_SHOWN))
