"""What `doctor` prints: what evidence there is, what could not be read, and the commands that bring more."""

import textwrap
from collections.abc import Iterator, Sequence

from backstory.model.diagnosis import Advice, Diagnosis, SourceReport
from backstory.redaction.plain_text import one_line
from backstory.views.paint import Paint, Tone
from backstory.views.phrases import short

_MOST_UNREADABLE = 5


def diagnosed(diagnosis: Diagnosis, *, width: int, paint: Paint) -> Iterator[str]:
    """Yield the lines of the report."""
    head = f"HEAD {short(diagnosis.head)}" if diagnosis.head else "no commits yet"
    yield paint(Tone.TITLE, one_line(diagnosis.root))
    yield f"{head} · {_counted(diagnosis.commits_on_head, 'commit')} · git {one_line(diagnosis.git_version)}"
    for state in diagnosis.states:
        yield from _wrapped(one_line(state.reason), width, "  ", "! ")
    for report in diagnosis.sources:
        if not report.is_blank:
            yield ""
            yield from _source(report, width, paint)
    yield from _blanks(diagnosis.sources, width)
    yield ""
    if diagnosis.advice:
        yield paint(Tone.TITLE, "What would help")
        for advice in diagnosis.advice:
            yield from _advice(advice, width, paint)
    else:
        yield "Nothing is missing that a command could bring."


def _source(report: SourceReport, width: int, paint: Paint) -> Iterator[str]:
    yield f"{paint(Tone.TITLE, one_line(report.name))} · {_found(report)}"
    if report.absence:
        yield from _wrapped(one_line(report.absence), width, "  ", "  ")
    counts = [*report.details, *_common(report)]
    label_width = max((len(one_line(label)) for label, _ in counts), default=0)
    for label, value in counts:
        yield from _wrapped(one_line(value), width, " " * (label_width + 4), f"  {one_line(label):<{label_width}}  ")
    if report.unreadable:
        yield "  " + paint(Tone.WARNING, f"{_counted(len(report.unreadable), 'record')} could not be read")
    for record in report.unreadable[:_MOST_UNREADABLE]:
        yield from _wrapped(f"{one_line(record.locator)}: {one_line(record.reason)}", width, "      ", "    ")
    if len(report.unreadable) > _MOST_UNREADABLE:
        yield f"    … {len(report.unreadable) - _MOST_UNREADABLE:,} more: --json has them all"


def _common(report: SourceReport) -> Iterator[tuple[str, str]]:
    """Yield what is counted of every source, where there is something to tell."""
    if report.named:
        yield "sessions whose requests another source has", f"{report.joined:,}"
    elif report.joined:
        yield "sessions that another source's record names", f"{report.joined:,}"
    if report.carried:
        yield "records whose lines are looked for by text", f"{report.carried:,}"


def _blanks(reports: Sequence[SourceReport], width: int) -> Iterator[str]:
    """Yield the sources of which there is nothing to tell, a line for all of them."""
    nothing = [report.name for report in reports if report.is_blank and not report.is_off]
    off = [report.name for report in reports if report.is_off]
    if nothing or off:
        yield ""
    if nothing:
        yield from _wrapped(f"Nothing from: {one_line(', '.join(nothing))} (--json says why)", width, "  ", "")
    if off:
        yield from _wrapped(f"Switched off: {one_line(', '.join(off))}", width, "  ", "")


def _found(report: SourceReport) -> str:
    if not report.found:
        return "nothing found"
    read = "all read" if report.read == report.found else f"{report.read:,} read"
    return f"{report.found:,} found, {report.on_head:,} on HEAD, {read}"


def _advice(advice: Advice, width: int, paint: Paint) -> Iterator[str]:
    yield from _wrapped(one_line(advice.problem), width, "  ", "- ")
    yield "    " + paint(Tone.AGENT, one_line(advice.command))
    yield from _wrapped(f"brings {one_line(advice.benefit)}", width, "  ", "  ")


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _wrapped(text: str, width: int, indent: str, first: str) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
