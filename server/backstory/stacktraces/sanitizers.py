"""Address, thread, memory and undefined behaviour sanitizers; Chromium's own stacks, which print alike.

    ==42==ERROR: AddressSanitizer: heap-use-after-free on address 0x6020 at pc 0x4f07
        #0 0x4f07b4 in shop::total(int) /src/shop/cart.cc:12:7
        #1 0x7f3a22 in __libc_start_main (/lib/libc.so.6+0x20830)

Source: LLVM's `sanitizer_stacktrace_printer`; `base/debug/stack_trace.cc` of Chromium.
"""

import re

from attrs import evolve

from backstory.model.stacktrace import Frame, Relation
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line
from backstory.stacktraces.signs import ADDRESS
from backstory.stacktraces.symbols import function_name

ID = "sanitizers"
SIGNS: tuple[str, ...] = (r"runtime error: ", ADDRESS, r"#\d{1,4} [^\n]{1,800}\(\S+\+0x[0-9a-f]")

_START = re.compile(
    r"^\s*#(?P<number>\d{1,5})\s{1,4}(?:(?P<address>0x[0-9a-fA-F]{1,16})(?=[\s(]|$)\s*(?P<how>in )?)?"
    r"(?P<rest>[^\n]{0,3000})$"
)
_MODULE = re.compile(
    r"\s*\((?P<module>(?:\[?[^\s()+]{1,400})(?: \([^()]{0,60}\))?\+0x[0-9a-fA-F]+)\)"
    r"(?: \(BuildId: [0-9a-f]+\))?[^\w]*(?:,[^\n]{0,60})?$"
)
_PLACE = re.compile(
    r"(?:^|(?<=[\s)]))(?P<file>(?:[A-Za-z]:[\\/]|\.{0,2}/|[\w.+-]+/)[^\n:()]{0,600}?|[\w.+-]{1,200}\.(?:c"
    r"|cc|cpp|cxx|h|hpp|hh|S|s|m|mm|rs|go|swift)|\?\?|<null>|\(unknown\)):(?P<line>\d{1,7}|\?)(?::"
    r"(?P<col>\d{1,7}))?(?=[^\w/]|_|$)[\W_]*(?:,[^\n]{0,60})?$"
)
_FILE_ONLY = re.compile(r"(?<=\s)(?P<file>(?:/|\.{1,2}/)[^\s:()]{1,600}\.(?:c|cc|cpp|cxx|h|hpp|hh|S|m|mm))\s*$")
_HEADLINE = re.compile(
    r"(?:ERROR|WARNING): (?P<type>\w+Sanitizer): (?P<message>.*)$|^(?P<file>[^\s:]{1,400}):"
    r"(?P<line>\d{1,7}):(?:\d{1,7}:)? (?P<runtime>runtime error): (?P<said>.*)$"
    r"|(?P<signal>Received signal \d+.*)$"
)
_SECTION = re.compile(
    r"^\s*(?:(?:READ|WRITE) of size|freed by|previously allocated|allocated by|Previous |Write of |Read of "
    r"|Atomic |As if |Location is|Thread T|SUMMARY|Address 0x|0x[0-9a-f]+ is located|Uninitialized value"
    r"|Mutex M|Direct leak|Indirect leak|\[end of stack|r8:|=+$)"
)


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that a sanitizer printed, or Chromium."""
    drafts = collect(block, _GRAMMAR)
    report: Draft | None = None
    for draft in drafts:
        if draft.exception_type or draft.message:
            report = draft
        elif report is not None:
            draft.relation, draft.parent = Relation.THREAD, report
    return sorted([*drafts, *_without_stack(block, drafts)], key=lambda draft: draft.first)


def _without_stack(block: Block, drafts: list[Draft]) -> list[Draft]:
    """Return what the undefined behaviour sanitizer said of a place without printing a stack."""
    read_already = {draft.first for draft in drafts}
    found: list[Draft] = []
    for index in range(len(block.lines)):
        text = block.text(index)
        if index in read_already or ": runtime error: " not in text or not (said := _HEADLINE.search(text)):
            continue
        if said["runtime"]:
            frame = frame_of(block.lines[index], said)
            found.append(Draft(ID, index, index, [frame], "runtime error", said["said"], sure=True, lines={index}))
    return found


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    start = _START.match(line.text)
    if not start or not (start["address"] or _MODULE.search(start["rest"]) or _PLACE.search(start["rest"])):
        return None
    following = block.text(index + 1)
    cut = not _MODULE.search(line.text) and not _PLACE.search(line.text)
    if (
        cut
        and len(line.text) >= 70
        and following
        and re.search(r":\d+(?::\d+)?\s*$|\+0x[0-9a-f]+\)$", following)
        and "#" not in following
    ):
        line = line.joined(block.lines[index + 1])
        start = _START.match(line.text) or start
        return _read(line, start, 2)
    return _read(line, start, 1)


def _read(line: Line, start: re.Match[str], used: int) -> Call | None:
    number = int(start["number"])
    begin = start.start("rest")
    module = _MODULE.search(line.text, begin)
    end = module.start() if module else len(line.text)
    place = _PLACE.search(line.text, begin, end) or _FILE_ONLY.search(line.text, begin, end)
    symbol = line.text[begin : place.start() if place else end].strip()
    symbol = re.sub(r"\s+<null>$", "", symbol) if not place else symbol
    function = function_name(symbol)
    sure = bool(start["how"] or module) or bool(start["address"] and "::" in line.text)
    if place and not place["file"].startswith(("??", "<null>", "(unknown)")):
        said = place.groupdict()
        frame = (
            frame_of(line, place, function or "")
            if said.get("line") != "?"
            else Frame(place["file"], None, None, function)
        )
        return Call(evolve(frame, module=module["module"] if module else None), used, number)
    named = Frame(None, None, None, function, module=module["module"] if module else None)
    return Call(named, used, number, sure=sure)


def _headline(line: Line) -> Headline | None:
    found = _HEADLINE.search(line.text)
    if not found:
        return None
    if found["type"]:
        return Headline(found["type"], found["message"].strip())
    if found["runtime"]:
        return Headline("runtime error", found["said"])
    return Headline(None, found["signal"].strip())


_GRAMMAR = Grammar(ID, _call, _headline, ends=_SECTION, gap=2, reach=4, fewest=3)
