"""What the sources have in common that read one recorder's notes."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import ClassVar

from backstory.evidence.notes_family import NoteAt, NotesFamily
from backstory.evidence.quiet import QuietSource
from backstory.history.cancel import Cancellation
from backstory.history.commits import parse_commit
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.edit import Block, Edit, RecordRef
from backstory.model.evidence import Basis, Evidence
from backstory.model.names import BlobId, Revision

LOST = "note of a commit with the same lines"
"""What a note is called by which lines are found whose own commit has none."""


class NotesSource(QuietSource):
    """Notes of one repository, as they are when first asked for."""

    id: ClassVar[str]
    refs: ClassVar[Sequence[str]]
    """Names of its refs below `refs/notes/`: today's first, then earlier ones."""

    def __init__(self, repository: Repository, reader: ObjectReader) -> None:
        self._repository = repository
        self._reader = reader
        self._lock = threading.Lock()
        self._found: NotesFamily | None = None

    def prepare(self) -> None:
        """Find the refs."""
        self._notes()

    def records(self, cancellation: Cancellation) -> Sequence[RecordRef]:
        """Return every note."""
        cancellation.raise_if_cancelled()
        return [RecordRef(f"{note.ref} {note.revision}", note.blob) for note in self._notes().notes()]

    def close(self) -> None:
        """End the processes."""
        self._reader.close()

    def _notes(self) -> NotesFamily:
        with self._lock:
            if self._found is None:
                self._found = NotesFamily(self.id, self._repository, self._reader, self.refs)
            return self._found

    def _authored_at(self, revision: Revision) -> datetime | None:
        """Return a commit's author time in UTC; None when the commit is not in the clone or has none."""
        raw = self._reader.read(revision)
        when = parse_commit(raw, revision).author.when if raw is not None else None
        return when.astimezone(UTC) if when else None


def note_of(record: RecordRef) -> NoteAt:
    """Return the note that one of `NotesSource.records` is."""
    ref, _, revision = record.key.partition(" ")
    return NoteAt(Revision(revision), ref, BlobId(record.stamp))


def edit_of(evidence: Evidence, committed: Sequence[bytes], at: datetime | None) -> Edit:
    """Return what a note says of a commit's lines, `committed` being all those of the file, as an edit."""
    blocks = (
        Block(
            tuple(line.decode("utf-8", "replace") for line in committed[lines.first - 1 : lines.last]),
            lines.first,
        )
        for lines in evidence.lines or ()
    )
    return Edit(
        source=evidence.source,
        basis=Basis.CARRIED,
        origin=evidence.origin,
        path=evidence.path,
        at=at,
        blocks=tuple(blocks),
        locator=evidence.locator,
        statement=LOST,
        prompt_key=evidence.prompt_key,
        revision=evidence.revision,
    )
