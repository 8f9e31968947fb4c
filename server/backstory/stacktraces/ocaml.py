"""OCaml's backtraces.

    Fatal error: exception Not_found
    Raised at Cart.total in file "src/cart.ml", line 12, characters 4-22

Source: `Printexc.print_backtrace`, OCaml 4.02 to 5.2. Characters count from 0.
"""

import re

from attrs import evolve

from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line

ID = "ocaml"
SIGNS: tuple[str, ...] = (r'file "[^"\n]{1,300}"(?: \(inlined\))?, lines? \d',)

_CALL = re.compile(
    r"^\s*(?:Raised (?:at|by primitive operation at)|Re-raised at|Called from"
    r"|Raised by primitive operation)\s+(?:(?P<function>\S{1,300}) in )?file \"(?P<file>[^\"\n]{1,400})\""
    r"(?: \(inlined\))?, lines? (?P<line>\d{1,7})(?:-\d{1,7})?(?:, characters? (?P<col>\d{1,7})(?=-))?"
)
_HEADLINE = re.compile(
    r"Fatal error: exception (?:\((?P<inner>[^\n]*)\)|(?P<type>[\w.]+)(?:[:(] ?(?P<message>.*?)\)?)?)\s*$"
)


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that OCaml printed."""
    return collect(block, _GRAMMAR)


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    found = _CALL.match(line.text)
    if not found:
        return None
    frame = frame_of(line, found)
    return Call(evolve(frame, colno=frame.colno + 1 if frame.colno is not None else None))


def _headline(line: Line) -> Headline | None:
    found = _HEADLINE.search(line.text)
    if not found:
        return None
    if found["inner"]:
        kind, _, message = found["inner"].partition(" ")
        return Headline(kind, message or None)
    return Headline(found["type"], found["message"])


_GRAMMAR = Grammar(ID, _call, _headline, reach=3)
