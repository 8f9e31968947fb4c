"""The evidence source of repositories where Entire kept the agents' transcripts: commit trailers and checkpoints."""

import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence

from attrs import evolve

from backstory.evidence.edit_meant import SessionEdits
from backstory.evidence.entire_checkpoints import ID, Checkpoint, Checkpoints, CheckpointSession
from backstory.evidence.entire_commits import naming_commits
from backstory.evidence.entire_evidence import Handle, evidence_of
from backstory.evidence.entire_prompt import (
    NOT_KEPT,
    SETTINGS,
    SEVERAL_SESSIONS,
    not_here,
    request_for_commit,
    request_kept,
    request_of,
    start_of,
)
from backstory.evidence.entire_report import NAME, report_on
from backstory.evidence.entire_sessions import NO_TRANSCRIPT, Catalogue, age, bring_transcript, catalogue
from backstory.evidence.entire_trailer import checkpoint_ids, may_name_checkpoints
from backstory.evidence.entire_transcript import parse_transcript
from backstory.evidence.quiet import QuietSource
from backstory.evidence.source import Progress, ReadRequest
from backstory.evidence.transcripts.conversation import around_edit, since_line
from backstory.evidence.transcripts.transcript import RecordedEdit, Transcript
from backstory.history.cancel import Cancellation
from backstory.history.clone_stamp import clone_stamp
from backstory.history.commits import CommitRecord, parse_commit
from backstory.history.objects import ObjectReader
from backstory.history.paths import shell_quoted
from backstory.history.repository import Repository
from backstory.model.diagnosis import SourceReport
from backstory.model.edit import EditReading, RecordRef
from backstory.model.evidence import Evidence, Reading
from backstory.model.prompt import Conversation, Prompt, PromptMissing, Question

_TRANSCRIPTS_KEPT = 2

__all__ = ["ID", "NAME", "EntireSource", "open_source"]


def open_source(repository: Repository, reader: ObjectReader | None = None) -> "EntireSource":
    """Return the source for one repository; reads nothing yet."""
    return EntireSource(repository, reader or ObjectReader(repository))


