"""Python's own tracebacks: chained, groups, syntax errors, faulthandler; Rollbar's and Django's forms; translated ones.

    Traceback (most recent call last):
      File "/srv/app/cart.py", line 12, in total
        return self.items[name]
               ~~~~~~~~~~^^^^^^
    KeyError: 'price'

Source: `traceback` in CPython 3.8 to 3.14; `faulthandler`; Django's technical 500 page.
"""

import re
from collections.abc import Iterable

from attrs import define, evolve, field

from backstory.model.stacktrace import Frame, Relation
from backstory.stacktraces.collecting import frame_of
from backstory.stacktraces.dialect import Block, Draft
from backstory.stacktraces.line import Line

ID = "python"
SIGNS: tuple[str, ...] = (r'File ["“\\]', r'\.pyw?["”]?[,，] ?\S{1,10} \d', r"\.py, line \d", r'\.py" in ')

_FRAME = re.compile(
    r"(?:^|(?<=[\s|>]))File \"(?P<file>[^\"\n]{1,1000})\",? line (?P<line>\d{1,7})(?:,? in "
    r"(?P<function>[^\n]{1,400}?))?(?:\s+\((?P<module>[a-z_]+)\))?\s*$"
)
_CUT = re.compile(r"(?:^|(?<=[\s|>]))File \"(?P<file>[^\"\n]{1,1000}\.pyw?)\"(?:, ?l?i?n?e?\s?)?$")
_TRANSLATED = re.compile(
    r"^\s*[^\W\d]{1,12}\s?\"(?P<file>[^\"\n]{1,600}\.pyw?)\"\s?,\D{0,12}?"
    r"(?P<line>\d{1,7})[^A-Za-z0-9_<\n]{0,12}(?:(?:in|dans|en|em)\s)?"
    r"(?P<function>[A-Za-z_<][A-Za-z0-9_<>]*)?[^A-Za-z0-9_]*$"
)
_DJANGO = re.compile(
    r"^\s*(?P<file>(?:[A-Za-z]:|[/~.<\\])[^\n\"]{0,500}?(?:\.pyw?|>)),? line (?P<line>\d{1,7}),? in "
    r"(?P<function>[\w.<>]{1,200})\s*$"
)
_DJANGO_OLD = re.compile(r"^\s*File \"(?P<file>[^\"\n]{1,600})\" in (?P<function>[\w.<>]{1,200})\s*$")
_NUMBERED = re.compile(r"^\s*(?P<line>\d{1,7})\. ")
_BEHIND = re.compile(r"^(?P<function>[\w.<>]+) (?P<code>\S.*)$")
_HEADER = re.compile(
    r"Traceback \(most recent call (?P<order>last|first)\)|(?:Stack"
    r"|[Tt]hread 0x[0-9a-f]+[^\n]{0,80}) \(most recent call (?P<other>first|last)"
)
_RELATION = re.compile(
    r"(?P<context>During handling of the above exception, another)|The above exception was the (?P<cause>direct cause)"
)
_EXCEPTION = re.compile(r"^(?P<type>[A-Za-z_][\w]*(?:\.[\w<>]+)*)(?::(?:\s(?P<message>.*))?)?$")
_KNOWN = re.compile(r"(?:Error|Exception|Warning|Exit|Interrupt|Group|Iteration|Abort|Failure|Timeout|NotFound|Fault)$")
_ROLLBAR = re.compile(r"\((?P<type>[A-Z][\w.]*)\): (?P<message>.*)$")
_MEMBER = re.compile(r"^\s*\+?-?\+-{3,}\s*(?:\d+|\.\.\.)\s*-{3,}")
_REPEATED = re.compile(r"\[Previous line repeated (?P<elided>\d{1,7}) more times?\]")
_CARETS = re.compile(r"^\s*[~^ ]*[\^~][~^ ]*$")
_ALONE = re.compile(
    r"^\s*(?:\w{2,12}: )?(?P<type>(?:Syntax|Indentation|Tab)Error): (?P<message>[^\n]{1,400}\("
    r"(?P<file>[^()\n]{1,300}), line (?P<line>\d{1,7})\))\s*$"
)
_MARGIN = re.compile(r"^\s*(?:\|\s?)")
_FOREIGN = re.compile(r"\.(?:exs?|erl|rb|erb|haml|rake|php|js|ts|go|java)$")
_PATIENCE = 4


