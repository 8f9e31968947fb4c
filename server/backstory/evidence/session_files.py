"""A source whose conversations lie as files in the work tree."""

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from attrs import field, frozen

from backstory.evidence.quiet import QuietSource
from backstory.evidence.session_count import SessionCount
from backstory.evidence.source import Progress
from backstory.evidence.transcripts.conversation import around_edit, since_line
from backstory.evidence.transcripts.files import TranscriptFile, Unusable, look_at, open_transcript
from backstory.evidence.transcripts.local_edit import NOBODY_TYPED, Handle
from backstory.evidence.transcripts.said import only_request
from backstory.evidence.transcripts.transcript import RecordedEdit, Transcript
from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository, head, run_in
from backstory.model.diagnosis import SourceReport
from backstory.model.edit import Edit, EditReading, RecordRef
from backstory.model.evidence import Basis, Evidence, Unreadable
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import Agent, Contributor, Origin, Session
from backstory.model.prompt import Conversation, Prompt, PromptMissing

LARGEST_FILE = 64 << 20
"""Bytes."""

GONE = PromptMissing("The file with this conversation is no longer in the work tree.")
NOT_IN_IT = PromptMissing("The file does not hold this edit any more.")
NOBODY_ASKED = PromptMissing("The file does not hold what was asked before this edit.")
SEVERAL_REQUESTS = PromptMissing("The file does not show which of the session's requests led to this line.")

_FILES_KEPT = 4


@frozen(eq=False)
class KeptSession:
    """One conversation of a file."""

    transcript: Transcript
    session: Session | None
    commits: Mapping[str, str] = field(factory=dict)
    """Id of an edit → the commit that the file says it went into, abbreviated."""


@frozen(eq=False)
class SessionFile:
    """A file, read."""

    file: TranscriptFile
    shown: str
    """Its path from the work tree's root."""

    sessions: tuple[KeptSession, ...]
    trouble: str | None = None
    """Why nothing of it could be read."""


class SessionFormat(Protocol):
    """What differs from recorder to recorder."""

    ID: str
    NAME: str
    STATEMENT: str
    """What one of its records is called."""

    ABSENCE: str
    """What to say where there are none: a sentence."""

    def files(self, root: Path) -> Iterator[TranscriptFile | Unusable]:
        """Yield what lies below the work tree's root; costs next to nothing where nothing does."""

    def parse(self, content: str) -> tuple[KeptSession, ...]:
        """Return the conversations of a file, empty when it is none of the recorder's. Never raises."""

    def places(
        self, kept: KeptSession, shown: str, root: Path, known: Callable[[], frozenset[str]]
    ) -> Mapping[str, RepoPath]:
        """Return the recorded paths that lie in the repository, whose files `known` returns, as it has them."""


