"""Text → the stack traces in it. A text of any length is read with flat memory, line by line."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from backstory.model.stacktrace import StackTrace
from backstory.stacktraces import DIALECTS
from backstory.stacktraces.cleaning import clean
from backstory.stacktraces.dialect import Block, Draft
from backstory.stacktraces.reports import finished
from backstory.stacktraces.signs import Signs, lines_with

ABOVE = 12
"""Lines above the first sign of a trace that are read with it: its headline, its message."""

QUIET = 12
"""Lines without a sign that end a block."""

LONGEST_BLOCK = 4_000
"""Lines of a block; a longer trace is read in pieces."""

AT_ONCE = 400
"""Lines that are searched for signs together."""

_ANY_SIGN = Signs.of(sign for dialect in DIALECTS for sign in dialect.SIGNS)
_SIGNS = [(dialect, Signs.of(dialect.SIGNS)) for dialect in DIALECTS]
_BREAK = re.compile(r"\r\n|\n|\r")


def parse(text: str) -> list[StackTrace]:
    """Return the traces of a text; those of one report stand together, the exception that ended the program first."""
    return list(parse_lines(_BREAK.split(text) if "\r" in text else text.split("\n")))


def parse_lines(lines: Iterable[str]) -> Iterator[StackTrace]:
    """Yield the traces of a text that arrives by lines, with or without their ends."""
    count = 0
    for first, block in _blocks(lines):
        traces = finished(_drafts(first, block), count)
        count += len(traces)
        yield from traces


def _blocks(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of the first line, lines) of each part of the text that may hold traces."""
    recent: deque[str] = deque(maxlen=ABOVE)
    block: list[str] = []
    first = quiet = 0
    for number, line, has_sign in _searched(lines):
        if has_sign:
            if not block:
                block = list(recent)
                first = number - len(block)
            block.append(line)
            quiet = 0
        elif block:
            block.append(line)
            quiet += 1
        else:
            recent.append(line)
            continue
        if quiet > QUIET or len(block) >= LONGEST_BLOCK:
            yield first, block
            recent.clear()
            recent.extend(block[-quiet:] if quiet else ())
            block, quiet = [], 0
    if block:
        yield first, block


def _searched(lines: Iterable[str]) -> Iterator[tuple[int, str, bool]]:
    """Yield (number, line, whether it has a sign); of a stretch without signs, only the last lines."""
    waiting = iter(lines)
    number = quiet = 0
    while some := list(islice(waiting, AT_ONCE)):
        signs = lines_with(_ANY_SIGN, some)
        start = 0
        if not signs and quiet > QUIET:
            start = max(0, len(some) - ABOVE)
        for index in range(start, len(some)):
            yield number + index + 1, some[index], index in signs
        quiet = len(some) - 1 - max(signs) if signs else quiet + len(some)
        number += len(some)


def _drafts(first: int, raw: list[str]) -> list[tuple[Draft, Block]]:
    whole = "\n".join(line[:200_000] for line in raw)
    speaking = [dialect for dialect, signs in _SIGNS if signs.stand_in(whole)]
    if not speaking:
        return []
    block = Block([line for number, text in enumerate(raw, first) for line in clean(text, number)])
    drafts: list[tuple[Draft, Block]] = []
    for dialect in speaking:
        for draft in dialect.read(block):
            block.taken |= draft.lines
            drafts.append((draft, block))
    return drafts
