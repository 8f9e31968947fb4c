"""Erlang's stacks as terms.

    [{gen_server,call,3,[{file,"gen_server.erl"},{line,212}]},
     {cart,total,1,[{file,"src/cart.erl"},{line,12}]}]

and as `erl_error` and rebar print them: `in function  cart:total/1 (src/cart.erl, line 12)`.

Source: "Errors and error handling", Erlang's reference manual; OTP 17 to 27.
"""

import re

from backstory.model.stacktrace import Frame
from backstory.stacktraces.dialect import Block, Draft
from backstory.stacktraces.line import Line

ID = "erlang"
SIGNS: tuple[str, ...] = (r"\{file,", r"\.erl(?:, line |:)\d+\)")

_ATOM = r"(?:'[^'\n]{1,200}'|[a-z][\w@]{0,100})"
_LOCATION = r"\{file,\s*\"(?P<file>[^\"\n]{1,400})\"\},\s*\{line,\s*(?P<line>\d{1,7})\}"
_CALL = re.compile(
    rf"\{{(?P<module>{_ATOM}),\s*(?P<function>{_ATOM}),\s*(?P<arity>\d{{1,3}}|\[(?:[^\[\]\n]"
    rf"|\[[^\[\]\n]{{0,300}}\]){{0,300}}\]),\s*"
    rf"(?P<places>\[(?:{_LOCATION}|(?=\])|[^\]\n]{{0,200}}$)|$)"
)
_BELOW = re.compile(rf"^\s*\[{_LOCATION}")
_SHOWN = re.compile(
    r"^\W*(?:in (?:call from|function))\s+(?P<function>\S+/\d{1,3}) \((?P<file>[^\s,()]{1,300})(?:, |:)"
    r"(?:line )?(?P<line>\d{1,7})\)"
)
_REASON = re.compile(
    r"(?:^\*\* \{+|with exit value: ?\{+"
    r"|^\*\* Reason for termination ==? ?\n?\*?\*? ?\{*)(?P<type>'?[a-zA-Z][\w.]*'?)?(?P<message>.*)$"
)
_RAISED = re.compile(r"^\W*exception (?P<type>error|exit|throw): (?P<message>.*)$")
_EXCEPTION = re.compile(r"'__struct__'\s?=>\s?'(?P<type>[\w.]+)'")


def read(block: Block) -> list[Draft]:
    """Return the traces of the block that are terms of Erlang."""
    drafts: list[Draft] = []
    draft: Draft | None = None
    quiet = 0
    index = 0
    while index < len(block.lines):
        frames, used = _frames(block, index) if block.text(index) else ([], 1)
        if frames:
            if draft is None:
                draft = Draft(ID, index, index)
                _reason(block, draft, index)
                drafts.append(draft)
            draft.frames += [frame for frame, _ in frames]
            draft.sure |= any(sure for _, sure in frames)
            draft.last, quiet = index + used - 1, 0
            draft.lines |= set(range(index, index + used))
        else:
            quiet += 1
            if quiet > 1:
                draft = None
        index += used
    return [each for each in drafts if each.sure]


def _frames(block: Block, index: int) -> tuple[list[tuple[Frame, bool]], int]:
    """Return the frames that start on a line, and how many lines they take."""
    line = block.lines[index]
    if shown := _SHOWN.match(line.text):
        span = line.span(shown.start("file"), shown.end("line"))
        return [(Frame(shown["file"], int(shown["line"]), None, shown["function"], span=span), True)], 1
    frames: list[tuple[Frame, bool]] = []
    used = 1
    for found in _CALL.finditer(line.text):
        where = found if found["file"] else None
        at = line
        if not found["places"]:
            where, at = _BELOW.match(block.text(index + 1)), block.lines[min(index + 1, len(block.lines) - 1)]
            if not where:
                continue
            used = 2
        elif not where and not _is_placeless(line, found) and block.text(index + 1).strip(" `"):
            continue
        frames.append((_frame(at, found, where), where is not None))
    return frames, used


def _is_placeless(line: Line, found: re.Match[str]) -> bool:
    return found["places"] == "[" and line.text[found.end() : found.end() + 1] == "]"


def _frame(line: Line, found: re.Match[str], where: re.Match[str] | None) -> Frame:
    function, module = found["function"].strip("'"), found["module"].strip("'")
    if where is None:
        return Frame(None, None, None, function, module=module)
    span = line.span(where.start("file"), where.end("line"))
    return Frame(where["file"], int(where["line"]), None, function, module=module, span=span)


def _reason(block: Block, draft: Draft, index: int) -> None:
    """Find what the process died of, on the first line or above."""
    for above in range(index, max(-1, index - 4), -1):
        text = block.text(above)
        if found := _EXCEPTION.search(text):
            draft.exception_type, draft.first = found["type"], above
            return
        if found := _RAISED.search(text):
            draft.exception_type, draft.message, draft.first = found["type"], found["message"], above
            return
        found = _REASON.search(text)
        if found and found["type"]:
            draft.exception_type, draft.first = found["type"].strip("'"), above
            return
