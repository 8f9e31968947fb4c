"""The evidence source of what git-ai keeps of conversations on this machine: `~/.git-ai/internal/db`.

It holds the conversations of all repositories. One is told only where a record of this repository names it, by its key
or by the agent's own id, and only where the folder it was held in is not another repository's.
"""

import hashlib
import json
from collections.abc import Iterator

from backstory.evidence.edit_meant import is_session
from backstory.evidence.git_ai_database import (
    StoredPrompt,
    kept_prompts,
    prompts_database,
    prompts_of,
    prompts_with,
)
from backstory.evidence.git_ai_prompt import messages_of
from backstory.evidence.git_ai_records import person, recorded_model
from backstory.evidence.messages_around import conversation_around
from backstory.evidence.quiet import QuietSource
from backstory.evidence.request import EDITING_TOOLS, Message, last_request
from backstory.evidence.source import Progress
from backstory.evidence.transcripts.belonging import Belonging, Belongings
from backstory.evidence.transcripts.entry import moment, value
from backstory.evidence.transcripts.head import Head
from backstory.evidence.transcripts.transcript import GitFacts
from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.diagnosis import HeldConversation, SourceReport
from backstory.model.evidence import Basis, Evidence, Unreadable
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import Agent, Contributor, Origin, Session
from backstory.model.prompt import Conversation, Prompt, PromptMissing, Question

ID = "git-ai-prompts"
NAME = "git-ai's prompts on this machine"
LOCATOR = "~/.git-ai/internal/db"
GONE = PromptMissing("git-ai no longer keeps this conversation on this machine.")
NOBODY_TYPED = PromptMissing("git-ai keeps the conversation, but a person typed none of it.")

__all__ = ["ID", "NAME", "PromptStoreSource", "open_source"]


def open_source(repository: Repository, reader: ObjectReader | None = None) -> "PromptStoreSource":
    """Return the source for one repository; reads nothing yet."""
    return PromptStoreSource(repository, reader or ObjectReader(repository))


class PromptStoreSource(QuietSource):
    """git-ai's prompts, as far as records of one repository name them."""

    def __init__(self, repository: Repository, reader: ObjectReader) -> None:
        self._repository = repository
        self._reader = reader

    def recall(self, question: Question, cancellation: Cancellation) -> Evidence | None:
        """Return the edit that a record means when it names a conversation."""
        cancellation.raise_if_cancelled()
        stored = next((each for each in _named(question) if self._may_be_told(each)), None)
        if stored is None:
            return None
        edit = _edit_meant(messages_of(stored.messages or ""), question)
        return Evidence(
            source=ID,
            basis=Basis.MATCHED,
            origin=_origin(stored),
            revision=Revision(""),
            path=RepoPath(question.path) if question.path else None,
            lines=None,
            locator=LOCATOR,
            statement="prompt database",
            prompt_key=json.dumps([stored.id, question.path, edit], ensure_ascii=False),
        )

    def prompt(self, evidence: Evidence, cancellation: Cancellation) -> Prompt | PromptMissing:
        """Return the last thing a person asked before the edit, or else before the last one of the file."""
        cancellation.raise_if_cancelled()
        found = self._find(evidence)
        if found is None:
            return GONE
        messages, path, edit = found
        if edit is not None:
            return last_request(messages[: edit + 1]) or NOBODY_TYPED
        return last_request(messages, path) or NOBODY_TYPED

    def conversation(self, evidence: Evidence, cancellation: Cancellation) -> Conversation | PromptMissing:
        """Return the turns around the edit, or else the last ones."""
        cancellation.raise_if_cancelled()
        found = self._find(evidence)
        if found is None:
            return GONE
        messages, _, edit = found
        return conversation_around(messages, len(messages) - 1 if edit is None else edit, LOCATOR)

    def report(self, cancellation: Cancellation, progress: Progress) -> SourceReport:
        """Count what git-ai keeps; whose it is, is seen where a record names it."""
        cancellation.raise_if_cancelled()
        progress(0, 0)
        if not prompts_database().is_file():
            return SourceReport(ID, NAME, 0, 0, 0, (), (), "git-ai keeps no prompts on this machine.")
        kept = kept_prompts()
        if kept is None:
            trouble = Unreadable(ID, LOCATOR, "It is no database of git-ai's prompts, or it cannot be opened.")
            return SourceReport(ID, NAME, 1, 0, 0, (trouble,))
        count = len(kept)
        absence = None if kept else "git-ai keeps no prompts on this machine."
        details = (("prompts of all repositories", f"{count:,}"),)
        return SourceReport(
            ID, NAME, count, 0, count, (), details if kept else (), absence, held=frozenset(self._tellable(kept))
        )

    def close(self) -> None:
        """End the processes."""
        self._reader.close()

    def _tellable(self, stored: list[StoredPrompt]) -> Iterator[HeldConversation]:
        """Yield the conversations that are told when a record of the repository names them."""
        belongings = Belongings(self._repository, self._reader)
        return (HeldConversation(each.tool, each.conversation) for each in stored if _may_be_told(each, belongings))

    def _may_be_told(self, stored: StoredPrompt) -> bool:
        return _may_be_told(stored, Belongings(self._repository, self._reader))

    def _find(self, evidence: Evidence) -> tuple[list[Message], RepoPath | None, int | None] | None:
        match value((evidence.prompt_key or "").encode("utf-8", "replace")):
            case [str(key), str() | None as path, int() | None as edit]:
                stored = next((each for each in prompts_with(key) if each.id == key and self._may_be_told(each)), None)
                if stored is None:
                    return None
                messages = messages_of(stored.messages or "")
                is_there = edit is not None and edit < len(messages)
                return messages, RepoPath(path) if path else None, edit if is_there else None
        return None


def _may_be_told(stored: StoredPrompt, belongings: Belongings) -> bool:
    head = Head(stored.tool or "", stored.conversation, None, stored.folder, GitFacts())
    return belongings.of(head) is not Belonging.NO


def _named(question: Question) -> list[StoredPrompt]:
    """Return the conversations that a question's session names."""
    session = question.session
    if session.conversation is None:
        found = prompts_with(session.key.removeprefix("s_"))
    elif question.tool:
        whole = f"{question.tool}:{session.conversation}".encode("utf-8", "replace")
        found = prompts_with(hashlib.sha256(whole).hexdigest()[:16])
    else:
        found = prompts_of(session.conversation)
    return [each for each in found if is_session(session, each.tool, each.conversation)]


def _origin(stored: StoredPrompt) -> Origin:
    agent = Agent(stored.tool, recorded_model(stored.model))
    return Origin(Contributor.AI, agent, person(stored.asked_by), Session(stored.id, stored.conversation or None))


def _edit_meant(messages: list[Message], question: Question) -> int | None:
    """Return the index of the last edit before the commit that has the line; None when none has."""
    line = question.texts[question.line].strip() if question.line < len(question.texts) else ""
    if not line:
        return None
    quoted = json.dumps(line, ensure_ascii=False)[1:-1]
    for index in range(len(messages) - 1, -1, -1):
        message = messages[index]
        if message.role != "tool_use" or message.tool.lower() not in EDITING_TOOLS:
            continue
        at = moment(message.sent_at)
        if question.until and at and at > question.until:
            continue
        if quoted in message.tool_input or json.dumps(line)[1:-1] in message.tool_input:
            return index
    return None
