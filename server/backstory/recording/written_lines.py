"""What agents wrote into one file, in time order: each line of it explains one line of one commit, and only once.

A line is an agent's when an edit wrote its exact text, in one piece with others that the same commit has. Nothing is
guessed: a text that stands in more places than agents wrote it, a short line alone, a line that an agent took away
again are left unknown. So are lines that somebody changed since, were it by a formatter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from attrs import define, field, frozen

from backstory.model.change import Replacement
from backstory.model.edit import Block, Edit
from backstory.model.line_key import is_telling, is_weighty
from backstory.recording.moments import EARLIEST

MOST_PLACES = 200
"""A text that agents wrote more often than this leads nowhere: its neighbours do."""

TELLING_LINES = 3
"""So many lines of two words or more in one piece are nobody else's."""

_CLOCK_STEP = timedelta(seconds=1)
"""Commits are dated in whole seconds, edits in parts of one."""


@define
class _Written:
    """One block of an edit, and which of its lines have not explained a line of a commit yet."""

    edit: Edit
    block: Block
    is_free: list[bool] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.is_free = [True] * len(self.block.lines)


@frozen(order=True)
class _Run:
    """Lines of a replacement that are lines of a block; the longest sorts first, then the last written."""

    order: tuple[int, int]
    replacement: int
    start: int
    block: int
    block_start: int
    length: int


class WrittenLines:
    """What agents wrote into one file."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._waiting = sorted(edits, key=lambda edit: edit.at or EARLIEST, reverse=True)
        self._written: list[_Written] = []

    def take(self, replacements: Sequence[Replacement], until: datetime) -> dict[int, Edit]:
        """Return the edits that wrote lines of a commit, by line number; what they wrote there is not found again.

        `until` is when the lines were there; commits are asked for in the order of history.
        """
        end = until + _CLOCK_STEP
        while self._waiting and (self._waiting[-1].at or EARLIEST) < end:
            self._apply(self._waiting.pop())
        return _Explanation(replacements, self._written, end).explain()

    def _apply(self, edit: Edit) -> None:
        for block in edit.blocks:
            if block.before:
                self._take_away(block.before)
        self._written += (_Written(edit, block) for block in edit.blocks)

    def _take_away(self, lines: Sequence[str]) -> None:
        """Forget lines that an edit took away: together where they stand together, else the last of each text."""
        for written in reversed(self._written):
            for start, text in enumerate(written.block.lines):
                stretch = slice(start, start + len(lines))
                if text == lines[0] and tuple(lines) == written.block.lines[stretch] and all(written.is_free[stretch]):
                    written.is_free[stretch] = [False] * len(lines)
                    return
        if len(lines) > 1:
            for line in lines:
                self._take_away((line,))


class _Explanation:
    """One commit's lines of the file, explained by what is free."""

    def __init__(self, replacements: Sequence[Replacement], written: Sequence[_Written], end: datetime) -> None:
        self._replacements = replacements
        self._written = written
        self._usable = [(each.edit.at or EARLIEST) < end for each in written]
        self._places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, each in enumerate(replacements):
            for index, text in enumerate(each.added):
                self._places[text].append((number, index))
        self._slots: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, block in enumerate(written):
            if self._usable[number]:
                for index, text in enumerate(block.block.lines):
                    if text in self._places and is_telling(text):
                        self._slots[text].append((number, index))
        self._claimed: dict[tuple[int, int], Edit] = {}
        self._found: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        """Which lines of a block, long enough to say something of their own, a replacement has."""

    def explain(self) -> dict[int, Edit]:
        """Return the edits by line number; the longest runs come first, what is left is looked at knowing them."""
        waiting = list(self._runs())
        heapify(waiting)
        for run in waiting:
            weighty = (step for step, text in enumerate(self._texts(run)) if is_weighty(text))
            self._found[run.block, run.replacement].update(run.block_start + step for step in weighty)
        while waiting:
            run = heappop(waiting)
            free = list(self._free_parts(run))
            if free != [run]:
                for part in free:
                    heappush(waiting, part)
            elif self._is_proof(run) and self._is_only_reading(run):
                self._claim(run)
        return {self._replacements[number].first + index: edit for (number, index), edit in self._claimed.items()}

    def _runs(self) -> Iterator[_Run]:
        """Yield every longest run that holds a line of two words or more."""
        for number, replacement in enumerate(self._replacements):
            offsets = {
                (block, place - index)
                for index, text in enumerate(replacement.added)
                if len(self._slots.get(text, ())) <= MOST_PLACES
                for block, place in self._slots.get(text, ())
            }
            for block, offset in offsets:
                whole = _Run((0, 0), number, max(0, -offset), block, max(0, offset), 0)
                lines = self._written[block].block.lines
                length = min(len(replacement.added) - whole.start, len(lines) - whole.block_start)
                pairs = zip(replacement.added[whole.start :], lines[whole.block_start :], strict=False)
                yield from self._parts(whole, [one == other for one, other in pairs][:length])

    def _free_parts(self, run: _Run) -> Iterator[_Run]:
        free = self._written[run.block].is_free
        are_free = [
            free[run.block_start + step] and (run.replacement, run.start + step) not in self._claimed
            for step in range(run.length)
        ]
        return self._parts(run, are_free)

    def _parts(self, run: _Run, is_wanted: Sequence[bool]) -> Iterator[_Run]:
        """Yield the stretches of a run all of whose lines are wanted and one of which says something."""
        start = 0
        for step, is_one in enumerate((*is_wanted, False)):
            if is_one:
                continue
            texts = self._replacements[run.replacement].added[run.start + start : run.start + step]
            if any(map(is_telling, texts)):
                order = -len(texts), -run.block
                yield _Run(order, run.replacement, run.start + start, run.block, run.block_start + start, len(texts))
            start = step + 1

    def _texts(self, run: _Run) -> tuple[str, ...]:
        return self._replacements[run.replacement].added[run.start : run.start + run.length]

    def _is_proof(self, run: _Run) -> bool:
        """Tell whether nobody else can be expected to have written the run."""
        texts, block = self._texts(run), self._written[run.block].block
        is_whole = run.length == len(block.lines)
        telling = sum(map(is_telling, texts))
        if telling >= TELLING_LINES:
            return True
        if any(map(is_weighty, texts)):
            return is_whole or telling > 1 or len(self._found[run.block, run.replacement]) > 1
        change = self._replacements[run.replacement]
        return is_whole and bool(block.before) and (change.added, change.removed) == (block.lines, block.before)

    def _is_only_reading(self, run: _Run) -> bool:
        """Tell whether it does not matter, or is known, which of several equal places the agent wrote."""
        texts = self._texts(run)
        lead = next(index for index, text in enumerate(texts) if is_telling(text))
        places = sum(
            self._replacements[number].added[index - lead : index - lead + len(texts)] == texts
            and not any((number, index - lead + step) in self._claimed for step in range(len(texts)))
            for number, index in self._places[texts[lead]]
            if index >= lead
        )
        writers = [
            self._written[number]
            for number, index in self._slots[texts[lead]]
            if index >= lead
            and self._written[number].block.lines[index - lead : index - lead + len(texts)] == texts
            and all(self._written[number].is_free[index - lead : index - lead + len(texts)])
        ]
        if places == 1:
            return True
        return places <= len(writers) and len({writer.edit.origin.session for writer in writers}) == 1

    def _claim(self, run: _Run) -> None:
        written = self._written[run.block]
        for step in range(run.length):
            written.is_free[run.block_start + step] = False
            self._claimed[run.replacement, run.start + step] = written.edit
