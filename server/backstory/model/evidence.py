"""What a record says of lines, and what was wrong with records that could not be read."""

from enum import IntEnum

from attrs import frozen

from backstory.model.lines import LineRange
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import Origin


class Basis(IntEnum):
    """On what an attribution rests, weakest first: a greater basis beats a smaller one."""

    NONE = 0
    MARKED = 1
    """A comment in the file says so."""
    DECLARED = 2
    """A trailer speaks of the whole commit."""
    AUTHORED = 3
    """The commit's author is an agent (or a robot)."""
    MATCHED = 4
    """An agent's own edit in a transcript or checkpoint, found by text."""
    CARRIED = 5
    """A record of these lines, brought through a rewrite by content."""
    RECORDED = 6
    """A tool wrote down these lines at this commit."""


@frozen
class Evidence:
    """One statement of one record about lines at one commit."""

    source: str
    """Id of the evidence source (`git-ai`, `commit`)."""

    basis: Basis
    origin: Origin
    """`UNKNOWN_ORIGIN` when the record covers the commit but claims none of the lines: a recorder's silence."""

    revision: Revision
    path: RepoPath | None
    """The path at `revision`; None when the record speaks of the whole commit."""

    lines: tuple[LineRange, ...] | None
    """Lines of `path` at `revision`, in order, not touching; None means all that the commit wrote."""

    locator: str
    """Where a person can re-read it: `refs/notes/ai@2860dda`, `2860dda Co-authored-by`."""

    statement: str = ""
    """How the record says it, in the format's own noun: `Co-authored-by trailer`, `author`, `note`."""

    prompt_key: str | None = None
    """Handle with which the source finds the prompt of this statement; None when it has none to give."""

    is_provisional: bool = False
    """True while records that the source has put off reading may say more of these lines, or otherwise."""

    carried_from: "Evidence | None" = None
    """What the record says where it stands, when these lines were found elsewhere: its source is asked with this."""

    @property
    def original(self) -> "Evidence":
        """The statement as the record's source knows it."""
        return self.carried_from or self


@frozen
class Unreadable:
    """A record that was found and could not be understood."""

    source: str
    locator: str
    reason: str
    """What was wrong with it, in words; never any of its text."""


@frozen
class Reading:
    """What a source read."""

    evidence: tuple[Evidence, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
