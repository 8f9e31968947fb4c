r"""The common language runtime: .NET in any language of its messages, ASP.NET, Mono, Unity.

    System.InvalidOperationException: no cart ---> System.IO.IOException: closed
       at Shop.Cart.Total(Int32 count) in C:\src\Shop\Cart.cs:line 42
       --- End of inner exception stack trace ---
       at Shop.Program.Main()

Source: `System.Exception.ToString`, .NET 8; Mono 6; Unity 2022's console.
"""

import re

from backstory.model.stacktrace import Frame, Relation
from backstory.stacktraces.collecting import Grammar, collect, frame_of
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line
from backstory.stacktraces.signs import AT_CALL

ID = "csharp"
SIGNS: tuple[str, ...] = (AT_CALL, r"\.(?:cs|vb|fs|cshtml|razor|xaml):(?:\w+ )?\d")

_AT = r"(?:at|bei|à|en|em|w|в|在|場所|konum:|하는)"
_IN = r"(?:in|dans|en|em|w|в|位置|場所|konum:|파일)"
_FUNCTION = r"(?P<function>[\w.<>`+|$\[\],/\\&*=~-]{2,400})"
_ARGUMENTS = r"\((?P<arguments>[^\n()]{0,800}(?:\([^\n()]{0,200}\)[^\n()]{0,400}){0,4})\)"
_PLACE = r"(?P<file>[^\n]{1,500}?):(?:[^\W\d]+\.?:? ?)?(?P<line>\d{1,7})"
_CALL = re.compile(
    rf"^\s*{_AT}\s+(?:\(wrapper [\w-]+\) )?{_FUNCTION}(?P<blank> ?){_ARGUMENTS}"
    rf"(?:\s+(?P<offset>\[0x[0-9a-fA-F]+\]|<0x[0-9a-fA-F]+[^>]*>|\+ 0x[0-9a-fA-F]+))?(?:\s+{_IN}\s+{_PLACE})?"
)
_UNITY = re.compile(
    r"^\s*(?P<function>[\w.<>`+|$:\[\],]{2,300})\s?\([^\n()]{0,600}\) ?\(at (?P<file>[^\n:]{1,400}):(?P<line>\d{1,7})\)"
)
_UNITY_BARE = re.compile(
    r"^(?P<function>(?:[\w<>`+]+[.:])+[\w<>`]+(?:\[[\w, ]*\])?) \((?:[\w.]+[\w.`&\[\]*+]* \w+"
    r"(?:, ?)?){0,20}\)(?: \(at [^\n)]*)?\s*$|^(?P<static>[\w.]+:[\w<>]+) ?\([\w., \[\]]*\)\s*$"
)
_OPEN = re.compile(rf"^\s*{_AT}\s+[\w.<>`+|$\[\],-]{{3,300}} ?\([^)]*$")
_KIND = r"(?:[A-Za-z_]\w*\.)*(?:[A-Z]\w*)?(?:Exception|Error|Fault)(?:`\d)?"
_HEADLINE = re.compile(
    rf"(?:^|[\s>|:\]])(?P<type>{_KIND})(?: \(0x[0-9A-Fa-f]+\)| \(\d+\))?:\s(?P<message>.*)$|^\s*(?P<only>"
    r"(?:[A-Z]\w*\.)+[A-Z]\w*Exception)\s*$"
)
_NESTED = re.compile(rf"\s*--->\s+(?:\(Inner Exception #\d+\) )?(?={_KIND}[: ])")
_INSIDE = re.compile(r"^\s*-{2,3} .{3,90} -{2,3}\s*$|^\s*-{2,3} End of stack|^Rethrow as ")
_INNER_ENDS = re.compile(
    r"^\s*-{2,3} (?:End of inner exception|Fin de la (?:trace|pile) .*intern|Ende der internen|内部异常堆栈"
    r"|.*внутреннего исключения)"
)


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that a .NET runtime printed."""
    drafts: list[Draft] = []
    for draft in collect(block, _GRAMMAR):
        after_inner = bool(drafts) and _INNER_ENDS.search(block.text(min(draft.lines) - 1))
        if after_inner and not draft.exception_type:
            _give_to_outer(drafts, draft)
        else:
            drafts += _unnested(block, draft)
    return drafts


def _unnested(block: Block, draft: Draft) -> list[Draft]:
    """Return a trace and those that its headline says it was raised from; the frames are the innermost one's."""
    heads = _heads_above(block, draft)
    if len(heads) < 2:
        return [draft]
    chain: list[Draft] = []
    for head in heads:
        each = Draft(ID, draft.first, draft.last, exception_type=head.exception_type, message=head.message, sure=True)
        if chain:
            each.relation, each.parent = Relation.CAUSE, chain[-1]
        chain.append(each)
    chain[-1].frames, chain[-1].lines, chain[-1].elided = draft.frames, draft.lines, draft.elided
    return chain


