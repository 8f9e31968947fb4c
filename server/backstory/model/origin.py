"""Who or what a line came from."""

from enum import StrEnum

from attrs import frozen


class Contributor(StrEnum):
    """The kind of hand that wrote a line. Nothing known is `UNKNOWN`, never `HUMAN`."""

    AI = "ai"
    HUMAN = "human"
    MIXED = "mixed"
    BOT = "bot"
    UNKNOWN = "unknown"


@frozen
class Person:
    """Somebody as a record names them; at least one of the two is known."""

    name: str | None
    email: str | None = None


@frozen
class Agent:
    """A coding agent as its record names it; views know the human names of tools and models."""

    tool: str | None
    """The recorder's own id (`claude`, `codex`, `cursor`), None when the record names no tool."""

    model: str | None
    """The model's id or name as recorded, None when the record has none (or says `unknown`, `default`)."""


@frozen
class Session:
    """One conversation with an agent."""

    key: str
    """The recorder's key for it (git-ai: `s_…` without the trace part, or the legacy hash)."""

    conversation: str | None
    """The agent's own id of the conversation, None when only the key is known."""


@frozen
class Origin:
    """Where a line came from, as one record says."""

    contributor: Contributor
    agent: Agent | None = None
    person: Person | None = None
    """For an agent's line the person who asked; for a person's line its author."""

    session: Session | None = None


UNKNOWN_ORIGIN = Origin(Contributor.UNKNOWN)
