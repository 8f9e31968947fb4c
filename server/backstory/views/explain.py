"""The longer answer, for a terminal: a line, or a selection of lines, with all of its evidence."""

import re
import textwrap
from collections.abc import Iterator
from datetime import date

from backstory.model.answer import LineAnswer, Portion, RangeAnswer, UnitShare
from backstory.model.attribution import Attribution
from backstory.model.evidence import Basis, Evidence
from backstory.model.lines import LineRange, ranges_of
from backstory.model.origin import Contributor, Session
from backstory.model.prompt import Prompt, PromptMissing
from backstory.redaction.plain_text import one_line, terminal_safe
from backstory.redaction.secrets import mask_secrets
from backstory.views.excerpt import excerpt
from backstory.views.hover import hover_plain
from backstory.views.paint import TONES, Paint, Tone
from backstory.views.phrases import (
    LONGEST_NUDGE,
    LONGEST_QUOTE,
    LONGEST_TASK,
    claimed,
    commit_title,
    ground,
    headline,
    limits,
    objection,
    request,
)
from backstory.views.style import PLAIN

_MOST_PROMPT_ROWS = 20
_MOST_RANGES = 6
_MOST_PORTIONS = 8
_MOST_UNITS = 8
_LEAST_WIDTH = 40
_COMMAND = re.compile(r"`[^`]+`")
_HELD_SPACE = "\0"
"""Stands for a space that no line may be broken at; text that is safe to print holds none."""


def explained_line(answer: LineAnswer, *, today: date, width: int, paint: Paint) -> Iterator[str]:
    """Yield the lines to print about one line of a file."""
    tone = TONES[answer.attribution.origin.contributor]
    title = f"{one_line(answer.path)}:{answer.line}"
    unit = answer.unit_share.unit if answer.unit_share else None
    yield paint(Tone.TITLE, title) + (f" · in {one_line(unit.name)}" if unit else "")
    yield ""
    first, *rest = hover_plain(answer, detail="full", today=today).split("\n")
    yield from (paint(tone, line) for line in wrapped(first, width))
    for line in rest:
        yield from wrapped(line, width)
    yield from _whole_prompt(answer.prompt, width)
    yield from _receipts(answer.attribution, width)


def explained_range(answer: RangeAnswer, *, today: date, width: int, paint: Paint) -> Iterator[str]:
    """Yield the lines to print about a selection: who wrote most of it first."""
    total = len(answer.lines)
    place = f"{one_line(answer.path)}:{answer.lines.first}-{answer.lines.last}"
    yield paint(Tone.TITLE, place) + f" · {_counted(total)}"
    known = [portion for portion in answer.portions if _is_known(portion)]
    for portion in known[:_MOST_PORTIONS]:
        yield ""
        yield from _portion(portion, total, today, width, paint)
    if len(known) > _MOST_PORTIONS:
        yield ""
        yield f"… {len(known) - _MOST_PORTIONS:,} smaller portions: --json has them all"
    yield from _unknown([portion for portion in answer.portions if not _is_known(portion)], total, width, paint)
    shares = sorted((share for share in answer.units if share.agent_lines), key=lambda share: -share.agent_lines)
    if shares:
        yield ""
        yield "Lines that agents wrote"
        yield from (f"  {_share(share)}" for share in shares[:_MOST_UNITS])
    if len(shares) > _MOST_UNITS:
        yield f"  … {len(shares) - _MOST_UNITS:,} more functions and classes: --json has them all"
    limiting = list(limits(PLAIN, answer.states, None))
    if limiting:
        yield ""
        for line in limiting:
            yield from (paint(Tone.WARNING, part) for part in wrapped(line, width))


def _portion(portion: Portion, total: int, today: date, width: int, paint: Paint) -> Iterator[str]:
    attribution, commit = portion.attribution, portion.commit
    first = f"{_share_of(portion.lines, total)}: {headline(PLAIN, attribution, portion.prompt, commit, today)}"
    yield from (paint(TONES[attribution.origin.contributor], line) for line in wrapped(first, width))
    details = [
        request(PLAIN, attribution, portion.prompt),
        commit_title(PLAIN, commit) if commit else None,
        objection(PLAIN, attribution),
        _ground(attribution, portion) if attribution.basis is not Basis.NONE else None,
    ]
    for detail in filter(None, details):
        yield from wrapped(f"  {detail}", width, indent="  ")


