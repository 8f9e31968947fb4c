"""Julia's stack traces.

    ERROR: LoadError: BoundsError: attempt to access 3-element Vector
    Stacktrace:
     [1] total(cart::Cart)
       @ Shop ~/shop/cart.jl:12
     [2] top-level scope at REPL[2]:1

Source: `Base.show_backtrace`, Julia 1.0 to 1.11.
"""

import re

from backstory.model.stacktrace import Frame
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line
from backstory.stacktraces.symbols import without_arguments

ID = "julia"
SIGNS: tuple[str, ...] = (r"\.jl:\d",)

_CALL = re.compile(
    r"^\s*\[(?P<number>\d{1,5})\] (?P<symbol>\S[^\n]{0,1500}?) at (?P<file>[^\s:][^\n:]{0,400}|none"
    r"|REPL\[\d+\]|In\[\d+\]):(?P<line>\d{1,7})(?: \[inlined\])?\s*$"
)
_NAMED = re.compile(r"^\s*\[(?P<number>\d{1,5})\] (?P<symbol>\S[^\n]{0,1500}?)(?: \(repeats \d+ times\))?\s*$")
_BELOW = re.compile(
    r"^\s*@ (?:(?P<module>[\w.]{1,200}) )?(?P<file>[^\s:][^\n:]{0,400}|REPL\[\d+\]):(?P<line>\d{1,7})"
    r"(?: \[inlined\])?\s*$"
)
_HEADLINE = re.compile(r"^\s*(?:ERROR: )(?P<type>\w+): ?(?P<message>.*)$|^\s*ERROR: (?P<said>.*)$")


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that Julia printed."""
    return collect(block, _GRAMMAR)


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    named = _NAMED.match(line.text)
    if not named:
        return None
    number = int(named["number"])
    if place := _BELOW.match(block.text(index + 1)):
        frame = frame_of(block.lines[index + 1], place, _name(named["symbol"]))
        return Call(frame, used=2, number=number)
    if found := _CALL.match(line.text):
        sure = found["file"].endswith(".jl") or found["file"].startswith(("REPL", "In["))
        return Call(frame_of(line, found, _name(found["symbol"])), number=number, sure=sure)
    if "Stacktrace:" in block.text(index - 1) or re.match(rf"^\s*(?:\[{number - 1}\] |@ )", block.text(index - 1)):
        return Call(Frame(None, None, None, _name(named["symbol"])), number=number, sure=False)
    return None


def _name(symbol: str) -> str:
    """Return a function without its arguments, whose types may have brackets of their own."""
    return (
        without_arguments(symbol) if re.match(r"^[\w.!#&$@<>=+*/^|~-]+\(", symbol) is None else symbol.partition("(")[0]
    )


def _headline(line: Line) -> Headline | None:
    found = _HEADLINE.match(line.text)
    if not found:
        return None
    return Headline(found["type"], found["message"] if found["type"] else found["said"])


_GRAMMAR = Grammar(ID, _call, _headline, reach=5, fewest=0)
