"""Lua: PUC-Rio's, LuaJIT's, OpenResty's, Neovim's, LÖVE's.

    lua: cart.lua:12: attempt to index a nil value (field 'price')
    stack traceback:
            cart.lua:12: in function 'total'
            [C]: in ?

Source: `luaL_traceback`, Lua 5.1 to 5.4.
"""

import re

from attrs import evolve

from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line

ID = "lua"
SIGNS: tuple[str, ...] = (r": in (?:function|main chunk|upvalue|local|method|field|global|metamethod|\?)",)

_CALL = re.compile(
    r"^\s*(?P<file>\[C\]|\[string \"[^\n]{0,300}?\"\]|(?:[A-Za-z]:)?[^\s:\[\"'<>(][^\n:\"<>]{0,400}?)(?::"
    r"(?P<line>\d{1,7}))?: in (?:(?:function|upvalue|local|method|field|global|metamethod|for iterator)\b ?"
    r"(?:'(?P<function>[^'\n]{0,200})'|\"(?P<quoted>[^\"\n]{0,200})\"|<(?P<where>[^<>\n]{1,400})>)?|"
    r"(?P<main>main chunk)|(?P<unknown>\?))"
)
_NATIVE = re.compile(r"^\s*(?P<file>\[C\]): at 0x[0-9a-f]+\s*$")
_HEADLINE = re.compile(
    r"(?:^|[\s:])(?P<file>[^\s:\"]{1,400}|\[string \"[^\"\n]{0,200}\"\]):(?P<line>\d{1,7}): "
    r"(?P<message>[^\n]{1,1500}?)(?: stack traceback:)?\s*$"
)
_INSIDE = re.compile(
    r"^\s*\(\.\.\.tail calls?\.{3}\)|^\s*coroutine \d+:|^\s*\.\.\.\s*(?:\(skip(?:ping)? "
    r"(?P<elided>\d{1,6}) levels\))?\s*$"
)
_BEGIN = re.compile(r"stack traceback:|^\s*Traceback")


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that Lua printed."""
    return collect(block, _GRAMMAR)


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    if found := _NATIVE.match(line.text):
        return Call(frame_of(line, found, ""), sure=False)
    found = _CALL.match(line.text) if ": in " in line.text else None
    if found:
        name = found["function"] or found["quoted"] or found["where"] or found["main"] or ""
        frame = frame_of(line, found, name)
        if found["file"] == "[C]":
            frame = evolve(frame, filename="[C]")
        return Call(frame, sure=_is_lua(found, block, index))
    return None


def _is_lua(found: re.Match[str], block: Block, index: int) -> bool:
    """Compilers say `x.c: In function 'f'`; a Lua file, `[C]` or the line above tells it apart."""
    return found["file"].endswith((".lua", ".luac", "]", ".moon")) or bool(_BEGIN.search(block.text(index - 1)))


def _headline(line: Line) -> Headline | None:
    if found := _HEADLINE.search(line.text):
        return Headline(None, line.said(*found.span("message")))
    return None


_GRAMMAR = Grammar(ID, _call, _headline, inside=_INSIDE, ends=_BEGIN, reach=5, fewest=0)