def _heads_above(block: Block, draft: Draft) -> list[Headline]:
    """Return the exceptions that the lines above the frames name, outermost first."""
    if not draft.exception_type:
        return []
    first = draft.first
    while first > 0 and block.text(first).lstrip().startswith("--->") and first > draft.first - 8:
        first -= 1
    last = min(draft.lines, default=first) if first == draft.first else draft.first
    parts = [part for index in range(first, last + 1) for part in _NESTED.split(block.text(index))]
    draft.first = first
    return [
        Headline(found["type"] or found["only"], (found["message"] or "").strip() or None)
        for part in parts
        if (found := _HEADLINE.search(part))
    ]


def _give_to_outer(drafts: list[Draft], after: Draft) -> None:
    """Give the frames behind `End of inner exception` to the exception around it."""
    outer = next((each for each in reversed(drafts) if not each.frames), None)
    if outer is None:
        drafts.append(after)
        return
    outer.frames, outer.lines, outer.last = after.frames, after.lines, after.last


def _call(block: Block, index: int) -> Call | None:
    line = block.lines[index]
    text = line.text
    if "(" not in text:
        return None
    if found := _UNITY.match(text):
        return Call(frame_of(line, found))
    found = _CALL.match(text)
    if not found and _OPEN.match(text) and block.text(index + 1):
        joined = line.joined(block.lines[index + 1])
        if found := _CALL.match(joined.text):
            return Call(_frame(joined, found), used=2, sure=bool(found["file"]))
    if found and _is_sharp(found):
        return Call(_frame(line, found), sure=bool(found["file"] or found["offset"]))
    if (found := _UNITY_BARE.match(text)) and _between_frames(block, index):
        return Call(Frame(None, None, None, found["function"] or found["static"]), sure=False)
    return None


def _is_sharp(found: re.Match[str]) -> bool:
    """Tell it from JavaScript and Java, whose brackets hold a place."""
    return not re.search(r":\d+$|^(?:<anonymous>|native|index \d+|Unknown Source|Native Method)$", found["arguments"])


def _between_frames(block: Block, index: int) -> bool:
    near = (block.text(index - 1), block.text(index + 1))
    return any(_UNITY.match(text) or _UNITY_BARE.match(text) or _HEADLINE.match(text) for text in near)


def _frame(line: Line, found: re.Match[str]) -> Frame:
    frame = frame_of(line, found)
    if frame.filename and (frame.filename.startswith("<") or frame.lineno == 0):
        return Frame(None, None, None, frame.function)
    return frame


def _headline(line: Line) -> Headline | None:
    found = _HEADLINE.search(line.text)
    if not found:
        return None
    said = line.said(*found.span("message")) if found["message"] is not None else None
    return Headline(found["type"] or found["only"], said or None)


_GRAMMAR = Grammar(ID, _call, _headline, inside=_INSIDE, ends=_INNER_ENDS, reach=4, fewest=2)
