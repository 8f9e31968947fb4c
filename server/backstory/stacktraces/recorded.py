"""Records → traces: those with frames of their own; of those whose stack is text, what they say beside it."""

import re
from collections.abc import Sequence

from attrs import frozen

from backstory.stacktraces import RECORDS
from backstory.stacktraces.dialect import Block, Draft
from backstory.stacktraces.line import Line
from backstory.stacktraces.records import Json, Recorded
from backstory.stacktraces.signs import Signs

SIGNS = tuple(sign for dialect in RECORDS for sign in dialect.SIGNS)

_SIGNS = Signs.of(SIGNS)
_LOOKED_AT = 4
_BREAK = re.compile(r"[\r\n]")


@frozen
class Record:
    """JSON that stands on some lines of the paste, and the exceptions it tells of."""

    first: int
    last: int
    """Numbers of lines, 1-based; both belong to it."""

    dialect: str
    exceptions: Sequence[Recorded]

    @property
    def is_text(self) -> bool:
        """Whether a stack in it is text, which other dialects read."""
        return any(told.stack for told in self.exceptions)


def may_hold_record(text: str) -> bool:
    """Whether it is worth while to read the JSON of a text."""
    return "{" in text and ("\\n" in text or _SIGNS.stand_in(text))


def read_record(value: Json, first: int, last: int) -> Record | None:
    """Return what the first dialect that knows a record reads of it."""
    for dialect in RECORDS:
        if found := dialect.exceptions(value):
            return Record(first, last, dialect.ID, found)
    return None


def structured(record: Record) -> list[tuple[Draft, Block]]:
    """Return the traces whose frames the record itself tells."""
    block = Block([Line(number, "", "", (), "", number) for number in (record.first, record.last)])
    drafts = [_draft(record.dialect, told) for told in record.exceptions]
    for draft, told in zip(drafts, record.exceptions, strict=True):
        draft.parent = None if told.parent is None else drafts[told.parent]
    return [(draft, block) for draft, told in zip(drafts, record.exceptions, strict=True) if not told.stack]


def _draft(dialect: str, told: Recorded) -> Draft:
    draft = Draft(dialect, 0, 1, list(told.frames), told.exception_type, told.message, told.relation)
    draft.elided, draft.build = told.elided, told.build
    return draft


def complete(drafts: Sequence[tuple[Draft, Block]], records: Sequence[Record]) -> None:
    """Put beside the traces that dialects read in the text of records what these say of type, message and build."""
    if not records:
        return
    given: dict[int, Recorded] = {}
    used: set[int] = set()
    for draft, block in drafts:
        number = block.lines[draft.first].number
        record = next((each for each in records if each.first <= number <= each.last), None)
        if record is None:
            continue
        told = given.get(id(draft.parent)) if draft.parent else None
        told = told or _told_of(draft, block, record, used)
        if told:
            given[id(draft)] = told
            used.add(id(told))
            _say(draft, told)
        elif len(builds := {each.build for each in record.exceptions}) == 1:
            draft.build = builds.pop()


def _told_of(draft: Draft, block: Block, record: Record, used: set[int]) -> Recorded | None:
    """Return which exception of the record has this trace in its text: of several, one that no trace has yet."""
    printed = [said for at in sorted(draft.lines)[:_LOOKED_AT] if (said := block.lines[at].printed.strip())]
    fitting = [told for told in record.exceptions if any(each in (told.stack or "") for each in printed)]
    return next((told for told in fitting if id(told) not in used), fitting[-1] if fitting else None)


def _say(draft: Draft, told: Recorded) -> None:
    draft.build = told.build
    stack = told.stack or ""
    is_own = draft.exception_type is not None and draft.exception_type in stack
    if draft.relation or (is_own and draft.message):
        return
    if told.exception_type and not is_own:
        draft.exception_type, draft.message = told.exception_type, None
    if told.message and (draft.message is None or draft.message not in stack):
        draft.message = _BREAK.split(told.message, 1)[0]
