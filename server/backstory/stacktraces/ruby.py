"""Ruby: MRI of both quote styles, JRuby, TruffleRuby, Rails' and Bundler's shortened forms.

    cart.rb:12:in 'Cart#total': undefined method 'price' for nil (NoMethodError)
            from main.rb:3:in '<main>'

Source: `Exception#full_message`, Ruby 1.9 to 3.4.
"""

import re

from attrs import evolve

from backstory.model.stacktrace import Frame, Relation
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line
from backstory.stacktraces.signs import PLACE

ID = "ruby"
SIGNS: tuple[str, ...] = (PLACE, r"\.(?:rb|erb|haml|rake|slim|ru|jbuilder|builder):\d+\s*$")

_NAMED = re.compile(
    r"(?P<file><internal:[^>\n]{1,300}>(?: [\w./-]{1,200})?|\(eval[^)\n]{0,200}\)|\(\w{1,20}\)|(?:"
    r"(?<![\w/])(?:[A-Za-z]:(?=[\\/])|internal:))?[^\s:\"'`()<>|,;=]{1,600})"
    r":(?P<line>\d{1,7}):in ?[`'\"](?P<function>[^\n`]{1,300}?)['\"`](?=[\s:`,\"'\])]|$|\\n)"
)
_UNNAMED = re.compile(
    r"^\s*(?:from )?(?P<file>[^\s:\"'`()<>|,;=]{1,600}\.(?:rb|erb|haml|rake|slim|ru|jbuilder|builder)):"
    r"(?P<line>\d{1,7})(?::in)?\s*$"
)
_SAID = re.compile(r"^:? (?P<message>.*?)(?: \((?P<type>[A-Z]\w*(?:::\w+)*)\))?\s*$")
_HEADLINE = re.compile(
    r"^\s*(?P<type>(?:[A-Z]\w*::)*[A-Z]\w*(?:Error|Exception|NotFound|Invalid|Failure|Exit|Interrupt"
    r"|Timeout|Fault|[a-z]))(?: \((?P<inner>[^\n]{1,500}?)\):?|: (?P<message>.*)|:?)\s*$"
)
_WORDS = re.compile(r"^\s*(?:[\w ]{3,40} )?Error is: (?P<message>.*)$")
_TRACEBACK = re.compile(r"^\s*(?:Traceback|Backtrace)\b")
_OUTERMOST_FIRST = re.compile(r"^\s*\d{1,5}: from ")
_LEVEL = re.compile(r"-- Ruby level backtrace information")
_INSIDE = re.compile(r"^\s*\.{3} ?(?P<elided>\d{1,6})? ?(?:levels|lines)?|^Backtrace for ")


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that a Ruby printed."""
    drafts = collect(block, _GRAMMAR)
    found: list[Draft] = []
    for draft in drafts:
        found += _parted(block, draft)
    return found


def _parted(block: Block, draft: Draft) -> list[Draft]:
    """Read what stands behind the first frame; part what it was raised from, whose first line has no `from`."""
    lines = sorted(index for index in draft.lines if _frame_match(block.lines[index]))
    if _LEVEL.search(block.text(draft.first - 1)) or any(_OUTERMOST_FIRST.match(block.text(index)) for index in lines):
        draft.frames.reverse()
        _say(draft, block.lines[lines[-1]])
        return [draft]
    starts = [place for place, index in enumerate(lines) if not place or _raises(block.lines[index])]
    if len(lines) != len(draft.frames):
        return [draft]
    parts: list[Draft] = []
    for place, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        part = evolve(draft, frames=draft.frames[place:end], first=lines[place], last=lines[end - 1])
        part.lines = set(range(lines[place], lines[end - 1] + 1))
        if parts:
            part.exception_type = part.message = None
            part.relation, part.parent = Relation.CAUSE, parts[-1]
        else:
            part.first, part.lines = draft.first, part.lines | {draft.first}
        _say(part, block.lines[lines[place]])
        parts.append(part)
    parts[-1].last = max(draft.last, parts[-1].last)
    return parts


def _raises(line: Line) -> bool:
    found = _frame_match(line)
    said = _SAID.match(line.text[found.end() :]) if found else None
    return bool(said and said["type"]) and not line.text.lstrip().startswith("from ")


def _say(draft: Draft, line: Line) -> None:
    found = _frame_match(line)
    said = _SAID.match(line.text[found.end() :]) if found else None
    if said and said["type"] and not draft.exception_type:
        draft.exception_type = said["type"]
        draft.message = (
            line.said(found.end() + said.start("message"), found.end() + said.end("message")) if found else None
        )


def _frame_match(line: Line) -> re.Match[str] | None:
    return _NAMED.search(line.text) or _UNNAMED.match(line.text)


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    if ":" not in line.text:
        return None
    if found := _NAMED.search(line.text):
        return Call(_with_blanks(line, found))
    if found := _UNNAMED.match(line.text):
        return Call(frame_of(line, found), sure=False)
    return None


def _with_blanks(line: Line, found: re.Match[str]) -> Frame:
    """Return the frame; its file begins where the line does when that is an absolute path with blanks."""
    frame = frame_of(line, found)
    before = re.match(
        r"^\s*(?:from )?(?P<start>(?:/|[A-Za-z]:[\\/])[^:\n\"'`]{1,400} )$", line.text[: found.start("file")]
    )
    if not before:
        return frame
    start = before.start("start")
    return evolve(frame, filename=line.said(start, found.end("file")), span=line.span(start, found.end("line")))


def _headline(line: Line) -> Headline | None:
    if _TRACEBACK.match(line.text):
        return None
    if found := _HEADLINE.match(line.text):
        group = "inner" if found["inner"] else "message"
        said = line.said(*found.span(group)) if found[group] is not None else None
        known = bool(re.search(r"(?:Error|Exception|NotFound|Invalid|Timeout)$", found["type"]))
        return Headline(found["type"], said or None, sure=known and bool(said))
    if found := _WORDS.match(line.text):
        return Headline(None, found["message"], sure=False)
    return None


_GRAMMAR = Grammar(ID, _call, _headline, inside=_INSIDE, gap=2, blanks=2, reach=4, fewest=3)
