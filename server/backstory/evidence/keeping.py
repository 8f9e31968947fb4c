"""Requests that will vanish with their transcripts: kept when a person wants that, told of when it is about time."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing

from backstory.evidence.source import OpenSource
from backstory.evidence.transcripts.local_report import ABOUT_TO_BE_DELETED
from backstory.history.cancel import Cancellation
from backstory.history.repository import Repository
from backstory.history.roots import identify
from backstory.model.diagnosis import Advice, SourceReport
from backstory.store.errors import StoreError
from backstory.store.facts import have_facts, open_facts
from backstory.store.kept_prompt import KeptPrompt

KEEP = "backstory store keep"


def keepable(sources: Mapping[str, OpenSource], cancellation: Cancellation) -> Iterator[KeptPrompt]:
    """Yield the requests behind edits of a repository that only this machine holds."""
    for source in sources.values():
        yield from source.keepable(cancellation)


def advice_to_keep(
    repository: Repository,
    sources: Mapping[str, OpenSource],
    reports: Iterable[SourceReport],
    cancellation: Cancellation,
) -> Iterator[Advice]:
    """Yield what to do about transcripts that are about to be deleted; nothing once their requests are kept."""
    known: frozenset[tuple[str, str]] | None = None
    for report in reports:
        soon = dict(report.details).get(ABOUT_TO_BE_DELETED)
        if soon is None:
            continue
        known = _kept(repository, cancellation) if known is None else known
        found = {(each.source, each.prompt_key) for each in sources[report.id].keepable(cancellation)}
        if count := len(found - known):
            requests = "1 request in them is" if count == 1 else f"{count:,} requests in them are"
            yield Advice(
                f"{report.name} are about to be deleted, {soon}; {requests} not kept.",
                KEEP,
                "what was asked, in your own store, secrets masked",
            )


def _kept(repository: Repository, cancellation: Cancellation) -> frozenset[tuple[str, str]]:
    if not have_facts():
        return frozenset()
    with closing(open_facts()) as facts:
        try:
            kept = facts.of(identify(repository, cancellation)).all()
        except StoreError:
            return frozenset()
        return frozenset((each.source, each.prompt_key) for each in kept)
