"""Dart's and Flutter's stacks, in Dart's own form and that of package `stack_trace`.

    #0      Cart.total (package:shop/cart.dart:12:7)
    package:shop/main.dart 3:1  main

Source: `StackTrace.toString` of the Dart VM; `package:stack_trace`'s `Trace.terse`.
"""

import re

from attrs import evolve

from backstory.model.stacktrace import Frame
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line

ID = "dart"
SIGNS: tuple[str, ...] = (r"#\d{1,4} {2,6}\S", r"\.dart[: ]\d")

_CALL = re.compile(
    r"^\s*#(?P<number>\d{1,5})\s+(?P<function>\S[^\n]{0,600}?) \((?P<file>(?:package|dart|file|https?"
    r"|org-dartlang-\w+):[^\n()]{1,500}?|[^\s()]{1,400}\.dart)(?::(?P<line>\d{1,7}))?(?::"
    r"(?P<col>\d{1,7}))?\)\s*$"
)
_OPEN = re.compile(
    r"^\s*#(?P<number>\d{1,5})\s{2,8}(?P<function>(?:new |_?\w+\.)?[\w.<>& ]{1,300}?)\s*(?P<cut>\([^)\n]*)?$"
)
_BELOW = re.compile(
    r"^\s*\(?(?P<file>(?:package|dart|file):[^\s()]{1,500}?\.dart):(?P<line>\d{1,7})(?::(?P<col>\d{1,7}))?\)?\s*$"
)
_TERSE = re.compile(
    r"^\s*(?P<file>(?:package:|dart:|\.{0,2}/|[\w-]+/)?[^\s:()]{1,400}(?:\.dart|:\w+)) (?P<line>\d{1,7}):"
    r"(?P<col>\d{1,7})\s{1,60}(?P<function>\S[^\n]{0,300}?)\s*$"
)
_INSIDE = re.compile(
    r"<asynchronous suspension>|^\.\.\. +\((?P<elided>\d{1,6}) frames|^\(elided (?P<more>\d+) frames"
    r"|^={3,} asynchronous gap"
)
_THROWN = re.compile(
    r"^\s*(?:Unhandled exception:|E/flutter .*?: )?\s*(?P<type>[A-Z]\w*(?:Error|Exception)|_\w+(?:Error"
    r"|Exception))(?: \([^)]*\))?: (?P<message>.*)$"
)
_SAID = re.compile(
    r"^\s*(?:Error Message: |Unhandled Exception: |\[ERROR[^\]]*\] Unhandled Exception: )?(?P<message>\S.*)$"
)
_NOT_SAID = re.compile(
    r"^\s*(?:Stack [Tt]race|StackTrace|When the exception was thrown|#\d|https?://|[╔═╡]|more information"
    r"|In that case|Either the assertion)"
)
_SKIPPED = re.compile(r"^\s*(?:Stack [Tt]race:|When the exception was thrown)")


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that Dart printed."""
    drafts = collect(block, _GRAMMAR)
    for draft in drafts:
        if draft.message is None:
            _assertion(block, draft)
    return drafts


def _assertion(block: Block, draft: Draft) -> None:
    """Find what Flutter's report says, far above its stack."""
    first = min(draft.lines, default=draft.first)
    if not _SKIPPED.match(block.text(first - 1)):
        return
    for index in range(first - 1, max(-1, first - 16), -1):
        text = block.text(index).strip()
        if re.search(r"(?:Failed assertion|^Assertion failed|was thrown .*:$|null value|Exception: |Error: )", text):
            after = block.text(index + 1).strip() if text.endswith(":") and "thrown" in text else text
            draft.message, draft.first = after or text, index
            return


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    if found := _CALL.match(line.text):
        return Call(_frame(line, found), number=int(found["number"]))
    if found := _OPEN.match(line.text):
        return _opened(block, index, found)
    if found := _TERSE.match(line.text):
        return Call(frame_of(line, found), sure=".dart" in found["file"])
    return None


def _opened(block: Block, index: int, found: re.Match[str]) -> Call | None:
    """Read a frame whose place stands on the next line, or was cut off."""
    line, number, following = block.lines[index], int(found["number"]), block.text(index + 1)
    if not found["cut"] and (place := _BELOW.match(following)):
        return Call(frame_of(block.lines[index + 1], place, found["function"].strip()), used=2, number=number)
    if found["cut"] and following:
        joined = line.joined(block.lines[index + 1])
        if again := _CALL.match(joined.text):
            return Call(_frame(joined, again), used=2, number=number)
    if following.strip(" `") or not _before(block, index, number):
        return None
    complete = found["cut"] or "." in found["function"] or found["function"].startswith("new ")
    return Call(Frame(None, None, None, found["function"].strip()), number=number, sure=False) if complete else None


def _before(block: Block, index: int, number: int) -> bool:
    """Whether the frame above is the one before."""
    return any(f"#{number - 1} " in block.text(index - back) for back in (1, 2))


def _frame(line: Line, found: re.Match[str]) -> Frame:
    frame = frame_of(line, found)
    return evolve(frame, function=re.sub(r"^async\s", "", frame.function or "") or None)


def _headline(line: Line) -> Headline | None:
    if found := _THROWN.match(line.text):
        return Headline(found["type"], line.said(*found.span("message")))
    if _NOT_SAID.match(line.text):
        return None
    found = _SAID.match(line.text)
    if not found:
        return None
    return Headline(
        None, line.said(*found.span("message")), sure=line.text.lstrip().startswith(("Error Message", "Unhandled"))
    )


_GRAMMAR = Grammar(ID, _call, _headline, inside=_INSIDE, reach=6, fewest=3)
