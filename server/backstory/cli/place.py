"""Places as people type and paste them: FILE, FILE:LINE, FILE:FIRST-LAST, and FILE:LINE:COLUMN from a compiler."""

import re
from collections.abc import Callable, Iterator

from attrs import frozen

from backstory.model.errors import BackstoryError
from backstory.model.lines import LineRange

_LINES = re.compile(r"(?P<file>.+):(?P<first>\d{1,9})(?:-(?P<last>\d{1,9}))?:?", re.DOTALL)
_LINE_AND_COLUMN = re.compile(r"(?P<file>.+):(?P<first>\d{1,9}):\d{1,9}:?", re.DOTALL)


class PlaceError(BackstoryError):
    """What was typed names no place in a file."""

    exit_code = 2


@frozen
class Place:
    """A file, as it was typed, and some of its lines."""

    file: str
    lines: LineRange | None
    """None means the whole file."""


def parse_place(text: str, exists: Callable[[str], bool]) -> Place:
    """Return the place that `text` names. Where a colon could belong to the file's name, the file that exists decides.

    Raises: `PlaceError` when the lines make no sense.
    """
    readings = list(_readings(text))
    place = next((reading for reading in readings if exists(reading.file)), readings[1 if len(readings) > 1 else 0])
    lines = place.lines
    if lines is not None and lines.first < 1:
        raise PlaceError("Lines are counted from 1.")
    if lines is not None and lines.first > lines.last:
        raise PlaceError(f"Line {lines.first} comes after line {lines.last}: put the smaller one first.")
    return place


def _readings(text: str) -> Iterator[Place]:
    yield Place(text, None)
    for pattern in (_LINES, _LINE_AND_COLUMN):
        if match := pattern.fullmatch(text):
            first = int(match["first"])
            last = match.groupdict().get("last")
            yield Place(match["file"], LineRange(first, int(last) if last else first))
