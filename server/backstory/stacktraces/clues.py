"""What speaks for a function being to blame, and how much each kind counts."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from attrs import frozen

from backstory.model.names import RepoPath


@frozen(order=True)
class Place:
    """A function, or the code of a file that is outside any."""

    repository: str
    """The absolute path of the work tree's root."""

    path: RepoPath
    function: str = ""
    """Qualified; empty for code outside any function."""


class Clue(StrEnum):
    """A kind of evidence."""

    FRAME = "frame"
    """It stands in the stack, inside of what the test calls where there is a test: 1 for the innermost, then less."""

    WITHIN_TESTS = "within tests"
    """It stands in the stack between two functions of tests."""

    AROUND_TEST = "around test"
    """It stands in the stack and called the test."""

    IN_BOTH = "in both"
    """It stands in the stacks of two errors one of which came of the other."""

    NAME = "name"
    """Its name has the words of the failing test's name; of the message where no test is named."""

    SUITE = "suite"
    """Its name has the words of the test's class or suite."""

    TEXT = "text"
    """Its text has the words of the failing test's name."""

    REPORT = "report"
    """Its text has the words of the message and of what is printed beside the trace."""

    CALLED = "called"
    """The test's line that failed names it."""

    CLASS_CALLED = "class called"
    """The test's line that failed names its class."""

    USED = "used"
    """The failing test names it."""

    CLASS_USED = "class used"
    """The failing test names its class."""

    FILE = "file"
    """Its file has the name that the test's file has."""

    FILE_NAMED_AFTER = "file named after"
    """The test's file is named after it."""

    IMPORTED = "imported"
    """The test's file imports it, its class or its file."""

    RECENT = "recent"
    """It was changed lately."""

    FIXED = "fixed"
    """It was fixed before."""

    AGENT = "agent"
    """An agent took part in its latest change."""

    ASIDE = "aside"
    """It is there for tests, examples or documentation: this speaks against it."""


POINTS: Mapping[Clue, int] = MappingProxyType(
    {
        Clue.FRAME: 50,
        Clue.WITHIN_TESTS: 15,
        Clue.AROUND_TEST: 1,
        Clue.IN_BOTH: 15,
        Clue.NAME: 15,
        Clue.SUITE: 7,
        Clue.TEXT: 30,
        Clue.REPORT: 40,
        Clue.CALLED: 4,
        Clue.CLASS_CALLED: 7,
        Clue.USED: 2,
        Clue.CLASS_USED: 4,
        Clue.FILE: 7,
        Clue.FILE_NAMED_AFTER: 15,
        Clue.IMPORTED: 2,
        Clue.RECENT: 4,
        Clue.FIXED: 2,
        Clue.AGENT: 2,
        Clue.ASIDE: -8,
    }
)
"""How much a clue counts at the most."""


@frozen
class Finding:
    """A clue about one function, with its evidence."""

    clue: Clue
    share: float
    """0 to 1: how much of the clue's points it is worth."""

    evidence: str
    """In words that a person can check."""
