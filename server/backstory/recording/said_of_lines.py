"""From the edits that wrote a commit's lines to what its note says of them."""

from collections.abc import Callable
from typing import Any

from attrs import define, field

from backstory.evidence import claude_code, codex
from backstory.evidence.transcripts.local import LocalTranscripts
from backstory.evidence.transcripts.local_edit import evidence_of
from backstory.history.cancel import Cancellation
from backstory.history.commits import Identity
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.edit import Edit
from backstory.model.prompt import Prompt, PromptMissing
from backstory.recording.authorship import Authorship, edit_key, request_key, session_key
from backstory.recording.commit_lines import CommitLines
from backstory.redaction.secrets import mask_secrets

LONGEST_REQUEST = 20_000
"""Characters: a pasted log is not what was asked."""

_NOT_RECORDED = "unknown"
"""The format's word for a model that nobody knows."""


class Requests:
    """What was asked before edits, as the transcripts have it."""

    def __init__(self, repository: Repository, reader: ObjectReader, cancellation: Cancellation) -> None:
        self._sources: dict[str, LocalTranscripts] = {
            source.ID: source.open_source(repository, reader) for source in (claude_code, codex)
        }
        self._cancellation = cancellation

    def before(self, edit: Edit) -> Prompt | None:
        """Return the request before an edit; None when the transcript does not hold it."""
        found = self._sources[edit.source].prompt(evidence_of(edit), self._cancellation)
        return None if isinstance(found, PromptMissing) else found


def authorship_of(known: CommitLines, requests: Requests | None) -> Authorship:
    """Return what a commit's note says: without `requests` no word that anybody typed."""
    saying = _Saying(_named(known.commit.committer), requests.before if requests else lambda _: None)
    lines = {path: {line: saying.key(edit) for line, edit in edits.items()} for path, edits in known.edits.items()}
    for record in saying.prompts.values():
        record["total_additions"] = record["accepted_lines"] = sum(
            saying.prompts.get(key) is record for each in lines.values() for key in each.values()
        )
    return Authorship(lines, saying.sessions, saying.prompts)


@define
class _Saying:
    """The records of one note, while they are gathered."""

    asked_by: str | None
    request_before: Callable[[Edit], Prompt | None]
    sessions: dict[str, Any] = field(factory=dict)
    prompts: dict[str, Any] = field(factory=dict)
    _keys: dict[tuple[str | None, str | None], str] = field(factory=dict)

    def key(self, edit: Edit) -> str:
        """Return the key of an edit's lines; what it stands for is noted."""
        handle = edit.source, edit.prompt_key
        if handle not in self._keys:
            self._keys[handle] = self._new_key(edit)
        return self._keys[handle]

    def _new_key(self, edit: Edit) -> str:
        agent, session = edit.origin.agent, edit.origin.session
        tool = (agent.tool if agent else None) or edit.source
        conversation = (session.conversation or session.key) if session else ""
        model = (agent.model if agent else None) or _NOT_RECORDED
        record = {"agent_id": {"tool": tool, "id": conversation, "model": model}, "human_author": self.asked_by}
        request = self.request_before(edit)
        if request is None:
            self.sessions[session_key(tool, conversation)] = record
            return edit_key(tool, conversation, edit.prompt_key or edit.locator)
        asked_at = request.asked_at.isoformat() if request.asked_at else ""
        key = request_key(tool, conversation, asked_at or request.request)
        counts = {"total_additions": 0, "total_deletions": 0, "accepted_lines": 0, "overriden_lines": 0}
        self.prompts[key] = {**record, **counts, "messages": list(_messages(request, asked_at))}
        return key


def _messages(request: Prompt, asked_at: str) -> list[dict[str, str]]:
    said = [{"type": "user", "text": _shown(request.task)}] if request.task else []
    said.append({"type": "user", "text": _shown(request.request)} | ({"timestamp": asked_at} if asked_at else {}))
    return said


def _shown(text: str) -> str:
    masked = mask_secrets(text)
    return masked if len(masked) <= LONGEST_REQUEST else f"{masked[:LONGEST_REQUEST]}…"


def _named(person: Identity) -> str | None:
    """Return a person as git writes one."""
    if person.name and person.email:
        return f"{person.name} <{person.email}>"
    return person.name or (f"<{person.email}>" if person.email else None)
