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
from backstory.views.phrases import (
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
_LONGEST_LOCATOR = 60
_LONGEST_GROUND = 160
_MOST_LIMITS = 2


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
    rest = list(_full_lines(style, answer, today))
    if answer.attribution.origin.contributor is Contributor.UNKNOWN:
        return style.document([[first, *rest]])
    asked = request(style, answer.attribution, answer.prompt)
    return style.document([[first, asked] if asked else [first], rest])


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
    yield from list(limits(style, answer.states, answer.commit))[:1]


def _full_lines(style: Style, answer: LineAnswer, today: date) -> Iterator[str]:
    attribution, commit = answer.attribution, answer.commit
    if commit:
        yield _written(style, answer, today)
    if attribution.reason and attribution.basis not in (Basis.NONE, Basis.CARRIED, Basis.MATCHED):
        yield style.text(attribution.reason)
    if objecting := objection(style, attribution):
        yield objecting
    yield from list(limits(style, answer.states, commit))[:_MOST_LIMITS]
    if attribution.basis is not Basis.NONE:
        words = style.emphasis(shortened(ground(attribution, commit), _LONGEST_GROUND))
        locator = attribution.evidence[0].locator if attribution.evidence else ""
        yield f"{words} · {style.code(shortened(locator, _LONGEST_LOCATOR))}" if locator else words


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
    name = style.code(shortened(share.unit.name.rpartition(".")[2], 40))
    requests = "1 request" if share.requests == 1 else f"{share.requests} requests"
    return f"agents wrote {share.agent_lines:,} of the {share.total_lines:,} lines of {name} ({requests})"
