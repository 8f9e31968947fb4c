"""Apple's crash reports, Objective-C's call stacks and `Thread.callStackSymbols`.

    Thread 0 Crashed:: Dispatch queue: com.apple.main-thread
    0   Shop             0x000000010000117a -[Cart total] + 650 (Cart.m:12)

Source: "Examining the fields in a crash report", Apple; `backtrace_symbols` of libSystem.
"""

import re

from backstory.model.stacktrace import Frame, Relation
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line
from backstory.stacktraces.signs import ADDRESS
from backstory.stacktraces.symbols import without_arguments

ID = "apple"
SIGNS: tuple[str, ...] = (ADDRESS, r"0x[0-9a-f]{5,16} (?:[-+]\[|\w+(?: \+ \d|\s*$)|\w+::)")

_CALL = re.compile(
    r"^\s*(?P<number>\d{1,4})\s+(?P<module>\S(?:[^\t\n]{0,60}?\S)?)\s+(?P<address>0x[0-9a-fA-F]{4,16})\s"
    r"(?P<symbol>[^\n]{1,1500}?)(?: \((?P<file>[^\n():]{1,200}):(?P<line>\d{1,7})\))?\s*$"
)
_OFFSET = re.compile(r" \+ \d{1,12}$")
_LOAD = re.compile(r"^0(?:x[0-9a-fA-F]+)?(?: \+ \d+)?$")
_SWIFT = re.compile(r"closure #|\b\w+\((?:\w+:)+\)|^@objc |\.(?:getter|setter|init|deinit)\b| in ")
_TYPE = re.compile(r"^Exception Type:\s+(?P<type>\S.*?)\s*$")
_CODES = re.compile(r"^Exception (?:Codes|Subtype):\s+(?P<message>\S.*?)\s*$")
_RAISED = re.compile(r"uncaught exception '?(?P<type>[\w.]+)'?, reason: '(?P<message>.*?)'?\s*$")
_INSIDE = re.compile(r"^\s*\($|First throw call stack")
_THREAD = re.compile(r"^\s*Thread \d+")


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that an Apple system printed."""
    drafts = collect(block, _GRAMMAR)
    for draft in drafts:
        _report(block, draft)
    for draft in drafts[1:]:
        if _THREAD.match(block.text(min(draft.lines) - 1)):
            draft.relation, draft.parent = Relation.THREAD, drafts[0]
    return drafts


def _report(block: Block, draft: Draft) -> None:
    """Read the crash report's own fields, which stand far above the crashed thread."""
    above = min(draft.lines)
    if "Crashed" not in block.text(above - 1):
        return
    for index in range(above - 1, max(0, above - 60) - 1, -1):
        if found := _CODES.match(block.text(index)):
            draft.message = draft.message or found["message"]
        elif found := _TYPE.match(block.text(index)):
            draft.exception_type = found["type"]
            return


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    found = _CALL.match(line.text)
    if not found:
        return None
    symbol = _OFFSET.sub("", found["symbol"])
    named = None if _LOAD.match(found["symbol"]) or _LOAD.match(symbol) else symbol
    function = named and (named if _SWIFT.search(named) else without_arguments(named))
    sure = bool(_OFFSET.search(found["symbol"])) or bool(found["file"])
    number = int(found["number"])
    if found["file"]:
        return Call(frame_of(line, found, _OFFSET.sub("", function or "")), number=number)
    return Call(Frame(None, None, None, function, module=found["module"]), number=number, sure=sure)


def _headline(line: Line) -> Headline | None:
    found = _RAISED.search(line.text)
    return Headline(found["type"], found["message"]) if found else None


_GRAMMAR = Grammar(ID, _call, _headline, inside=_INSIDE, reach=4, fewest=2)
