"""Clojure's exceptions as data.

    {:via [{:type java.lang.NullPointerException, :message nil}],
     :trace [[shop.cart$total invoke "cart.clj" 12] [clojure.lang.AFn run "AFn.java" 22]]}

Source: `Throwable->map`, Clojure 1.7 to 1.12.
"""

import re

from backstory.model.stacktrace import Frame
from backstory.stacktraces.dialect import Block, Draft
from backstory.stacktraces.line import Line

ID = "clojure"
SIGNS: tuple[str, ...] = (r'\.(?:clj[cs]?|java)" \d',)

_CALL = re.compile(
    r"\[(?P<class>[\w.$/]{2,300}) (?P<method>[\w<>$]{1,100}) (?:\"(?P<file>[\w$.-]{1,100})\"|nil) "
    r"(?P<line>-?\d{1,7})(?=\]|$)"
)
_TYPE = re.compile(r":type ([\w.$]{3,200})")
_MESSAGE = re.compile(r":(?:message|cause) \"((?:[^\"\\]|\\.){0,2000})\"")
_TRACE = re.compile(r":trace\s*\[")


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that are data of Clojure."""
    drafts: list[Draft] = []
    draft: Draft | None = None
    index = 0
    while index < len(block.lines):
        line, used = _whole(block, index)
        start = _TRACE.search(line.text) if line else None
        if line and (start or draft or len(_CALL.findall(line.text)) > 1):
            if start or draft is None:
                draft = Draft(ID, index, index)
                _say(block, draft, index)
            frames = [_frame(line, found) for found in _CALL.finditer(line.text, start.start() if start else 0)]
            if frames:
                draft.frames += frames
                draft.last = index + used - 1
                draft.lines |= set(range(index, index + used))
                drafts += [] if draft in drafts else [draft]
            else:
                draft = draft if start else None
        else:
            draft = None
        index += used
    return [each for each in drafts if len(each.frames) > 1]


def _say(block: Block, draft: Draft, index: int) -> None:
    """Read the type and the message, which stand before the trace in the same map."""
    for above in range(index, max(-1, index - 8), -1):
        kind, message = _TYPE.search(block.text(above)), _MESSAGE.search(block.text(above))
        draft.exception_type = draft.exception_type or (kind and kind[1])
        draft.message = draft.message or (message and message[1])
        draft.first = above if kind or message else draft.first
        if not block.text(above).strip():
            return


def _whole(block: Block, index: int) -> tuple[Line | None, int]:
    """Return a line whose last vector a terminal broke, joined with the next."""
    if not block.text(index):
        return None, 1
    line = block.lines[index]
    if re.search(r"\[[\w.$/]{2,300}(?: [\w<>$]*)?$", line.text) and _CALL.search(line.text) and block.text(index + 1):
        return line.joined(block.lines[index + 1]), 2
    return line, 1


def _frame(line: Line, found: re.Match[str]) -> Frame:
    number = int(found["line"])
    span = line.span(found.start("file"), found.end("line")) if found["file"] else None
    return Frame(found["file"], number if number > 0 else None, None, f"{found['class']}.{found['method']}", span=span)
