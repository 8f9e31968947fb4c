"""Lines: 1-based, ranges include both ends, everywhere inside Backstory."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from attrs import field, frozen


@frozen(order=True)
class LineRange:
    """The lines `first` to `last`, both included, 1-based."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __contains__(self, line: object) -> bool:
        return isinstance(line, int) and self.first <= line <= self.last

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))

    def overlap(self, other: "LineRange") -> "LineRange | None":
        """Return the lines that both ranges hold, or None."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return LineRange(first, last) if first <= last else None


@frozen(order=True)
class LineRun:
    """`length` lines that stand unchanged in two texts: at `old` in the one, at `new` in the other."""

    old: int
    new: int
    length: int


@frozen
class LineMap:
    """Which line of an old text each line of a new text is: injective and monotone, with the same text on both sides.

    Runs are in order, do not overlap, and no two of them touch on both sides.
    """

    runs: tuple[LineRun, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(run.new for run in self.runs))

    def old_line(self, new_line: int) -> int | None:
        """Return the old line that `new_line` is, or None when the old text has no such line."""
        index = bisect_right(self._starts, new_line) - 1
        if index < 0:
            return None
        run = self.runs[index]
        offset = new_line - run.new
        return run.old + offset if offset < run.length else None


def ranges_of(lines: Iterable[int]) -> tuple[LineRange, ...]:
    """Return the ranges that hold exactly `lines`, in order, as few as possible."""
    ranges: list[LineRange] = []
    for line in sorted(set(lines)):
        if ranges and ranges[-1].last + 1 == line:
            ranges[-1] = LineRange(ranges[-1].first, line)
        else:
            ranges.append(LineRange(line, line))
    return tuple(ranges)
