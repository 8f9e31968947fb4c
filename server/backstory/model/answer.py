"""What the workspace answers to its two shells, before any word is chosen."""

from collections.abc import Mapping

from attrs import frozen

from backstory.model.attribution import Attribution
from backstory.model.history import CommitFacts
from backstory.model.lines import LineRange
from backstory.model.names import RepoPath, Revision
from backstory.model.prompt import Conversation, Prompt, PromptMissing
from backstory.model.region import Region, SyntaxUnit
from backstory.model.state import State


@frozen
class UnitShare:
    """How much of a function or class agents wrote."""

    unit: SyntaxUnit
    agent_lines: int
    """Lines of `unit` whose contributor is `ai` (or `mixed`)."""

    total_lines: int
    requests: int
    """Distinct sessions (or commits, where no session is recorded) behind the agent's lines."""


@frozen
class LineAnswer:
    """Everything known of one line of the text in the editor."""

    path: RepoPath
    line: int
    attribution: Attribution
    region: Region | None
    """None while blame is still running: neighbours are not all known."""

    commit: CommitFacts | None
    """None when the line is not committed."""

    path_at_revision: RepoPath | None
    line_at_revision: int | None
    commit_lines_in_file: int | None
    """Lines of this file that the same commit wrote; 0 when not committed, None while blame is still running."""

    prompt: Prompt | PromptMissing | None
    """None when the line is no agent's."""

    unit_share: UnitShare | None
    states: tuple[State, ...] = ()
    """What limits the answer: generated file, shallow clone, filtered text…"""


@frozen
class PromptAnswer:
    """What was asked for a line, with what was said around it."""

    line: LineAnswer
    conversation: Conversation | PromptMissing | None
    """None when the line is no agent's."""


@frozen
class AnnotatedLine:
    """One line of an annotated file."""

    line: int
    attribution: Attribution
    revision: Revision | None
    """None when the line is not committed."""

    path_at_revision: RepoPath | None
    line_at_revision: int | None
    prompt: Prompt | PromptMissing | None = None
    """None when the line is no agent's, or when prompts were not asked for."""


@frozen
class AnnotatedFile:
    """A whole file: each line exactly once, in order."""

    path: RepoPath
    head: Revision | None
    lines: tuple[AnnotatedLine, ...]
    regions: tuple[Region, ...]
    units: tuple[SyntaxUnit, ...]
    commits: Mapping[Revision, CommitFacts]
    states: tuple[State, ...] = ()


@frozen
class Portion:
    """The lines of a selection that share one attribution."""

    attribution: Attribution
    lines: tuple[LineRange, ...]
    prompt: Prompt | PromptMissing | None
    commit: CommitFacts | None


@frozen
class RangeAnswer:
    """A selection of lines, summarised: greatest portion first."""

    path: RepoPath
    lines: LineRange
    portions: tuple[Portion, ...]
    units: tuple[UnitShare, ...]
    states: tuple[State, ...] = ()
