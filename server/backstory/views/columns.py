"""How wide text is on a terminal: wide characters take two cells, combining ones none."""

import unicodedata


def width_of(text: str) -> int:
    """Return the cells that `text` takes."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def cut(text: str, cells: int) -> str:
    """Return `text` in at most `cells` cells, with an ellipsis where something is missing."""
    if width_of(text) <= cells:
        return text
    if cells <= 0:
        return ""
    kept, used = [], 0
    for character in text:
        used += _cells(character)
        if used > cells - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def padded(text: str, cells: int) -> str:
    """Return `text` in exactly `cells` cells."""
    text = cut(text, cells)
    return text + " " * (cells - width_of(text))


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
