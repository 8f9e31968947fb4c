"""What `doctor` finds: which evidence a repository holds, what is missing, and what brings it."""

from attrs import frozen

from backstory.model.evidence import Unreadable
from backstory.model.names import Revision
from backstory.model.origin import Session
from backstory.model.state import State


@frozen
class NamedSession:
    """A session as a record names it, with the recorder's id of the tool."""

    session: Session
    tool: str | None


@frozen
class HeldConversation:
    """A conversation that a source can open, by the agent's own id of it."""

    tool: str | None
    id: str


@frozen
class SourceReport:
    """What one evidence source has to offer in this repository."""

    id: str
    name: str
    found: int
    """Records found anywhere in the repository."""

    on_head: int
    """Records about commits that HEAD reaches."""

    read: int
    """Records that could be read; `found` minus `unreadable` when all were looked at."""

    unreadable: tuple[Unreadable, ...]
    details: tuple[tuple[str, str], ...] = ()
    """More of what was counted: (label, value), in the order to show."""

    absence: str | None = None
    """Why there is nothing where there is nothing: a sentence, None when something was found."""

    is_off: bool = False
    """Whether a person does not want the source to be read."""

    carried: int = 0
    """Records whose lines are looked for by their text; of notes those on commits that HEAD does not reach."""

    named: frozenset[NamedSession] = frozenset()
    """The sessions that its records name."""

    held: frozenset[HeldConversation] = frozenset()
    """The conversations that it can open, where a record names them."""

    joined: int = 0
    """Sessions `named` that another source holds; where it names none, conversations `held` that another one names."""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing at all to tell but why."""
        return not (self.found or self.details or self.unreadable)


@frozen
class Advice:
    """One thing that would bring more evidence or more speed."""

    problem: str
    command: str
    benefit: str


@frozen
class Diagnosis:
    """The whole report."""

    root: str
    head: Revision | None
    commits_on_head: int
    git_version: str
    sources: tuple[SourceReport, ...]
    advice: tuple[Advice, ...]
    states: tuple[State, ...]
    """What limits the repository (shallow, partial, bare, unsafe…) and what Backstory remembers."""
