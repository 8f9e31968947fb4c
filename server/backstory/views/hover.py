"""The hover: who, what was asked, how sure, in at most twelve lines at an editor's usual width."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from backstory.model.answer import LineAnswer, UnitShare
from backstory.model.evidence import Basis
from backstory.model.origin import Contributor
from backstory.model.prompt import Prompt
from backstory.views.dates import day_of
from backstory.views.excerpt import excerpt, shortened
from backstory.views.names import keeper_name
from backstory.views.phrases import (
    LONGEST_REASON,
    OF_THE_WHOLE_COMMIT,
    commit_title,
    committed_by,
    ground,
    headline,
    limits,
    moved_from,
    objection,
    request,
    short,
)
from backstory.views.style import MARKDOWN, PLAIN, Style

Detail = Literal["compact", "full"]

_LONGEST_COMPACT_QUOTE = 90
_LONGEST_LOCATOR = 42
_LONGEST_GROUND = 110
_MOST_LIMITS = 2
_MOST_ROWS = 12
_ROW = 60
"""Characters that surely fit on a row of a hover in VS Code at its default width, wherever its words break."""


def hover_markdown(answer: LineAnswer, *, detail: Detail, today: date) -> str:
    """Return the hover of a line as CommonMark; `today` is the reader's day."""
    return _hover(MARKDOWN, answer, detail, today)


def hover_plain(answer: LineAnswer, *, detail: Detail, today: date) -> str:
    """Return the same hover as plain text."""
    return _hover(PLAIN, answer, detail, today)


def _hover(style: Style, answer: LineAnswer, detail: Detail, today: date) -> str:
    first = headline(style, answer.attribution, answer.prompt, answer.commit, today)
    if detail == "compact":
        return style.document([[first, *_compact_lines(style, answer)]])
    asked, written, receipt = _certain(style, answer, today)
    remarks = list(_remarks(style, answer))
    if remarks:
        remarks = remarks[: _how_many_fit(answer, today)]
    rest = [written, *remarks, receipt]
    is_known = answer.attribution.origin.contributor is not Contributor.UNKNOWN
    return style.document([[first, asked], rest] if is_known else [[first, *rest]])


def _certain(style: Style, answer: LineAnswer, today: date) -> tuple[str, str, str]:
    """Return what a hover never leaves out: what was asked, the commit, the receipt; empty where there is none."""
    is_known = answer.attribution.origin.contributor is not Contributor.UNKNOWN
    asked = request(style, answer.attribution, answer.prompt) if is_known else None
    return asked or "", _written(style, answer, today), _receipt(style, answer)


def _how_many_fit(answer: LineAnswer, today: date) -> int:
    """Return for how many remarks there is room; markup takes none, so that plain text tells it for both."""
    first = headline(PLAIN, answer.attribution, answer.prompt, answer.commit, today)
    room = _MOST_ROWS - 1 - sum(map(_rows, (first, *_certain(PLAIN, answer, today))))
    count = 0
    for line in _remarks(PLAIN, answer):
        room -= _rows(line)
        if room < 0:
            break
        count += 1
    return count


def _rows(line: str) -> int:
    """Return how many rows an editor needs for a line, at most."""
    return -(-len(line) // _ROW)


def _compact_lines(style: Style, answer: LineAnswer) -> Iterator[str]:
    if isinstance(answer.prompt, Prompt):
        quotation = excerpt(answer.prompt.task or answer.prompt.request, _LONGEST_COMPACT_QUOTE)
        yield f"“{style.text(quotation.text)}”"
    revision = f"{style.code(short(answer.commit.revision))} · " if answer.commit else ""
    if answer.attribution.basis is not Basis.NONE:
        disputed = " · disputed" if answer.attribution.disputed_by else ""
        words = style.emphasis(shortened(ground(answer.attribution, answer.commit), _LONGEST_GROUND))
        yield f"{revision}{words}{disputed}"
    elif answer.commit:
        yield commit_title(style, answer.commit)
    yield from list(limits(style, answer.states, answer.commit, answer.attribution.reason))[:1]


def _remarks(style: Style, answer: LineAnswer) -> Iterator[str]:
    """Yield what limits the claim or speaks against it, the weightiest first."""
    attribution = answer.attribution
    if objecting := objection(style, attribution):
        yield objecting
    if attribution.reason and attribution.basis not in (Basis.NONE, Basis.CARRIED, Basis.MATCHED):
        yield style.text(shortened(attribution.reason, LONGEST_REASON))
    yield from list(limits(style, answer.states, answer.commit, answer.attribution.reason))[:_MOST_LIMITS]


def _receipt(style: Style, answer: LineAnswer) -> str:
    """Return on what the answer rests, and where that can be read."""
    attribution = answer.attribution
    if attribution.basis is Basis.NONE:
        return ""
    words = style.emphasis(shortened(ground(attribution, answer.commit), _LONGEST_GROUND))
    locator = style.code(shortened(attribution.evidence[0].locator, _LONGEST_LOCATOR)) if attribution.evidence else ""
    prompt = answer.prompt
    found = f"request from {keeper_name(prompt.source)}" if isinstance(prompt, Prompt) and prompt.source else ""
    return " · ".join(filter(None, (words, locator, style.text(found))))


def _written(style: Style, answer: LineAnswer, today: date) -> str:
    """Return in which commit, and how much else it or its kind wrote here."""
    if answer.commit is None:
        return ""
    title = commit_title(style, answer.commit)
    if answer.attribution.origin.contributor is Contributor.UNKNOWN:
        name = committed_by(answer.attribution, answer.commit)
        by = f" by {style.text(name)}" if name else ""
        parts = [f"Committed{by}, {day_of(answer.commit.authored_at, today)}, in {title}"]
    else:
        parts = [f"Written in {title}"]
    if moved := moved_from(style, answer.path, answer.path_at_revision):
        parts.append(moved)
    if share := _share(style, answer):
        parts.append(share)
    return " · ".join(parts)


def _share(style: Style, answer: LineAnswer) -> str | None:
    """Return how much agents wrote of the function around the line, or the commit of the file."""
    unit_share = answer.unit_share
    if unit_share and unit_share.agent_lines and answer.attribution.basis not in OF_THE_WHOLE_COMMIT:
        return _unit_share(style, unit_share)
    lines = answer.commit_lines_in_file
    return f"{lines:,} lines of this file by this commit" if lines and lines > 1 else None


def _unit_share(style: Style, share: UnitShare) -> str:
    name = style.code(shortened(share.unit.name.rpartition(".")[2], 30))
    requests = "1 request" if share.requests == 1 else f"{share.requests} requests"
    is_all = share.agent_lines == share.total_lines
    lines = f"all {share.total_lines:,}" if is_all else f"{share.agent_lines:,} of the {share.total_lines:,}"
    return f"agents wrote {lines} lines of {name} ({requests})"
