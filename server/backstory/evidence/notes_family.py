"""The notes that one recorder keeps: in refs of its own, in those of its earlier names, in copies of a remote's."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeVar

from attrs import frozen

from backstory.evidence.evidence_refs import evidence_refs
from backstory.history.notes import NotesIndex
from backstory.history.notes_tree import NotesTree
from backstory.history.objects import ObjectReader
from backstory.history.presence import present_objects
from backstory.history.repository import Repository
from backstory.model.errors import GitFailedError, MissingObjectsError
from backstory.model.evidence import Unreadable
from backstory.model.names import BlobId, Revision

MAX_NOTE_BYTES = 16 << 20
"""The largest notes seen have 4 MB, and whogitit itself refuses to write more."""

_Answer = TypeVar("_Answer")


@frozen
class NoteAt:
    """One note about a commit, not yet read."""

    revision: Revision
    ref: str
    blob: BlobId

    @property
    def locator(self) -> str:
        """Where a person can re-read it."""
        return f"{self.ref}@{self.revision[:7]}"


class NotesFamily:
    """All notes of one recorder in one repository, as they were when first asked for; none is read yet.

    Nothing more is asked where this recorder has no ref.
    """

    def __init__(self, source: str, repository: Repository, reader: ObjectReader, names: Sequence[str]) -> None:
        """`names` are those of the refs below `refs/notes/`: today's first, then earlier ones."""
        self.unreadable: tuple[Unreadable, ...] = ()
        """Refs of which it turned out that they do not hold notes."""

        self.source = source
        self.repository = repository
        self._reader = reader
        refs = evidence_refs(repository, reader)
        own = [ref for ref in refs if _name(ref) in names]
        own.sort(key=lambda ref: (ref != f"refs/notes/{_name(ref)}", names.index(_name(ref)), ref))
        self._trees = tuple(NotesTree(repository, reader, ref, refs[ref]) for ref in own)

    @property
    def is_empty(self) -> bool:
        """Whether there is no ref at all."""
        return not self._trees

    def notes_on(self, revisions: Collection[Revision]) -> list[NoteAt]:
        """Return the notes on some commits, in their order, the local one of each first, none with the same text."""
        if self.is_empty:
            return []
        held = [(tree.ref, blobs) for tree, blobs in self._asked(lambda tree: tree.blobs_on(revisions))]
        found: dict[tuple[Revision, BlobId], NoteAt] = {}
        for revision in revisions:
            for ref, blobs in held:
                if revision in blobs:
                    found.setdefault((revision, blobs[revision]), NoteAt(revision, ref, blobs[revision]))
        return list(found.values())

    def indexes(self) -> list[NotesIndex]:
        """Return all notes of each ref: one git call for each, the first time."""
        return [index for _, index in self._asked(NotesTree.index)]

    def notes(self) -> list[NoteAt]:
        """Return every note, those of a copy only where they differ."""
        found: dict[tuple[Revision, BlobId], NoteAt] = {}
        for index in self.indexes():
            for revision, blob in index.blobs.items():
                found.setdefault((revision, blob), NoteAt(revision, index.ref, blob))
        return list(found.values())

    def texts(self, notes: Sequence[NoteAt]) -> Iterator[tuple[NoteAt, bytes | Unreadable]]:
        """Yield each note with its text, one text at a time; one that is too large is passed over."""
        for note in notes:
            found = self._reader.read_object(note.blob, limit=MAX_NOTE_BYTES)
            if found is None:
                yield note, Unreadable(self.source, note.locator, "This clone lacks its text.")
            elif found.content is None:
                flaw = f"It has {found.size >> 20:,} MiB; no more than {MAX_NOTE_BYTES >> 20} MiB are read."
                yield note, Unreadable(self.source, note.locator, flaw)
            else:
                yield note, found.content

    def those_here(self, revisions: Sequence[Revision]) -> frozenset[str]:
        """Return those of some commits that are in the clone: one git call, none when nothing is asked."""
        return present_objects(self.repository, self._reader, revisions) if revisions else frozenset()

    def _asked(self, question: Callable[[NotesTree], _Answer]) -> list[tuple[NotesTree, _Answer]]:
        """Return what each ref answers, leaving out from now on those that cannot."""
        answers = []
        for tree in self._trees:
            try:
                answers.append((tree, question(tree)))
            except GitFailedError:
                self._leave_out(tree, "The ref does not point to notes.")
            except MissingObjectsError:
                self._leave_out(tree, "This clone lacks the list of these notes.")
        return answers

    def _leave_out(self, tree: NotesTree, reason: str) -> None:
        self._trees = tuple(other for other in self._trees if other is not tree)
        trouble = Unreadable(self.source, tree.ref, reason)
        if trouble not in self.unreadable:
            self.unreadable += (trouble,)


def _name(ref: str) -> str:
    return ref.rpartition("/")[2]
