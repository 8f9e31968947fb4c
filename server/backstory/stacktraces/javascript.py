"""JavaScript as V8 prints it: Node, Deno, Chrome, Edge, React Native, Jest; Bun and NativeScript print alike.

    TypeError: Cannot read properties of undefined (reading 'id')
        at total (/srv/app/cart.js:12:7)
        at async file:///srv/app/main.mjs:3:1

Source: V8's stack trace API (`Error.prepareStackTrace`); locations are 1-based in both line and column.
"""

import re

from backstory.model.stacktrace import Relation
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line
from backstory.stacktraces.signs import AT_CALL, PLACE, SCRIPT

ID = "javascript"
SIGNS: tuple[str, ...] = (PLACE, SCRIPT, r"function:'", AT_CALL)

_PLACE = r"(?P<file>[^\s(),][^\n]{0,600}?):(?P<line>\d{1,7})(?::(?P<col>\d{1,9}))?"
_TAIL = r"(?=\s*\{?\s*$|[\s,;\"'`]*$)"
_NAMED = re.compile(rf"^\s*(?:at\s+)(?:async\s+)?(?P<function>[^()\n]{{1,300}}?|[^\n]{{1,300}}?)\s?\({_PLACE}\){_TAIL}")
_PLACELESS = re.compile(
    rf"^\s*at\s+(?:async\s+)?(?P<function>[^()\n]{{1,300}}?) \((?:(?P<file><anonymous>|native)|index \d+"
    rf"|unknown location)\){_TAIL}"
)
_UNNAMED = re.compile(rf"^\s*at\s+(?:async\s+)?{_PLACE}{_TAIL}")
_GLUED = re.compile(
    r"^\s*(?:at\s+(?:async\s+)?)?(?P<function>[\w$.<>\[\] ]{0,200}?)\s?\((?P<file>[a-z][\w-]{1,20}://[^\s()]{1,600}):"
    r"(?P<line>\d{1,7}):(?P<col>\d{1,9})\)\s*$"
)
_NATIVESCRIPT = re.compile(
    r"function:'(?P<function>[^'\n]{0,300})', {1,4}file:'(?P<file>[^'\n]{1,600})', {1,4}line: {0,2}"
    r"(?P<line>\d{1,7}), {1,4}column: {0,2}(?P<col>\d{1,9})"
)
_EVAL = re.compile(r"eval at [^()\n]{1,200} \((?P<file>[^()\n]{1,600}?):(?P<line>\d{1,7}):(?P<col>\d{1,9})\)")
_EVALUATED = re.compile(r"^\s*at\s+(?:async\s+)?(?P<function>[^()\n]{1,200}?) \(eval at")
_PATH = re.compile(
    r"^(?:[a-z][\w+.-]{1,40}:|\.{0,2}/|[A-Za-z]:[\\/]|\[|<)|\.(?:[cm]?[jt]sx?|vue|svelte|html?|json|wasm"
    r"|bundle)(?:\?|$)"
)
_OTHERS = re.compile(r"\.(?:java|kt|scala|cs|rs|go|py|rb|php|cpp|cc|c|h|swift|dart|exs?|erl)$")
_KIND = (
    r"(?:[\w$]+\.)*[A-Z][\w$]*(?:Error|Exception|Violation|Warning|Rejection|Fault|Failure|Trace)|Error|Warning"
    r"|Exception"
)
_HEADLINE = re.compile(
    rf"(?:^|[\s>\]:])(?P<cause>\[(?:cause|errors?)\]:\s*|Caused by:?\s+)?(?P<type>{_KIND}|Invariant Violation)"
    rf"(?:\s\[[\w.-]+\])?(?::\s(?P<message>.*)|\s*$)"
)
_WEAK = re.compile(r"^\s*(?P<type>[A-Z][\w$.]{2,60}): (?P<message>\S.*)$")
_INSIDE = re.compile(
    r"^\s*at\s*$|^\s*\.\.\. (?P<elided>\d{1,6}) (?:lines matching|more)|\d+ .*frame\(s\) were not|^\.\.\.$"
)


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that V8 printed, or a runtime that prints as it does."""
    return collect(block, _GRAMMAR)


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    text = line.text
    if found := _NATIVESCRIPT.search(text):
        return Call(frame_of(line, found))
    if "at" not in text and "://" not in text:
        return None
    evaluated = _EVALUATED.match(text)
    if evaluated and (found := _EVAL.search(text)):
        return Call(frame_of(line, found, evaluated["function"]))
    if found := _PLACELESS.match(text):
        return Call(frame_of(line, found), sure=False)
    if found := _GLUED.match(text):
        return Call(frame_of(line, found))
    found = _NAMED.match(text) or _UNNAMED.match(text)
    return _usual(line, found) if found else None


def _usual(line: Line, found: re.Match[str]) -> Call | None:
    """Read `at function (place)` or `at place`, where the place may be anything but another language's file."""
    path = bool(_PATH.search(found["file"]))
    named = "function" in found.re.groupindex
    if _OTHERS.search(found["file"]) or (not path and (" in " in found["file"] or not named)):
        return None
    return Call(frame_of(line, found), sure=path and (bool(found["col"]) or named))


def headline(line: Line) -> Headline | None:
    """Read the line above a stack: also those of browsers."""
    if found := _HEADLINE.search(line.text):
        said = line.said(*found.span("message")) if found["message"] is not None else None
        return Headline(found["type"], said or None, Relation.CAUSE if found["cause"] else None)
    if found := _WEAK.match(line.text):
        return Headline(found["type"], line.said(*found.span("message")), sure=False)
    return None


_GRAMMAR = Grammar(ID, _call, headline, inside=_INSIDE, reach=12, fewest=2)
