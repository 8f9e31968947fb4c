"""What a dialect is, and the traces it collects from a block of lines."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from attrs import define, field, frozen

from backstory.model.stacktrace import Frame, Relation
from backstory.stacktraces.line import Line
from backstory.stacktraces.records import Build


@define
class Block:
    """Lines of the paste that may hold traces, and which of them a dialect has read."""

    lines: Sequence[Line]
    taken: set[int] = field(factory=set)

    def text(self, index: int) -> str:
        """Return the text of a line, empty beyond the block and where another dialect has read it."""
        return self.lines[index].text if 0 <= index < len(self.lines) and index not in self.taken else ""


@define
class Draft:
    """A trace while it is read; indices are those of the block's lines."""

    dialect: str
    first: int
    last: int
    frames: list[Frame] = field(factory=list)
    """As they are printed; the reader of the dialect turns them round where the innermost is printed last."""

    exception_type: str | None = None
    message: str | None = None
    relation: Relation | None = None
    parent: "Draft | None" = None
    elided: int = 0
    sure: bool = False
    """Whether something in it cannot be anything but a trace of this dialect."""

    build: Build = field(factory=Build)
    """What failed, where the record around the trace names it."""

    indent: int = 0
    lines: set[int] = field(factory=set)
    """The lines that it takes up: no later dialect reads them."""


@frozen
class Call:
    """A frame as it was read."""

    frame: Frame
    used: int = 1
    """How many lines it takes up."""

    number: int | None = None
    """The number that the dialect gives it; a lower one than before starts another trace."""

    sure: bool = True
    """False when a line of prose or another program's output may look the same."""


@frozen
class Headline:
    """The line that names the exception."""

    exception_type: str | None
    message: str | None
    relation: Relation | None = None
    sure: bool = True
    """False when any line may look like it: then it has to stand right above the frames."""


class Dialect(Protocol):
    """How one runtime, or one tool that renders for it, prints a trace: a module of this room."""

    ID: str
    SIGNS: tuple[str, ...]
    """Patterns that begin with a literal character. Each line with a frame has one of them, as it was pasted, or stands
    among lines that have."""

    def read(self, block: Block) -> Iterable[Draft]:
        """Return the traces in the lines that no dialect before has read, in printed order."""
        ...
