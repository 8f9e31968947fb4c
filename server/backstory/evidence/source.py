"""What an evidence source must offer. Adding one is a new file and a line in `SOURCES`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from attrs import frozen

from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.diagnosis import SourceReport
from backstory.model.edit import EditReading, RecordRef
from backstory.model.evidence import Evidence, Reading
from backstory.model.names import RepoPath, Revision
from backstory.model.prompt import Conversation, Prompt, PromptMissing, Question
from backstory.store.kept_prompt import KeptPrompt


@frozen
class ReadRequest:
    """Commits that blame named, each with the paths (at that commit) whose lines are asked for."""

    paths: Mapping[Revision, frozenset[RepoPath]]


class Progress(Protocol):
    """Told how far a long job is."""

    def __call__(self, done: int, total: int | None, /) -> None:
        """`done` of `total` records; `total` None while it is not known."""


def silent(_done: int, _total: int | None, /) -> None:
    """Show no progress."""


Announce = Callable[[str, Cancellation], AbstractContextManager[Progress]]
"""Tells a person of work that takes seconds, for as long as it takes, and lets them call it off."""


def unannounced(_title: str, _cancellation: Cancellation) -> AbstractContextManager[Progress]:
    """Tell nobody."""
    return nullcontext(silent)


class OpenSource(Protocol):
    """One source, opened on one repository; safe to use from several threads."""

    def prepare(self) -> None:
        """Do what the first `read` needs anyway; worth doing while git blame starts."""

    def read(self, request: ReadRequest, cancellation: Cancellation) -> Reading:
        """Return what is recorded about the request's commits. Never raises for a bad record."""

    def prompt(self, evidence: Evidence, cancellation: Cancellation) -> Prompt | PromptMissing:
        """Return what was asked, for evidence that this source gave."""

    def conversation(self, evidence: Evidence, cancellation: Cancellation) -> Conversation | PromptMissing:
        """Return the conversation around the edit behind evidence that this source gave."""

    def recall(self, question: Question, cancellation: Cancellation) -> Evidence | None:
        """Return evidence of this source for the edit that another source's session names.

        Its `prompt_key` opens `prompt` and `conversation`; None when this source does not hold that conversation.
        """

    def absence(self, question: Question, cancellation: Cancellation) -> PromptMissing | None:
        """Return why this source lacks a conversation that it would hold; None when it has nothing to say of it."""

    def keepable(self, cancellation: Cancellation) -> Iterator[KeptPrompt]:
        """Yield the requests behind edits of this repository that will vanish from where this source reads them."""

    def records(self, cancellation: Cancellation) -> Sequence[RecordRef]:
        """Return the records whose edits may be found by text; cheap, reads none of them."""

    def records_stamp(self, cancellation: Cancellation) -> str | None:
        """Return what stays the same for as long as `records` returns the same; None when only these can tell."""

    def edits(self, record: RecordRef, cancellation: Cancellation) -> EditReading:
        """Return what one of `records` says was written. Never raises for a bad record."""

    def resolve(self, cancellation: Cancellation, progress: Progress) -> bool:
        """Do the slow work that `read` postponed (a global index); True when a new `read` may say more."""

    def has_postponed_work(self) -> bool:
        """Tell whether a `read` so far met something that only `resolve` can settle."""

    def report(self, cancellation: Cancellation, progress: Progress) -> SourceReport:
        """Look at every record of the repository, for `doctor`."""

    def close(self) -> None:
        """Give back processes and memory."""


class Source(Protocol):
    """A module in `SOURCES`."""

    ID: str
    NAME: str

    def open_source(self, repository: Repository, reader: ObjectReader | None = None) -> OpenSource:
        """Return the source for one repository; cheap, reads nothing yet. Without `reader` it has one of its own."""
