"""Finds the few lines of a long text that may belong to a trace, at a cost near that of reading it.

Patterns that begin with a word are looked for as that word first, which costs next to nothing where it does not stand;
the others are put together by their first character: an expression that begins with one literal is found fast.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

PLACE = (
    r":\d++(?::\d++(?:\)?(?:[ \t{,\"'`]*$|\\[nr])|\) {1,2}[{~\[])|\)(?:\s*$|\\[nr])"
    r"|:in ?[`'\"&\\‘]| in\b[^\n]{0,120}│)"
)
"""A line number where a frame ends, or before a Ruby method's name."""

AT_CALL = r"at [A-Za-z_$][\w.<>`+|$\[\],/@-]{1,300} ?\("
"""`at Type.method(`."""

SCRIPT = r"\.(?:[cm]?[jt]sx?|vue|svelte|bundle):\d+(?::\d+)?(?:[) \t]*$|\)|\\[nr])"
"""A script's place at the end of a line."""

ADDRESS = r"0x[0-9a-fA-F]{1,16}(?: in |: \S|\]| - \S| \(\S|(?<=[0-9a-fA-F]{8}) {1,2}[-+\w:~<(*?])"
"""An address and what stands behind it in native frames."""

_PLAIN = re.compile(r"(?:\\[.()\[\]{}*+?|^$#\-]|[^\\.()\[\]{}*+?|^$])(?![*+?{])")
_SHORTEST_WORD = 4


@frozen
class Signs:
    """What to look for."""

    words: tuple[tuple[str, re.Pattern[str]], ...]
    """(a word, the pattern that begins with it)"""

    @classmethod
    def of(cls, patterns: Iterable[str]) -> "Signs":
        """Return the signs of these patterns; each begins with a literal character."""
        groups: dict[str, list[str]] = {}
        for pattern in dict.fromkeys(patterns):
            word = literal(pattern)
            groups.setdefault(word if word[0].isalpha() and len(word) >= _SHORTEST_WORD else word[0], []).append(
                pattern
            )
        compiled = [(word, re.compile("|".join(group), re.MULTILINE)) for word, group in groups.items()]
        return cls(tuple(compiled))

    def places(self, text: str) -> Iterator[int]:
        """Yield where signs begin, in no order."""
        for word, pattern in self.words:
            if word in text:
                for found in pattern.finditer(text):
                    yield found.start()

    def stand_in(self, text: str) -> bool:
        """Whether the text has one of the signs."""
        return any(word in text and pattern.search(text) for word, pattern in self.words)


def literal(pattern: str) -> str:
    """Return the characters that each match of a pattern begins with."""
    found = ""
    at = 0
    while plain := _PLAIN.match(pattern, at):
        found += plain[0][-1]
        at = plain.end()
    return found


def lines_with(signs: Signs, lines: Sequence[str]) -> set[int]:
    """Return the indices of the lines that have a sign."""
    text = "\n".join(lines)
    places = sorted(signs.places(text))
    if not places:
        return set()
    found: set[int] = set()
    end = index = 0
    for number, line in enumerate(lines):
        end += len(line) + 1
        if places[index] < end:
            found.add(number)
            while index < len(places) and places[index] < end:
                index += 1
            if index == len(places):
                break
    return found
