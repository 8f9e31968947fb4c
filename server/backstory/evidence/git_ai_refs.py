"""Where a repository keeps what git-ai recorded: notes, copies of a remote's notes, and the refs before notes."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from attrs import frozen

from backstory.evidence.git_ai_legacy import REFS as LEGACY_REFS
from backstory.evidence.git_ai_note import ID
from backstory.history.notes import NotesIndex
from backstory.history.notes_tree import NotesTree
from backstory.history.objects import ObjectReader
from backstory.history.refs import list_refs
from backstory.history.repository import Repository
from backstory.model.errors import GitFailedError, MissingObjectsError
from backstory.model.evidence import Unreadable
from backstory.model.names import BlobId, Revision

NOTES_REF = "refs/notes/ai"
COPIES = ("refs/notes/ai-remote", "refs/remotes/**/notes/ai")


Answer = TypeVar("Answer")


@frozen
class NoteAt:
    """One record about a commit, not yet read."""

    revision: Revision
    ref: str
    blob: BlobId

    @property
    def is_legacy(self) -> bool:
        """Whether it is from before notes: a ref of its own."""
        return self.ref.startswith(f"{LEGACY_REFS}/")

    @property
    def locator(self) -> str:
        """Where a person can re-read it."""
        return self.ref if self.is_legacy else f"{self.ref}@{self.revision[:7]}"


class RecordedRefs:
    """All records of one repository, looked up by commit; none is read yet."""

    def __init__(self, notes: Iterable[NotesTree], legacy: Mapping[Revision, NoteAt]) -> None:
        self._notes = tuple(notes)
        """The local notes first, then the copies."""

        self.legacy = legacy
        """The records from before notes."""

        self.unreadable: tuple[Unreadable, ...] = ()
        """Refs of which it turned out that they do not hold notes."""

    def records_on(self, revisions: Collection[Revision]) -> list[NoteAt]:
        """Return the records about some commits, in their order, of each the local note first.

        Copies with the very same text are left out.
        """
        held = [(notes.ref, blobs) for notes, blobs in self._asked(lambda notes: notes.blobs_on(revisions))]
        return [place for revision in revisions for place in self._different(revision, held)]

    def indexes(self) -> list[NotesIndex]:
        """Return all notes of each ref: one git call for each, the first time."""
        return [index for _, index in self._asked(NotesTree.index)]

    def first_notes(self) -> list[NoteAt]:
        """Return one note for each commit that has any: the local one where there is one."""
        first: dict[Revision, NoteAt] = {}
        for index in self.indexes():
            for revision, blob in index.blobs.items():
                if revision not in first:
                    first[revision] = NoteAt(revision, index.ref, blob)
        return list(first.values())

    def _different(self, revision: Revision, held: Iterable[tuple[str, Mapping[Revision, BlobId]]]) -> list[NoteAt]:
        """Return the records about one commit, none of them twice."""
        found: dict[BlobId, NoteAt] = {}
        for ref, blobs in held:
            blob = blobs.get(revision)
            if blob is not None:
                found.setdefault(blob, NoteAt(revision, ref, blob))
        legacy = self.legacy.get(revision)
        return [*found.values(), legacy] if legacy else list(found.values())

    def _asked(self, question: Callable[[NotesTree], Answer]) -> list[tuple[NotesTree, Answer]]:
        """Return what each ref answers, leaving out from now on those that cannot."""
        answers = []
        for notes in self._notes:
            try:
                answers.append((notes, question(notes)))
            except GitFailedError:
                self._leave_out(notes, "The ref does not point to notes.")
            except MissingObjectsError:
                self._leave_out(notes, "This clone lacks the list of these notes.")
        return answers

    def _leave_out(self, notes: NotesTree, reason: str) -> None:
        self._notes = tuple(other for other in self._notes if other is not notes)
        trouble = Unreadable(ID, notes.ref, reason)
        if trouble not in self.unreadable:
            self.unreadable += (trouble,)


def recorded_refs(repository: Repository, reader: ObjectReader) -> RecordedRefs:
    """Return where all records are."""
    refs = list_refs(repository, NOTES_REF, *COPIES, LEGACY_REFS)
    old = {Revision(ref.removeprefix(f"{LEGACY_REFS}/")): ref for ref in refs if ref.startswith(f"{LEGACY_REFS}/")}
    legacy = {revision: NoteAt(revision, ref, BlobId(refs[ref])) for revision, ref in old.items()}
    names = sorted(refs.keys() - old.values(), key=lambda name: (name != NOTES_REF, name))
    return RecordedRefs((NotesTree(repository, reader, name, refs[name]) for name in names), legacy)
