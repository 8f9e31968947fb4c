"""What evidence a repository holds, why there is none where there is none, and the commands that bring more."""

from collections.abc import Iterator
from pathlib import Path

from backstory.evidence import SOURCES
from backstory.evidence.keeping import advice_to_keep
from backstory.evidence.notes_advice import advice_to_fetch
from backstory.evidence.source import Progress
from backstory.evidence.switched_off import switched_off
from backstory.history.cancel import Cancellation
from backstory.history.command import git_version
from backstory.history.commits import count_commits
from backstory.history.repository import has_commit_graph
from backstory.history.status import repository_state
from backstory.model.diagnosis import Advice, Diagnosis, SourceReport
from backstory.workspace.opened import OpenedRepository, Repositories

COMMITS_WORTH_A_GRAPH = 2_000
"""From about here on a commit-graph with changed paths makes blame noticeably faster (measured: a quarter to half)."""


def diagnose(repositories: Repositories, path: Path, cancellation: Cancellation, progress: Progress) -> Diagnosis:
    """Return the whole report on the repository that holds `path`.

    Raises: `NotARepositoryError`, `GitMissingError`, `UnsafeRepositoryError`, `CancelledError`.
    """
    opened = repositories.containing(path)
    repository = opened.repository
    sources = tuple(
        opened.sources[each.ID].report(cancellation, progress) if each.ID in opened.sources else switched_off(each)
        for each in SOURCES
    )
    commits = count_commits(repository, opened.head) if opened.head else 0
    return Diagnosis(
        root=str(repository.root or repository.git_dir),
        head=opened.head,
        commits_on_head=commits,
        git_version=git_version(),
        sources=sources,
        advice=(
            *advice_to_keep(repository, opened.sources, sources, cancellation),
            *_advice(opened, sources, commits),
        ),
        states=repository_state(repository),
    )


def _advice(opened: OpenedRepository, sources: tuple[SourceReport, ...], commits: int) -> Iterator[Advice]:
    repository = opened.repository
    yield from advice_to_fetch(repository, sources)
    if repository.is_shallow:
        yield Advice(
            "This clone is shallow: blame stops where its history was cut.",
            "git fetch --unshallow",
            "the commits that really wrote the oldest lines",
        )
    if commits >= COMMITS_WORTH_A_GRAPH and not has_commit_graph(repository):
        yield Advice(
            f"History has {commits:,} commits and no commit-graph.",
            "git commit-graph write --reachable --changed-paths",
            "a faster blame, by a quarter to half",
        )
