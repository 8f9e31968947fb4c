"""What a transcript holds: turns, what a person asked, what the agent wrote. All text as recorded: untrusted."""

from collections.abc import Mapping
from datetime import datetime

from attrs import field, frozen

from backstory.model.edit import Block
from backstory.model.evidence import Unreadable
from backstory.model.prompt import Prompt, Turn


@frozen
class Request:
    """Something that a person asked, machine-made messages left out."""

    text: str
    turn: int
    """Its index in the transcript's turns."""

    line: int
    """The line of the transcript (1-based) that holds it."""

    at: datetime | None = None
    """Aware UTC; None when the record gives no time."""

    task: str | None = None
    """The earlier request that set the goal, when this one is only a nudge."""

    @property
    def prompt(self) -> Prompt:
        """The same, as an answer."""
        return Prompt(self.text, self.task, self.at)


@frozen
class RecordedEdit:
    """One change to one file, as the agent's tool recorded it."""

    id: str
    """Names the edit within the transcript: the tool call's own id, and which of its files where it changed several."""

    path: str
    """As recorded: mostly absolute, on the machine of then."""

    folder: str | None
    """Where the agent worked: what a relative `path` is relative to; None when not recorded."""

    at: datetime | None
    """Aware UTC; None when the record gives no time."""

    blocks: tuple[Block, ...]
    """The lines written; none when the edit only took lines away."""

    line: int
    """The line of the transcript (1-based) where the agent asked for it."""

    turn: int
    """Index in the transcript's turns of the turn it belongs to."""

    request: Request | None
    """The last thing a person asked before it; None when the transcript does not hold that."""

    model: str | None = None
    is_confirmed: bool = False
    """Whether the record says that it happened; False when it says nothing. What failed or was refused is no edit."""

    is_retouched: bool = False
    """Whether a person changed the agent's text before it was written."""


@frozen
class GitFacts:
    """What the transcript says of the repository it was made in."""

    commit: str | None = None
    branch: str | None = None
    remote: str | None = None
    """The remote's URL: shown to nobody, only compared."""


@frozen
class Transcript:
    """One conversation with an agent, read."""

    tool: str | None
    """`claude` or `codex`; None when no line was of a format we know."""

    session: str | None = None
    """The agent's own id of the conversation."""

    parent: str | None = None
    """The conversation that started this one, when an agent asked and no person: its requests are in that one."""

    folders: tuple[str, ...] = ()
    """Where the agent worked, in the order first seen."""

    git_facts: GitFacts = field(factory=GitFacts)
    model: str | None = None
    """The last one named."""

    turns: tuple[Turn, ...] = ()
    requests: tuple[Request, ...] = ()
    edits: tuple[RecordedEdit, ...] = ()
    """In the order in which the agent asked for them."""

    lines: int = 0
    """How many lines were read, the unreadable ones included."""

    unreadable: Mapping[str, int] = field(factory=dict)
    """Why lines could not be read → how many. A torn last line is not among them: it is being written."""

    def flaws(self, source: str, locator: str) -> tuple[Unreadable, ...]:
        """Return what is wrong with the transcript."""
        if self.lines and self.tool is None:
            return (Unreadable(source, locator, "It is no transcript of a kind that is known."),)
        return tuple(
            Unreadable(source, locator, f"{count:,} of {self.lines:,} lines: {reason}")
            for reason, count in sorted(self.unreadable.items())
        )
