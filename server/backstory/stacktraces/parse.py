"""Text → the stack traces in it. A text of any length is read with flat memory, line by line."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field

from backstory.model.stacktrace import StackTrace
from backstory.stacktraces import DIALECTS, recorded
from backstory.stacktraces.cleaning import clean
from backstory.stacktraces.dialect import Block, Draft
from backstory.stacktraces.documents import Stretch, json_in, object_in, stretches
from backstory.stacktraces.recorded import Record, complete, may_hold_record, read_record, structured
from backstory.stacktraces.reports import finished
from backstory.stacktraces.signs import Signs, lines_with

ABOVE = 12
"""Lines above the first sign of a trace that are read with it: its headline, its message."""

QUIET = 12
"""Lines without a sign that end a block."""

LONGEST_BLOCK = 4_000
"""Lines of a block; a longer trace is read in pieces."""

_ANY_SIGN = Signs.of((*(sign for dialect in DIALECTS for sign in dialect.SIGNS), *recorded.SIGNS))
_SIGNS = [(dialect, Signs.of(dialect.SIGNS)) for dialect in DIALECTS]
_BREAK = re.compile(r"\r\n|\n|\r")


def parse(text: str) -> list[StackTrace]:
    """Return the traces of a text; those of one report stand together, the exception that ended the program first."""
    return list(parse_lines(_BREAK.split(text) if "\r" in text else text.split("\n")))


def parse_lines(lines: Iterable[str]) -> Iterator[StackTrace]:
    """Yield the traces of a text that arrives by lines, with or without their ends."""
    count = 0
    for drafts in _Reading().drafts(lines):
        traces = finished(drafts, count)
        count += len(traces)
        yield from traces


@define
class _Reading:
    """A text while it is read: the lines that may hold a trace, gathered in blocks."""

    recent: deque[str] = field(factory=lambda: deque(maxlen=ABOVE))
    """The lines before."""

    block: list[str] = field(factory=list)
    first: int = 0
    """The number of the block's first line."""

    quiet: int = 0
    """Lines without a sign at the block's end."""

    documents: list[Record] = field(factory=list)
    """What documents tell of the stacks in their text, while their lines are read."""

    def drafts(self, lines: Iterable[str]) -> Iterator[list[tuple[Draft, Block]]]:
        """Yield the traces of each part of the text that may hold some."""
        quiet = 0
        for stretch in stretches(lines):
            some, number = stretch.lines, stretch.first
            record = _document(stretch)
            if record:
                yield self._ended()
                self.recent.clear()
                yield structured(record)
                if not record.is_text:
                    continue
                self.documents = [record]
            signs = lines_with(_ANY_SIGN, some)
            start = max(0, len(some) - ABOVE) if not signs and quiet > QUIET else 0
            for index in range(start, len(some)):
                if self._ends_after(number + index, some[index], has_sign=index in signs):
                    yield self._ended()
            quiet = len(some) - 1 - max(signs) if signs else quiet + len(some)
        yield self._ended()

    def _ends_after(self, number: int, line: str, *, has_sign: bool) -> bool:
        """Take a line; return whether a block ends with it."""
        if has_sign and not self.block:
            self.block = list(self.recent)
            self.first = number - len(self.block)
        if not has_sign and not self.block:
            self.recent.append(line)
            return False
        self.block.append(line)
        self.quiet = 0 if has_sign else self.quiet + 1
        return self.quiet > QUIET or len(self.block) >= LONGEST_BLOCK

    def _ended(self) -> list[tuple[Draft, Block]]:
        """Return the traces of the block, which ends here."""
        block, quiet = self.block, self.quiet
        self.recent.clear()
        self.recent.extend(block[-quiet:] if quiet else ())
        self.block, self.quiet = [], 0
        return _drafts(self.first, block, self.documents) if block else []


def _document(stretch: Stretch) -> Record | None:
    """Return what a JSON document over several lines tells."""
    text = stretch.document
    if text is None or not may_hold_record(text):
        return None
    return read_record(json_in(text), stretch.first, stretch.first + len(stretch.lines) - 1)


def _drafts(first: int, raw: Sequence[str], documents: Sequence[Record]) -> list[tuple[Draft, Block]]:
    text = "\n".join(line[:200_000] for line in raw)
    speaking = [dialect for dialect, signs in _SIGNS if signs.stand_in(text)]
    records = list(_records(first, raw)) if may_hold_record(text) else []
    if not speaking and not records:
        return []
    block = Block([line for number, each in enumerate(raw, first) for line in clean(each, number)])
    owned = _owned(records)
    block.taken |= {at for at, line in enumerate(block.lines) if line.number in owned}
    drafts: list[tuple[Draft, Block]] = []
    for dialect in speaking:
        for draft in dialect.read(block):
            block.taken |= draft.lines
            drafts.append((draft, block))
    complete(drafts, [*documents, *records])
    return [*(draft for record in records for draft in structured(record)), *drafts]


def _records(first: int, raw: Sequence[str]) -> Iterator[Record]:
    """Yield the records that stand on one line each."""
    for number, line in enumerate(raw, first):
        if may_hold_record(line) and (record := read_record(object_in(line), number, number)):
            yield record


def _owned(records: Iterable[Record]) -> set[int]:
    """Return the lines on which nothing is left for other dialects."""
    return {record.first for record in records if not record.is_text}
