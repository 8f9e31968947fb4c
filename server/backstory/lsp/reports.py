"""What a program printed for one failure, in an open document: which lines it takes up, which frame is where."""

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen
from lsprotocol.types import Position, PositionEncodingKind, Range

from backstory.lsp.positions import code_points, units_before
from backstory.model.stacktrace import Span, StackTrace
from backstory.model.text import Text

LINES_AROUND = 120
"""Above and below a report whose words may tell of a suspect."""


@frozen(eq=False)
class Report:
    """A trace and those that belong to it."""

    text: Text
    """The document's, when it was read."""

    traces: tuple[StackTrace, ...]
    """As the text has them; `parent` counts within the report."""

    first: int
    """The line of the document where it begins, 1-based."""

    last: int

    def spans(self) -> Iterator[tuple[int, int, Span]]:
        """Yield which trace's which frame stands where."""
        for number, trace in enumerate(self.traces):
            for index, frame in enumerate(trace.frames):
                if frame.span:
                    yield number, index, frame.span


@frozen
class Pasted:
    """What is asked for."""

    text: str
    """The report, with what stands around it."""

    traces: Sequence[StackTrace] | None = None
    """What was read of it; None when nobody did."""

    at: str | None = None
    """The build that failed, when whoever asks knows better than the text."""

    suspects: bool = True
    """Whether they are looked for, which takes longer than all the rest."""


def reports_of(text: Text, traces: Sequence[StackTrace]) -> tuple[Report, ...]:
    """Return the traces of a text, those of one failure together."""
    starts = [index for index, trace in enumerate(traces) if trace.parent is None]
    ends = [*starts[1:], len(traces)] if starts else []
    return tuple(_report(text, traces[start:end], start) for start, end in zip(starts, ends, strict=True))


def shifted(trace: StackTrace, lines: int) -> StackTrace:
    """Return a trace as it stands that many lines further down."""
    moved = (
        evolve(frame, span=evolve(frame.span, line=frame.span.line + lines)) if frame.span else frame
        for frame in trace.frames
    )
    where = evolve(trace.lines, first=trace.lines.first + lines, last=trace.lines.last + lines)
    return evolve(trace, frames=tuple(moved), lines=where)


def pasted(report: Report, *, suspects: bool) -> Pasted:
    """Return a report of a document with what stands around it."""
    first = max(1, report.first - LINES_AROUND)
    lines = report.text.lines()[first - 1 : report.last + LINES_AROUND]
    words = "\n".join(line.rstrip("\r\n") for line in lines)
    return Pasted(words, [shifted(trace, 1 - first) for trace in report.traces], suspects=suspects)


def frame_at(report: Report, position: Position, encoding: PositionEncodingKind) -> tuple[int, int, Span] | None:
    """Return the frame under the cursor: at its place, or anywhere on a line that has no other frame."""
    line, text = position.line + 1, report.text
    here = [found for found in report.spans() if line in _lines(found[2], text)]
    if len(here) <= 1:
        return here[0] if here else None
    character = code_points(text.line(line), position.character, encoding)
    return next((found for found in here if _holds(found[2], text, line, character)), None)


def range_of(span: Span, text: Text, encoding: PositionEncodingKind) -> Range:
    """Return where a frame's place stands, in the client's units; a wrapped one ends on a line below."""
    last, end = _end(span, text)
    return Range(
        Position(span.line - 1, units_before(text.line(span.line), span.first, encoding)),
        Position(last - 1, units_before(text.line(last), end, encoding)),
    )


def _report(text: Text, traces: Sequence[StackTrace], start: int) -> Report:
    own = tuple(trace if trace.parent is None else evolve(trace, parent=trace.parent - start) for trace in traces)
    return Report(text, own, min(trace.lines.first for trace in own), max(trace.lines.last for trace in own))


def _lines(span: Span, text: Text) -> range:
    return range(span.line, _end(span, text)[0] + 1)


def _end(span: Span, text: Text) -> tuple[int, int]:
    """Return the line on which a span ends, and the index after its last character there."""
    line, end = span.line, span.end
    while end > len(text.line(line)) and line < text.line_count:
        end -= len(text.line(line))
        line += 1
    return line, end


def _holds(span: Span, text: Text, line: int, character: int) -> bool:
    last, end = _end(span, text)
    return (span.line, span.first) <= (line, character) <= (last, end)
