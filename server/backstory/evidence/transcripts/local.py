"""An evidence source made of an agent's own transcripts on this machine: those that belong to the repository."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property

from backstory.evidence.edit_meant import SessionEdits, is_session
from backstory.evidence.entire_paths import RepoPaths
from backstory.evidence.quiet import QuietSource
from backstory.evidence.source import Progress
from backstory.evidence.transcripts.absence import absence_of
from backstory.evidence.transcripts.asked_sessions import AskedSession, AskedSessions
from backstory.evidence.transcripts.belonging import Belonging, Belongings
from backstory.evidence.transcripts.conversation import around_edit, since_line
from backstory.evidence.transcripts.files import Unusable
from backstory.evidence.transcripts.keepable import keepable_requests
from backstory.evidence.transcripts.library import Agent as AgentFolder
from backstory.evidence.transcripts.library import Library, Shelved
from backstory.evidence.transcripts.local_edit import Found, Handle, edit_of, evidence_of, locator_of, whole_session
from backstory.evidence.transcripts.local_report import report_on
from backstory.evidence.transcripts.shared_lines import paths_at_head, shares_many_lines
from backstory.evidence.transcripts.transcript import RecordedEdit, Request, Transcript
from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.diagnosis import SourceReport
from backstory.model.edit import Edit, EditReading, RecordRef
from backstory.model.evidence import Evidence, Unreadable
from backstory.model.names import RepoPath
from backstory.model.prompt import Conversation, Prompt, PromptMissing, Question
from backstory.store.kept_prompt import KeptPrompt

GONE = PromptMissing("The transcript with this request is no longer on this machine.")
NOT_IN_IT = PromptMissing("The transcript does not hold this edit any more.")
NOBODY_ASKED = PromptMissing("The transcript does not hold what was asked before this edit.")


class LocalTranscripts(QuietSource):
    """The transcripts of one agent that belong to one repository."""

    def __init__(self, agent: AgentFolder, repository: Repository, reader: ObjectReader) -> None:
        self._agent = agent
        self._repository = repository
        self._reader = reader
        self._library = Library(agent)
        self._sessions = AskedSessions()

    def records(self, cancellation: Cancellation) -> Sequence[RecordRef]:
        """Return the transcripts whose beginning says that they belong here, or may."""
        belongings = self._belongings()
        return [
            RecordRef(str(each.file.path), each.file.stamp)
            for each in self._shelved(cancellation)
            if belongings.of(each.head) in {Belonging.YES, Belonging.PERHAPS}
        ]

    def edits(self, record: RecordRef, cancellation: Cancellation) -> EditReading:
        """Return what a transcript says the agent wrote here."""
        shelved = self._library.at(record.key, cancellation)
        if shelved is None:
            return EditReading()
        try:
            transcript = self._library.read(shelved.file, cancellation)
        except OSError:
            return EditReading((), (Unreadable(self._agent.ID, record.key, "It cannot be opened."),))
        flaws = transcript.flaws(self._agent.ID, record.key)
        placed = self._placed_if_it_belongs(shelved, transcript, cancellation)
        return EditReading(tuple(edit_of(self._agent, shelved, edit, path) for edit, path in placed), flaws)

    def recall(self, question: Question, cancellation: Cancellation) -> Evidence | None:
        """Return the edit that a record of this repository means when it names a conversation, or all of that.

        A transcript that was made in another repository is never opened, whatever names it.
        """
        session = self._session(question, cancellation)
        if session is None:
            return None
        meant = session.edits.meant(question)
        if meant:
            return evidence_of(meant)
        return whole_session(self._agent, session.main, question.until) if session.main else None

    def absence(self, question: Question, cancellation: Cancellation) -> PromptMissing | None:
        """Return why a conversation is not here, where the agent keeps any."""
        if question.tool not in {self._agent.TOOL, self._agent.ID} or not any(self._shelved(cancellation)):
            return None
        if self._session(question, cancellation):
            return None
        return absence_of(self._agent, self._repository, question, datetime.now(UTC))

    def keepable(self, cancellation: Cancellation) -> Iterator[KeptPrompt]:
        """Yield what was asked for edits of this repository's files."""
        now = datetime.now(UTC)
        for record in self.records(cancellation):
            shelved = self._library.at(record.key, cancellation)
            if shelved is None:
                continue
            try:
                transcript = self._library.read(shelved.file, cancellation)
            except OSError:
                continue
            placed = self._placed_if_it_belongs(shelved, transcript, cancellation)
            asked = [(edit, self._request(transcript, edit, cancellation)) for edit, _ in placed]
            yield from keepable_requests(self._agent, shelved, asked, now)

    def prompt(self, evidence: Evidence, cancellation: Cancellation) -> Prompt | PromptMissing:
        """Return the last thing a person asked before the edit; of a whole session what was asked, if one thing was."""
        found = self._find(evidence, cancellation)
        if isinstance(found, PromptMissing):
            return found
        if found.edit is None:
            return found.only_request()
        request = self._request(found.transcript, found.edit, cancellation)
        return request.prompt if request else NOBODY_ASKED

    def conversation(self, evidence: Evidence, cancellation: Cancellation) -> Conversation | PromptMissing:
        """Return the turns around the edit; those of a whole session from its beginning."""
        found = self._find(evidence, cancellation)
        if isinstance(found, PromptMissing):
            return found
        belongings = self._belongings()

        def name(edit: RecordedEdit) -> str:
            return belongings.place(edit.path, edit.folder) or edit.path

        if found.edit is None:
            return since_line(found.transcript, 0, str(found.shelved.file.path), name)
        return around_edit(found.transcript, found.edit, locator_of(found.shelved, found.edit), name)

    def report(self, cancellation: Cancellation, progress: Progress) -> SourceReport:
        """Read every transcript that belongs here."""
        return report_on(self._agent, self._library, self._belongings(), cancellation, progress)

    def close(self) -> None:
        """End the processes."""
        self._reader.close()

    @cached_property
    def _paths(self) -> RepoPaths:
        return paths_at_head(self._repository)

    def _belongings(self) -> Belongings:
        """Return fresh answers: folders come and go."""
        return Belongings(self._repository, self._reader)

    def _shelved(self, cancellation: Cancellation) -> Iterator[Shelved]:
        return (each for each in self._library.shelves(cancellation) if not isinstance(each, Unusable))

    def _session(self, question: Question, cancellation: Cancellation) -> AskedSession | None:
        """Return the session that a question names, when it is here and not of another repository."""
        if question.session.conversation is None and question.tool not in {None, self._agent.TOOL}:
            return None
        return self._sessions.get(question.session, lambda: self._look_for(question, cancellation))

    def _look_for(self, question: Question, cancellation: Cancellation) -> AskedSession | None:
        named = [each for each in self._shelved(cancellation) if self._is_named(each, question)]
        if not named:
            return None
        belongings = self._belongings()
        edits: list[Edit] = []
        held: list[Shelved] = []
        for each in named:
            if belongings.of(each.head) is Belonging.NO:
                continue
            try:
                transcript = self._library.read(each.file, cancellation)
            except OSError:
                continue
            held.append(each)
            placed = self._placed(each, transcript, belongings)
            edits += (edit_of(self._agent, each, edit, path) for edit, path in placed)
        if not held:
            return None
        return AskedSession(SessionEdits(edits), next((each for each in held if each.head.parent is None), None))

    def _is_named(self, shelved: Shelved, question: Question) -> bool:
        return shelved.session is not None and is_session(question.session, self._agent.TOOL, shelved.session)

    def _placed_if_it_belongs(
        self, shelved: Shelved, transcript: Transcript, cancellation: Cancellation
    ) -> Iterator[tuple[RecordedEdit, RepoPath]]:
        """Yield the edits of a transcript that no record of the repository names."""
        belongings = self._belongings()
        belonging = belongings.of(shelved.head)
        if belonging is Belonging.YES or (
            belonging is Belonging.PERHAPS and shares_many_lines(transcript, self._paths, self._reader, cancellation)
        ):
            yield from self._placed(shelved, transcript, belongings)

    def _placed(
        self, shelved: Shelved, transcript: Transcript, belongings: Belongings
    ) -> Iterator[tuple[RecordedEdit, RepoPath]]:
        """Yield the edits of this repository's files and their paths; those of others are nobody's business here.

        Of a transcript made where the repository was once, or under another name, paths are told by their ends.
        """
        is_here = belongings.of(shelved.head) is Belonging.YES
        for edit in transcript.edits:
            path = (
                belongings.place(edit.path, edit.folder) if is_here else self._paths.find(edit.path, transcript.folders)
            )
            if path is not None and edit.blocks:
                yield edit, path

    def _find(self, evidence: Evidence, cancellation: Cancellation) -> Found | PromptMissing:
        handle = Handle.of(evidence.prompt_key)
        shelved = self._library.at(handle.path, cancellation) if handle else None
        if handle is None or shelved is None or self._belongings().of(shelved.head) is Belonging.NO:
            return GONE
        try:
            transcript = self._library.read(shelved.file, cancellation)
        except OSError:
            return GONE
        edit = next((edit for edit in transcript.edits if edit.id == handle.edit), None)
        if edit is None and handle.edit is not None:
            return NOT_IN_IT
        return Found(shelved, transcript, edit, handle.until)

    def _request(self, transcript: Transcript, edit: RecordedEdit, cancellation: Cancellation) -> Request | None:
        """Return the last thing asked before an edit; a subagent's is that of the conversation which started it."""
        parent, at = transcript.parent, edit.at
        if edit.request or parent is None or at is None:
            return edit.request
        shelved = self._library.find(lambda each: each.session == parent and each.head.parent is None, cancellation)
        if shelved is None or self._belongings().of(shelved.head) is Belonging.NO:
            return None
        try:
            requests = self._library.read(shelved.file, cancellation).requests
        except OSError:
            return None
        earlier = [request for request in requests if request.at and request.at <= at]
        return earlier[-1] if earlier else None