def read(block: Block) -> Iterable[Draft]:
    """Return the traces of the block that Python printed, or a tool in Python's form."""
    reader = _Reader(block)
    for index in range(len(block.lines)):
        if index not in block.taken:
            reader.feed(index, block.lines[index])
    for draft in reader.drafts:
        if id(draft) not in reader.innermost_first and not _is_foreign(draft):
            draft.frames.reverse()
    return [draft for draft in reader.drafts if draft.frames and draft.sure]


@define
class _Reader:
    """The state between two lines."""

    block: Block
    drafts: list[Draft] = field(factory=list)
    open: Draft | None = None
    frame_indent: int = 0
    quiet: int = 0
    after_frame: bool = False
    relation: Relation | None = None
    headed: int | None = None
    """The line of a header that no frame has followed yet."""

    order: str = "last"
    member: bool = False
    innermost_first: set[int] = field(factory=set)

    def feed(self, index: int, line: Line) -> None:
        """Take the next line."""
        found = _frame_on(self.block, index)
        if found:
            self._frame(index, line, found)
        elif _MEMBER.match(line.text):
            self.open, self.member = None, True
        elif header := _HEADER.search(line.text):
            self.open, self.headed, self.order = None, index, header["order"] or header["other"]
        elif relation := _RELATION.search(line.text):
            self.open = None
            self.relation = Relation.CAUSE if relation["cause"] else Relation.CONTEXT
        elif self.open:
            self._behind(self.open, index, line)
        elif alone := _ALONE.match(line.text):
            self._alone(index, line, alone)

    def _frame(self, index: int, line: Line, frame: tuple[Frame, int, bool]) -> None:
        draft = self.open or self._begin(index)
        draft.frames.append(frame[0])
        draft.last = index + frame[1] - 1
        draft.lines |= set(range(index, index + frame[1]))
        draft.sure |= frame[2]
        self.frame_indent, self.quiet, self.after_frame = _indent(line.text), 0, True

    def _begin(self, index: int) -> Draft:
        headed = self.headed if self.headed is not None and index - self.headed <= _PATIENCE else None
        draft = Draft(ID, index if headed is None else headed, index, sure=headed is not None)
        draft.indent = _indent(self.block.text(index))
        if headed is not None:
            draft.lines.add(headed)
        elif head := _headline_above(self.block, index, self.drafts):
            draft.exception_type, draft.message, draft.first = head[0], head[1], index - 1
        if self.drafts and self.relation:
            # Python prints what was raised last, last: the trace before is the cause of this one.
            self.drafts[-1].relation, self.drafts[-1].parent = self.relation, draft
        elif self.drafts and self.member:
            draft.relation, draft.parent = Relation.MEMBER, _group_around(self.drafts, draft)
        if headed is not None and self.order == "first":
            self.innermost_first.add(id(draft))
        self.relation, self.member, self.headed = None, False, None
        self.open = draft
        self.drafts.append(draft)
        return draft

    def _behind(self, draft: Draft, index: int, line: Line) -> None:
        """Take a line behind a frame: its source, the carets below, the exception."""
        text = line.text
        said = _MARGIN.sub("", text).strip()
        if not said:
            self.quiet += 1
        elif repeated := _REPEATED.search(text):
            draft.elided += int(repeated["elided"])
            draft.last = index
        elif self.after_frame and self._is_source(text, said):
            draft.frames[-1] = evolve(draft.frames[-1], context_line=_MARGIN.sub("", line.printed).strip())
            draft.last, self.after_frame = index, False
            draft.lines.add(index)
        elif _CARETS.match(said):
            draft.last = index
        elif self._says_exception(draft, index, line):
            self.open = None
        else:
            self.quiet += 1
        if self.quiet > _PATIENCE:
            self.open = None

    def _is_source(self, text: str, said: str) -> bool:
        if _indent(text) > self.frame_indent:
            return True
        found = _EXCEPTION.match(said)
        return not (found and (_KNOWN.search(found["type"]) or found["message"])) and not _ROLLBAR.search(said)

    def _says_exception(self, draft: Draft, index: int, line: Line) -> bool:
        """Read the line that names the exception; it is not indented more than the frames."""
        said = _MARGIN.sub("", line.text).strip()
        found = _EXCEPTION.match(said)
        if not found or _indent(line.text) > self.frame_indent or draft.exception_type:
            rollbar = _ROLLBAR.search(said)
            if not rollbar or draft.exception_type:
                return False
            found = rollbar
        if not _KNOWN.search(found["type"]) and not found["message"] and "." not in found["type"]:
            return False
        draft.exception_type = found["type"]
        draft.message = (
            _MARGIN.sub("", line.printed).strip()[found.start("message") :].strip() if found["message"] else None
        )
        draft.sure |= bool(_KNOWN.search(found["type"])) and draft.frames[-1].function is None
        draft.last = index
        draft.lines.add(index)
        return True

    def _alone(self, index: int, line: Line, found: re.Match[str]) -> None:
        """Read a syntax error that a compiler of many files put on one line."""
        draft = Draft(ID, index, index, [frame_of(line, found)], found["type"], found["message"], sure=True)
        draft.lines.add(index)
        self.drafts.append(draft)


