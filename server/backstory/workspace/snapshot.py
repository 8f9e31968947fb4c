"""A document at one moment: which line of HEAD each of its lines is, and what stands around them. Never changes."""

from collections.abc import Sequence
from typing import overload

from attrs import evolve, field, frozen

from backstory.attribution.head_lines import NOT_IN_HEAD
from backstory.evidence.prompts import Prompts
from backstory.model.attribution import Attribution
from backstory.model.evidence import Basis
from backstory.model.history import BlamedLine
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import UNKNOWN_ORIGIN
from backstory.model.region import SyntaxUnit
from backstory.model.state import State
from backstory.workspace.head_file import HeadFile

PENDING = Attribution(UNKNOWN_ORIGIN, Basis.NONE, reason="Git is still looking for the commit that wrote this line.")


@frozen(eq=False)
class Snapshot:
    """What answers are made of."""

    path: RepoPath
    head: Revision | None
    file: HeadFile | None
    """None when HEAD has no text of this file to compare with."""

    head_lines: Sequence[int]
    """For each line of the document its line at HEAD, or `NOT_IN_HEAD`."""

    units: tuple[SyntaxUnit, ...]
    states: tuple[State, ...]
    prompts: Prompts | None
    default: Attribution
    """What is said of lines that HEAD does not have."""

    attributions: Sequence[Attribution] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "attributions", _Attributions(self.head_lines, self.file, self.default))

    def with_lines(self, head_lines: Sequence[int], units: tuple[SyntaxUnit, ...]) -> "Snapshot":
        """Return the snapshot after an edit."""
        return evolve(self, head_lines=head_lines, units=units)

    def head_line(self, line: int) -> int:
        """Return the line at HEAD that `line` is; `NOT_IN_HEAD` when it is new or past the end."""
        return self.head_lines[line - 1] if 1 <= line <= len(self.head_lines) else NOT_IN_HEAD

    def blamed(self, line: int) -> BlamedLine | None:
        """Return where the commit wrote `line` that did; None when it is not committed, or not blamed yet."""
        head_line = self.head_line(line)
        hunk = self.file.hunk(head_line) if self.file and head_line != NOT_IN_HEAD else None
        if hunk is None or self.file is None:
            return None
        return BlamedLine(hunk, self.file.commits[hunk.revision], hunk.first_at_revision + head_line - hunk.first)


class _Attributions(Sequence[Attribution]):
    """The attribution of each line of the document (index 0 is line 1), looked up when asked for."""

    def __init__(self, head_lines: Sequence[int], file: HeadFile | None, default: Attribution) -> None:
        self._head_lines = head_lines
        self._file = file
        self._default = default

    def __len__(self) -> int:
        return len(self._head_lines)

    @overload
    def __getitem__(self, index: int) -> Attribution: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Attribution]: ...
    def __getitem__(self, index: int | slice) -> Attribution | Sequence[Attribution]:
        if isinstance(index, slice):
            return [self._at(head_line) for head_line in self._head_lines[index]]
        return self._at(self._head_lines[index])

    def _at(self, head_line: int) -> Attribution:
        if head_line == NOT_IN_HEAD or self._file is None:
            return self._default
        return self._file.attribution(head_line) or PENDING
