"""What commits' records say of the lines that these commits really wrote, to be found again where they went.

Rewrites copy claims to commits that wrote other lines, so that a record claims far more than its commit added: only
what stands in both counts.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime

from backstory.evidence.git_ai_claims import claims_of
from backstory.evidence.git_ai_legacy import LegacyRecord, resolve_author
from backstory.evidence.git_ai_note import ID, Note
from backstory.evidence.git_ai_records import Records, Resolved
from backstory.evidence.git_ai_refs import NoteAt, RecordedRefs
from backstory.history.changes import ChangeReader
from backstory.history.commits import parse_commit
from backstory.history.objects import ObjectReader
from backstory.history.presence import present_objects
from backstory.history.repository import Repository
from backstory.model.change import FileChange, Replacement
from backstory.model.edit import Block, Edit, RecordRef
from backstory.model.evidence import Basis
from backstory.model.lines import LineRange
from backstory.model.names import Revision
from backstory.model.origin import UNKNOWN_ORIGIN, Contributor, Origin

STATEMENT = "note of a commit with the same lines"


class NotedCommits:
    """The commits of the clone that git-ai has a record of, reachable or not; safe to use from several threads."""

    def __init__(self, repository: Repository, reader: ObjectReader) -> None:
        self._repository = repository
        self._reader = reader
        self._changes = ChangeReader(repository)

    def records(self, refs: RecordedRefs) -> list[RecordRef]:
        """Return one for each commit that is in the clone; its stamp is the ids of what is recorded of it."""
        blobs: dict[Revision, list[str]] = {}
        for place in (*refs.first_notes(), *refs.legacy.values()):
            blobs.setdefault(place.revision, []).append(place.blob)
        present = present_objects(self._repository, self._reader, blobs)
        return [RecordRef(revision, " ".join(held)) for revision, held in blobs.items() if revision in present]

    def edits(
        self, place: NoteAt, record: Note | LegacyRecord, elsewhere: Callable[[str], Origin | None]
    ) -> Iterator[Edit]:
        """Yield what a record says of the lines that its commit added; nothing when the clone lacks some of them."""
        raw = self._reader.read(place.revision)
        changes = self._changes.changes(place.revision)
        if raw is not None and changes is not None:
            yield from edits_of(place, record, changes, parse_commit(raw, place.revision).author.when, elsewhere)

    def close(self) -> None:
        """End the process."""
        self._changes.close()


def edits_of(
    place: NoteAt,
    record: Note | LegacyRecord,
    changes: Iterable[FileChange],
    authored_at: datetime | None,
    elsewhere: Callable[[str], Origin | None],
) -> Iterator[Edit]:
    """Yield the lines that the record gives to somebody and the commit added: an edit for each file and key."""
    resolve = Records(record.metadata, elsewhere).resolve if isinstance(record, Note) else resolve_author
    for change in changes:
        for owner, claimed in claims_of(record.entries(change.path), resolve).decided:
            blocks = tuple(_blocks(change.replacements, claimed)) if owner.origin != UNKNOWN_ORIGIN else ()
            if blocks:
                yield _edit(place, change, owner, blocks, authored_at)


def _edit(
    place: NoteAt, change: FileChange, owner: Resolved, blocks: tuple[Block, ...], authored_at: datetime | None
) -> Edit:
    return Edit(
        source=ID,
        basis=Basis.CARRIED,
        origin=owner.origin,
        path=change.path,
        at=authored_at.astimezone(UTC) if authored_at else None,
        blocks=blocks,
        locator=place.locator,
        statement=STATEMENT,
        prompt_key=f"{owner.key} {change.path}" if owner.origin.contributor is Contributor.AI else None,
        revision=place.revision,
    )


def _blocks(replacements: Iterable[Replacement], claimed: Sequence[LineRange]) -> Iterator[Block]:
    """Yield the claimed parts of what was added."""
    firsts = [lines.first for lines in claimed]
    for replacement in replacements:
        first, last = replacement.first, replacement.first + len(replacement.added) - 1
        at = max(bisect_right(firsts, first) - 1, 0)
        while at < len(claimed) and claimed[at].first <= last:
            both = claimed[at].overlap(LineRange(first, last))
            if both:
                added = replacement.added[both.first - first : both.last - first + 1]
                yield Block(added, both.first, replacement.removed)
            at += 1
