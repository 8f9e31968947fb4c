"""The attribution of each line of a document, looked up when it is asked for."""

from collections.abc import Callable, Sequence
from typing import overload

from backstory.attribution.head_lines import NOT_IN_HEAD
from backstory.model.attribution import Attribution
from backstory.model.evidence import Basis
from backstory.model.origin import UNKNOWN_ORIGIN

PENDING = Attribution(UNKNOWN_ORIGIN, Basis.NONE, reason="Git is still looking for the commit that wrote this line.")


class AttributionsByLine(Sequence[Attribution]):
    """By a document's lines; index 0 is line 1."""

    def __init__(
        self,
        head_lines: Sequence[int],
        at_head: Callable[[int], Attribution | None] | None,
        default: Attribution,
        found: Sequence[Attribution],
    ) -> None:
        """Take for each line its line at HEAD, `NOT_IN_HEAD`, or which of `found` it has: -1 is the first."""
        self._head_lines = head_lines
        self._at_head = at_head
        self._default = default
        self._found = found

    def __len__(self) -> int:
        return len(self._head_lines)

    @overload
    def __getitem__(self, index: int) -> Attribution: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Attribution]: ...
    def __getitem__(self, index: int | slice) -> Attribution | Sequence[Attribution]:
        if isinstance(index, slice):
            return [self._of(head_line) for head_line in self._head_lines[index]]
        return self._of(self._head_lines[index])

    def _of(self, head_line: int) -> Attribution:
        if head_line < NOT_IN_HEAD:
            return self._found[-head_line - 1]
        if head_line == NOT_IN_HEAD or self._at_head is None:
            return self._default
        return self._at_head(head_line) or PENDING
