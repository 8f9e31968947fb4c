"""R: rlang's backtraces and base R's `traceback()`.

    Error in `total()`:
    ! no cart
    Backtrace:
     1. shop::main()
     2. shop (local) total(cart)

    3: total(cart) at cart.R#12

Source: `rlang::trace_back`, 0.2 to 1.1; `base::traceback`, R 4.
"""

import re

from backstory.model.stacktrace import Frame
from backstory.stacktraces.dialect import Block, Draft
from backstory.stacktraces.line import Line

ID = "r"
SIGNS: tuple[str, ...] = (r"Backtrace:", r"\.[rR]#\d")

_BEGIN = re.compile(r"^\s*(?:<[\w/]+>\s*)?(?:─+ ?)?Backtrace:")
_ENTRY = re.compile(
    r"^(?P<tree>[\s│├└─▆█]*)(?P<number>\d{1,4})\. *(?P<tail>[\s│├└─▆█+|-]*)(?P<call>[^\s│├└─][^\n]{0,800}?)"
    r"(?: at (?P<file>[^\s:()#]{1,300}\.[rR]):(?P<line>\d{1,7})(?::(?P<col>\d{1,7}))?)?(?: \["
    r"(?P<short>[\w./-]{1,200}\.[rR]):(?P<at>\d{1,7})[^\]]*\])?\s*$"
)
_LOCAL = re.compile(r"^[\w.]{1,80} \(local\) (?P<call>.*)$")
_TRACEBACK = re.compile(
    r"^\s*(?P<number>\d{1,4}): (?P<call>[^\n]{1,800}?) at (?P<file>[^\s#]{1,300})#(?P<line>\d{1,7})\s*$"
)
_PLACELESS = re.compile(r"^\s*(?P<number>\d{1,4}): (?P<call>[\w.:]{1,200}\([^\n]{0,800})$")
_ERROR = re.compile(r"^\s*(?:! |x |✖ )(?P<message>\S.*)$")
_ERROR_IN = re.compile(
    r"^\s*(?:<error/(?P<type>[\w.]+)>|Error in .{0,200}?[`)] ?: ?(?P<message>.*)|Error: (?P<said>.*))$"
)


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that R printed."""
    drafts: list[Draft] = []
    draft: Draft | None = None
    rlang = False
    for index in range(len(block.lines)):
        line, text = block.lines[index], block.text(index)
        if _BEGIN.match(text):
            draft = Draft(ID, index, index)
            rlang = True
            draft.lines.add(index)
            _say(block, draft, index)
            drafts.append(draft)
            continue
        found = (_ENTRY.match(text) if rlang else None) or _TRACEBACK.match(text)
        if found is None and draft and draft.frames and not rlang:
            found = _PLACELESS.match(text)
        if not found:
            draft, rlang = (
                (draft, rlang) if draft and not draft.frames and not re.search(r"\w", text) else (None, False)
            )
            continue
        if draft is None:
            draft = Draft(ID, index, index)
            drafts.append(draft)
        frame = _frame(line, found)
        draft.frames = [frame, *draft.frames] if rlang else [*draft.frames, frame]
        draft.last = index
        draft.lines.add(index)
    return [each for each in drafts if each.frames]


def _frame(line: Line, found: re.Match[str]) -> Frame:
    function = _name(found["call"])
    for file, number in (("file", "line"), ("short", "at")):
        if found.groupdict().get(file):
            span = line.span(found.start(file), found.end(number))
            return Frame(found[file], int(found[number]), None, function, span=span)
    return Frame(None, None, None, function)


def _name(call: str) -> str:
    """Return the function of `shop:::total(cart)`, `global total(cart)` or `shop (local) total(cart)`."""
    local = _LOCAL.match(call)
    text = local["call"] if local else call.removeprefix("global ").removeprefix("<fn> ")
    return text.partition("(")[0].strip() or text


def _say(block: Block, draft: Draft, index: int) -> None:
    for above in range(index - 1, max(-1, index - 8), -1):
        if (found := _ERROR.match(block.text(above))) and draft.message is None:
            draft.message, draft.first = found["message"], above
        elif said := _ERROR_IN.match(block.text(above)):
            draft.exception_type, draft.first = said["type"], above
            draft.message = draft.message or said["message"] or said["said"]
            return
