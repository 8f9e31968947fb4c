"""IPython's, Jupyter's and Colab's tracebacks, of version 5 to 9.

    KeyError                                  Traceback (most recent call last)
    File ~/app/cart.py:12, in Cart.total(self, name)
         10 def total(self, name):
    ---> 12     return self.items[name]

    KeyError: 'price'

Source: `IPython.core.ultratb` (`VerboseTB`), 5 to 9.
"""

import re
from collections.abc import Iterable

from attrs import evolve

from backstory.model.stacktrace import Frame, Relation
from backstory.stacktraces.collecting import frame_of
from backstory.stacktraces.dialect import Block, Draft
from backstory.stacktraces.line import Line

ID = "ipython"
SIGNS: tuple[str, ...] = (
    r"--> \d{1,7}(?: |$)",
    r"ipython-input",
    r"Cell In ?\[",
    r"Input In ?\[",
    r"\.py\S{0,60} in [\w.<>]+(?:\(|$)",
    r"\.p(?:yx|xi) in ",
    r'File [^\s"]{1,300}:\d+, in ',
)

_FILE = r"(?:[^\s()\"\[\]][^\n()\"]{0,500}?\.(?:pyw?|pyx|pxi|pxd|pyc|so|tmpl\.h)|<[\w@/. -]{3,300}>)"
_OLD = re.compile(rf"^\s*(?P<file>{_FILE}) in (?P<function>[\w.<>]{{1,300}})(?:\([^\n]*\)?)?\s*$")
_NEW = re.compile(
    rf"^\s*File (?P<file>{_FILE}|\S{{1,500}}?)(?::(?P<line>\d{{1,7}}))?(?:, in |\s+in )"
    rf"(?P<function>[\w.<>]{{1,300}}|<[^<>\n]{{1,60}}>)(?:\([^\n]*\)?)?\s*$"
)
_PLACE = re.compile(r"^\s*File (?P<file>[^\s\"]\S{0,500}\.pyx?):(?P<line>\d{1,7})\s*$")
_CELL = re.compile(
    r"^\s*(?P<file>(?:Cell |Input )In ?\[\d+\])(?:, line (?P<line>\d{1,7}))?(?:, in (?:<cell line: "
    r"(?P<cell>\d{1,7})>|(?P<function>[\w.<>]{1,300}))(?:\([^\n]*\)?)?)?\s*$"
)
_ARROW = re.compile(r"^\s*-{1,9}> (?P<line>\d{1,7})(?: (?P<code>.*))?$")
_HEADER = re.compile(r"^\s*(?P<type>[A-Za-z_][\w.]*)\s+Traceback \(most recent call last\)")
_RELATION = re.compile(
    r"(?P<context>During handling of the above exception, another)|The above exception was the (?P<cause>direct cause)"
)
_EXCEPTION = re.compile(r"^(?P<type>[A-Za-z_][\w.]*)(?:: (?P<message>.*))?$")
_FARTHEST = 40
"""Lines of source that are shown below a frame, at most."""


def read(block: Block) -> Iterable[Draft]:
    """Return the traces of the block that IPython printed."""
    drafts: list[Draft] = []
    draft: Draft | None = None
    headed: tuple[int, str] | None = None
    relation: Relation | None = None
    for index in range(len(block.lines)):
        line = block.lines[index]
        text = block.text(index)
        if header := _HEADER.match(text):
            headed, draft = (index, header["type"]), None
        elif found := _RELATION.search(text):
            relation, draft = Relation.CAUSE if found["cause"] else Relation.CONTEXT, None
        elif frame := _frame_on(line) if text else None:
            if draft is None or index - draft.last > _FARTHEST:
                draft = Draft(ID, headed[0] if headed else index, index, sure=headed is not None)
                if headed:
                    draft.exception_type = headed[1]
                if relation and drafts:
                    drafts[-1].relation, drafts[-1].parent = relation, draft
                relation = headed = None
                drafts.append(draft)
            draft.frames.append(frame)
            draft.sure |= frame.lineno is not None
            draft.last = index
            draft.lines.add(index)
        elif draft:
            _behind(draft, index, line)
    for each in drafts:
        each.frames.reverse()
    return [each for each in drafts if each.sure]


def _frame_on(line: Line) -> Frame | None:
    text = line.text
    if " in " not in text and "In" not in text and "File" not in text:
        return None
    if found := _CELL.match(text):
        cell = found["cell"]
        frame = frame_of(line, found, f"<cell line: {cell}>" if cell else None)
        return evolve(frame, lineno=frame.lineno or (int(cell) if cell else None))
    found = _NEW.match(text) or _OLD.match(text) or _PLACE.match(text)
    return frame_of(line, found) if found else None


def _behind(draft: Draft, index: int, line: Line) -> None:
    """Take a line behind a frame: the arrow at its source line, or the exception."""
    text = line.text
    if arrow := _ARROW.match(text):
        last = draft.frames[-1]
        code = (arrow["code"] or "").strip()
        draft.frames[-1] = evolve(last, lineno=last.lineno or int(arrow["line"]), context_line=code or None)
        draft.last, draft.sure = index, True
        draft.lines.add(index)
        return
    found = _EXCEPTION.match(text)
    if found and draft.message is None and (found["type"] == draft.exception_type or draft.exception_type is None):
        if (
            not re.search(r"(?:Error|Exception|Warning|Exit|Interrupt|Group)$", found["type"])
            and draft.exception_type is None
        ):
            return
        draft.exception_type, draft.message, draft.last = found["type"], found["message"], index
        draft.lines.add(index)
