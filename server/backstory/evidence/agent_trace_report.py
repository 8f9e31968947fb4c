"""What Agent Trace records come to in a repository, counted for `doctor`."""

from collections.abc import Sequence

from attrs import evolve

from backstory.evidence.agent_trace_files import KeptRecords
from backstory.evidence.agent_trace_note import parse_note
from backstory.evidence.joined_sessions import sessions_named
from backstory.evidence.notes_family import NoteAt, NotesFamily
from backstory.evidence.notes_report import Counted, report_on_notes
from backstory.evidence.source import Progress
from backstory.history.cancel import Cancellation
from backstory.history.commits import reachable
from backstory.history.repository import head
from backstory.model.diagnosis import SourceReport
from backstory.model.evidence import Unreadable

NAME = "Agent Trace records"


def report_on(
    family: NotesFamily, kept: Sequence[KeptRecords], root: str | None, cancellation: Cancellation, progress: Progress
) -> SourceReport:
    """Return the report: notes, and what is kept in files."""

    def count(place: NoteAt, text: bytes) -> Counted | Unreadable:
        note = parse_note(text, place.locator, root)
        if isinstance(note, Unreadable):
            return note
        counts = {"records in notes": len(note.records), "records in notes that cannot be read": note.broken}
        claims = [segment.claim for segment in note.ledger.segments] if note.ledger else []
        claims += [claim for record in note.records for claim in record.claims]
        return Counted(counts, has_lines=bool(claims), named=sessions_named(claim.origin for claim in claims))

    notes = report_on_notes(family, NAME, count, cancellation, progress)
    records = [record for each in kept for record in each.records]
    revision = head(family.repository) if records else None
    on_head = reachable(family.repository, revision) if revision else set()
    details = [(f"records in {each.shown}", f"{len(each.records):,}") for each in kept]
    details += [(f"commits in the ledger of {each.shown}", f"{len(each.ledgers):,}") for each in kept if each.ledgers]
    outside = sum(record.outside for record in records)
    if outside:
        details.append(("files outside this work tree, left out", f"{outside:,}"))
    return evolve(
        notes,
        found=notes.found + len(records),
        on_head=notes.on_head + sum(record.revision in on_head for record in records),
        read=notes.read + len(records),
        unreadable=(*notes.unreadable, *(trouble for each in kept for trouble in each.unreadable)),
        details=(*notes.details, *details),
        absence=None if notes.found or kept else f"This clone has no {NAME}.",
        named=notes.named | sessions_named(claim.origin for each in kept for claim in each.claims()),
    )
