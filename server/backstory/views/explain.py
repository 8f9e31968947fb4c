"""The longer answer, for a terminal: a line, or a selection of lines, with all of its evidence."""

import textwrap
from collections.abc import Iterator
from datetime import date

from backstory.model.answer import LineAnswer, Portion, RangeAnswer, UnitShare
from backstory.model.attribution import Attribution
from backstory.model.evidence import Basis, Evidence
from backstory.model.lines import LineRange
from backstory.model.origin import Session
from backstory.model.prompt import Prompt
from backstory.redaction.plain_text import one_line, terminal_safe
from backstory.redaction.secrets import mask_secrets
from backstory.views.hover import hover_plain
from backstory.views.paint import TONES, Paint, Tone
from backstory.views.phrases import claimed, commit_title, ground, headline, limits, objection, request
from backstory.views.style import PLAIN

_MOST_PROMPT_LINES = 20
_MOST_RANGES = 6
_LEAST_WIDTH = 40


def explained_line(answer: LineAnswer, *, today: date, width: int, paint: Paint) -> Iterator[str]:
    """Yield the lines to print about one line of a file."""
    tone = TONES[answer.attribution.origin.contributor]
    title = f"{one_line(answer.path)}:{answer.line}"
    unit = answer.unit_share.unit if answer.unit_share else None
    yield paint(Tone.TITLE, title) + (f" · in {one_line(unit.name)}" if unit else "")
    yield ""
    first, *rest = hover_plain(answer, detail="full", today=today).split("\n")
    yield from (paint(tone, line) for line in _wrapped(first, width))
    for line in rest:
        yield from _wrapped(line, width)
    yield from _whole_prompt(answer.prompt, width)
    yield from _receipts(answer.attribution, width)


def explained_range(answer: RangeAnswer, *, today: date, width: int, paint: Paint) -> Iterator[str]:
    """Yield the lines to print about a selection: who wrote most of it first."""
    total = len(answer.lines)
    place = f"{one_line(answer.path)}:{answer.lines.first}-{answer.lines.last}"
    yield paint(Tone.TITLE, place) + f" · {_counted(total)}"
    for portion in answer.portions:
        yield ""
        yield from _portion(portion, total, today, width, paint)
    shares = [share for share in answer.units if share.agent_lines]
    if shares:
        yield ""
        yield "How much agents wrote of what is here"
        yield from (f"  {_share(share)}" for share in shares)
    limiting = list(limits(PLAIN, answer.states, None))
    if limiting:
        yield ""
        for line in limiting:
            yield from (paint(Tone.WARNING, part) for part in _wrapped(line, width))


def _portion(portion: Portion, total: int, today: date, width: int, paint: Paint) -> Iterator[str]:
    attribution, commit = portion.attribution, portion.commit
    count = sum(map(len, portion.lines))
    share = "all lines" if count == total else f"{_counted(count)} ({_ranges(portion.lines)})"
    first = f"{share}: {headline(PLAIN, attribution, portion.prompt, commit, today)}"
    yield from (paint(TONES[attribution.origin.contributor], line) for line in _wrapped(first, width))
    details = [
        request(PLAIN, attribution, portion.prompt),
        commit_title(PLAIN, commit) if commit else None,
        objection(PLAIN, attribution),
        _ground(attribution, portion) if attribution.basis is not Basis.NONE else None,
    ]
    for detail in filter(None, details):
        yield from _wrapped(f"  {detail}", width, indent="  ")


def _ground(attribution: Attribution, portion: Portion) -> str:
    locator = f" · {one_line(attribution.evidence[0].locator)}" if attribution.evidence else ""
    return ground(attribution, portion.commit) + locator


def _whole_prompt(prompt: object, width: int) -> Iterator[str]:
    """Yield what was asked in full, where the quotation above left something out."""
    if not isinstance(prompt, Prompt):
        return
    text = terminal_safe(mask_secrets(prompt.request)).strip()
    lines = [part for line in text.expandtabs(4).split("\n") for part in _folded(line, width - 4)]
    if len(lines) <= 2 and not prompt.task:
        return
    yield ""
    yield "Asked in full"
    yield from (f"  │ {line}".rstrip() for line in lines[:_MOST_PROMPT_LINES])
    if len(lines) > _MOST_PROMPT_LINES:
        yield f"  … {len(lines) - _MOST_PROMPT_LINES:,} more lines: --json has them all"


def _receipts(attribution: Attribution, width: int) -> Iterator[str]:
    """Yield every record that speaks of the line, and the session it names."""
    if not attribution.evidence and not attribution.disputed_by:
        return
    yield ""
    yield "Evidence"
    for statement in attribution.evidence:
        yield from _wrapped(f"  {_receipt(statement)}", width, indent="    ")
    for statement in attribution.disputed_by:
        yield from _wrapped(f"  against: {_receipt(statement)}", width, indent="    ")
    if session := attribution.origin.session:
        yield from _wrapped(f"  session {_session(session)}", width, indent="    ")


def _receipt(statement: Evidence) -> str:
    says = f"{statement.basis.name.lower()}: {claimed(statement.origin)}"
    return f"{one_line(statement.locator)} ({one_line(statement.statement) or statement.source}) · {says}"


def _session(session: Session) -> str:
    if session.conversation is None:
        return one_line(session.key)
    return f"{one_line(session.conversation)} (key {one_line(session.key)})"


def _share(share: UnitShare) -> str:
    return f"{one_line(share.unit.name)}: {share.agent_lines:,} of {_counted(share.total_lines)}"


def _counted(count: int) -> str:
    return "1 line" if count == 1 else f"{count:,} lines"


def _ranges(ranges: tuple[LineRange, ...]) -> str:
    shown = [str(each.first) if len(each) == 1 else f"{each.first}-{each.last}" for each in ranges[:_MOST_RANGES]]
    return ", ".join(shown) + (", …" if len(ranges) > _MOST_RANGES else "")


def _wrapped(line: str, width: int, indent: str = "") -> list[str]:
    width = max(width, _LEAST_WIDTH)
    return textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False) or [""]


def _folded(line: str, width: int) -> list[str]:
    """Return a line of a prompt broken where it must be; its own indentation stays."""
    width = max(width, _LEAST_WIDTH)
    return textwrap.wrap(line, width, break_on_hyphens=False, drop_whitespace=False) or [""]
