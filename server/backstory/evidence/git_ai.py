"""The evidence source of repositories where git-ai recorded who wrote which lines: `refs/notes/ai`."""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from attrs import evolve

from backstory.evidence.git_ai_claims import claims_of
from backstory.evidence.git_ai_database import CACHED_NOTES, cached_notes
from backstory.evidence.git_ai_index import IndexedKey, index_keys
from backstory.evidence.git_ai_legacy import LegacyRecord, parse_legacy, resolve_author
from backstory.evidence.git_ai_lost import NotedCommits
from backstory.evidence.git_ai_note import ID, Note, parse_note
from backstory.evidence.git_ai_prompt import BEFORE_NOTES, NO_RECORD, NOT_HERE, UNREADABLE, conversation_of, prompt_of
from backstory.evidence.git_ai_records import Records, Resolved
from backstory.evidence.git_ai_refs import NoteAt, RecordedRefs, recorded_refs
from backstory.evidence.git_ai_report import report_on
from backstory.evidence.quiet import QuietSource
from backstory.evidence.source import Progress, ReadRequest, silent
from backstory.history.cancel import Cancellation
from backstory.history.clone_stamp import clone_stamp
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.diagnosis import SourceReport
from backstory.model.edit import Edit, EditReading, RecordRef
from backstory.model.evidence import Basis, Evidence, Reading, Unreadable
from backstory.model.names import BlobId, RepoPath, Revision
from backstory.model.origin import UNKNOWN_ORIGIN, Contributor, Origin
from backstory.model.prompt import Conversation, Prompt, PromptMissing

NAME = "git-ai notes"

__all__ = ["ID", "NAME", "GitAiSource", "open_source"]


def open_source(repository: Repository, reader: ObjectReader | None = None) -> "GitAiSource":
    """Return the source for one repository; reads nothing yet."""
    return GitAiSource(repository, reader or ObjectReader(repository))


class GitAiSource(QuietSource):
    """git-ai's records of one repository, as they are when first asked for."""

    def __init__(self, repository: Repository, reader: ObjectReader) -> None:
        self._repository = repository
        self._reader = reader
        self._noted = NotedCommits(repository, reader)
        self._lock = threading.Lock()
        self._indexing = threading.Lock()
        self._found_refs: RecordedRefs | None = None
        self._index: dict[str, IndexedKey] | None = None
        self._unresolved: set[str] = set()

    def prepare(self) -> None:
        """Find the refs."""
        self._refs()

    def read(self, request: ReadRequest, cancellation: Cancellation) -> Reading:
        """Return what the records of the request's commits say of its paths."""
        said: dict[Revision, list[Evidence]] = {}
        unreadable: list[Unreadable] = []
        for place, record in self._records(request.paths, cancellation):
            if isinstance(record, Unreadable):
                unreadable.append(record)
                continue
            statements = list(_statements(place, record, request.paths[place.revision], self._elsewhere))
            earlier = said.setdefault(place.revision, [])
            if not earlier or not _repeats(statements, earlier):
                earlier += statements
        return Reading(tuple(chain.from_iterable(said.values())), (*self._refs().unreadable, *unreadable))

    def prompt(self, evidence: Evidence, cancellation: Cancellation) -> Prompt | PromptMissing:
        """Return what was asked, where the note (or another one) keeps the conversation."""
        cancellation.raise_if_cancelled()
        return self._told(evidence, prompt_of)

    def conversation(self, evidence: Evidence, cancellation: Cancellation) -> Conversation | PromptMissing:
        """Return the conversation around the last edit of the file, where a note keeps it."""
        cancellation.raise_if_cancelled()
        found = self._told(evidence, conversation_of)
        return evolve(found, locator=evidence.locator) if isinstance(found, Conversation) else found

    def records(self, cancellation: Cancellation) -> Sequence[RecordRef]:
        """Return the noted commits of this clone."""
        cancellation.raise_if_cancelled()
        return self._noted.records(self._refs())

    def records_stamp(self, cancellation: Cancellation) -> str | None:
        """Return that of the clone: which commits it has counts as well as which notes."""
        cancellation.raise_if_cancelled()
        return clone_stamp(self._repository)

    def edits(self, record: RecordRef, cancellation: Cancellation) -> EditReading:
        """Return what is recorded of the lines that a commit really added."""
        edits: list[Edit] = []
        unreadable: list[Unreadable] = []
        for place, read in self._records((Revision(record.key),), cancellation):
            if isinstance(read, Unreadable):
                unreadable.append(read)
            elif isinstance(read, LegacyRecord) or read.claims_lines:
                edits += self._noted.edits(place, read, lambda key: self._indexed(key, cancellation))
        return EditReading(tuple(edits), tuple(unreadable))

    def resolve(self, cancellation: Cancellation, progress: Progress) -> bool:
        """Look through all notes for the records of keys that had none in their own."""
        with self._indexing:
            index = self._index
            if index is None:
                index = index_keys(self._reader, self._refs().first_notes(), cancellation, progress)
            with self._lock:
                self._index = index
                return bool(self._unresolved)

    def has_postponed_work(self) -> bool:
        """Tell whether a read met a key without a record, and all notes have not been searched yet."""
        return self._index is None and bool(self._unresolved)

    def report(self, cancellation: Cancellation, progress: Progress) -> SourceReport:
        """Read every note of the repository."""
        return report_on(self._repository, self._reader, self._refs(), cancellation, progress)

    def close(self) -> None:
        """End the processes."""
        self._noted.close()
        self._reader.close()

    def _refs(self) -> RecordedRefs:
        with self._lock:
            if self._found_refs is None:
                self._found_refs = recorded_refs(self._repository, self._reader)
            return self._found_refs

    def _indexed(self, key: str, cancellation: Cancellation) -> Origin | None:
        """Answer for a key without a record in its own note, after looking through all notes."""
        self.resolve(cancellation, silent)
        found = (self._index or {}).get(key)
        return found.origin if found else None

    def _elsewhere(self, key: str) -> Origin | None:
        """Answer for a key without a record in its own note; `UNKNOWN_ORIGIN` until all notes have been searched."""
        with self._lock:
            if self._index is None:
                self._unresolved.add(key)
                return UNKNOWN_ORIGIN
        found = self._index.get(key)
        return found.origin if found else None

    def _records(
        self, revisions: Collection[Revision], cancellation: Cancellation
    ) -> Iterator[tuple[NoteAt, Note | LegacyRecord | Unreadable]]:
        """Read all records about some commits, one at a time; what git-ai would read first comes first."""
        for revision, content in cached_notes(revisions):
            place = NoteAt(revision, CACHED_NOTES, BlobId(""))
            yield place, parse_note(content, place.locator)
        places = self._refs().records_on(revisions)
        texts = self._reader.read_many([place.blob for place in places])
        for place, (_, text) in zip(places, texts, strict=True):
            cancellation.raise_if_cancelled()
            if text is None:
                yield place, Unreadable(ID, place.locator, "This clone lacks its text.")
            elif place.is_legacy:
                yield place, parse_legacy(text, place.locator)
            else:
                yield place, parse_note(text, place.locator)

    def _told(self, evidence: Evidence, tell: "_Tell[_Told]") -> "_Told | PromptMissing":
        """Return what the conversation of some evidence tells, in the note that keeps it."""
        key, _, path = (evidence.prompt_key or "").partition(" ")
        key, _, elsewhere_noted = key.partition("@")  # a line that lost its record: the commit that the record is of
        noted = Revision(elsewhere_noted or evidence.revision)
        if evidence.locator.startswith(CACHED_NOTES):
            content = next((content for _, content in cached_notes((noted,))), None)
            return _told_in(content, evidence.locator, key, RepoPath(path), tell)
        places = self._refs().records_on((noted,))
        place = next((place for place in places if place.locator == evidence.locator), None)
        if place is None or place.is_legacy:
            return BEFORE_NOTES if place else NOT_HERE
        found = self._told_at(place, key, RepoPath(path), tell)
        elsewhere = (self._index or {}).get(key) if found is NO_RECORD else None
        return self._told_at(elsewhere.note, key, RepoPath(path), tell) if elsewhere else found

    def _told_at(self, place: NoteAt, key: str, path: RepoPath, tell: "_Tell[_Told]") -> "_Told | PromptMissing":
        return _told_in(self._reader.read(place.blob), place.locator, key, path, tell)


