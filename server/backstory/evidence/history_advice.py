"""What of a clone's history keeps blame from being right, or fast."""

from collections.abc import Iterator

from backstory.history.repository import Repository, has_commit_graph
from backstory.model.diagnosis import Advice

COMMITS_WORTH_A_GRAPH = 2_000
"""From about here on a commit-graph with changed paths makes blame noticeably faster (measured: a quarter to half)."""


def advice_on_history(repository: Repository, commits: int) -> Iterator[Advice]:
    """Yield the commands that bring what is cut off, and what blame is faster with; `commits` are those of HEAD."""
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
