"""The evidence source of repositories where whogitit recorded Claude Code's edits: `refs/notes/whogitit`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from backstory.evidence.committed_lines import committed_lines
from backstory.evidence.joined_sessions import sessions_named
from backstory.evidence.notes_family import NoteAt
from backstory.evidence.notes_report import Counted, report_on_notes
from backstory.evidence.notes_source import LOST, NotesSource, note_of
from backstory.evidence.recorded_time import recorded_time
from backstory.evidence.source import Progress, ReadRequest
from backstory.evidence.whogitit_claims import Owner, blocks_of, claims_of, origin_of
from backstory.evidence.whogitit_note import ID, Note, SnapshotLine, parse_note
from backstory.evidence.whogitit_prompt import NO_RECORD, NOT_HERE, conversation_of, prompt_of
from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.diagnosis import SourceReport
from backstory.model.edit import Block, Edit, EditReading, RecordRef
from backstory.model.evidence import Basis, Evidence, Reading, Unreadable
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import UNKNOWN_ORIGIN, Contributor
from backstory.model.prompt import Conversation, Prompt, PromptMissing

NAME = "whogitit notes"
REFS = ("whogitit", "ai-blame")
"""Names below `refs/notes/`; the second is from before the tool had its name."""

__all__ = ["ID", "NAME", "WhogititSource", "open_source"]


def open_source(repository: Repository, reader: ObjectReader | None = None) -> "WhogititSource":
    """Return the source for one repository; reads nothing yet."""
    return WhogititSource(repository, reader or ObjectReader(repository))


class WhogititSource(NotesSource):
    """whogitit's notes of one repository, as they are when first asked for."""

    id = ID
    refs = REFS

    def read(self, request: ReadRequest, cancellation: Cancellation) -> Reading:
        """Return what the notes of the request's commits say of the lines that these commits have."""
        family = self._notes()
        evidence: list[Evidence] = []
        unreadable: list[Unreadable] = []
        for place, text in family.texts(family.notes_on(request.paths)):
            cancellation.raise_if_cancelled()
            note = text if isinstance(text, Unreadable) else parse_note(text, place.locator)
            if isinstance(note, Unreadable):
                unreadable.append(note)
                continue
            for said in self._said(place, note, request.paths[place.revision]):
                if isinstance(said, Unreadable):
                    unreadable.append(said)
                else:
                    evidence.append(said)
        return Reading(tuple(evidence), (*family.unreadable, *unreadable))

    def prompt(self, evidence: Evidence, cancellation: Cancellation) -> Prompt | PromptMissing:
        """Return what was asked before the edit that the evidence is about."""
        cancellation.raise_if_cancelled()
        found = self._asked(evidence)
        return found if isinstance(found, PromptMissing) else prompt_of(*found)

    def conversation(self, evidence: Evidence, cancellation: Cancellation) -> Conversation | PromptMissing:
        """Return all requests of the note, which keeps no answers."""
        cancellation.raise_if_cancelled()
        found = self._asked(evidence)
        return found if isinstance(found, PromptMissing) else conversation_of(*found, evidence.locator)

    def edits(self, record: RecordRef, cancellation: Cancellation) -> EditReading:
        """Return the agent's lines of a note, wherever they are now."""
        cancellation.raise_if_cancelled()
        place = note_of(record)
        ((_, text),) = self._notes().texts([place])
        note = text if isinstance(text, Unreadable) else parse_note(text, place.locator)
        if isinstance(note, Unreadable):
            return EditReading(unreadable=(note,))
        return EditReading(tuple(self._edits(place, note)))

    def report(self, cancellation: Cancellation, progress: Progress) -> SourceReport:
        """Read every note of the repository."""
        return report_on_notes(self._notes(), NAME, _count, cancellation, progress)

    def _said(self, place: NoteAt, note: Note, paths: Iterable[RepoPath]) -> Iterator[Evidence | Unreadable]:
        """Yield what a note says of some paths, and that it speaks of the commit at all."""
        for path in sorted(paths):
            snapshot = note.snapshot(path)
            if snapshot is None:
                yield Unreadable(ID, f"{place.locator} {path}", "The lines of this file cannot be read.")
            elif snapshot:
                yield from self._said_of_file(place, note, path, snapshot)
        yield Evidence(ID, Basis.RECORDED, UNKNOWN_ORIGIN, place.revision, None, None, place.locator, "note")

    def _said_of_file(
        self, place: NoteAt, note: Note, path: RepoPath, snapshot: Sequence[SnapshotLine]
    ) -> Iterator[Evidence | Unreadable]:
        committed = committed_lines(self._reader, place.revision, path)
        if committed is None:
            return
        claims = claims_of(snapshot, committed)
        if claims.differing:
            flaw = f"{claims.differing:,} of {len(snapshot):,} lines of its snapshot are not those of the commit."
            yield Unreadable(ID, f"{place.locator} {path}", flaw)
        for owner, lines in claims.lines:
            origin, key = origin_of(note, owner[0]), _prompt_key(place, owner)
            yield Evidence(ID, Basis.RECORDED, origin, place.revision, path, lines, place.locator, "note", key)
        if claims.left_open:
            yield Evidence(
                ID, Basis.RECORDED, UNKNOWN_ORIGIN, place.revision, path, claims.left_open, place.locator, "note"
            )

    def _edits(self, place: NoteAt, note: Note) -> Iterator[Edit]:
        when = self._authored_at(place.revision)
        for path in note.paths:
            snapshot = note.snapshot(path) or []
            edited: dict[Owner, list[Block]] = {}
            for owner, lines in blocks_of(snapshot):
                block = Block(tuple(line.content for line in lines), max(lines[0].line_number, 1))
                edited.setdefault(owner, []).append(block)
            is_here = edited and when and _is_committed(snapshot, self._reader, place.revision, RepoPath(path))
            for owner, blocks in edited.items():
                yield Edit(
                    source=ID,
                    basis=Basis.CARRIED,
                    origin=origin_of(note, owner[0]),
                    path=RepoPath(path),
                    at=when or _edited_at(note, owner),
                    blocks=tuple(blocks),
                    locator=place.locator,
                    statement=LOST,
                    prompt_key=_prompt_key(place, owner),
                    revision=place.revision if is_here else None,
                )

    def _asked(self, evidence: Evidence) -> tuple[Note, int] | PromptMissing:
        """Return the note behind a prompt's key, and which of its requests is meant."""
        blob, _, index = (evidence.prompt_key or "").partition(" ")
        if not index:
            return NO_RECORD
        text = self._reader.read(blob)
        note = parse_note(text, evidence.locator) if text is not None else None
        return NOT_HERE if note is None or isinstance(note, Unreadable) else (note, int(index))


