"""Swift's own backtraces and lldb's.

    *** Program crashed: System trap at 0x0000aaaace338354 ***
    Thread 1 crashed:
    0 [inlined] [system] 0x0000aaaace338354 Cart.total() + 600 in Shop at /src/Sources/Shop/Cart.swift:12:7
        frame #1: 0x000000019cf9420c Shop`main at main.swift:3:1

Source: "Backtracing support", Swift 5.9 to 6.0; lldb's `thread backtrace`.
"""

import re

from backstory.model.stacktrace import Relation
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line
from backstory.stacktraces.signs import ADDRESS
from backstory.stacktraces.symbols import without_arguments

ID = "swift"
SIGNS: tuple[str, ...] = (ADDRESS, r"\.swift[:,] ?(?:line )?\d")

_CALL = re.compile(
    r"^\s*(?P<number>\d{1,4}) +(?:\[(?:ra|inlined|system|thunk|async)\] *){0,4}"
    r"(?P<address>0x[0-9a-fA-F]{8,16}) (?P<symbol>[^\n]{1,1500}?) in (?P<module>[\w.+-]{1,100})(?: at "
    r"(?P<file>[^\n:]{1,500}?)(?::(?P<line>\d{1,7})(?::(?P<col>\d{1,7}))?)?)?\s*$"
)
_LLDB = re.compile(
    r"^\s*(?:\* )?frame #(?P<number>\d{1,5}): 0x[0-9a-fA-F]+ (?P<module>[^\s`]{1,200})`"
    r"(?P<symbol>[^\n]{1,1500}?)(?: at (?P<file>[^\n:]{1,500}?):(?P<line>\d{1,7})(?::(?P<col>\d{1,7}))?)?"
    r"(?: \[(?:opt|artificial|inlined)\])*\s*$"
)
_OFFSET = re.compile(r" \+ \d{1,12}$")
_VALUES = re.compile(r"\((?:\w+=[^\n]*|[^()\n]*@ 0x[^\n]*)\)(?=$| \+)")
_CRASHED = re.compile(r"\*\*\* Program crashed: (?P<type>[^\n]{1,120}?)(?: at 0x[0-9a-fA-F]+)? \*\*\*")
_STOPPED = re.compile(r"stop reason = (?P<type>[^\n(]{1,200}?)(?: \([^\n]*\))?\s*$")
_FATAL = re.compile(
    r"Fatal error: (?P<message>[^\n]{0,1500}?)(?:: file (?P<file>[^\n]{1,400}), line (?P<line>\d{1,7}))?\s*$"
)
_CPLUSPLUS = re.compile(r"::|^[\w~]+\((?:unsigned|int|char|void|const|std|bool|long)\b")


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that Swift's backtracer printed, or lldb."""
    drafts = collect(block, _GRAMMAR)
    for draft in drafts[1:]:
        if not draft.exception_type and re.match(r"^\s*\*? ?[Tt]hread", block.text(min(draft.lines) - 1)):
            draft.relation, draft.parent = Relation.THREAD, drafts[0]
    return drafts


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    found = _CALL.match(line.text) or _LLDB.match(line.text)
    if not found:
        return None
    symbol = _VALUES.sub("", _OFFSET.sub("", found["symbol"]))
    function = without_arguments(symbol) if _CPLUSPLUS.search(symbol) else symbol
    frame = frame_of(line, found, function)
    return Call(frame, number=int(found["number"]))


def _headline(line: Line) -> Headline | None:
    if found := _CRASHED.search(line.text) or _STOPPED.search(line.text):
        return Headline(found["type"], None)
    if found := _FATAL.search(line.text):
        return Headline("Fatal error", found["message"])
    return None


_GRAMMAR = Grammar(ID, _call, _headline, blanks=0, reach=6)
