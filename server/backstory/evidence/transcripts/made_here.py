"""What agents on this machine wrote in this very repository, transcript by transcript."""

from collections.abc import Iterator
from datetime import datetime

from attrs import frozen

from backstory.evidence.transcripts.belonging import Belonging, Belongings
from backstory.evidence.transcripts.files import Unusable
from backstory.evidence.transcripts.library import Agent, Library
from backstory.evidence.transcripts.local_edit import edit_of
from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.edit import Edit


@frozen
class EditMade:
    """An edit that a transcript says was done here."""

    edit: Edit
    is_confirmed: bool
    """Whether the record says what was done; False when it only says what was asked for."""


def edits_made_here(
    agent: Agent, repository: Repository, reader: ObjectReader, since: datetime, cancellation: Cancellation
) -> Iterator[EditMade]:
    """Yield the edits of this repository's files in transcripts that were still being written at `since` or later.

    Only transcripts of which the folder that they recorded is in this repository, now. What a person changed before it
    was written is left out, and so is what a copy of a conversation repeats.
    """
    belongings = Belongings(repository, reader)
    library = Library(agent)
    recent = [
        each
        for each in library.shelves(cancellation)
        if not isinstance(each, Unusable) and each.file.changed_at >= since.timestamp()
    ]
    seen: set[tuple[str, datetime | None]] = set()
    for shelved in sorted(recent, key=lambda each: each.file.changed_at):
        if belongings.of(shelved.head) is not Belonging.YES or shelved.session is None:
            continue
        try:
            transcript = library.read(shelved.file, cancellation)
        except OSError:
            continue
        for edit in transcript.edits:
            path = belongings.place(edit.path, edit.folder)
            is_copy = (edit.id, edit.at) in seen
            seen.add((edit.id, edit.at))
            if path is not None and edit.at is not None and edit.blocks and not edit.is_retouched and not is_copy:
                yield EditMade(edit_of(agent, shelved, edit, path), edit.is_confirmed)