def _prompt_key(place: NoteAt, owner: Owner) -> str | None:
    _, index = owner
    return None if index is None else f"{place.blob} {index}"


def _edited_at(note: Note, owner: Owner) -> datetime | None:
    """Return when the edit was made, for a commit that is not here to ask."""
    asked = next((request for request in note.requests if request.index == owner[1]), None)
    return recorded_time((asked and asked.timestamp) or note.session.started_at)


def _is_committed(snapshot: Sequence[SnapshotLine], reader: ObjectReader, revision: Revision, path: RepoPath) -> bool:
    committed = committed_lines(reader, revision, path)
    return committed is not None and not claims_of(snapshot, committed).differing


def _count(place: NoteAt, text: bytes) -> Counted | Unreadable:
    note = parse_note(text, place.locator)
    if isinstance(note, Unreadable):
        return note
    kinds = Counter(line.source.type for path in note.paths for line in note.snapshot(path) or ())
    requests = {prompt.text for prompt in note.requests}
    counts = {
        "lines by an agent": kinds["AI"],
        "lines like an agent's, changed": kinds["AIModified"],
        "lines that no edit of the agent's explains": kinds["Human"],
        "lines from before": kinds["Original"],
        "requests": len(requests),
    }
    named = sessions_named([origin_of(note, Contributor.AI)])
    return Counted(counts, has_lines=bool(kinds["AI"] or kinds["AIModified"]), keeps_texts=True, named=named)
