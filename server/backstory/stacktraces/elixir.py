"""Elixir's exceptions.

    ** (KeyError) key :price not found in: %{}
        (shop 1.0.0) lib/shop/cart.ex:12: Shop.Cart.total/1
        (elixir 1.18.2) lib/enum.ex:987: anonymous fn/3 in Enum.each/2

Source: `Exception.format/3` and `Exception.format_stacktrace_entry/1`, Elixir 1.0 to 1.18.
"""

import re

from backstory.model.stacktrace import Frame
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line

ID = "elixir"
SIGNS: tuple[str, ...] = (r"\.(?:exs?|erl|eex|heex|leex|yrl|xrl):\d+: \S",)

_CALL = re.compile(
    r"^\s*(?:\((?P<module>[\w ]{1,60}?(?: [\d.][\w.+-]*)?)\) )?(?P<file>[^\s:()\"',][^\n:()\"',]{0,400}?"
    r"(?:\.(?:exs?|erl|eex|heex|leex|yrl|xrl)|/bin/[\w-]+|\biex|nofile)):(?P<line>\d{1,7}): "
    r"(?P<function>\S[^\n]{0,1500}?)\s*$"
)
_PLACELESS = re.compile(
    r"^\s*(?:\((?P<module>[\w ]{1,60}?(?: [\d.][\w.+-]*)?)\) )(?P<function>[\w.:\"!?-]{2,300}"
    r"(?:\([^\n]{0,300}\)|/\d{1,3}))\s*$"
)
_FUNCTION = re.compile(r"/\d{1,3}$|^\(\w+\)$|^anonymous fn|^[\w.:\"-]+\(|^\(module\)$|/\d{1,3} \(overridable \d+\)$")
_HEADLINE = re.compile(
    r"\*\* \((?P<type>[A-Z][\w.]*)\) ?(?P<message>.*)$|\*\* \((?P<exit>exit|throw|stop"
    r"|EXIT from #PID<[\d.]+>)\) (?P<said>.*)$"
)


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that Elixir printed."""
    return collect(block, _GRAMMAR)


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    if found := _CALL.match(line.text):
        named = found["function"]
        looks = _FUNCTION.search(named)
        return (
            Call(frame_of(line, found), sure=bool(found["module"]) or named.endswith(tuple("0123456789")))
            if looks
            else None
        )
    if found := _PLACELESS.match(line.text):
        return Call(Frame(None, None, None, found["function"], module=found["module"]), sure=False)
    return None


def _headline(line: Line) -> Headline | None:
    found = _HEADLINE.search(line.text)
    if not found:
        return None
    if found["type"]:
        return Headline(found["type"], line.said(*found.span("message")) or None)
    return Headline(found["exit"].partition(" ")[0], line.said(*found.span("said")))


_GRAMMAR = Grammar(ID, _call, _headline, reach=14, fewest=2)
