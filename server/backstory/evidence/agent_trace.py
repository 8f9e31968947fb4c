"""The evidence source of repositories where tools wrote Agent Trace records: files of hooks, and notes."""

import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property

from attrs import evolve

from backstory.evidence.agent_trace_claims import Position, statements_of
from backstory.evidence.agent_trace_files import KeptRecords, Place, places, read_place
from backstory.evidence.agent_trace_ledger import Ledger
from backstory.evidence.agent_trace_note import Note, parse_note
from backstory.evidence.agent_trace_record import ID, Claim, Record
from backstory.evidence.agent_trace_report import NAME, report_on
from backstory.evidence.committed_lines import committed_lines
from backstory.evidence.json_lines import FileStamp
from backstory.evidence.notes_source import NotesSource, edit_of, note_of
from backstory.evidence.source import Progress, ReadRequest
from backstory.history.cancel import Cancellation
from backstory.history.commits import CommitRecord, parse_commit
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.diagnosis import SourceReport
from backstory.model.edit import EditReading, RecordRef
from backstory.model.evidence import Basis, Evidence, Reading, Unreadable
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import UNKNOWN_ORIGIN
from backstory.model.prompt import Prompt, PromptMissing

REFS = ("agent-trace",)
"""Names below `refs/notes/`."""

ONLY_A_LINK = PromptMissing("An Agent Trace record only links its conversation; links are never opened.")

_CLOCKS_DIFFER = timedelta(minutes=10)
_NO_TIME = datetime.min.replace(tzinfo=UTC)

__all__ = ["ID", "NAME", "AgentTraceSource", "open_source"]


def open_source(repository: Repository, reader: ObjectReader | None = None) -> "AgentTraceSource":
    """Return the source for one repository; reads nothing yet."""
    return AgentTraceSource(repository, reader or ObjectReader(repository))


class AgentTraceSource(NotesSource):
    """Records of one repository: notes and folders as first asked for, files as they are at each reading."""

    id = ID
    refs = REFS

    def __init__(self, repository: Repository, reader: ObjectReader) -> None:
        super().__init__(repository, reader)
        self._reading = threading.Lock()
        self._kept: dict[Place, tuple[tuple[FileStamp | None, ...], KeptRecords | None]] = {}

    def read(self, request: ReadRequest, cancellation: Cancellation) -> Reading:
        """Return what the records about the request's commits say of the lines that these commits have."""
        evidence: list[Evidence] = []
        unreadable: list[Unreadable] = []
        for kept in self._kept_records():
            unreadable += kept.unreadable
            for revision, raw in self._reader.read_many(list(request.paths)):
                cancellation.raise_if_cancelled()
                if raw is not None:
                    commit = parse_commit(raw, Revision(revision))
                    evidence += self._said_by_files(commit, kept, request.paths[commit.revision])
        family = self._notes()
        for place, text in family.texts(family.notes_on(request.paths)):
            cancellation.raise_if_cancelled()
            note = text if isinstance(text, Unreadable) else parse_note(text, place.locator, self._root)
            if isinstance(note, Unreadable):
                unreadable.append(note)
                continue
            if note.broken:
                unreadable.append(Unreadable(ID, place.locator, f"{note.broken:,} of its records cannot be read."))
            heard = list(_heard_in_note(note, place.revision))
            evidence += self._said(place.revision, request.paths[place.revision], heard, (place.locator, "note"))
            evidence.append(_silence(place.revision, place.locator))
        return Reading(tuple(evidence), (*family.unreadable, *unreadable))

    def prompt(self, evidence: Evidence, cancellation: Cancellation) -> Prompt | PromptMissing:
        """Say where the conversation is: a record holds none."""
        cancellation.raise_if_cancelled()
        del evidence
        return ONLY_A_LINK

    def edits(self, record: RecordRef, cancellation: Cancellation) -> EditReading:
        """Return the lines that a note records of its commit; nothing for a commit that is not in the clone."""
        cancellation.raise_if_cancelled()
        place = note_of(record)
        ((_, text),) = self._notes().texts([place])
        note = text if isinstance(text, Unreadable) else parse_note(text, place.locator, self._root)
        if isinstance(note, Unreadable):
            return EditReading(unreadable=(note,))
        at = self._authored_at(place.revision)
        heard = list(_heard_in_note(note, place.revision)) if at else []
        paths = {claim.path for claim, _ in heard}
        edits = [
            edit_of(said, committed_lines(self._reader, place.revision, said.path) or [], at)
            for said in self._said(place.revision, paths, heard, (place.locator, "note"))
            if said.path and said.basis is Basis.RECORDED and said.origin is not UNKNOWN_ORIGIN
        ]
        return EditReading(tuple(edits))

    def report(self, cancellation: Cancellation, progress: Progress) -> SourceReport:
        """Look at every note, and at the records in files."""
        return report_on(self._notes(), list(self._kept_records()), self._root, cancellation, progress)

    @cached_property
    def _root(self) -> str | None:
        return self._repository.root.as_posix() if self._repository.root else None

    @cached_property
    def _places(self) -> list[Place]:
        return places(self._repository)

    def _kept_records(self) -> Iterator[KeptRecords]:
        """Yield what is kept in files, read again where they changed."""
        for place in self._places:
            stamps = place.stamps()
            with self._reading:
                known = self._kept.get(place)
                if known is None or known[0] != stamps:
                    known = self._kept[place] = stamps, read_place(place, self._root)
            if known[1]:
                yield known[1]

    def _said_by_files(self, commit: CommitRecord, kept: KeptRecords, paths: Iterable[RepoPath]) -> Iterator[Evidence]:
        heard = list(_heard_in_files(commit, kept))
        yield from self._said(commit.revision, paths, heard, (kept.shown, "record"))
        if commit.revision in kept.ledgers:
            yield _silence(commit.revision, kept.shown)

    def _said(
        self, revision: Revision, paths: Iterable[RepoPath], heard: list[tuple[Claim, Position]], at: tuple[str, str]
    ) -> Iterator[Evidence]:
        """Yield what claims say of some paths; `at` is where they stand, and what a person calls that."""
        by_path: dict[RepoPath, list[tuple[Claim, Position]]] = {}
        for claim, position in heard:
            by_path.setdefault(claim.path, []).append((claim, position))
        for path in sorted(by_path.keys() & set(paths)):
            lines = committed_lines(self._reader, revision, path)
            for said in statements_of(by_path[path], lines) if lines else ():
                session = said.origin.session
                yield Evidence(
                    ID,
                    said.basis,
                    said.origin,
                    revision,
                    path,
                    said.lines,
                    *at,
                    session.key if session else None,
                )


