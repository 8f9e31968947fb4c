"""JSON among the lines of a text: documents over many lines, records on one."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from attrs import frozen

from backstory.stacktraces.records import Json

AT_ONCE = 400
"""Lines that are taken together."""

LONGEST_DOCUMENT = 16_000_000
"""Characters of a document; a longer one is read as lines."""

_BEGINS = re.compile(r"(?P<prefix>.{0,100}?)[ \t]*[{\[]{1,2}")
_GOES_ON = re.compile(r'[ \t]*(?:["{}\[\]\-\d]|true\b|false\b|null\b|$)')
_DEPTH = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]]')
_OPENING = frozenset("{[")
_CLOSING = frozenset("}]")
_TRIES = 3


@frozen
class Stretch:
    """Lines that follow one another."""

    first: int
    """The number of the first, 1-based."""

    lines: list[str]
    document: str | None = None
    """Their text where they are one JSON document, without what a log has put before each line."""


def stretches(lines: Iterable[str]) -> Iterator[Stretch]:
    """Yield the lines of a text in stretches; a JSON document over several lines is one of its own."""
    feed = _Feed(lines)
    number = 1
    while some := feed.take(AT_ONCE):
        begin = _beginning(some)
        if begin is not None:
            feed.put_back(some[begin[0] :])
            some = some[: begin[0]]
        if some:
            yield Stretch(number, some)
            number += len(some)
        if begin is not None:
            taken, is_whole = _document(feed, begin[1])
            text = "\n".join(line.rstrip("\r\n")[len(begin[1]) :] for line in taken) if is_whole else None
            yield Stretch(number, taken, text)
            number += len(taken)


class _Feed:
    """Lines that can be put back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._waiting = iter(lines)
        self._returned: deque[str] = deque()

    def take(self, count: int) -> list[str]:
        """Return the next lines; fewer only at the end."""
        taken = [self._returned.popleft() for _ in range(min(count, len(self._returned)))]
        return taken + list(islice(self._waiting, count - len(taken)))

    def put_back(self, lines: list[str]) -> None:
        """Have these lines taken again before all others."""
        self._returned.extendleft(reversed(lines))


def _beginning(lines: list[str]) -> tuple[int, str] | None:
    """Return the index of the first line on which a document may begin, and what stands before each of its lines."""
    for index, line in enumerate(lines):
        if line.rstrip()[-1:] not in _OPENING or not (found := _BEGINS.fullmatch(line.rstrip())):
            continue
        prefix = found["prefix"]
        if index + 1 == len(lines) or _goes_on(lines[index + 1], prefix):
            return index, prefix
    return None


def _goes_on(line: str, prefix: str) -> bool:
    return line.startswith(prefix) and _GOES_ON.match(line.rstrip("\r\n"), len(prefix)) is not None


def _document(feed: _Feed, prefix: str) -> tuple[list[str], bool]:
    """Return the lines of the document that begins here, or those that look like one, and whether it is whole."""
    taken: list[str] = []
    depth = size = 0
    while size < LONGEST_DOCUMENT and (some := feed.take(1)):
        line = some[0].rstrip("\r\n")
        if taken and not _goes_on(line, prefix):
            feed.put_back(some)
            return taken, False
        taken.append(some[0])
        size += len(line)
        for token in _DEPTH.findall(line, len(prefix)):
            depth += (token in _OPENING) - (token in _CLOSING)
        if depth <= 0:
            return taken, depth == 0
    return taken, False


def json_in(text: str) -> Json:
    """Return the value that a text is, None where it is no JSON after all."""
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def object_in(line: str) -> Json:
    """Return the object on a line, behind a prefix or not; None where there is none."""
    at = -1
    for _attempt in range(_TRIES):
        at = line.find("{", at + 1)
        if at < 0:
            return None
        try:
            value, _end = _DECODER.raw_decode(line, at)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and value:
            return value
    return None


_DECODER = json.JSONDecoder()
