"""Valgrind's stacks.

    ==42== Invalid read of size 8
    ==42==    at 0x5088FD1: total (cart.c:12)
    ==42==    by 0x4024BE: main (in /usr/bin/shop)

Source: Valgrind's manual, "Core"; 3.5 to 3.23.
"""

import re

from backstory.model.stacktrace import Frame, Relation
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line
from backstory.stacktraces.signs import ADDRESS
from backstory.stacktraces.symbols import function_name

ID = "valgrind"
SIGNS: tuple[str, ...] = (ADDRESS,)

_CALL = re.compile(
    r"^\s*(?:\*\*|--|==)(?P<process>\d+)(?:\*\*|--|==)\s+(?P<how>at|by) 0x[0-9A-Fa-f]+: "
    r"(?P<symbol>[^\n]{1,2000}?)(?: \((?:in (?P<module>[^\n()]{1,400})|(?P<file>[^\n():]{1,400}):"
    r"(?P<line>\d{1,7})|within [^()\n]*)\))?\s*$"
)
_SAID = re.compile(r"^\s*==\d+== (?P<message>[A-Z].*?)\s*$")
_NO_HEAD = re.compile(
    r"^\s*==\d+==\s+(?:Address |Thread \d|Block was|Uninitialised value was|at |by )|^\s*==\d+== Thread \d+"
)
_INSIDE = re.compile(r"^\s*==\d+==\s+\.\.\.")


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that Valgrind printed."""
    drafts = collect(block, _GRAMMAR)
    report: Draft | None = None
    for draft in drafts:
        if draft.message:
            report = draft
        elif report is not None:
            draft.relation, draft.parent = Relation.THREAD, report
    return drafts


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    found = _CALL.match(line.text)
    if not found:
        return None
    function = function_name(_uncut(found["symbol"]))
    number = 0 if found["how"] == "at" else None
    frame = (
        frame_of(line, found, function or "") if found["file"] else Frame(None, None, None, function, found["module"])
    )
    return Call(frame, number=number)


def _uncut(symbol: str) -> str:
    """Return a symbol whose place was cut off: the bracket behind a blank was none of arguments."""
    return symbol.rpartition(" (")[0] if " (" in symbol and not symbol.endswith(")") else symbol


def _headline(line: Line) -> Headline | None:
    found = None if _NO_HEAD.match(line.text) else _SAID.match(line.text)
    return Headline(None, found["message"], sure=False) if found else None


_GRAMMAR = Grammar(ID, _call, _headline, inside=_INSIDE, blanks=0, reach=2)
