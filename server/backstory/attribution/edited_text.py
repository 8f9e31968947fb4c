"""Two versions of one text → where a line of the older one stands in the newer one, or what stands in its place."""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from enum import Enum, auto
from functools import cached_property

from attrs import frozen

from backstory.attribution.displaced import displaced
from backstory.attribution.line_map import invert, line_map
from backstory.attribution.respaced import respaced
from backstory.model.lines import LineMap

ALIKE = 0.6
"""Share of equal characters from which on a line is taken for the changed shape of another."""

MOST_COMPARED = 100
"""Lines in the place of one that has gone, among which the most alike is looked for."""

LONGEST_COMPARED = 400
"""Characters of each."""


class Shape(Enum):
    """How a line is found again."""

    SAME = auto()
    RESPACED = auto()
    """With other blanks, between the same neighbours."""

    DISPLACED = auto()
    """In another place of the text."""

    GONE = auto()


@frozen
class Standing:
    """Where a line stands, or what stands there instead."""

    line: int | None
    """1-based; None when nothing stands there."""

    shape: Shape


class EditedText:
    """Follows lines, 1-based, of one version into the next; both without line ends."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._old = old
        self._new = new
        self._stayed = invert(line_map(old, new))

    def stayed(self, line: int | None) -> int | None:
        """Return where a line that did not change stands; None for one that did."""
        return self._stayed.old_line(line) if line else None

    def standing(self, line: int) -> Standing:
        """Return where a line of the old text stands in the new one."""
        stayed = self._stayed.old_line(line)
        if stayed is not None:
            return Standing(stayed, Shape.SAME)
        shaped = self._respaced.old_line(line) if self._old[line - 1].strip() else None
        if shaped is not None:
            return Standing(shaped, Shape.RESPACED)
        moved = self._displaced(line)
        if moved is not None:
            return Standing(moved, Shape.DISPLACED)
        return Standing(instead(self._old, line, self._new, self._stayed.old_line), Shape.GONE)

    @cached_property
    def _respaced(self) -> LineMap:
        return invert(line_map([respaced(text) for text in self._old], [respaced(text) for text in self._new]))

    @cached_property
    def _written(self) -> Sequence[tuple[int, Sequence[str]]]:
        """The lines of the new text that are not of the old one, neighbours together, each with its first number."""
        strips: list[tuple[int, list[str]]] = []
        stayed = invert(self._stayed)
        for number, text in enumerate(self._new, start=1):
            if stayed.old_line(number) is None:
                if strips and strips[-1][0] + len(strips[-1][1]) == number:
                    strips[-1][1].append(text)
                else:
                    strips.append((number, [text]))
        return strips

    def _displaced(self, line: int) -> int | None:
        found = displaced(self._old, line - 1, [texts for _, texts in self._written])
        return self._written[found[0]][0] + found[1] if found else None


def instead(old: Sequence[str], line: int, new: Sequence[str], stayed: Callable[[int], int | None]) -> int | None:
    """Return the line of the new text that stands where `line` of the old one stood; None where there is nothing.

    That is among the lines between the nearest neighbours that stayed: the most alike one, else one as far from the
    neighbour above; where nothing is between them, the neighbour below.
    """
    if not new:
        return None
    above = next(((at, there) for at in range(line - 1, 0, -1) if (there := stayed(at)) is not None), (0, 0))
    below = next((there for at in range(line + 1, len(old) + 1) if (there := stayed(at)) is not None), len(new) + 1)
    between = range(above[1] + 1, below)
    if not between:
        return min(max(above[1] + 1, 1), len(new))
    alike = most_alike(old[line - 1], new[above[1] : below - 1])
    return between[alike if alike is not None else min(line - above[0] - 1, len(between) - 1)]


def most_alike(text: str, others: Sequence[str]) -> int | None:
    """Return the index of the line that is most like a text; None when none is like it."""
    likeness = [_likeness(text, other) for other in others[:MOST_COMPARED]]
    most = max(likeness, default=0.0)
    return likeness.index(most) if most else None


def _likeness(one: str, other: str) -> float:
    pair = SequenceMatcher(None, one.strip()[:LONGEST_COMPARED], other.strip()[:LONGEST_COMPARED], autojunk=False)
    if pair.real_quick_ratio() < ALIKE or pair.quick_ratio() < ALIKE:
        return 0.0
    ratio = pair.ratio()
    return ratio if ratio >= ALIKE else 0.0