def _heard_in_files(commit: CommitRecord, kept: KeptRecords) -> Iterator[tuple[Claim, Position]]:
    """Yield the claims that may be about a commit, in the order in which they were made."""
    ledger = kept.ledgers.get(commit.revision)
    if ledger:
        yield from _heard_in_ledger(ledger, kept)
    before = [record for parent in commit.parents for record in kept.naming(parent)]
    candidates = {id(record): (record, Position.BEFORE_COMMIT) for record in (*before, *kept.linked(commit.revision))}
    # A hook that ran after the commit names it as well, though what it wrote stands in the next one; and before the
    # first commit there is none to name.
    unsure = [*kept.naming(commit.revision), *(() if commit.parents else kept.naming(None))]
    for record in unsure:
        candidates.setdefault(id(record), (record, Position.PROOF_ONLY))
    for record, position in sorted(candidates.values(), key=lambda each: each[0].at or _NO_TIME):
        if not _is_later(record, commit):
            yield from ((claim, position) for claim in record.claims)


def _heard_in_ledger(ledger: Ledger, kept: KeptRecords) -> Iterator[tuple[Claim, Position]]:
    for segment in ledger.segments:
        origin, agent = segment.claim.origin, segment.claim.origin.agent
        tool = kept.tool_of(segment.record)
        named = evolve(origin, agent=evolve(agent, tool=tool)) if agent and tool else origin
        yield evolve(segment.claim, origin=named), Position.AT_COMMIT


def _heard_in_note(note: Note, revision: Revision) -> Iterator[tuple[Claim, Position]]:
    """Yield a note's claims; a record that names another commit was written before this one."""
    for segment in note.ledger.segments if note.ledger else ():
        yield segment.claim, Position.AT_COMMIT
    for record in sorted(note.records, key=lambda record: record.at or _NO_TIME):
        is_at_commit = record.revision in {None, revision}
        position = Position.AT_COMMIT if is_at_commit else Position.BEFORE_COMMIT
        yield from ((claim, position) for claim in record.claims)


def _is_later(record: Record, commit: CommitRecord) -> bool:
    """Tell whether a record was written when the commit had long been made."""
    committed = commit.committer.when
    return bool(record.at and committed and record.at > committed + _CLOCKS_DIFFER)


def _silence(revision: Revision, locator: str) -> Evidence:
    return Evidence(ID, Basis.RECORDED, UNKNOWN_ORIGIN, revision, None, None, locator, "record")
