"""Blamed hunks and evidence → the attribution of every line of a file."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter

from attrs import define, field

from backstory.attribution.settle import in_order, settle_at_cut, settle_in_order
from backstory.model.attribution import NOTHING_KNOWN, Attribution
from backstory.model.evidence import Evidence
from backstory.model.history import Hunk
from backstory.model.lines import LineRange
from backstory.model.names import RepoPath, Revision

_last = attrgetter("last")


def settle_lines(
    hunks: Sequence[Hunk], evidence: Iterable[Evidence], *, cut: frozenset[Revision] = frozenset()
) -> list[Attribution]:
    """Return the attribution of each line of the file at HEAD; index 0 is line 1.

    `cut` holds the commits at which a shallow clone ends. Lines that are settled alike share one object.
    """
    settling = Settling(evidence, cut=cut)
    lines = [NOTHING_KNOWN] * max((hunk.first + hunk.length - 1 for hunk in hunks), default=0)
    for hunk in hunks:
        start = hunk.first - 1
        for length, attribution in settling.runs(hunk):
            lines[start : start + length] = [attribution] * length
            start += length
    return lines


class Settling:
    """Settles hunks one by one, in whatever order blame finds them; not for several threads at once.

    Evidence may come in parts, each before the hunks of its commits are asked for: what was answered is not taken back.
    """

    def __init__(self, evidence: Iterable[Evidence] = (), *, cut: frozenset[Revision] = frozenset()) -> None:
        self._cut = cut
        self._statements: dict[Revision, list[Evidence]] = {}
        self._places: dict[Revision, dict[RepoPath, _Place]] = {}
        self._answers: dict[tuple[Revision | None, tuple[int, ...]], Attribution] = {}
        self.add(evidence)

    def add(self, evidence: Iterable[Evidence]) -> None:
        """Take more evidence into account, for the hunks that are settled from now on."""
        for statement in evidence:
            self._statements.setdefault(statement.revision, []).append(statement)
            self._places.pop(statement.revision, None)

    def runs(self, hunk: Hunk) -> list[tuple[int, Attribution]]:
        """Return the hunk's lines as runs of (length, attribution), in order."""
        place = self._place(hunk)
        line, end = hunk.first_at_revision, hunk.first_at_revision + hunk.length
        heard = place.about_all
        runs: list[tuple[int, Attribution]] = []
        for change, statements in place.changes(line, end):
            if line < change:
                runs.append((change - line, self._answer(place, heard)))
            line, heard = change, heard ^ statements
        if line < end:
            runs.append((end - line, self._answer(place, heard)))
        return runs

    def _place(self, hunk: Hunk) -> "_Place":
        places = self._places.setdefault(hunk.revision, {})
        place = places.get(hunk.path)
        if place is None:
            said = self._statements.get(hunk.revision, ())
            statements = in_order(statement for statement in said if statement.path in {None, hunk.path})
            place = places[hunk.path] = _Place(hunk.revision, statements)
        return place

    def _answer(self, place: "_Place", heard: int) -> Attribution:
        """Return the attribution of lines of which the statements in the bit set `heard` speak."""
        answer = place.answers.get(heard)
        if answer is None:
            statements = [statement for index, statement in enumerate(place.statements) if heard >> index & 1]
            answer = place.answers[heard] = self._settle(place.revision, statements)
        return answer

    def _settle(self, revision: Revision, statements: Sequence[Evidence]) -> Attribution:
        cut = revision if revision in self._cut else None
        key = (cut, tuple(map(id, statements)))
        answer = self._answers.get(key)
        if answer is None:
            answer = settle_at_cut(statements, cut) if cut else settle_in_order(statements)
            self._answers[key] = answer
        return answer


@define
class _Place:
    """What is said about one file at one commit; sets of statements are bit sets by their index."""

    revision: Revision
    statements: Sequence[Evidence]
    """Sorted by `in_order`."""

    answers: dict[int, Attribution] = field(factory=dict)
    about_all: int = field(init=False)
    """The statements that speak of every line."""

    about_lines: list[tuple[int, tuple[LineRange, ...]]] = field(init=False)
    """The others, each as its bit and the lines that it speaks of."""

    def __attrs_post_init__(self) -> None:
        spoken = [(1 << index, statement.lines) for index, statement in enumerate(self.statements)]
        self.about_all = sum(bit for bit, lines in spoken if lines is None)
        self.about_lines = [(bit, lines) for bit, lines in spoken if lines]

    def changes(self, first: int, end: int) -> list[tuple[int, int]]:
        """Return the lines, from `first` to `end`, at which statements begin or cease to speak, and which do."""
        changes: dict[int, int] = {}
        for bit, ranges in self.about_lines:
            for index in range(bisect_left(ranges, first, key=_last), len(ranges)):
                lines = ranges[index]
                if lines.first >= end:
                    break
                for change in (max(lines.first, first), min(lines.last + 1, end)):
                    changes[change] = changes.get(change, 0) ^ bit
        return sorted(changes.items())
