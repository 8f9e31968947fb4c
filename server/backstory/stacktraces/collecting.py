"""The manner that most dialects share: frames one below the other, a headline above them."""

import re
from collections.abc import Callable

from attrs import frozen

from backstory.model.stacktrace import Frame, Relation
from backstory.stacktraces.dialect import Block, Call, Draft, Headline
from backstory.stacktraces.line import Line


@frozen
class Grammar:
    """How a dialect prints a trace, where frames stand one below the other."""

    dialect: str
    call: Callable[[Block, int], Call | None]
    """Reads the frame that starts on a line."""

    headline: Callable[[Line], Headline | None] = lambda _: None
    inside: re.Pattern[str] | None = None
    """Lines that belong to a trace and are no frame; a group `elided` counts frames left out."""

    ends: re.Pattern[str] | None = None
    """Lines after which a frame belongs to another trace."""

    gap: int = 0
    """Other lines in a row that a trace outlives (a logger's, between the frames)."""

    blanks: int = 1
    reach: int = 8
    """Lines above the first frame in which a sure headline counts."""

    falling: bool = False
    """Whether frames are numbered downward."""

    fewest: int = 1
    """Frames that a trace must have when nothing in it is sure; 0: something must be."""


def collect(block: Block, grammar: Grammar) -> list[Draft]:
    """Return the traces of a block, each with what its headline says."""
    drafts: list[Draft] = []
    draft: Draft | None = None
    number: int | None = None
    index = quiet = 0
    while index < len(block.lines):
        call = None if index in block.taken else grammar.call(block, index)
        if call is None:
            quiet = _quiet(block, index, grammar, draft, quiet)
            if quiet < 0:
                draft = None
            index += 1
            continue
        if draft is None or _restarts(number, call.number, falling=grammar.falling):
            draft = Draft(grammar.dialect, index, index)
            drafts.append(draft)
        _add(draft, call, index)
        number, quiet = call.number, 0
        index += call.used
    for place, each in enumerate(drafts):
        _head(block, grammar, drafts, place, each)
    return [each for each in drafts if each.sure or len(each.frames) >= grammar.fewest > 0]


def _add(draft: Draft, call: Call, index: int) -> None:
    draft.frames.append(call.frame)
    draft.last = index + call.used - 1
    draft.lines |= set(range(index, index + call.used))
    draft.sure |= call.sure


def _restarts(before: int | None, now: int | None, *, falling: bool) -> bool:
    if before is None or now is None:
        return False
    return now >= before if falling else now <= before


def _quiet(block: Block, index: int, grammar: Grammar, draft: Draft | None, quiet: int) -> int:
    """Return how many lines in a row said nothing to the open trace; -1 when that ends it."""
    if draft is None:
        return 0
    text = block.text(index)
    if grammar.ends and grammar.ends.search(text):
        return -1
    found = grammar.inside.search(text) if grammar.inside else None
    if found:
        draft.elided += int(found.groupdict().get("elided") or 0)
        draft.last = index
        draft.lines.add(index)
        return quiet
    if not text.strip():
        return quiet + 1 if quiet < max(grammar.blanks, grammar.gap) else -1
    return quiet + 1 if quiet < grammar.gap else -1


def _head(block: Block, grammar: Grammar, drafts: list[Draft], place: int, draft: Draft) -> None:
    """Find the headline above a trace, and the trace it belongs to."""
    floor = max(drafts[place - 1].last + 1 if place else 0, draft.first - grammar.reach)
    above = 0
    for index in range(draft.first - 1, floor - 1, -1):
        if not block.text(index).strip():
            continue
        found = grammar.headline(block.lines[index])
        if found and (found.sure or not above):
            _say(draft, found, index, block)
            break
        above += 1
    if draft.relation:
        draft.parent = _parent(drafts[:place], draft)


def _say(draft: Draft, headline: Headline, index: int, block: Block) -> None:
    draft.exception_type, draft.message = headline.exception_type, headline.message
    draft.relation = headline.relation
    draft.sure |= headline.sure
    draft.first = index
    draft.lines |= set(range(index, draft.first))
    draft.lines.add(index)
    draft.indent = len(block.text(index)) - len(block.text(index).lstrip())


def _parent(before: list[Draft], draft: Draft) -> Draft | None:
    """Return the trace that a nested one belongs to: above it, less indented when it was suppressed or a member."""
    deeper = draft.relation is Relation.SUPPRESSED
    for each in reversed(before):
        if each.indent < draft.indent or (not deeper and each.indent == draft.indent):
            return each
    return before[-1] if before else None


def frame_of(line: Line, found: re.Match[str], function: str | None = None) -> Frame:
    """Return the frame that a match describes in its groups `file`, `line`, `col`, `function` and `module`."""
    said = found.groupdict()
    filename = (line.said(found.start("file"), found.end("file")) or None) if said.get("file") else None
    lineno, colno = said.get("line"), said.get("col")
    last = next((group for group in ("col", "line", "file") if said.get(group)), None)
    named = function if function is not None else (said.get("function") or "").strip()
    return Frame(
        filename,
        int(lineno) if lineno and filename else None,
        int(colno) if colno and filename else None,
        named or None,
        module=(said.get("module") or "").strip() or None,
        span=line.span(found.start("file"), found.end(last)) if filename and last else None,
    )
