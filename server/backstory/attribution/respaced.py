"""A line's text without the blanks that a formatter may set otherwise."""

import re

_BLANKS = re.compile(r"\s+")
_BETWEEN_SIGNS = re.compile(r"(?<!\w) | (?!\w)")


def respaced(text: str) -> str:
    """Return the text with one blank between words and none elsewhere: two lines that differ in it say other things."""
    return _BETWEEN_SIGNS.sub("", _BLANKS.sub(" ", text.strip()))
