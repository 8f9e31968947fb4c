"""Stack traces for a terminal: what failed, where that is today, whose it is, and who is suspected."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from backstory.model.answer import LineAnswer
from backstory.model.located import LineState, LocatedFrame, LocatedTrace, Suspect
from backstory.model.stacktrace import Relation
from backstory.redaction.plain_text import one_line
from backstory.redaction.secrets import mask_secrets
from backstory.views.excerpt import shortened
from backstory.views.explain import wrapped
from backstory.views.fates import FATES
from backstory.views.hover import hover_plain
from backstory.views.paint import TONES, Paint, Tone

NO_TRACE = "No stack trace was recognised in this text."

_MOST_FRAMES = 30
_MOST_CANDIDATES = 3
_MOST_SUSPECTS = 5
_MOST_REASONS = 4
_LONGEST_MESSAGE = 300
_RELATIONS = {
    Relation.CAUSE: "caused by ",
    Relation.CONTEXT: "while handling ",
    Relation.SUPPRESSED: "suppressed: ",
    Relation.MEMBER: "of the group: ",
    Relation.THREAD: "another thread: ",
}


def trace_page(
    traces: Sequence[LocatedTrace],
    origin: tuple[LocatedFrame, LineAnswer] | None,
    *,
    today: date,
    width: int,
    paint: Paint,
) -> Iterator[str]:
    """Yield the lines to print. `origin` is what is known of the first frame that is of the product."""
    remarks: dict[str, None] = {}
    for number, trace in enumerate(traces):
        if number:
            yield ""
        yield from _headline(trace, width, paint)
        yield from _frames(trace, width, paint)
        if origin and any(frame is origin[0] for frame in trace.frames):
            yield from _origin(origin[1], today, width, paint)
        yield from _suspects(trace.suspects, width, paint)
        remarks |= dict.fromkeys(trace.remarks)
    if remarks:
        yield ""
    for remark in remarks:
        yield from (paint(Tone.WARNING, line) for line in wrapped(one_line(remark), width))


def place_of(frame: LocatedFrame) -> str:
    """Return `path:line` as it is today, or as printed where nothing was found."""
    printed, resolved = frame.frame, frame.resolved
    path, line = (resolved.path, resolved.line) if resolved else (printed.filename or "?", printed.lineno)
    return one_line(f"{path}:{line}" if line else path)


def _headline(trace: LocatedTrace, width: int, paint: Paint) -> Iterator[str]:
    failed, told = trace.trace, trace.trace.relation
    message = shortened(mask_secrets(failed.message), _LONGEST_MESSAGE) if failed.message else ""
    words = ": ".join(filter(None, (failed.exception_type, message))) or f"{failed.dialect} stack trace"
    yield from (
        paint(Tone.TITLE, line) for line in wrapped(one_line((_RELATIONS[told] if told else "") + words), width)
    )
    if trace.build:
        yield paint(Tone.QUIET, f"  build {trace.build[:7]}")


def _frames(trace: LocatedTrace, width: int, paint: Paint) -> Iterator[str]:
    shown = 0
    for is_library, group in groupby(trace.frames, lambda frame: frame.is_library):
        frames = list(group)
        if is_library:
            yield paint(Tone.QUIET, f"  … {_counted(len(frames), 'frame')} of libraries")
            continue
        for frame in frames[: _MOST_FRAMES - shown]:
            yield from _frame(frame, width, paint)
        shown += len(frames)
        if shown > _MOST_FRAMES:
            yield paint(Tone.QUIET, f"  … {_counted(shown - _MOST_FRAMES, 'more frame')} and what follows: see --json")
            return
    if trace.trace.elided:
        yield paint(Tone.QUIET, f"  … {_counted(trace.trace.elided, 'frame')} that the report leaves out")


def _frame(frame: LocatedFrame, width: int, paint: Paint) -> Iterator[str]:
    resolved = frame.resolved
    function = (resolved.function if resolved else None) or frame.frame.function
    within = f" in {one_line(shortened(function, 80))}" if function else ""
    fate = FATES[resolved.state] if resolved else "not found"
    is_as_told = resolved is not None and resolved.state is LineState.EXACT
    yield f"  {place_of(frame)}{within}" + ("" if is_as_told else f" · {paint(Tone.WARNING, fate)}")
    if resolved and resolved.state in {LineState.MOVED, LineState.DELETED}:
        yield from _quiet(f"{_printed(frame)}. {resolved.because}", width, paint)
    if resolved is None:
        yield from _quiet(frame.because, width, paint)
        for each in frame.candidates[:_MOST_CANDIDATES]:
            yield from _quiet(f"perhaps {each.path}: {each.because}", width, paint)
        more = len(frame.candidates) - _MOST_CANDIDATES
        if more > 0:
            yield from _quiet(f"or one of {more:,} more: --json has them", width, paint)


def _printed(frame: LocatedFrame) -> str:
    return f"Then {frame.frame.filename}:{frame.frame.lineno}" if frame.frame.lineno else f"Then {frame.frame.filename}"


def _quiet(words: str, width: int, paint: Paint) -> Iterator[str]:
    yield from (paint(Tone.QUIET, line) for line in wrapped(f"    {one_line(words)}", width, indent="    "))


def _origin(answer: LineAnswer, today: date, width: int, paint: Paint) -> Iterator[str]:
    """Yield where the first line of the product came from."""
    yield ""
    yield paint(Tone.TITLE, f"{one_line(answer.path)}:{answer.line}")
    first, *rest = hover_plain(answer, detail="full", today=today).split("\n")
    tone = TONES[answer.attribution.origin.contributor]
    yield from (paint(tone, line) for line in wrapped(f"  {first}", width, indent="  "))
    for line in rest:
        yield from wrapped(f"  {line}", width, indent="  ") if line else ("",)


def _suspects(suspects: Sequence[Suspect], width: int, paint: Paint) -> Iterator[str]:
    if not suspects:
        return
    yield ""
    yield paint(Tone.TITLE, "Suspects")
    for rank, suspect in enumerate(suspects[:_MOST_SUSPECTS], 1):
        place = f"{suspect.path}:{suspect.line}" if suspect.line else suspect.path
        yield f"  {rank}. {one_line(suspect.function or 'code outside functions')} · {one_line(place)}"
        for reason in suspect.reasons[:_MOST_REASONS]:
            yield from (paint(Tone.QUIET, line) for line in wrapped(f"     {one_line(reason)}", width, indent="     "))
    if len(suspects) > _MOST_SUSPECTS:
        yield paint(Tone.QUIET, f"  … {len(suspects) - _MOST_SUSPECTS:,} more: --json has them all")


def _counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count:,} {noun}s"
