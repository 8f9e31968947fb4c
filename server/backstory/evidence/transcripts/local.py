"""An evidence source made of an agent's own transcripts on this machine: those that belong to the repository."""

import json
from collections.abc import Iterator, Sequence
from functools import cached_property

from attrs import frozen

from backstory.evidence.edit_meant import edit_meant, is_session
from backstory.evidence.entire_paths import RepoPaths
from backstory.evidence.quiet import QuietSource
from backstory.evidence.source import Progress
from backstory.evidence.transcripts.belonging import Belonging, Belongings
from backstory.evidence.transcripts.conversation import around_edit
from backstory.evidence.transcripts.entry import value
from backstory.evidence.transcripts.files import Unusable
from backstory.evidence.transcripts.library import Agent as AgentFolder
from backstory.evidence.transcripts.library import Library, Shelved
from backstory.evidence.transcripts.local_report import report_on
from backstory.evidence.transcripts.shared_lines import paths_at_head, shares_many_lines
from backstory.evidence.transcripts.transcript import RecordedEdit, Request, Transcript
from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.diagnosis import SourceReport
from backstory.model.edit import Edit, EditReading, RecordRef
from backstory.model.evidence import Basis, Evidence, Unreadable
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import Agent, Contributor, Origin, Session
from backstory.model.prompt import Conversation, Prompt, PromptMissing, Question

GONE = PromptMissing("The transcript with this request is no longer on this machine.")
NOT_IN_IT = PromptMissing("The transcript does not hold this edit any more.")
NOBODY_ASKED = PromptMissing("The transcript does not hold what was asked before this edit.")


@frozen
class _Found:
    """An edit that evidence names, in its transcript."""

    shelved: Shelved
    transcript: Transcript
    edit: RecordedEdit


class LocalTranscripts(QuietSource):
    """The transcripts of one agent that belong to one repository."""

    def __init__(self, agent: AgentFolder, repository: Repository, reader: ObjectReader) -> None:
        self._agent = agent
        self._repository = repository
        self._reader = reader
        self._library = Library(agent)

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
        belongings = self._belongings()
        belonging = belongings.of(shelved.head)
        flaws = transcript.flaws(self._agent.ID, record.key)
        if belonging is Belonging.PERHAPS:
            if not shares_many_lines(transcript, self._paths, self._reader, cancellation):
                return EditReading((), flaws)
            return EditReading(tuple(self._edits_elsewhere(shelved, transcript)), flaws)
        if belonging is Belonging.YES:
            return EditReading(tuple(self._edits_here(shelved, transcript, belongings)), flaws)
        return EditReading()

    def recall(self, question: Question, cancellation: Cancellation) -> Evidence | None:
        """Return the edit that a record of this repository means when it names a conversation.

        A transcript that was made in another repository is never opened, whatever names it.
        """
        if question.tool not in {None, self._agent.TOOL}:
            return None
        belongings = self._belongings()
        edits: list[Edit] = []
        for each in self._shelved(cancellation):
            if each.session is None or not is_session(question.session, self._agent.TOOL, each.session):
                continue
            belonging = belongings.of(each.head)
            if belonging is Belonging.NO:
                continue
            try:
                transcript = self._library.read(each.file, cancellation)
            except OSError:
                continue
            if belonging is Belonging.YES:
                edits += self._edits_here(each, transcript, belongings)
            else:
                edits += self._edits_elsewhere(each, transcript)
        meant = edit_meant(edits, question)
        return _evidence(meant) if meant else None

    def prompt(self, evidence: Evidence, cancellation: Cancellation) -> Prompt | PromptMissing:
        """Return the last thing a person asked before the edit."""
        found = self._find(evidence, cancellation)
        if isinstance(found, PromptMissing):
            return found
        request = found.edit.request or self._request_of_parent(found, cancellation)
        return request.prompt if request else NOBODY_ASKED

    def conversation(self, evidence: Evidence, cancellation: Cancellation) -> Conversation | PromptMissing:
        """Return the turns around the edit."""
        found = self._find(evidence, cancellation)
        if isinstance(found, PromptMissing):
            return found
        belongings = self._belongings()
        return around_edit(
            found.transcript,
            found.edit,
            _locator(found.shelved, found.edit),
            lambda edit: belongings.place(edit.path, edit.folder) or edit.path,
        )

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

    def _edits_here(self, shelved: Shelved, transcript: Transcript, belongings: Belongings) -> Iterator[Edit]:
        """Yield the edits of files that lie in this repository; those of others are nobody's business here."""
        for edit in transcript.edits:
            path = belongings.place(edit.path, edit.folder)
            if path is not None and edit.blocks:
                yield self._edit(shelved, edit, path)

    def _edits_elsewhere(self, shelved: Shelved, transcript: Transcript) -> Iterator[Edit]:
        """Yield the edits of a transcript made where the repository was once, or is under another name."""
        for edit in transcript.edits:
            path = self._paths.find(edit.path, transcript.folders)
            if path is not None and edit.blocks:
                yield self._edit(shelved, edit, path)

    def _edit(self, shelved: Shelved, edit: RecordedEdit, path: RepoPath) -> Edit:
        session = Session(shelved.session, shelved.session) if shelved.session else None
        contributor = Contributor.MIXED if edit.is_retouched else Contributor.AI
        return Edit(
            source=self._agent.ID,
            basis=Basis.MATCHED,
            origin=Origin(contributor, Agent(self._agent.TOOL, edit.model), session=session),
            path=path,
            at=edit.at,
            blocks=edit.blocks,
            locator=_locator(shelved, edit),
            statement="transcript",
            prompt_key=json.dumps([str(shelved.file.path), edit.id], ensure_ascii=False),
        )

    def _find(self, evidence: Evidence, cancellation: Cancellation) -> _Found | PromptMissing:
        key = _key_of(evidence)
        shelved = self._library.at(key[0], cancellation) if key else None
        if key is None or shelved is None or self._belongings().of(shelved.head) is Belonging.NO:
            return GONE
        try:
            transcript = self._library.read(shelved.file, cancellation)
        except OSError:
            return GONE
        edit = next((edit for edit in transcript.edits if edit.id == key[1]), None)
        return _Found(shelved, transcript, edit) if edit else NOT_IN_IT

    def _request_of_parent(self, found: _Found, cancellation: Cancellation) -> Request | None:
        """Return what a person had asked of the conversation that started a subagent's, when it made the edit."""
        parent, at = found.transcript.parent, found.edit.at
        if parent is None or at is None:
            return None
        shelved = self._library.find(lambda each: each.session == parent and each.head.parent is None, cancellation)
        if shelved is None or self._belongings().of(shelved.head) is Belonging.NO:
            return None
        try:
            requests = self._library.read(shelved.file, cancellation).requests
        except OSError:
            return None
        earlier = [request for request in requests if request.at and request.at <= at]
        return earlier[-1] if earlier else None


def _locator(shelved: Shelved, edit: RecordedEdit) -> str:
    return f"{shelved.file.path}:{edit.line}"


def _key_of(evidence: Evidence) -> tuple[str, str] | None:
    """Return the file and the edit that a prompt key names."""
    match value((evidence.prompt_key or "").encode("utf-8", "replace")):
        case [str(path), str(edit)]:
            return path, edit
    return None


def _evidence(edit: Edit) -> Evidence:
    """Return an edit as what another source's evidence means; of commits a transcript knows nothing."""
    return Evidence(
        edit.source,
        edit.basis,
        edit.origin,
        Revision(""),
        edit.path,
        None,
        edit.locator,
        edit.statement,
        edit.prompt_key,
    )
