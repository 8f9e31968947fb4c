"""The newest record of every key, over all notes of a repository.

Notes may name a key whose record stands in another note. For old prompt keys git-ai then searches all notes and takes
the newest. We do so for all keys: each is a hash of a conversation or a person, and means the same wherever it stands.
"Newest" is the note on the commit with the greatest committer time; notes on commits that the clone does not have come
after all that it has; what is still equal is decided by the smallest commit id.

Source: `grep_ai_notes` of git-ai 1.6.20 sorts what it finds by commit date.
"""

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from backstory.evidence.git_ai_note import parse_note
from backstory.evidence.git_ai_records import record_origin
from backstory.evidence.git_ai_refs import NoteAt
from backstory.evidence.source import Progress
from backstory.history.cancel import Cancellation
from backstory.history.commits import parse_commit
from backstory.history.objects import ObjectReader
from backstory.model.evidence import Unreadable
from backstory.model.names import Revision
from backstory.model.origin import Origin

_PROGRESS_EVERY = 250
_Age = tuple[bool, float]


@frozen
class IndexedKey:
    """The newest record of a key."""

    origin: Origin
    note: NoteAt
    """The note that holds it."""


def index_keys(
    reader: ObjectReader, notes: Sequence[NoteAt], cancellation: Cancellation, progress: Progress
) -> dict[str, IndexedKey]:
    """Read every note once, one at a time, and return the newest record of every key."""
    times = _committer_times(reader, [note.revision for note in notes])
    newest: dict[str, tuple[_Age, IndexedKey]] = {}
    for note, text in each_note(reader, notes, cancellation, progress):
        parsed = parse_note(text, note.locator) if text is not None else None
        if parsed is None or isinstance(parsed, Unreadable):
            continue
        age = (note.revision in times, times.get(note.revision, 0.0))
        for key, raw in parsed.metadata.records():
            best = newest.get(key)
            if best and not _is_newer((age, note.revision), (best[0], best[1].note.revision)):
                continue
            origin = record_origin(key, raw)
            if origin:
                newest[key] = age, IndexedKey(origin, note)
    return {key: found for key, (_, found) in newest.items()}


def each_note(
    reader: ObjectReader, notes: Sequence[NoteAt], cancellation: Cancellation, progress: Progress
) -> Iterator[tuple[NoteAt, bytes | None]]:
    """Yield each note with its text (None: not in this clone), telling how far it is."""
    total = len(notes)
    progress(0, total)
    texts = reader.read_many([note.blob for note in notes])
    for done, (note, (_, text)) in enumerate(zip(notes, texts, strict=True), 1):
        cancellation.raise_if_cancelled()
        yield note, text
        if done % _PROGRESS_EVERY == 0 or done == total:
            progress(done, total)


def _is_newer(note: tuple[_Age, Revision], than: tuple[_Age, Revision]) -> bool:
    return note[0] > than[0] or (note[0] == than[0] and note[1] < than[1])


def _committer_times(reader: ObjectReader, revisions: Sequence[Revision]) -> Mapping[Revision, float]:
    """Return the committer times, in seconds, of the commits that are in the clone."""
    times: dict[Revision, float] = {}
    for revision, raw in reader.read_many(revisions):
        when = parse_commit(raw, Revision(revision)).committer.when if raw is not None else None
        if when:
            times[Revision(revision)] = when.timestamp()
    return times
