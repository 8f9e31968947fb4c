"""Drafts → traces: in the order of a report, each knowing the one it belongs to."""

from backstory.model.lines import LineRange
from backstory.model.stacktrace import StackTrace
from backstory.stacktraces.dialect import Block, Draft

LONGEST_MESSAGE = 2_000


def finished(drafts: list[tuple[Draft, Block]], before: int) -> list[StackTrace]:
    """Return the traces of a block; `before` traces of the same text are already known.

    Reports follow one another as they are printed; in a report, what ended the program stands first and what it was
    raised from behind it, though Python and Jenkins print them the other way round.
    """
    blocks = {id(draft): block for draft, block in drafts}
    printed = sorted((draft for draft, _ in drafts), key=lambda draft: _place(draft, blocks[id(draft)]))
    ordered: list[Draft] = []
    for draft in printed:
        if draft.parent is None or id(draft.parent) not in blocks:
            ordered += _with_children(draft, printed)
    places = {id(draft): before + index for index, draft in enumerate(ordered)}
    return [_trace(draft, blocks[id(draft)], places) for draft in ordered]


def _place(draft: Draft, block: Block) -> tuple[int, int, int]:
    return block.lines[draft.first].number, draft.first, draft.last


def _with_children(draft: Draft, drafts: list[Draft]) -> list[Draft]:
    """Return a trace and all that belong to it, each before its own."""
    found: list[Draft] = []
    waiting = [draft]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        found.append(each)
        waiting = [child for child in drafts if child.parent is each] + waiting
    return found


def _trace(draft: Draft, block: Block, places: dict[int, int]) -> StackTrace:
    lines = block.lines
    return StackTrace(
        draft.dialect,
        draft.exception_type,
        draft.message[:LONGEST_MESSAGE] if draft.message else None,
        tuple(draft.frames),
        LineRange(lines[draft.first].number, max(lines[draft.last].last, lines[draft.first].number)),
        draft.relation,
        places.get(id(draft.parent)) if draft.parent else None,
        draft.elided,
        draft.build.revision,
        draft.build.release,
        draft.build.details,
    )
