"""What evidence a repository holds, why there is none where there is none, and the commands that bring more."""

from pathlib import Path

from backstory.evidence.history_advice import advice_on_history
from backstory.evidence.keeping import advice_to_keep
from backstory.evidence.notes_advice import advice_to_fetch
from backstory.evidence.source import Progress
from backstory.evidence.source_reports import source_reports
from backstory.history.cancel import Cancellation
from backstory.history.command import git_version
from backstory.history.commits import count_commits
from backstory.history.status import repository_state
from backstory.model.diagnosis import Diagnosis
from backstory.store.limits import store_limits
from backstory.workspace.opened import Repositories


def diagnose(repositories: Repositories, path: Path, cancellation: Cancellation, progress: Progress) -> Diagnosis:
    """Return the whole report on the repository that holds `path`.

    Raises: `NotARepositoryError`, `GitMissingError`, `UnsafeRepositoryError`, `CancelledError`.
    """
    opened = repositories.containing(path)
    repository = opened.repository
    sources = source_reports(repository, opened.sources, cancellation, progress)
    commits = count_commits(repository, opened.head) if opened.head else 0
    return Diagnosis(
        root=str(repository.root or repository.git_dir),
        head=opened.head,
        commits_on_head=commits,
        git_version=git_version(),
        sources=sources,
        advice=(
            *advice_to_keep(repository, opened.sources, sources, cancellation),
            *advice_to_fetch(repository, sources),
            *advice_on_history(repository, commits),
        ),
        states=(*repository_state(repository), *store_limits()),
    )
