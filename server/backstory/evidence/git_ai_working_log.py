"""The evidence source of lines that git-ai has seen written and nobody has committed yet: its working log.

`<git directory>/ai/working_logs/<commit it is based on>/`, in a linked work tree below that one's own git directory.
After a commit the same is in its note, and the log is put away.
Source: git-ai-project/git-ai 1.6 `src/git/repo_storage.rs`.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from backstory.evidence.git_ai_working_log_files import ID, WorkingLog, log_of, stamp_of
from backstory.evidence.joined_sessions import sessions_named
from backstory.evidence.quiet import QuietSource
from backstory.evidence.source import Progress
from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository, head
from backstory.model.diagnosis import SourceReport
from backstory.model.edit import Block, Edit, EditReading, RecordRef
from backstory.model.evidence import Basis, Evidence
from backstory.model.origin import Contributor
from backstory.model.prompt import Prompt, PromptMissing

NAME = "git-ai working log"
STATEMENT = "working log"
NO_PROMPT = PromptMissing("git-ai's working log does not hold what was asked.")

__all__ = ["ID", "NAME", "WorkingLogSource", "open_source"]


def open_source(repository: Repository, reader: ObjectReader | None = None) -> "WorkingLogSource":
    """Return the source for one repository; reads nothing yet."""
    del reader
    return WorkingLogSource(repository)


class WorkingLogSource(QuietSource):
    """What git-ai has recorded since the commit that is checked out."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def records(self, cancellation: Cancellation) -> Sequence[RecordRef]:
        """Return the log of the commit that is checked out; logs of others are about other texts."""
        cancellation.raise_if_cancelled()
        folder = self._folder()
        stamp = stamp_of(folder) if folder else None
        return [RecordRef(folder.name, stamp)] if folder and stamp else []

    def edits(self, record: RecordRef, cancellation: Cancellation) -> EditReading:
        """Return the lines that the log gives to an agent or a known human, file by file.

        The basis is `CARRIED`: a record of lines, held to be about the same lines wherever their text stands.
        """
        cancellation.raise_if_cancelled()
        folder = self._folder()
        if folder is None or folder.name != record.key or stamp_of(folder) is None:
            return EditReading()
        log = log_of(folder)
        return EditReading(tuple(_edits(log, _shown(folder))), log.unreadable)

    def prompt(self, evidence: Evidence, cancellation: Cancellation) -> Prompt | PromptMissing:
        """Say that the log holds no conversation; it names the session, by which others find it."""
        cancellation.raise_if_cancelled()
        del evidence
        return NO_PROMPT

    def report(self, cancellation: Cancellation, progress: Progress) -> SourceReport:
        """Read the log of the commit that is checked out."""
        records = self.records(cancellation)
        reading = self.edits(records[0], cancellation) if records else EditReading()
        progress(len(records), len(records))
        details: tuple[tuple[str, str], ...] = ()
        if records:
            lines = sum(len(block.lines) for edit in reading.edits for block in edit.blocks)
            files = len({edit.path for edit in reading.edits})
            details = (("files with recorded lines", f"{files:,}"), ("recorded lines", f"{lines:,}"))
        absence = None if records else "git-ai has recorded nothing here since the last commit."
        found = len(records)
        named = sessions_named(edit.origin for edit in reading.edits)
        return SourceReport(
            ID, NAME, found, found, found, reading.unreadable, details, absence, carried=found, named=named
        )

    def _folder(self) -> Path | None:
        logs = self._repository.git_dir / "ai" / "working_logs"
        if not logs.is_dir():
            return None
        revision = head(self._repository)
        return logs / (revision or "initial")


def _shown(folder: Path) -> str:
    return f".git/ai/working_logs/{folder.name[:7]}"


def _edits(log: WorkingLog, shown: str) -> Iterator[Edit]:
    for text in log.texts:
        for key, origin in text.owners.items():
            blocks = tuple(Block(text.lines[lines.first - 1 : lines.last], lines.first) for lines in text.claims[key])
            yield Edit(
                source=ID,
                basis=Basis.CARRIED,
                origin=origin,
                path=text.path,
                at=text.at,
                blocks=blocks,
                locator=shown,
                statement=STATEMENT,
                prompt_key=key if origin.contributor is Contributor.AI else None,
            )
