"""Source maps: where the code of a bundle stood before it was built.

    {"version": 3, "sources": ["../src/cart.ts"], "names": ["total"], "mappings": "AAAA,SAASA;AACT"}

Source: ECMA-426, *Source map format*, 2024, and the third revision of the proposal that it grew out of.
"""

from collections.abc import Collection, Iterator, Sequence

import msgspec
from attrs import frozen

_VALUES = {
    character: value
    for value, character in enumerate(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
}
_SEGMENT, _LINE, _NOISE = 64, 65, 66
_DIGITS = bytes(
    _SEGMENT if byte == ord(",") else _LINE if byte == ord(";") else _VALUES.get(byte, _NOISE) for byte in range(256)
)
_GUARD = b")]}'"
"""What some servers put before JSON, so that no page can run it as a script."""

_DEEPEST = 8
_GREATEST_SHIFT = 60
"""Bits; a number that goes on and on is damaged."""


@frozen
class Position:
    """A place in built code."""

    line: int
    """1-based."""

    column: int | None
    """1-based; None where the trace does not tell it: the first code of the line is meant."""


@frozen
class Original:
    """Where it stood in a source."""

    source: str
    """As the map names it, below the map's source root."""

    line: int
    """1-based."""

    column: int
    """1-based."""

    name: str | None
    """What it was called, where it got another name."""

    is_ignored: bool
    """Whether the map says that the source is other people's code."""


class _Offset(msgspec.Struct):
    line: int = 0
    column: int = 0


class _Section(msgspec.Struct):
    offset: _Offset
    map: "_Written | None" = None


class _Written(msgspec.Struct):
    mappings: str = ""
    sources: list[str | None] = []
    names: list[str] = []
    source_root: str | None = msgspec.field(name="sourceRoot", default=None)
    ignore_list: list[int] = msgspec.field(name="ignoreList", default=[])
    ignored_before: list[int] = msgspec.field(name="x_google_ignoreList", default=[])
    sections: list[_Section] | None = None


def originals(content: bytes, positions: Sequence[Position]) -> dict[Position, Original]:
    """Return where the code at some positions stood; without those that the map does not tell of.

    The map is read once, from its beginning to the last of the positions. A damaged one tells what it can.
    """
    try:
        written = msgspec.json.decode(_unguarded(content), type=_Written)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return _originals(written, positions, _DEEPEST)


def _originals(written: _Written, positions: Sequence[Position], deepest: int) -> dict[Position, Original]:
    if written.sections is not None:
        return _in_sections(written.sections, positions, deepest) if deepest else {}
    found: dict[Position, Original] = {}
    for position, segment in _segments(written.mappings, positions).items():
        original = _original(written, segment)
        if original:
            found[position] = original
    return found


def _in_sections(sections: list[_Section], positions: Sequence[Position], deepest: int) -> dict[Position, Original]:
    """Ask for each position the section that it lies in: the last that begins at or before it."""
    found: dict[Position, Original] = {}
    asked: dict[int, dict[Position, Position]] = {}
    for position in positions:
        place = (position.line - 1, (position.column or 1) - 1)
        before = [at for at, each in enumerate(sections) if (each.offset.line, each.offset.column) <= place]
        if before:
            offset = sections[before[-1]].offset
            column = position.column
            if column is not None and offset.line == place[0]:
                column -= offset.column
            asked.setdefault(before[-1], {})[position] = Position(position.line - offset.line, column)
    for at, inner in asked.items():
        nested = sections[at].map
        said = _originals(nested, list(inner.values()), deepest - 1) if nested else {}
        found.update({outer: said[position] for outer, position in inner.items() if position in said})
    return found


_Segment = tuple[int, int, int, int]
"""Source, its line and column (0-based), name; name -1 where there is none, all -1 for code without a source."""


def _original(written: _Written, segment: _Segment) -> Original | None:
    source, line, column, name = segment
    if not 0 <= source < len(written.sources) or line < 0 or column < 0:
        return None
    told = written.sources[source]
    if told is None:
        return None
    root = written.source_root or ""
    joined = f"{root.rstrip('/')}/{told}" if root and "://" not in told and not told.startswith("/") else told
    called = written.names[name] if 0 <= name < len(written.names) else None
    ignored = source in written.ignore_list or source in written.ignored_before
    return Original(joined, line + 1, column + 1, called, ignored)


def _segments(mappings: str, positions: Sequence[Position]) -> dict[Position, _Segment]:
    """Return the segment that each position lies in: the last that begins at or before it."""
    by_line: dict[int, list[Position]] = {}
    for position in positions:
        by_line.setdefault(position.line, []).append(position)
    best: dict[Position, _Segment] = {}
    for line, column, segment in _decoded(mappings, by_line):
        for position in by_line[line]:
            if column < (position.column or 1) or (position.column is None and position not in best):
                best[position] = segment
    return best


def _decoded(mappings: str, wanted: Collection[int]) -> Iterator[tuple[int, int, _Segment]]:
    """Yield (line, 1-based; column, 0-based; segment) of the wanted lines, as VLQ in base 64 spells them.

    A digit has five bits, the lowest first, and a sixth for `more follows`; the lowest bit of a number is its sign.
    Each number is told as the difference to the one before, across lines: so all lines above are read too.
    """
    line, column, last_line = 1, 0, max(wanted, default=0)
    told = [0, 0, 0, 0]
    fields: list[int] = []
    value = shift = 0
    for digit in mappings.encode("ascii", "replace").translate(_DIGITS) + bytes((_LINE,)):
        if digit < 32:
            value |= digit << shift
            fields.append(-(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
        elif digit < 64:
            value |= (digit & 31) << shift
            shift = min(shift + 5, _GREATEST_SHIFT)
        elif digit != _NOISE:
            if fields:
                column += fields[0]
                for at, difference in enumerate(fields[1:5]):
                    told[at] += difference
                if line in wanted:
                    yield line, column, _segment(told, len(fields))
                fields.clear()
            if digit == _LINE:
                line, column = line + 1, 0
                if line > last_line:
                    return


def _segment(told: Sequence[int], count: int) -> _Segment:
    """Return what a segment of so many fields tells."""
    source, line, column, name = told
    return (source, line, column, name if count > 4 else -1) if count > 3 else (-1, -1, -1, -1)


def _unguarded(content: bytes) -> bytes:
    return content.partition(b"\n")[2] if content.startswith(_GUARD) else content
