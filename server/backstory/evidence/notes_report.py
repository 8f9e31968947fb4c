"""What a recorder's notes come to in a repository, counted for `doctor`: every note is read once, one at a time."""

from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from backstory.evidence.notes_family import NoteAt, NotesFamily
from backstory.evidence.source import Progress
from backstory.history.cancel import Cancellation
from backstory.history.commits import reachable
from backstory.history.repository import head
from backstory.model.diagnosis import NamedSession, SourceReport
from backstory.model.evidence import Unreadable
from backstory.model.names import Revision

_PROGRESS_EVERY = 10


@frozen
class Counted:
    """What one note comes to."""

    counts: Mapping[str, int]
    """What it adds to each count; counts are shown in the order in which they first occur."""

    has_lines: bool
    """Whether it gives any line to anybody."""

    keeps_texts: bool = False
    """Whether it has their text too, so that its commit need not be in the clone."""

    named: frozenset[NamedSession] = frozenset()
    """The sessions that it names."""


def report_on_notes(
    family: NotesFamily,
    name: str,
    count: Callable[[NoteAt, bytes], Counted | Unreadable],
    cancellation: Cancellation,
    progress: Progress,
) -> SourceReport:
    """Return the report; `name` is what people call these notes, `count` reads one."""
    notes = family.notes()
    counts: dict[str, int] = {}
    unreadable: list[Unreadable] = []
    with_lines: list[tuple[Revision, Counted]] = []
    named: set[NamedSession] = set()
    for done, (note, text) in enumerate(family.texts(notes), 1):
        cancellation.raise_if_cancelled()
        if done % _PROGRESS_EVERY == 0 or done == len(notes):
            progress(done, len(notes))
        counted = text if isinstance(text, Unreadable) else count(note, text)
        if isinstance(counted, Unreadable):
            unreadable.append(counted)
            continue
        for label, number in counted.counts.items():
            counts[label] = counts.get(label, 0) + number
        with_lines += [(note.revision, counted)] if counted.has_lines else []
        named |= counted.named
    revision = head(family.repository) if notes else None
    on_head = reachable(family.repository, revision) if revision else set()
    lost = [(revision, counted.keeps_texts) for revision, counted in with_lines if revision not in on_head]
    here = family.those_here([revision for revision, keeps_texts in lost if not keeps_texts])
    return SourceReport(
        id=family.source,
        name=name,
        found=len(notes),
        on_head=sum(note.revision in on_head for note in notes),
        read=len(notes) - len(unreadable),
        unreadable=tuple(unreadable),
        details=(*_places(family), *((label, f"{number:,}") for label, number in counts.items())),
        absence=None if notes else f"This clone has no {name}.",
        carried=sum(keeps_texts or revision in here for revision, keeps_texts in lost),
        named=frozenset(named),
    )


def _places(family: NotesFamily) -> Iterator[tuple[str, str]]:
    for index in family.indexes():
        yield f"notes in {index.ref}", f"{len(index.blobs):,}"
        if index.foreign:
            yield f"entries of {index.ref} that are no notes", f"{len(index.foreign):,}"
    for trouble in family.unreadable:
        yield trouble.locator, trouble.reason
