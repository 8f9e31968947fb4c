"""What was asked of an agent."""

from datetime import datetime

from attrs import frozen


@frozen
class Prompt:
    """The request behind an edit, as recorded: untrusted text, secrets not yet masked."""

    request: str
    """The last thing a human asked before the edit, machine-made messages skipped."""

    task: str | None = None
    """The earlier request that set the goal, when `request` is only a nudge ("yes", "continue")."""

    asked_at: datetime | None = None
    """Aware UTC; None when the record gives no time."""


@frozen
class PromptMissing:
    """Why no prompt can be shown."""

    reason: str
    """A full sentence for a person: what the record lacks, and why."""

    command: str | None = None
    """The command that may bring it, if one does."""
