"""Where a repository keeps what git-ai recorded: notes, copies of a remote's notes, and the refs before notes."""

from attrs import frozen

from backstory.evidence.git_ai_legacy import REFS as LEGACY_REFS
from backstory.evidence.git_ai_note import ID
from backstory.history.notes import NotesIndex, notes_index
from backstory.history.refs import list_refs
from backstory.history.repository import Repository
from backstory.model.errors import GitFailedError, MissingObjectsError
from backstory.model.evidence import Unreadable
from backstory.model.names import BlobId, Revision

NOTES_REF = "refs/notes/ai"
COPIES = ("refs/notes/ai-remote", "refs/remotes/**/notes/ai")


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


@frozen(eq=False)
class RecordedRefs:
    """All records of one repository, by commit; none is read yet."""

    notes: tuple[NotesIndex, ...]
    """The local notes first, then the copies."""

    legacy: dict[Revision, NoteAt]
    """The records from before notes."""

    unreadable: tuple[Unreadable, ...]
    """Refs that do not hold notes."""

    def records_on(self, revision: Revision) -> tuple[NoteAt, ...]:
        """Return the records about a commit, the local note first; copies with the very same text are left out."""
        found: dict[BlobId, NoteAt] = {}
        for index in self.notes:
            blob = index.blobs.get(revision)
            if blob is not None:
                found.setdefault(blob, NoteAt(revision, index.ref, blob))
        legacy = self.legacy.get(revision)
        return (*found.values(), legacy) if legacy else tuple(found.values())

    def first_notes(self) -> list[NoteAt]:
        """Return one note for each commit that has any: the local one where there is one."""
        first: dict[Revision, NoteAt] = {}
        for index in self.notes:
            for revision, blob in index.blobs.items():
                if revision not in first:
                    first[revision] = NoteAt(revision, index.ref, blob)
        return list(first.values())


def recorded_refs(repository: Repository) -> RecordedRefs:
    """Return where all records are: one git call for the refs, one for each notes ref."""
    refs = list_refs(repository, NOTES_REF, *COPIES, LEGACY_REFS)
    old = {Revision(ref.removeprefix(f"{LEGACY_REFS}/")): ref for ref in refs if ref.startswith(f"{LEGACY_REFS}/")}
    legacy = {revision: NoteAt(revision, ref, BlobId(refs[ref])) for revision, ref in old.items()}
    names = refs.keys() - old.values()
    notes: list[NotesIndex] = []
    unreadable: list[Unreadable] = []
    for ref in sorted(names, key=lambda name: (name != NOTES_REF, name)):
        try:
            notes.append(notes_index(repository, ref, refs[ref]))
        except GitFailedError:
            unreadable.append(Unreadable(ID, ref, "The ref does not point to notes."))
        except MissingObjectsError:
            unreadable.append(Unreadable(ID, ref, "This clone lacks the list of these notes."))
    return RecordedRefs(tuple(notes), legacy, tuple(unreadable))
