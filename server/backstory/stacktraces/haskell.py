"""Haskell's call stacks.

    shop: no cart
    CallStack (from HasCallStack):
      error, called at src/Cart.hs:12:7 in shop-1.0-inplace:Cart

Source: `GHC.Stack.prettyCallStack`, GHC 8 to 9.14; profiling stacks (`+RTS -xc`).
"""

import re

from backstory.model.stacktrace import Frame
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line

ID = "haskell"
SIGNS: tuple[str, ...] = (r"\.l?hs:\(?\d+[:,]\d",)

_CALL = re.compile(
    r"^\s*(?P<function>\S{1,200}), called at (?P<file>[^\s:][^\n:]{0,400}):(?P<line>\d{1,7}):"
    r"(?P<col>\d{1,7})(?: in (?P<module>\S{1,300}))?"
)
_PROFILED = re.compile(
    r"^\s*(?:called from |--> evaluated by: )?(?P<function>[A-Z][\w.']{1,200}\.[\w.'<>]{1,200}) \("
    r"(?P<file>[^\s():]{1,300}\.l?hs):\(?(?P<line>\d{1,7})[:,](?P<col>\d{1,7})"
)
_SAID = re.compile(r"^\s*(?P<program>[\w./-]{1,100}|<interactive>|\*\*\* Exception): (?P<message>\S.*)$")
_PANIC = re.compile(r"^\s*(?:[\w.-]+: )?(?P<type>panic!) (?P<message>.*)$")
_SKIPPED = re.compile(r"^\s*(?:CallStack \(from|Call stack:)")
_INSIDE = re.compile(r"^\s*CallStack \(from")


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that GHC's runtime printed."""
    return collect(block, _GRAMMAR)


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    found = _CALL.match(line.text) or _PROFILED.match(line.text)
    if not found:
        return None
    frame: Frame = frame_of(line, found)
    return Call(frame)


def _headline(line: Line) -> Headline | None:
    if _SKIPPED.match(line.text):
        return None
    if found := _PANIC.match(line.text):
        return Headline(found["type"], found["message"])
    found = _SAID.match(line.text)
    return Headline(None, found["message"]) if found else None


_GRAMMAR = Grammar(ID, _call, _headline, ends=_INSIDE, blanks=0, reach=6)
