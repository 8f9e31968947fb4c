"""Text from elsewhere, made safe to print: nothing in it can move a cursor, colour a screen or hide a word."""

import re
from collections.abc import Iterator

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_ESCAPE_SEQUENCE = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*+[ -/]*+[@-~]"  # CSI: colours, cursor movements
    "|(?:\x1b\\]|\x9d)[^\x07\x1b\x9c\n]{0,4096}+(?:\x07|\x1b\\\\|\x9c)"  # OSC: titles, links, clipboard
)

_INVISIBLE_RANGES = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),  # combining grapheme joiner
    (0x061C, 0x061C),  # Arabic letter mark: a bidi control
    (0x115F, 0x1160),  # Hangul fillers
    (0x17B4, 0x17B5),  # Khmer inherent vowels
    (0x180B, 0x180F),  # Mongolian selectors and vowel separator
    (0x200B, 0x200F),  # zero-width space, joiners, left-to-right and right-to-left marks
    (0x202A, 0x202E),  # bidi embeddings and overrides
    (0x2060, 0x206F),  # word joiner, invisible operators, bidi isolates
    (0x3164, 0x3164),  # Hangul filler
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFA0, 0xFFA0),  # half-width Hangul filler
    (0xFFF9, 0xFFFB),  # interlinear annotation
    (0x1BCA0, 0x1BCA3),  # shorthand format controls
    (0x1D173, 0x1D17A),  # musical format controls
    (0xE0000, 0xE01EF),  # tags and supplementary selectors: text smuggled unseen
)


def _substitutions() -> Iterator[tuple[int, str]]:
    for code in range(0x20):
        if chr(code) not in "\n\t":
            yield code, chr(0x2400 + code)  # its control picture: ␛, ␍
    yield 0x7F, "\N{SYMBOL FOR DELETE}"
    for code in range(0x80, 0xA0):
        yield code, _REPLACEMENT
    yield 0x2028, " "
    yield 0x2029, " "
    for first, last in _INVISIBLE_RANGES:
        for code in range(first, last + 1):
            yield code, ""


_SUBSTITUTIONS = dict(_substitutions())
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def terminal_safe(text: str) -> str:
    r"""Return `text` with nothing in it that a terminal or editor obeys; newlines and tabs are kept.

    Escape sequences, bidi controls and zero-width characters go; other controls become their pictures (`␍`); what no
    encoding can write (lone surrogates: bytes that were not UTF-8) becomes U+FFFD. `\r\n` becomes `\n`.
    """
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    text = _ESCAPE_SEQUENCE.sub("", text)
    text = _LONE_SURROGATE.sub(_REPLACEMENT, text)
    return text.translate(_SUBSTITUTIONS)


def one_line(text: str) -> str:
    """Return `text` safe to print and on one line: every run of white space is one space, none at the ends."""
    return " ".join(terminal_safe(text.replace("\r", "\n")).split())