_Told = TypeVar("_Told")
_Tell = Callable[[Note, str, RepoPath], _Told | PromptMissing]
"""Tells something of the conversation of a key, from a note, for a file."""


def _told_in(text: bytes | None, locator: str, key: str, path: RepoPath, tell: _Tell[_Told]) -> _Told | PromptMissing:
    note = parse_note(text, locator) if text is not None else None
    if note is None:
        return NOT_HERE
    return UNREADABLE if isinstance(note, Unreadable) else tell(note, key, path)


def _statements(
    place: NoteAt, record: Note | LegacyRecord, paths: Iterable[RepoPath], elsewhere: Callable[[str], Origin | None]
) -> Iterator[Evidence]:
    """Yield what one record says of some paths, and that it speaks of the commit at all."""
    resolve = Records(record.metadata, elsewhere).resolve if isinstance(record, Note) else resolve_author
    statement = "authorship ref" if place.is_legacy else "note"
    for path in sorted(paths):
        claims = claims_of(record.entries(path), resolve)
        said = [*claims.decided, (Resolved("", UNKNOWN_ORIGIN), claims.undecided)]
        for owner, lines in said if claims.undecided else claims.decided:
            yield Evidence(
                ID,
                Basis.RECORDED,
                owner.origin,
                place.revision,
                path,
                lines,
                place.locator,
                statement,
                f"{owner.key} {path}" if owner.origin.contributor is Contributor.AI else None,
                owner.is_provisional,
            )
    yield Evidence(ID, Basis.RECORDED, UNKNOWN_ORIGIN, place.revision, None, None, place.locator, statement)


def _repeats(statements: Iterable[Evidence], earlier: Iterable[Evidence]) -> bool:
    """Tell whether a copy says nothing that another record of the commit did not."""
    return {(each.origin, each.path, each.lines) for each in statements} <= {
        (each.origin, each.path, each.lines) for each in earlier
    }
