"""gdb's backtraces.

    #0  0x000055e1 in total (cart=0x0) at src/cart.c:12
    #1  0x000055f9 in main () from /lib/libshop.so

Source: gdb, "Backtraces", 7 to 15; pstack and coredumpctl print alike.
"""

import re

from backstory.model.stacktrace import Frame, Relation
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line
from backstory.stacktraces.signs import ADDRESS
from backstory.stacktraces.symbols import function_name

ID = "gdb"
SIGNS: tuple[str, ...] = (ADDRESS, r"#\d{1,4} {1,3}[^\s()]{1,400} \(", r"#\d{1,4} {1,3}<signal")

_START = re.compile(
    r"^\s*#(?P<number>\d{1,5})\s{1,4}(?:(?P<address>0x[0-9a-fA-F]{4,16}) in )?(?P<call>\S[^\n]{0,3000})$"
)
_PLACE = re.compile(r"^(?P<call>.*\)|\S+)\s+at (?P<file>[^\n()=]{1,600}?):(?P<line>\d{1,7})\s*$")
_FROM = re.compile(r"^(?P<call>.*\)|\S+)\s+from (?P<module>\S{1,400})\s*$")
_SAID = re.compile(r"^(?P<message>Program (?:received|terminated with) signal .*|.*: Assertion .* failed\.|Fatal .*)$")
_THREAD = re.compile(r"^\s*Thread \d+ \(|^\(gdb\)|^\[Switching to thread")
_INSIDE = re.compile(
    r"^\s*(?:warning: )?\d{1,7}\s+\S|^\s*\w+ = |^\s*(?:No locals|No symbol table)|^\s*---Type <return>"
    r"|^--Type <RET>|^\s*in \S+"
)


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that gdb printed."""
    drafts = collect(block, _GRAMMAR)
    found: list[Draft] = []
    for draft in drafts:
        if found and _shown_twice(found[-1], draft):
            before = found.pop()
            draft.message, draft.first = draft.message or before.message, before.first
            draft.lines |= before.lines
        found.append(draft)
    for draft in found:
        if (
            _THREAD.match(block.text(min(draft.lines) - 1))
            and draft is not found[0]
            and "Thread" in block.text(min(draft.lines) - 1)
        ):
            draft.relation, draft.parent = Relation.THREAD, found[0]
    return found


def _shown_twice(before: Draft, after: Draft) -> bool:
    """Whether gdb printed frame 0 at the stop, and then again in the backtrace."""
    return len(before.frames) == 1 and len(after.frames) > 1 and _same(before.frames[0], after.frames[0])


def _same(one: Frame, other: Frame) -> bool:
    return (one.function, one.filename, one.lineno) == (other.function, other.filename, other.lineno)


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    if not (start := _START.match(line.text)):
        return None
    following = block.text(index + 1)
    if not _whole(start["call"]) and following and not _START.match(following) and following[:1] in " \t":
        joined = line.joined(block.lines[index + 1], " ")
        again = _START.match(joined.text)
        if again and _whole(again["call"]):
            return _read(joined, again, 2)
    return _read(line, start, 1)


def _whole(call: str) -> bool:
    return bool(_PLACE.match(call) or _FROM.match(call))


def _read(line: Line, start: re.Match[str], used: int) -> Call | None:
    number, call = int(start["number"]), start["call"]
    if call.startswith("<signal handler called>"):
        return Call(Frame(None, None, None, "<signal handler called>"), used, number)
    begin = start.start("call")
    if place := _PLACE.match(call):
        shifted = re.compile(_PLACE.pattern[1:]).match(line.text, begin)
        frame = frame_of(line, shifted or place, _name(place["call"]) or "")
        return Call(frame, used, number) if _looks(place["call"], start) else None
    found = _FROM.match(call)
    name = _name(found["call"] if found else call)
    bracketed = found is not None or call == "??" or (call.endswith(")") and "+0x" not in call)
    if not start["address"] or not bracketed or not _looks(found["call"] if found else call, start):
        return None
    return Call(
        Frame(None, None, None, name, module=found["module"] if found else None), used, number, sure=bool(found)
    )


def _looks(call: str, start: re.Match[str]) -> bool:
    """Tell it from sanitizers' frames, which have no arguments behind a blank."""
    return " (" in call or call == "??" or (bool(start["address"]) and call.endswith(" ()"))


def _name(call: str) -> str | None:
    """Return the function of `name (arguments)`."""
    text = call.strip()
    if text.endswith(")"):
        depth = 0
        for index in range(len(text) - 1, -1, -1):
            depth += (text[index] == ")") - (text[index] == "(")
            if not depth and text[index - 1 : index] == " ":
                text = text[:index].strip()
                break
            if not depth:
                text = text.partition(" (")[0]
                break
    else:
        text = text.partition(" (")[0]
    return function_name(text) if text.startswith(("?", "<")) else (text or None)


def _headline(line: Line) -> Headline | None:
    found = _SAID.match(line.text.strip())
    return Headline(None, found["message"]) if found else None


_GRAMMAR = Grammar(ID, _call, _headline, inside=_INSIDE, gap=3, blanks=3, reach=8, fewest=2)
