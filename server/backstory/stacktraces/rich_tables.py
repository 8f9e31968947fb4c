"""Rich's tracebacks, drawn in a box.

    ╭───────────── Traceback (most recent call last) ──────────────╮
    │ /srv/app/cart.py:12 in total                                 │
    │                                                              │
    │   10 def total(self, name):                                  │
    │ ❱ 12 │   return self.items[name]                             │
    ╰──────────────────────────────────────────────────────────────╯
    KeyError: 'price'

Source: `rich.traceback`, 10 to 14.
"""

import re
from collections.abc import Iterable

from attrs import define, evolve, field

from backstory.model.stacktrace import Frame, Relation
from backstory.stacktraces.collecting import frame_of
from backstory.stacktraces.dialect import Block, Draft
from backstory.stacktraces.line import Line
from backstory.stacktraces.signs import PLACE

ID = "rich"
SIGNS: tuple[str, ...] = (PLACE,)

_BORDER = re.compile(r"^\s*[│|](?: [│|](?= ))?")
_TAIL = re.compile(r"(?:\s*[│|]){1,2}\s*$")
_FRAME = re.compile(
    r"^\s*(?P<file>(?:[A-Za-z]:[\\/]|[/~.<]|[\w-]+[\\/])[^\n│]{0,600}?):(?P<line>\d{1,7}) in "
    r"(?P<function>[\w.<>]{1,200})\s*$"
)
_OPEN = re.compile(r"^\s*(?P<file>(?:[A-Za-z]:[\\/]|[/~.<]|[\w-]+[\\/])[^\n│]{0,600})$")
_ARROW = re.compile(r"^\s*(?:❱|>)\s*(?P<line>\d{1,7}) (?P<code>.*)$")
_TOP = re.compile(r"[╭┌+][─-]{3,}[^\n]{0,120}(?:Traceback|Sub-exception)")
_RELATION = re.compile(
    r"(?P<context>During handling of the above exception, another)|The above exception was the (?P<cause>direct cause)"
)
_EXCEPTION = re.compile(
    r"^\s*(?P<type>(?:[a-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Warning|Exit|Interrupt|Group|[a-z]))(?:: "
    r"(?P<message>.*))?$"
)


def read(block: Block) -> Iterable[Draft]:
    """Return the traces of the block that Rich drew."""
    reader = _Reader(block)
    for index, line in enumerate(block.lines):
        if block.text(index):
            reader.feed(index, line)
    for each in reader.drafts:
        each.frames.reverse()
    return [each for each in reader.drafts if each.sure or (each.frames and _drawn(block, each))]


def _drawn(block: Block, draft: Draft) -> bool:
    return any("│" in block.text(index) for index in draft.lines)


@define
class _Reader:
    """The state between two lines."""

    block: Block
    drafts: list[Draft] = field(factory=list)
    open: Draft | None = None
    relation: Relation | None = None
    member: bool = False

    def feed(self, index: int, line: Line) -> None:
        """Take the next line."""
        if top := _TOP.search(line.text):
            self.open, self.member = None, self.member or "Sub-exception" in top[0]
        elif found := _RELATION.search(line.text):
            self.open, self.relation = None, Relation.CAUSE if found["cause"] else Relation.CONTEXT
        elif (boxed := _unboxed(line)) is None:
            self.open = _said(self.open, index, line, self.drafts) or self.open
        elif frame := _frame_on(self.block, index, boxed):
            draft = self.open if self.open and not self.open.exception_type else self._begin(index)
            draft.frames.append(frame[0])
            draft.last = index + frame[1] - 1
            draft.lines |= set(range(index, index + frame[1]))
        elif self.open and (arrow := _ARROW.match(boxed.text)):
            code = re.sub(r"^[│\s]+", "", arrow["code"]).rstrip(" │")
            self.open.frames[-1] = evolve(self.open.frames[-1], context_line=code or None)
            self.open.last, self.open.sure = index, True
            self.open.lines.add(index)

    def _begin(self, index: int) -> Draft:
        self.open = draft = Draft(ID, index, index)
        if self.relation and self.drafts:
            self.drafts[-1].relation, self.drafts[-1].parent = self.relation, draft
        group = next((each for each in reversed(self.drafts) if _is_group(each)), None)
        if self.member and group:
            draft.relation, draft.parent = Relation.MEMBER, group
        self.relation, self.member = None, False
        self.drafts.append(draft)
        return draft


def _said(draft: Draft | None, index: int, line: Line, drafts: list[Draft]) -> Draft | None:
    """Read the exception below a box, or that of a group whose box was cut off."""
    said = _EXCEPTION.match(line.text)
    if not said or (draft and draft.exception_type):
        return None
    if draft is None:
        if not said["type"].endswith("ExceptionGroup"):
            return None
        draft = Draft(ID, index, index)
        drafts.append(draft)
    draft.exception_type, draft.message, draft.last = said["type"], said["message"], index
    draft.sure = draft.sure or _is_group(draft)
    draft.lines.add(index)
    return draft


def _is_group(draft: Draft) -> bool:
    return (draft.exception_type or "").endswith("Group")


def _unboxed(line: Line) -> Line | None:
    """Return the line without its box, or None when it stands in none."""
    start = _BORDER.match(line.text)
    if not start:
        return None
    tail = _TAIL.search(line.text, start.end())
    end = tail.start() if tail else len(line.text)
    return evolve(
        line,
        text=line.text[start.end() : end],
        printed=line.printed[start.end() : end],
        columns=line.columns[start.end() : end],
    )


def _frame_on(block: Block, index: int, boxed: Line) -> tuple[Frame, int] | None:
    """Return a frame and how many lines it takes: long paths go on in the next."""
    if found := _FRAME.match(boxed.text):
        return frame_of(boxed, found), 1
    if not _OPEN.match(boxed.text):
        return None
    joined = boxed
    for used in (2, 3):
        following = _unboxed(block.lines[index + used - 1]) if block.text(index + used - 1) else None
        if following is None or not following.text.strip():
            return None
        spaced = joined.text.rstrip().endswith(" in") or following.text.strip().startswith("in ")
        joined = _stripped(joined).joined(following, " " if spaced else "")
        if found := _FRAME.match(joined.text):
            return frame_of(joined, found), used
    return None


def _stripped(line: Line) -> Line:
    end = len(line.text.rstrip())
    return evolve(line, text=line.text[:end], printed=line.printed[:end], columns=line.columns[:end])
