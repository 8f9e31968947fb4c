"""Recording a commit: what is known of its lines becomes a note, unless another tool's note is there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum, auto

from attrs import field, frozen

from backstory.history.cancel import Cancellation
from backstory.history.commits import Identity, parse_commit
from backstory.history.note_writing import Compose, write_notes
from backstory.history.notes_tree import NotesTree
from backstory.history.objects import ObjectReader
from backstory.history.reflog import amended
from backstory.history.refs import list_refs
from backstory.history.repository import Repository
from backstory.model.names import Revision
from backstory.recording.authorship import NOTES_REF, Authorship, own_note
from backstory.recording.commit_lines import CommitLines, CommitLinesReader
from backstory.recording.rewritten import carried_over
from backstory.recording.said_of_lines import Requests, authorship_of


class Outcome(Enum):
    """What came of recording a commit."""

    RECORDED = auto()
    AS_BEFORE = auto()
    """The note that Backstory wrote says it already."""
    NOTHING_KNOWN = auto()
    FOREIGN = auto()
    """Another tool's note is there, and stays as it is."""


@frozen
class Recording:
    """A commit's note, as it is to be or is."""

    outcome: Outcome
    revision: Revision
    text: bytes = b""
    authorship: Authorship = field(factory=Authorship)

    @property
    def lines(self) -> int:
        """How many lines are known."""
        return sum(map(len, self.authorship.lines.values()))


class Recorder:
    """Records commits of one repository."""

    def __init__(self, repository: Repository, cancellation: Cancellation) -> None:
        self._repository = repository
        self._cancellation = cancellation
        self._reader = ObjectReader(repository)
        self._lines = CommitLinesReader(repository, self._reader, cancellation)

    def look(self, revision: Revision, *, with_prompts: bool) -> Recording:
        """Return what would be recorded, writing nothing."""
        compose = self._commit_composer(revision, with_prompts=with_prompts)
        return compose(list_refs(self._repository, NOTES_REF).get(NOTES_REF))

    def record(self, revision: Revision, *, with_prompts: bool) -> Recording:
        """Write a commit's note. Raises: GitFailedError."""
        compose = self._commit_composer(revision, with_prompts=with_prompts)
        recordings: list[Recording] = []

        def write(tip: str | None) -> Mapping[Revision, bytes]:
            recordings[:] = [compose(tip)]
            return _notes(recordings)

        self._write(revision, write)
        return recordings[0]

    def record_rewritten(self, pairs: Iterable[tuple[Revision, Revision]]) -> Sequence[Revision]:
        """Write the notes of commits that replace others, from the notes of those; return the commits.

        `pairs` are (before, after), oldest first, as git tells them. Raises: GitFailedError.
        """
        replaced: dict[Revision, list[Revision]] = {}
        for before, after in pairs:
            replaced.setdefault(after, []).append(before)
        if not replaced or NOTES_REF not in list_refs(self._repository, NOTES_REF):
            return ()

        def write(tip: str | None) -> Mapping[Revision, bytes]:
            return _notes([self._composed(each, Authorship(), before, tip) for each, before in replaced.items()])

        return tuple(self._write(next(iter(replaced)), write))

    def close(self) -> None:
        """End the processes."""
        self._lines.close()
        self._reader.close()

    def _commit_composer(self, revision: Revision, *, with_prompts: bool) -> Callable[[str | None], Recording]:
        """Return what tells the note from the tip of the notes; transcripts are read once, and only when needed."""
        found: list[Authorship] = []
        before = amended(self._repository, revision)

        def compose(tip: str | None) -> Recording:
            texts = self._texts(tip, [revision])
            if revision in texts and own_note(texts[revision], ()) is None:
                return Recording(Outcome.FOREIGN, revision)
            if not found:
                known = self._lines.read(revision, is_amended=before is not None)
                found.append(self._authorship(known, with_prompts=with_prompts))
            return self._composed(revision, found[0], [before] if before else [], tip)

        return compose

    def _authorship(self, known: CommitLines, *, with_prompts: bool) -> Authorship:
        if not with_prompts:
            return authorship_of(known, None)
        requests = Requests(self._repository, self._reader, self._cancellation)
        return authorship_of(known, requests)

    def _composed(
        self, revision: Revision, known: Authorship, replaced: Sequence[Revision], tip: str | None
    ) -> Recording:
        """Return a commit's note: what replaced ones said, what its own says already, and what is known now."""
        texts = self._texts(tip, [revision, *replaced])
        changes = self._lines.changes(revision)
        earlier = Authorship()
        if revision in texts:
            own = own_note(texts[revision], changes)
            if own is None:
                return Recording(Outcome.FOREIGN, revision)
            earlier = own
        said = [(old, own_note(texts.get(each, b""), old)) for each in replaced for old in [self._lines.changes(each)]]
        carried = carried_over([(old, own or Authorship()) for old, own in said], changes)
        authorship = carried.with_lines_of(earlier).with_lines_of(known)
        if not any(authorship.lines.values()):
            return Recording(Outcome.NOTHING_KNOWN, revision)
        text = authorship.text(revision)
        outcome = Outcome.AS_BEFORE if texts.get(revision) == text else Outcome.RECORDED
        return Recording(outcome, revision, text, authorship)

    def _texts(self, tip: str | None, revisions: Sequence[Revision]) -> dict[Revision, bytes]:
        """Return the notes on some commits; one that cannot be read is there all the same, and is nobody's."""
        if tip is None:
            return {}
        blobs = NotesTree(self._repository, self._reader, NOTES_REF, tip).blobs_on(revisions)
        return {revision: self._reader.read(blob) or b"" for revision, blob in blobs.items()}

    def _write(self, revision: Revision, compose: Compose) -> Mapping[Revision, bytes]:
        return write_notes(self._repository, NOTES_REF, self._committer(revision), compose)

    def _committer(self, revision: Revision) -> Identity:
        return parse_commit(self._reader.read_commits([revision])[revision] or b"", revision).committer


def _notes(recordings: Iterable[Recording]) -> dict[Revision, bytes]:
    return {each.revision: each.text for each in recordings if each.outcome is Outcome.RECORDED}
