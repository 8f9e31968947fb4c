"""Rust: panics, `Backtrace`, anyhow, eyre.

    thread 'main' panicked at src/cart.rs:12:9:
    no cart
    stack backtrace:
       0: core::panicking::panic_fmt
                 at /rustc/90c54/library/core/src/panicking.rs:72:14
       1: shop::cart::total::h0123456789abcdef

Source: `std::panicking`, `std::backtrace`, Rust 1.5 to 1.83.
"""

import re

from backstory.model.stacktrace import Frame
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line
from backstory.stacktraces.signs import ADDRESS

ID = "rust"
SIGNS: tuple[str, ...] = (r"\.rs:\d+(?::\d+)?:?(?:\s*$|  |\\[nr])", ADDRESS)

_NUMBERED = re.compile(
    r"^\s*(?P<number>\d{1,4}):\s+(?:(?P<address>0x[0-9a-fA-F]+)\s+-\s+)?(?P<function>\S[^\n]{0,1500}?)\s*$"
)
_AT = re.compile(r"^\s*at (?P<file>(?:[A-Za-z]:)?[^:\n]{1,600}):(?P<line>\d{1,7})(?::(?P<col>\d{1,7}))?\s*$")
_PATH = re.compile(r"^(?:<?[&*A-Za-z_][\w<>:&*{}, \[\]$.()'=;+#-]*|_\w+|<unknown>)$")
_BEGIN = re.compile(r"(?i:stack backtrace:)")
_OLD = re.compile(r"panicked at '(?P<message>.*)', (?P<file>[^:\n]{1,500}):(?P<line>\d{1,7})(?::(?P<col>\d{1,7}))?\s*$")
_NEW = re.compile(r"panicked at (?P<file>(?:[A-Za-z]:)?[^:\n']{1,500}):(?P<line>\d{1,7})(?::(?P<col>\d{1,7}))?:\s*$")
_ERROR = re.compile(r"^\s*Error: (?P<message>\S.*)$")
_INSIDE = re.compile(r"frames? hidden|^\s*at \S|^\s*(?:note|stack backtrace):", re.IGNORECASE)
_ENDS = re.compile(r"panicked at |stack backtrace:", re.IGNORECASE)


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that a Rust program printed."""
    drafts = collect(block, _GRAMMAR)
    read_already = {line for draft in drafts for line in range(draft.first, draft.last + 1)}
    for index in range(len(block.lines)):
        if "panicked at" in block.text(index) and index not in read_already:
            drafts += _without_backtrace(block, index)
    for draft in drafts:
        _message_below(block, draft)
    return sorted(drafts, key=lambda draft: draft.first)


def _without_backtrace(block: Block, index: int) -> list[Draft]:
    """Return the trace of a panic that printed its own place only."""
    line = block.lines[index]
    found = _NEW.search(line.text) or _OLD.search(line.text)
    if not found:
        return []
    message = found["message"] if found.re is _OLD else None
    return [Draft(ID, index, index, [frame_of(line, found)], "panicked", message, sure=True, lines={index})]


def _message_below(block: Block, draft: Draft) -> None:
    """Take the message that newer versions print below the place."""
    if draft.exception_type == "panicked" and draft.message is None:
        below = block.text(draft.first + 1).strip()
        draft.message = below if below and not below.startswith(("stack backtrace", "note:")) else None


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    found = _NUMBERED.match(line.text)
    if not found:
        return None
    function = None if found["function"] == "<unknown>" else found["function"]
    number = int(found["number"])
    place = _AT.match(block.text(index + 1))
    if place:
        return Call(frame_of(block.lines[index + 1], place, function), used=2, number=number)
    if found["address"] or (_PATH.match(found["function"]) and _in_backtrace(block, index, number)):
        return Call(
            Frame(None, None, None, function), number=number, sure=bool(found["address"]) and "::" in (function or "")
        )
    return None


def _in_backtrace(block: Block, index: int, number: int) -> bool:
    above = block.text(index - 1)
    if _BEGIN.search(above) or _AT.match(above):
        return True
    before = _NUMBERED.match(above)
    return bool(before and int(before["number"]) == number - 1 and ("::" in above or "::" in block.text(index)))


def _headline(line: Line) -> Headline | None:
    if found := _OLD.search(line.text):
        return Headline("panicked", found["message"])
    if _NEW.search(line.text) or "panicked at" in line.text:
        return Headline("panicked", None)
    if found := _ERROR.match(line.text):
        return Headline(None, found["message"])
    return None


_GRAMMAR = Grammar(ID, _call, _headline, inside=_INSIDE, ends=_ENDS, gap=1, reach=8, fewest=2)
