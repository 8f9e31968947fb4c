"""A document at one moment: which line of HEAD each of its lines is, and what stands around them. Never changes."""

from collections.abc import Mapping, Sequence

from attrs import evolve, field, frozen

from backstory.attribution.by_line import AttributionsByLine
from backstory.attribution.head_lines import NOT_IN_HEAD
from backstory.evidence.prompts import Prompts
from backstory.model.attribution import Attribution
from backstory.model.history import BlamedLine
from backstory.model.names import RepoPath, Revision
from backstory.model.region import SyntaxUnit
from backstory.model.state import State
from backstory.workspace.head_file import HeadFile


@frozen(eq=False)
class Snapshot:
    """What answers are made of."""

    path: RepoPath
    head: Revision | None
    file: HeadFile | None
    """None when HEAD has no text of this file to compare with."""

    head_lines: Sequence[int]
    """For each line of the document its line at HEAD, or `NOT_IN_HEAD`; -1 and less say which of `found` it has."""

    units: tuple[SyntaxUnit, ...]
    states: tuple[State, ...]
    prompts: Prompts | None
    default: Attribution
    """What is said of lines that HEAD does not have."""

    found: tuple[Attribution, ...] = ()
    """What agents' records say of such lines."""

    attributions: Sequence[Attribution] = field(init=False)

    def __attrs_post_init__(self) -> None:
        at_head = self.file.attribution if self.file else None
        attributions = AttributionsByLine(self.head_lines, at_head, self.default, self.found)
        object.__setattr__(self, "attributions", attributions)

    def with_found(self, found: Mapping[int, Attribution]) -> "Snapshot":
        """Return the snapshot with what was found of lines that HEAD does not have; the others' are not in HEAD."""
        places = {attribution: -number for number, attribution in enumerate(dict.fromkeys(found.values()), start=1)}
        lines = [max(head_line, NOT_IN_HEAD) for head_line in self.head_lines]
        for line, attribution in found.items():
            lines[line - 1] = places[attribution]
        return evolve(self, head_lines=lines, found=tuple(places))

    def with_lines(self, head_lines: Sequence[int], units: tuple[SyntaxUnit, ...]) -> "Snapshot":
        """Return the snapshot after an edit."""
        return evolve(self, head_lines=head_lines, units=units)

    def head_line(self, line: int) -> int:
        """Return the line at HEAD that `line` is; `NOT_IN_HEAD` when it is new or past the end."""
        return self.head_lines[line - 1] if 1 <= line <= len(self.head_lines) else NOT_IN_HEAD

    def blamed(self, line: int) -> BlamedLine | None:
        """Return where the commit wrote `line` that did; None when it is not committed, or not blamed yet."""
        head_line = self.head_line(line)
        hunk = self.file.hunk(head_line) if self.file and head_line > NOT_IN_HEAD else None
        if hunk is None or self.file is None:
            return None
        return BlamedLine(hunk, self.file.commits[hunk.revision], hunk.first_at_revision + head_line - hunk.first)
