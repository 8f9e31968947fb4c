"""What is known of a function when somebody asks whether it is to blame."""

from collections.abc import Mapping

from attrs import field, frozen

from backstory.model.lines import LineRange
from backstory.model.names import RepoPath, Revision


@frozen
class FunctionHistory:
    """What the latest commits to its file did to a function."""

    changes: int
    """How many of them changed it."""

    fixes: int
    """How many of those call themselves fixes."""

    latest: Revision
    """The last one that changed it."""

    age: int
    """How many commits to the files that were looked at came after that one."""

    agent: str | None = None
    """The agent that the last one names, None when it names none."""


@frozen
class FunctionFacts:
    """A function, or the code of a file that is outside any function."""

    repository: str
    """The absolute path of the work tree's root."""

    path: RepoPath
    name: str | None
    """Qualified; None for code outside any function."""

    lines: LineRange
    """From its first line, decorators and attributes included; of code outside any function those of the file."""

    words: Mapping[str, int] = field(repr=False)
    """The words of its text, and how often each stands there."""

    uses: frozenset[str] = field(default=frozenset(), repr=False)
    """The names that stand in its text, kept of tests alone; of code outside functions only those that are imported."""

    history: FunctionHistory | None = None
    """None when none of the commits that were looked at changed it, and when nobody looked."""
