"""Positions: a client's code units to code points and back, looking at the one line only."""

from lsprotocol.types import PositionEncodingKind

UNITS_OF_ASTRAL = {
    PositionEncodingKind.Utf8: 4,
    PositionEncodingKind.Utf16: 2,
    PositionEncodingKind.Utf32: 1,
}
"""How many code units a character beyond U+FFFF takes; also the encodings this server speaks."""


def code_points(line: str, units: int, encoding: PositionEncodingKind) -> int:
    """Return how many characters of `line` stand before a client's offset.

    An offset inside a character means that character's start; one beyond the line, the line's end.
    """
    if encoding is PositionEncodingKind.Utf32 or line.isascii():
        return max(0, min(units, len(line)))
    before = 0
    for index, character in enumerate(line):
        before += _units(character, encoding)
        if before > units:
            return index
    return len(line)


def units_before(line: str, characters: int, encoding: PositionEncodingKind) -> int:
    """Return a client's offset of the place after `characters` characters of `line`."""
    characters = max(0, min(characters, len(line)))
    if encoding is PositionEncodingKind.Utf32 or line.isascii():
        return characters
    return sum(_units(character, encoding) for character in line[:characters])


def _units(character: str, encoding: PositionEncodingKind) -> int:
    code = ord(character)
    if code > 0xFFFF:
        return UNITS_OF_ASTRAL[encoding]
    if encoding is PositionEncodingKind.Utf16 or code < 0x80:
        return 1
    return 2 if code < 0x800 else 3