def _is_known(portion: Portion) -> bool:
    return portion.attribution.origin.contributor is not Contributor.UNKNOWN


def _unknown(portions: list[Portion], total: int, width: int, paint: Paint) -> Iterator[str]:
    """Yield the lines without an origin once, whichever commits they are of."""
    lines = ranges_of(line for portion in portions for each in portion.lines for line in each)
    if not lines:
        return
    yield ""
    reasons = {portion.attribution.reason for portion in portions}
    why = reasons.pop() if len(portions) == 1 else None
    words = f"{_share_of(lines, total)}: {why or 'No record says who or what wrote them.'}"
    yield from (paint(Tone.QUIET, part) for part in wrapped(one_line(words), width))


def _share_of(lines: tuple[LineRange, ...], total: int) -> str:
    count = sum(map(len, lines))
    return "all lines" if count == total else f"{_counted(count)} ({_ranges(lines)})"


def _ground(attribution: Attribution, portion: Portion) -> str:
    locator = f" · {one_line(attribution.evidence[0].locator)}" if attribution.evidence else ""
    return ground(attribution, portion.commit) + locator


def _whole_prompt(prompt: Prompt | PromptMissing | None, width: int) -> Iterator[str]:
    """Yield what was asked in full, where the quotation above leaves something out."""
    if not isinstance(prompt, Prompt):
        return
    told = [(prompt.task, LONGEST_TASK), (prompt.request, LONGEST_NUDGE if prompt.task else LONGEST_QUOTE)]
    for text, limit in told:
        if text and excerpt(text, limit).words_in_all:
            yield ""
            yield "Asked in full"
            yield from _in_full(text, width)


def _in_full(text: str, width: int) -> Iterator[str]:
    lines = terminal_safe(mask_secrets(text)).strip().expandtabs(4).split("\n")
    rows = [row for line in lines for row in _folded(line, width - 4)]
    yield from (f"  │ {row}".rstrip() for row in rows[:_MOST_PROMPT_ROWS])
    if len(rows) > _MOST_PROMPT_ROWS:
        yield f"  … {_counted(len(rows) - _MOST_PROMPT_ROWS)} more: --json has them all"


def _receipts(attribution: Attribution, width: int) -> Iterator[str]:
    """Yield every record that speaks of the line, and the session it names."""
    statements = [f"  {_receipt(statement)}" for statement in attribution.evidence]
    statements += [f"  against: {_receipt(statement)}" for statement in attribution.disputed_by]
    if len(statements) > 1:
        yield ""
        yield "Evidence"
        for statement in statements:
            yield from wrapped(statement, width, indent="    ")
    if session := attribution.origin.session:
        yield ""
        yield from wrapped(f"Session {_session(session)}", width, indent="  ")


def _receipt(statement: Evidence) -> str:
    says = f"{statement.basis.name.lower()}: {claimed(statement.origin)}"
    return f"{one_line(statement.locator)} · {says}"


def _session(session: Session) -> str:
    if session.conversation is None:
        return one_line(session.key)
    return f"{one_line(session.conversation)} (key {one_line(session.key)})"


def _share(share: UnitShare) -> str:
    return f"{share.agent_lines:,} of {share.total_lines:,} in {one_line(share.unit.name)}"


def _counted(count: int) -> str:
    return "1 line" if count == 1 else f"{count:,} lines"


def _ranges(ranges: tuple[LineRange, ...]) -> str:
    shown = [str(each.first) if len(each) == 1 else f"{each.first}-{each.last}" for each in ranges[:_MOST_RANGES]]
    return ", ".join(shown) + (", …" if len(ranges) > _MOST_RANGES else "")


def wrapped(line: str, width: int, indent: str = "") -> list[str]:
    """Return a line broken between words, but never inside a command: it is there to be copied."""
    width = max(width, _LEAST_WIDTH)
    whole = _COMMAND.sub(lambda match: match[0].replace(" ", _HELD_SPACE), line)
    is_breakable = _HELD_SPACE not in whole
    rows = textwrap.wrap(whole, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=is_breakable)
    return [row.replace(_HELD_SPACE, " ") for row in rows] or [""]


def _folded(line: str, width: int) -> list[str]:
    """Return a line of a prompt broken where it must be; its own indentation stays."""
    width = max(width, _LEAST_WIDTH)
    return textwrap.wrap(line, width, break_on_hyphens=False, drop_whitespace=False) or [""]
