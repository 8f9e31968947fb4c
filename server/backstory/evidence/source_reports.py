"""What each source has to offer in a repository, and what the sources have in common."""

from collections.abc import Mapping
from contextlib import closing

from backstory.evidence import SOURCES
from backstory.evidence.joined_sessions import with_joins
from backstory.evidence.kept_requests import KeptRequests
from backstory.evidence.source import OpenSource, Progress
from backstory.evidence.switched_off import switched_off
from backstory.history.cancel import Cancellation
from backstory.history.repository import Repository
from backstory.model.diagnosis import HeldConversation, SourceReport


def source_reports(
    repository: Repository, sources: Mapping[str, OpenSource], cancellation: Cancellation, progress: Progress
) -> tuple[SourceReport, ...]:
    """Return one for each source, also for those that are not opened because a person does not want them."""
    reports = [
        sources[each.ID].report(cancellation, progress) if each.ID in sources else switched_off(each)
        for each in SOURCES
    ]
    kept: frozenset[HeldConversation] = frozenset()
    if any(report.named for report in reports):
        with closing(KeptRequests(repository)) as requests:
            kept = requests.conversations(cancellation)
    return with_joins(reports, kept)