def _frame_on(block: Block, index: int) -> tuple[Frame, int, bool] | None:
    """Return (frame, lines it takes, whether nothing else looks like it)."""
    line = block.lines[index]
    text = line.text
    if '"' not in text:
        found = _DJANGO.match(text) if " line " in text else None
        return (frame_of(line, found), 1, True) if found else None
    if found := _FRAME.search(text):
        return _named(frame_of(line, found)), 1, bool(found["function"])
    if 'File "' not in text:
        found = _TRANSLATED.match(text)
        return (frame_of(line, found), 1, True) if found else None
    return _unusual_frame(block, index)


def _named(frame: Frame) -> Frame:
    """Take off the source that stands behind the function where a log put the whole traceback on one line."""
    behind = _BEHIND.match(frame.function or "")
    if not behind or not (frame.filename or "").endswith((".py", ".pyx", ">")):
        return frame
    return evolve(frame, function=behind["function"], context_line=behind["code"])


def _unusual_frame(block: Block, index: int) -> tuple[Frame, int, bool] | None:
    """Read a frame that a narrow terminal broke, an old page of Django's, or one that was cut."""
    line = block.lines[index]
    following = block.text(index + 1)
    for glue in ("", " ") if following else ():
        joined = line.joined(block.lines[index + 1], glue)
        found = _FRAME.search(joined.text)
        if found and found["function"] and " " not in found["function"]:
            return frame_of(joined, found), 2, True
    if (found := _DJANGO_OLD.match(line.text)) and (number := _NUMBERED.match(following)):
        return evolve(frame_of(line, found), lineno=int(number["line"])), 2, True
    found = None if following else _CUT.search(line.text)
    return (frame_of(line, found), 1, False) if found else None


def _headline_above(block: Block, index: int, drafts: list[Draft]) -> tuple[str, str | None] | None:
    """Return (type, message) of a line right above the first frame, as Rollbar prints it."""
    text = block.text(index - 1).strip()
    found = _EXCEPTION.match(text)
    if not found or not _KNOWN.search(found["type"]) or any(index - 1 in draft.lines for draft in drafts):
        return None
    return found["type"], found["message"]


def _group_around(drafts: list[Draft], member: Draft) -> Draft | None:
    return next((each for each in reversed(drafts[:]) if each.indent < member.indent), drafts[-1])


def _is_foreign(draft: Draft) -> bool:
    """Whether a tool printed another language's frames in this form: they stand innermost first already."""
    return any(_FOREIGN.search(frame.filename or "") for frame in draft.frames)


def _indent(text: str) -> int:
    """Return where the text starts behind a group's margin."""
    return len(text) - len(text.lstrip(" \t|+"))
