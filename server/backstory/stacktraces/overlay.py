"""The error overlays of Next.js, webpack and Vite: a function on one line, its place on the next.

    Call Stack
    total
    webpack-internal:///./src/cart.js (12:7)

Source: Next.js' development overlay, 12 to 15.
"""

import re

from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft
from backstory.stacktraces.javascript import headline
from backstory.stacktraces.signs import PLACE

ID = "overlay"
SIGNS: tuple[str, ...] = (PLACE,)

_PLACE = re.compile(
    r"^\s*(?P<file>(?:[a-z][\w-]{1,30}:/{0,3}|\.{0,2}/|[A-Za-z]:[\\/]|[\w@.-]+/)[^\n]{1,600}?\."
    r"(?:[cm]?[jt]sx?|vue|svelte|html|json)(?:\?[^\s]{0,100})?) ?\((?P<line>\d{1,7}):(?P<col>\d{1,9})\)\s*$"
)
_FUNCTION = re.compile(r"^\s*(?P<function>[A-Za-z_$<(\[][\w$.<>()\[\] @/*-]{0,200})\s*$")
_INSIDE = re.compile(r"^\s*(?:Call Stack|Show (?:collapsed|more)|Source)\b")


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that an error overlay showed."""
    return collect(block, _GRAMMAR)


def _call(block: Block, index: int) -> Call | None:
    named = _FUNCTION.match(block.text(index))
    place = _PLACE.match(block.text(index + 1))
    if named and place and named["function"] not in {"Call Stack", "Source"}:
        return Call(frame_of(block.lines[index + 1], place, named["function"].strip()), used=2)
    place = _PLACE.match(block.text(index))
    if place:
        return Call(frame_of(block.lines[index], place), sure=False)
    return None


_GRAMMAR = Grammar(ID, _call, headline, inside=_INSIDE, reach=8, fewest=2)
