"""What a record says an origin wrote, to be found again by text when its commit is gone or never was."""

from datetime import datetime

from attrs import frozen

from backstory.model.evidence import Basis, Unreadable
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import Origin


@frozen
class Block:
    """Neighbouring lines that one edit wrote."""

    lines: tuple[str, ...]
    """Their text without line ends, in order, at least one."""

    first: int | None = None
    """The first one's place (1-based) in the file right after the edit; None when the record does not say."""

    before: tuple[str, ...] = ()
    """The lines that stood there before and that this edit took away, without line ends."""


@frozen
class Edit:
    """One change that one origin made to one file."""

    source: str
    """Id of the evidence source."""

    basis: Basis
    """What a line found by it rests on: `CARRIED` for a record of a commit's lines, `MATCHED` for a transcript."""

    origin: Origin
    path: RepoPath | None
    """The file then, relative to the work tree's root; None when the record does not say."""

    at: datetime | None
    """When, aware UTC: a transcript's own time, a commit's author time; None when the record does not say."""

    blocks: tuple[Block, ...]
    locator: str
    """Where a person can re-read it."""

    statement: str
    """How the record says it, in the format's own noun: `note of a commit that is not on this branch`, `transcript`."""

    prompt_key: str | None = None
    """Handle with which the source finds the prompt before exactly this edit; None when it has none to give."""

    revision: Revision | None = None
    """The commit that holds the blocks' lines at `path`, when the record is about a commit."""

    commits: frozenset[Revision] = frozenset()
    """The commits that name this edit's record (a trailer): their lines are looked for here before anywhere else."""

    wildcard: str | None = None
    """A word that stands for text which the recorder masked: `REDACTED` in Entire's transcripts."""

    call: str | None = None
    """The agent's own name of the call that made it: conversations that go on from another one hold it again."""


@frozen
class RecordRef:
    """A record that holds edits, not read yet."""

    key: str
    """Its name within the source; two reads of one repository give it the same one."""

    stamp: str
    """Changes when the record's content does (an object id; size and modification time)."""


@frozen
class EditReading:
    """What one record holds."""

    edits: tuple[Edit, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
