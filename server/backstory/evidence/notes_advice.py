"""Notes that a clone did not fetch."""

from collections.abc import Iterable, Iterator

from backstory.history.repository import Repository, fetches_notes, remotes
from backstory.model.diagnosis import Advice, SourceReport

TRAVELLING = frozenset({"git-ai", "whogitit", "agentblame", "agent-trace", "entire"})
"""The sources whose records are pushed and fetched beside the code."""


def advice_to_fetch(repository: Repository, sources: Iterable[SourceReport]) -> Iterator[Advice]:
    """Yield the command that brings notes, where no record came with the clone and a remote may have some."""
    names = remotes(repository)
    travelling = [report for report in sources if report.id in TRAVELLING]
    if not names or any(report.found for report in travelling) or all(report.is_off for report in travelling):
        return
    remote = "origin" if "origin" in names else names[0]
    problem = "Notes are not here, and this clone's fetches leave them out"
    if fetches_notes(repository, remote):
        problem = "Notes are not here, though fetches bring them: the remote may have none"
    yield Advice(
        f"{problem}.",
        f"git fetch {remote} 'refs/notes/*:refs/notes/*'",
        "line by line records of agents, if somebody pushed them",
    )