class EntireSource(QuietSource):
    """Entire's checkpoints of one repository, as its refs are when first asked for."""

    def __init__(self, repository: Repository, reader: ObjectReader) -> None:
        self._repository = repository
        self._reader = reader
        self._checkpoints = Checkpoints(repository, reader)
        self._lock = threading.Lock()
        self._loaded: dict[str, Checkpoint] = {}
        self._catalogue: Catalogue | None = None
        self._transcripts: OrderedDict[tuple[str, ...], Transcript] = OrderedDict()
        self._session_edits: OrderedDict[str, SessionEdits] = OrderedDict()

    def read(self, request: ReadRequest, cancellation: Cancellation) -> Reading:
        """Return what the trailers of the request's commits come to; costs nothing where there is none."""
        named: dict[CommitRecord, tuple[str, ...]] = {}
        for revision, raw in self._reader.read_commits(request.paths).items():
            if raw is not None and may_name_checkpoints(raw):
                commit = parse_commit(raw, revision)
                named[commit] = checkpoint_ids(commit.message)
        cancellation.raise_if_cancelled()
        if not named:
            return Reading()
        here = self._load({each for ids in named.values() for each in ids})
        evidence = [
            statement
            for commit, ids in named.items()
            if ids
            for statement in evidence_of(commit, ids, here, request.paths[commit.revision])
        ]
        unreadable = [trouble for checkpoint in here.values() for trouble in checkpoint.unreadable]
        return Reading(tuple(evidence), (*self._checkpoints.unreadable, *unreadable))

    def prompt(self, evidence: Evidence, cancellation: Cancellation) -> Prompt | PromptMissing:
        """Return what was asked before an edit; for a whole commit, what was asked when that was one thing."""
        handle = Handle.of(evidence.prompt_key)
        part = self._only_part(handle)
        if isinstance(part, PromptMissing):
            return part
        cancellation.raise_if_cancelled()
        transcript = self._transcript(part)
        if transcript is None:
            kept = self._kept(part)
            return self._not_here(part) if isinstance(kept, PromptMissing) and part.transcript else kept
        if handle.edit is None:
            return request_for_commit(transcript, part)
        edit = _edit(transcript, handle.edit)
        return (request_of(transcript, edit) or self._kept(part)) if edit else NOT_KEPT

    def conversation(self, evidence: Evidence, cancellation: Cancellation) -> Conversation | PromptMissing:
        """Return the conversation around an edit; for a whole commit, that since the checkpoint before."""
        handle = Handle.of(evidence.prompt_key)
        part = self._only_part(handle)
        if isinstance(part, PromptMissing):
            return part
        cancellation.raise_if_cancelled()
        transcript = self._transcript(part)
        if transcript is None:
            return self._not_here(part) if part.transcript else NOT_KEPT
        edit = _edit(transcript, handle.edit) if handle.edit else None
        locator, paths = part.transcript_locator, self._all(cancellation).paths

        def name(edit: RecordedEdit) -> str:
            return paths.find(edit.path, transcript.folders) or edit.path

        if edit:
            return around_edit(transcript, edit, locator, name)
        return since_line(transcript, start_of(transcript, part), locator, name)

    def recall(self, question: Question, cancellation: Cancellation) -> Evidence | None:
        """Return the edit that wrote the lines, or the session as a whole, when a checkpoint keeps that session."""
        if not self._checkpoints.refs:
            return None
        found = self._all(cancellation)
        session = found.session_asked_for(question.session, question.tool)
        if session is None:
            return None
        return found.recalled(session, self._edits_of(session, found).meant(question))

    def records(self, cancellation: Cancellation) -> Sequence[RecordRef]:
        """Return the sessions that checkpoints keep."""
        return tuple(self._all(cancellation).records()) if self._checkpoints.refs else ()

    def records_stamp(self, cancellation: Cancellation) -> str | None:
        """Return that of the clone: commits on any ref name checkpoints."""
        cancellation.raise_if_cancelled()
        return clone_stamp(self._repository) if self._checkpoints.refs else None

    def edits(self, record: RecordRef, cancellation: Cancellation) -> EditReading:
        """Return what the agent wrote in a session."""
        cancellation.raise_if_cancelled()
        return self._all(cancellation).edits(record.key, self._checkpoints.text)

    def report(self, cancellation: Cancellation, progress: Progress) -> SourceReport:
        """Read every checkpoint of the repository."""
        return report_on(self._repository, self._checkpoints, self._all(cancellation), cancellation, progress)

    def close(self) -> None:
        """End the processes."""
        self._reader.close()

    def _load(self, ids: Collection[str]) -> dict[str, Checkpoint]:
        """Return those of some checkpoints that are here."""
        with self._lock:
            unknown = [each for each in ids if each not in self._loaded]
        places = self._checkpoints.find(unknown) if unknown and self._checkpoints.refs else {}
        loaded = {checkpoint.at.id: checkpoint for checkpoint in self._checkpoints.load(list(places.values()))}
        with self._lock:
            self._loaded.update(loaded)
            return {each: self._loaded[each] for each in ids if each in self._loaded}

    def _all(self, cancellation: Cancellation) -> Catalogue:
        with self._lock:
            known = self._catalogue
        if known is None:
            naming = naming_commits(self._repository, self._reader, cancellation)
            places = self._checkpoints.all() if self._checkpoints.refs else []
            known = catalogue(self._checkpoints.load(places), naming)
            with self._lock:
                self._catalogue = known
        return known

    def _edits_of(self, session: str, found: Catalogue) -> SessionEdits:
        with self._lock:
            known = self._session_edits.get(session)
        if known is None:
            known = SessionEdits(found.edits(session, self._checkpoints.text).edits)
            with self._lock:
                self._session_edits[session] = known
                if len(self._session_edits) > _TRANSCRIPTS_KEPT:
                    self._session_edits.popitem(last=False)
        return known

    def _only_part(self, handle: Handle) -> CheckpointSession | PromptMissing:
        """Return what the latest of some checkpoints keeps of their one session; the earliest tells where to begin."""
        ids = {place.partition("/")[0] for place in handle.places}
        here = self._load(ids)
        if not here:
            git = f"git -C {shell_quoted(self._repository.directory)}"
            return not_here(ids, self._reader.read(f"HEAD:{SETTINGS}"), git)
        parts = sorted((part for each in here.values() for part in each.sessions if part.key in handle.places), key=age)
        if not parts:
            return NOT_KEPT
        if len({part.metadata.session_id for part in parts}) > 1:
            return SEVERAL_SESSIONS
        start = min(part.metadata.start for part in parts)
        return evolve(parts[-1], metadata=evolve(parts[-1].metadata, start=start))

    def _transcript(self, part: CheckpointSession) -> Transcript | None:
        """Return a transcript; None when it was not kept, or is not here."""
        with self._lock:
            known = self._transcripts.get(part.transcript)
        if known is None and part.transcript:
            content = self._checkpoints.text(part.transcript)
            known = parse_transcript(content) if content is not None else None
        if known is not None:
            with self._lock:
                self._transcripts[part.transcript] = known
                if len(self._transcripts) > _TRANSCRIPTS_KEPT:
                    self._transcripts.popitem(last=False)
        return known

    def _kept(self, part: CheckpointSession) -> Prompt | PromptMissing:
        """Return what was asked, by `prompt.txt` alone."""
        prompts = self._checkpoints.text([part.prompts]) if part.prompts else None
        return request_kept(prompts) if prompts is not None else NOT_KEPT

    def _not_here(self, part: CheckpointSession) -> PromptMissing:
        """Return that a transcript is not in this clone."""
        git = f"git -C {shell_quoted(self._repository.directory)}"
        return PromptMissing(f"{NO_TRANSCRIPT} of the session.", bring_transcript(part, git))


def _edit(transcript: Transcript, edit_id: str) -> RecordedEdit | None:
    return next((edit for edit in transcript.edits if edit.id == edit_id), None)
