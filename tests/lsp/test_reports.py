"""Where frames stand in a document, and which is under the cursor."""

import pytest
from lsprotocol.types import Position, PositionEncodingKind, Range

from backstory.lsp.reports import Report, frame_at, pasted, range_of, reports_of
from backstory.model.lines import LineRange
from backstory.model.stacktrace import Frame, Relation, Span, StackTrace
from backstory.model.text import Text

UTF_8, UTF_16, UTF_32 = PositionEncodingKind.Utf8, PositionEncodingKind.Utf16, PositionEncodingKind.Utf32


def trace(first, last, *spans, parent=None):
    frames = tuple(Frame("a.py", 1, None, None, span=Span(*span)) for span in spans)
    relation = None if parent is None else Relation.CAUSE
    return StackTrace("python", None, None, frames, LineRange(first, last), relation, parent)


def between(first_line, first, last_line, last):
    return Range(Position(first_line, first), Position(last_line, last))


def test_traces_of_one_failure_are_one_report():
    text = Text.of("\n" * 30)
    found = reports_of(text, [trace(5, 9), trace(1, 4, parent=0), trace(20, 22), trace(23, 25, parent=2)])
    assert [(each.first, each.last) for each in found] == [(1, 9), (20, 25)]
    assert [[each.parent for each in report.traces] for report in found] == [[None, 0], [None, 0]]
    assert reports_of(text, []) == ()


@pytest.mark.parametrize(("encoding", "first", "end"), [(UTF_8, 6, 12), (UTF_16, 3, 7), (UTF_32, 2, 5)])
def test_a_place_is_told_in_the_clients_units(encoding, first, end):
    text = Text.of("é𝄞a𝄞b at\n")
    assert range_of(Span(1, 2, 5), text, encoding) == between(0, first, 0, end)


def test_a_wrapped_place_ends_on_the_next_line():
    text = Text.of("  at /srv/very/lo\r\n    ng.js:3\r\n")
    assert range_of(Span(1, 5, 17 + 11), text, UTF_16) == between(0, 5, 1, 11)


def test_the_only_frame_of_a_line_is_under_the_cursor_anywhere():
    report = Report(Text.of("x = f(a.py:1)\n"), (trace(1, 1, (1, 6, 12)),), 1, 1)
    for character in (0, 7, 40):
        assert frame_at(report, Position(0, character), UTF_16) == (0, 0, Span(1, 6, 12))
    assert frame_at(report, Position(1, 0), UTF_16) is None


def test_of_several_frames_on_a_line_the_one_at_the_place_is_meant():
    report = Report(Text.of("𝄞 a.py:1 > b.py:2\n"), (trace(1, 1, (1, 2, 8), (1, 11, 17)),), 1, 1)
    assert frame_at(report, Position(0, 4), UTF_16) == (0, 0, Span(1, 2, 8))
    assert frame_at(report, Position(0, 12), UTF_16) == (0, 1, Span(1, 11, 17))
    assert frame_at(report, Position(0, 10), UTF_16) is None


def test_a_report_is_asked_for_with_the_words_around_it():
    text = Text.of("".join(f"line {number}\r\n" for number in range(1, 501)))
    asked = pasted(Report(text, (trace(200, 210, (201, 0, 4)),), 200, 210), suspects=True)
    lines = asked.text.split("\n")
    (moved,) = asked.traces
    assert (lines[0], lines[-1]) == ("line 80", "line 330")
    assert lines[moved.lines.first - 1] == "line 200"
    assert lines[moved.frames[0].span.line - 1] == "line 201"
