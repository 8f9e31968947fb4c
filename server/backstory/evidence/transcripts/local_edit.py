"""An edit in a transcript on this machine: how it is named, what it says, and how it is found again."""

import json
from datetime import datetime

from attrs import frozen

from backstory.evidence.transcripts.entry import moment, value
from backstory.evidence.transcripts.library import Agent as AgentFolder
from backstory.evidence.transcripts.library import Shelved
from backstory.evidence.transcripts.said import only_request
from backstory.evidence.transcripts.transcript import RecordedEdit, Transcript
from backstory.model.edit import Edit
from backstory.model.evidence import Basis, Evidence
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import Agent, Contributor, Origin, Session
from backstory.model.prompt import Prompt, PromptMissing

NOBODY_TYPED = PromptMissing("The transcript holds nothing that a person asked before this commit.")


@frozen
class Handle:
    """What a prompt key says: `["/home/ann/.claude/projects/…/….jsonl", "toolu_01…"]`."""

    path: str
    edit: str | None
    """None for a whole session."""

    until: datetime | None = None
    """Of a whole session: when the commit was made, None when that is not known."""

    def __str__(self) -> str:
        parts: list[str | None] = [self.path, self.edit]
        if self.edit is None:
            parts.append(self.until.isoformat() if self.until else None)
        return json.dumps(parts, ensure_ascii=False)

    @classmethod
    def of(cls, prompt_key: str | None) -> "Handle | None":
        """Return what a key says; None when it is none of ours."""
        match value((prompt_key or "").encode("utf-8", "replace")):
            case [str(path), str(edit)]:
                return cls(path, edit)
            case [str(path), None, until]:
                return cls(path, None, moment(until))
        return None


@frozen
class Found:
    """What evidence names, in its transcript."""

    shelved: Shelved
    transcript: Transcript
    edit: RecordedEdit | None
    until: datetime | None

    def only_request(self) -> Prompt | PromptMissing:
        """Return what was asked in the session before the commit, when that was one thing."""
        until = self.until
        asked = [each for each in self.transcript.requests if not (until and each.at) or each.at <= until]
        only = only_request(asked)
        if only:
            return only.prompt
        if not asked:
            return NOBODY_TYPED
        return PromptMissing(
            f"The transcript has no edit with this line, and {len(asked):,} things were asked before the commit."
        )


def edit_of(agent: AgentFolder, shelved: Shelved, edit: RecordedEdit, path: RepoPath) -> Edit:
    """Return an edit of one of the repository's files."""
    contributor = Contributor.MIXED if edit.is_retouched else Contributor.AI
    return Edit(
        source=agent.ID,
        basis=Basis.MATCHED,
        origin=Origin(contributor, Agent(agent.TOOL, edit.model), session=_session(shelved)),
        path=path,
        at=edit.at,
        blocks=edit.blocks,
        locator=locator_of(shelved, edit),
        statement="transcript",
        prompt_key=str(Handle(str(shelved.file.path), edit.id)),
        call=edit.id,
    )


def evidence_of(edit: Edit) -> Evidence:
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


def whole_session(agent: AgentFolder, shelved: Shelved, until: datetime | None) -> Evidence:
    """Return a session that another source's evidence means, though no edit in it has the line."""
    path = str(shelved.file.path)
    origin = Origin(Contributor.AI, Agent(agent.TOOL, None), session=_session(shelved))
    key = str(Handle(path, None, until))
    return Evidence(agent.ID, Basis.MATCHED, origin, Revision(""), None, None, path, "transcript", key)


def locator_of(shelved: Shelved, edit: RecordedEdit) -> str:
    """Return where a person finds an edit."""
    return f"{shelved.file.path}:{edit.line}"


def _session(shelved: Shelved) -> Session | None:
    return Session(shelved.session, shelved.session) if shelved.session else None
