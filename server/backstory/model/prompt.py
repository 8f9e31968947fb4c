"""What was asked of an agent."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from attrs import frozen

from backstory.model.origin import Person, Session
from backstory.model.state import StateCode


@frozen
class Prompt:
    """The request behind an edit, as recorded: untrusted text, secrets not yet masked."""

    request: str
    """The last thing a human asked before the edit, machine-made messages skipped."""

    task: str | None = None
    """The earlier request that set the goal, when `request` is only a nudge ("yes", "continue")."""

    asked_at: datetime | None = None
    """Aware UTC; None when the record gives no time."""

    source: str | None = None
    """Id of the source that keeps it, where that is another one than the line's own record; `store` for a kept one."""

    locator: str | None = None
    """Where a person can re-read it there; None when `source` is."""


@frozen
class PromptMissing:
    """Why no prompt can be shown."""

    reason: str
    """A full sentence for a person: what the record lacks, and why."""

    command: str | None = None
    """The command that may bring it, if one does."""

    code: StateCode | None = None
    """The state behind the reason, where it has a name."""


class Speaker(StrEnum):
    """Whose turn it is in a conversation."""

    HUMAN = "user"
    AGENT = "assistant"
    TOOL = "tool"


@frozen
class Turn:
    """One thing said in a conversation, or one thing the agent did."""

    speaker: Speaker
    text: str
    """As recorded: untrusted, secrets not yet masked. For a tool its name and what it was about, in one line."""

    at: datetime | None = None
    """Aware UTC; None when the record gives no time."""


@frozen
class Conversation:
    """The conversation around an edit."""

    turns: tuple[Turn, ...]
    files: tuple[str, ...] = ()
    """Files that the same request touched, relative to the work tree's root where they lie in it, in order."""

    locator: str = ""
    """Where a person can re-read it."""

    cut_before: int = 0
    """Earlier turns left out because the record is long."""

    cut_after: int = 0
    """Later turns left out."""


@frozen
class Question:
    """Which edit's prompt is wanted, for sources that hold conversations and not the record itself."""

    session: Session
    tool: str | None
    """The recorder's id of the agent (`claude`, `codex`)."""

    path: str | None
    """The file at `until`."""

    texts: Sequence[str]
    """Neighbouring lines of one commit without line ends, to tell which edit of the session is meant.

    Looking at them may read the commit's file.
    """

    until: datetime | None
    """When the commit was made that holds the lines, aware UTC; None for lines not committed."""

    line: int = 0
    """Index in `texts` of the line that is asked about."""

    asked_by: Person | None = None
    """Whom the record names."""