class SessionFiles(QuietSource):
    """The conversations that one recorder left in one work tree; safe to use from several threads."""

    def __init__(self, recorder: SessionFormat, repository: Repository, reader: ObjectReader) -> None:
        self._format = recorder
        self._repository = repository
        self._reader = reader
        self._lock = threading.Lock()
        self._files: dict[tuple[Path, str], SessionFile] = {}
        self._seen: dict[str, Path] = {}
        self._paths: tuple[Revision | None, frozenset[str]] | None = None

    def records(self, cancellation: Cancellation) -> Sequence[RecordRef]:
        """Return the files."""
        cancellation.raise_if_cancelled()
        return [RecordRef(self._shown(file.path), file.stamp) for file in self.found()]

    def edits(self, record: RecordRef, cancellation: Cancellation) -> EditReading:
        """Return what a file says the agent wrote here."""
        cancellation.raise_if_cancelled()
        held = self.at(record.key)
        if held is None:
            return EditReading()
        found = tuple(edit for kept in held.sessions for edit, _ in self.edits_of(held, kept) if edit.blocks)
        return EditReading(found, tuple(self._flaws(held)))

    def prompt(self, evidence: Evidence, cancellation: Cancellation) -> Prompt | PromptMissing:
        """Return the last thing a person asked before the edit; of a whole session what was asked, if one thing was."""
        cancellation.raise_if_cancelled()
        found = self._find(evidence)
        if isinstance(found, PromptMissing):
            return found
        _, kept, edit, until = found
        if edit:
            return edit.request.prompt if edit.request else NOBODY_ASKED
        asked = [each for each in kept.transcript.requests if not (until and each.at) or each.at <= until]
        only = only_request(asked)
        return only.prompt if only else SEVERAL_REQUESTS if asked else NOBODY_TYPED

    def conversation(self, evidence: Evidence, cancellation: Cancellation) -> Conversation | PromptMissing:
        """Return the turns around the edit; those of a whole session from its beginning."""
        cancellation.raise_if_cancelled()
        found = self._find(evidence)
        if isinstance(found, PromptMissing):
            return found
        held, kept, edit, _ = found
        places = self._places(held, kept)

        def name(edit: RecordedEdit) -> str:
            return places.get(edit.path, edit.path)

        if edit is None:
            return since_line(kept.transcript, 0, held.shown, name)
        return around_edit(kept.transcript, edit, f"{held.shown}:{edit.line}", name)

    def report(self, cancellation: Cancellation, progress: Progress) -> SourceReport:
        """Read every file."""
        unusable = [Unreadable(self._format.ID, self._shown(each.path), each.reason) for each in self._unusable()]
        files = self.found()
        count, read = SessionCount(), 0
        for done, file in enumerate(files, 1):
            cancellation.raise_if_cancelled()
            held = self.open(file)
            unusable += self._flaws(held)
            read += not held.trouble
            for kept in held.sessions:
                count.add(kept.transcript, kept.session)
            progress(done, len(files))
        found = len(files)
        return SourceReport(
            id=self._format.ID,
            name=self._format.NAME,
            found=found,
            on_head=found,
            read=read,
            unreadable=tuple(unusable),
            details=count.details() if files else (),
            absence=None if files or unusable else self._format.ABSENCE,
            carried=found,
            held=frozenset(count.held),
        )

    def close(self) -> None:
        """End the processes."""
        self._reader.close()

    def found(self) -> list[TranscriptFile]:
        """Return the files that are there now."""
        files = [each for each in self._listed() if isinstance(each, TranscriptFile)]
        self._seen = {self._shown(file.path): file.path for file in files}
        return files

    def at(self, shown: str) -> SessionFile | None:
        """Return a file by its path from the root; None when it is none of the recorder's."""
        if shown not in self._seen:
            self.found()
        path = self._seen.get(shown)
        file = look_at(path) if path and _is_within(path, self._repository.root) else None
        return self.open(file) if isinstance(file, TranscriptFile) else None

    def edits_of(self, held: SessionFile, kept: KeptSession) -> Iterator[tuple[Edit, RecordedEdit]]:
        """Yield what the agent did to files of this repository, some of it without the text, and as it is recorded."""
        places = self._places(held, kept)
        for edit in kept.transcript.edits:
            path = places.get(edit.path)
            if path is not None:
                yield self._edit(held, kept, edit, path), edit

    def whole_session(self, held: SessionFile, kept: KeptSession, until: datetime | None) -> Evidence:
        """Return a session that another source's evidence means, though nothing tells which edit."""
        return Evidence(
            source=self._format.ID,
            basis=Basis.MATCHED,
            origin=self._origin(kept, None),
            revision=Revision(""),
            path=None,
            lines=None,
            locator=held.shown,
            statement=self._format.STATEMENT,
            prompt_key=str(Handle(held.shown, None, until)),
        )

    def _edit(self, held: SessionFile, kept: KeptSession, edit: RecordedEdit, path: RepoPath) -> Edit:
        return Edit(
            source=self._format.ID,
            basis=Basis.MATCHED,
            origin=self._origin(kept, edit.model),
            path=path,
            at=edit.at,
            blocks=edit.blocks,
            locator=f"{held.shown}:{edit.line}",
            statement=self._format.STATEMENT,
            prompt_key=str(Handle(held.shown, edit.id)),
        )

    def _origin(self, kept: KeptSession, model: str | None) -> Origin:
        agent = Agent(kept.transcript.tool, model or kept.transcript.model)
        return Origin(Contributor.AI, agent, session=kept.session)

    def _find(
        self, evidence: Evidence
    ) -> tuple[SessionFile, KeptSession, RecordedEdit | None, datetime | None] | PromptMissing:
        handle = Handle.of(evidence.prompt_key)
        held = self.at(handle.path) if handle else None
        if handle is None or held is None:
            return GONE
        if handle.edit is None:
            return (held, held.sessions[0], None, handle.until) if held.sessions else GONE
        for kept in held.sessions:
            for edit in kept.transcript.edits:
                if edit.id == handle.edit:
                    return held, kept, edit, None
        return NOT_IN_IT

    def _places(self, held: SessionFile, kept: KeptSession) -> Mapping[str, RepoPath]:
        root = self._repository.root
        return self._format.places(kept, held.shown, root, self._known) if root else {}

    def _known(self) -> frozenset[str]:
        """Return the paths of the files at HEAD."""
        now = head(self._repository)
        if self._paths is None or self._paths[0] != now:
            command = ["ls-tree", "-r", "-z", "--name-only", "--full-tree", now or ""]
            listed = run_in(self._repository, command) if now else b""
            self._paths = now, frozenset(listed.decode("utf-8", "surrogateescape").split("\0")[:-1])
        return self._paths[1]

    def _listed(self) -> Iterator[TranscriptFile | Unusable]:
        root = self._repository.root
        return self._format.files(root) if root else iter(())

    def _unusable(self) -> list[Unusable]:
        return [each for each in self._listed() if isinstance(each, Unusable)]

    def _shown(self, path: Path) -> str:
        root = self._repository.root
        return path.relative_to(root).as_posix() if root and path.is_relative_to(root) else str(path)

    def _flaws(self, held: SessionFile) -> Iterator[Unreadable]:
        if held.trouble:
            yield Unreadable(self._format.ID, held.shown, held.trouble)

    def open(self, file: TranscriptFile) -> SessionFile:
        """Return a file, read; those read last stay in memory."""
        key = file.path, file.stamp
        with self._lock:
            known = self._files.get(key)
        if known is not None:
            return known
        read = self._parsed(file)
        with self._lock:
            self._files[key] = read
            while len(self._files) > _FILES_KEPT:
                del self._files[next(iter(self._files))]
        return read

    def _parsed(self, file: TranscriptFile) -> SessionFile:
        shown = self._shown(file.path)
        try:
            with open_transcript(file.path) as stream:
                content = stream.read(LARGEST_FILE + 1)
        except OSError:
            return SessionFile(file, shown, (), "It cannot be opened.")
        if len(content) > LARGEST_FILE:
            return SessionFile(file, shown, (), f"No more than {LARGEST_FILE >> 20} MiB are read.")
        sessions = self._format.parse(content.decode("utf-8", "replace"))
        return SessionFile(file, shown, sessions, None if sessions else "It holds no conversation that can be read.")


def _is_within(path: Path, root: Path | None) -> bool:
    return root is not None and Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))
