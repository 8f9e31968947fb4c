"""Perl: `die`, chains of `require`, Carp's `confess`, Devel::StackTrace, BioPerl's.

    no cart at lib/Cart.pm line 12.
            Cart::total('HASH(0x55)') called at main.pl line 3

Source: perldoc `die`, `Carp`; Perl 5.8 to 5.40.
"""

import re

from backstory.model.stacktrace import Frame
from backstory.stacktraces.collecting import frame_of
from backstory.stacktraces.dialect import Block, Draft
from backstory.stacktraces.line import Line

ID = "perl"
SIGNS: tuple[str, ...] = (r"at \S{1,300}(?: \d+\))? line \d", r"\.p[lm]:\d+\s*$")

_FILE = (
    r"(?P<file>\(eval \d{1,7}\)|-e|-|[^\s()\"',]{1,400}(?:\.(?:pm|pl|PL|t|cgi|psgi|al|xs|ph)|/[\w.-]+)"
    r"|[\w.-]{1,80}\.\w{1,5})"
)
_CALLED = re.compile(
    rf"^\s*(?P<function>(?:[\w:']{{1,200}}(?:::)?(?:__ANON__(?:\[[^\]\n]*\])?|\w+)|eval \{{\.\.\.\}}"
    rf"|eval '[^\n]{{0,300}}'|require \S{{1,300}}|\w[\w:]*))"
    rf"(?:\([^\n]{{0,2000}}\))? called at {_FILE} line (?P<line>\d{{1,7}})"
)
_AT = re.compile(rf"(?:^|\s)at {_FILE} line (?P<line>\d{{1,7}})(?P<end>\.|,|$|(?= thread))")
_STACK = re.compile(
    r"^\s*STACK:? (?P<function>[\w:]{3,300}(?:\(eval\))?)(?: (?P<file>[^\n:]{1,400}):(?P<line>\d{1,7})|(?: /\S*)?\s*$)"
)
_AGAIN = re.compile(r"^\s*(?:\w{3,8} failed--compilation aborted|Compilation failed in require)(?: at|\.)")
_MESSAGE = re.compile(r"^\s*(?:MSG: )?(?P<message>\S.*?) at \S")


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that Perl printed."""
    drafts: list[Draft] = []
    draft: Draft | None = None
    for index in range(len(block.lines)):
        text = block.text(index)
        if not text.strip():
            draft = None
            continue
        frame, how = _frame_on(block.lines[index])
        if frame is None:
            draft = draft if draft and how == "inside" else None
            continue
        if draft is None or how == "dies":
            draft = Draft(ID, index, index)
            drafts.append(draft)
            _say(block, draft, index)
        if how == "again" and draft.frames and _place(draft.frames[-1]) == _place(frame):
            pass
        else:
            draft.frames.append(frame)
        draft.sure |= how != "dies"
        draft.last = index
        draft.lines.add(index)
    return [each for each in drafts if each.sure or _is_perl(each)]


def _frame_on(line: Line) -> tuple[Frame | None, str]:
    """Return a frame and how it is said: `dies`, `called`, `stack`, `again` (BEGIN and require), or that it is none."""
    text = line.text
    if found := _CALLED.match(text):
        return frame_of(line, found), "called"
    if found := _STACK.match(text):
        if found["file"]:
            return frame_of(line, found), "stack"
        return Frame(None, None, None, found["function"]), "stack"
    if " line " not in text:
        return None, "inside" if _AGAIN.match(text) else ""
    places = list(_AT.finditer(text))
    if not places:
        return None, "inside" if _AGAIN.match(text) else ""
    bare = text.lstrip().startswith("at ") and places[0].start() <= len(text) - len(text.lstrip())
    return frame_of(line, places[-1], ""), "again" if _AGAIN.match(text) or bare else "dies"


def _place(frame: Frame) -> tuple[str | None, int | None]:
    return frame.filename, frame.lineno


def _is_perl(draft: Draft) -> bool:
    """Whether the one place that a death names is a Perl file's: other programs say `at x line 3` too."""
    name = draft.frames[0].filename or ""
    return name.endswith((".pm", ".pl", ".t", ".cgi", ".psgi", ".al")) or name.startswith("(eval ")


def _say(block: Block, draft: Draft, index: int) -> None:
    if found := _MESSAGE.match(block.text(index)):
        draft.message = found["message"]
