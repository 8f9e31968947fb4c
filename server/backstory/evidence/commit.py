"""The evidence source that every repository has: who a commit says it is by, and what its message says of agents."""

from backstory.evidence.commit_evidence import ID, evidence_of
from backstory.evidence.commit_report import NAME, report_on
from backstory.evidence.quiet import QuietSource
from backstory.evidence.source import Progress, ReadRequest
from backstory.history.cancel import Cancellation
from backstory.history.commits import parse_commit
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.diagnosis import SourceReport
from backstory.model.evidence import Evidence, Reading
from backstory.model.prompt import Prompt, PromptMissing

__all__ = ["ID", "NAME", "CommitSource", "open_source"]


def open_source(repository: Repository, reader: ObjectReader | None = None) -> "CommitSource":
    """Return the source for one repository; reads nothing yet."""
    return CommitSource(repository, reader or ObjectReader(repository))


class CommitSource(QuietSource):
    """Commits of one repository, read as they are asked for."""

    def __init__(self, repository: Repository, reader: ObjectReader) -> None:
        self._repository = repository
        self._reader = reader

    def read(self, request: ReadRequest, cancellation: Cancellation) -> Reading:
        """Return what the request's commits say of themselves."""
        evidence: list[Evidence] = []
        commits = self._reader.read_commits(request.paths)
        for revision, raw in sorted(commits.items()):
            cancellation.raise_if_cancelled()
            if raw is not None:
                evidence += evidence_of(parse_commit(raw, revision))
        return Reading(tuple(evidence))

    def prompt(self, evidence: Evidence, cancellation: Cancellation) -> Prompt | PromptMissing:
        """Say where the conversation is: a commit holds none."""
        cancellation.raise_if_cancelled()
        if evidence.origin.session:
            return PromptMissing("The commit only links its session; links are never opened.")
        return PromptMissing("The commit does not say what was asked.")

    def report(self, cancellation: Cancellation, progress: Progress) -> SourceReport:
        """Look at every commit that HEAD reaches."""
        return report_on(self._repository, self._reader, cancellation, progress)

    def close(self) -> None:
        """End the processes."""
        self._reader.close()
