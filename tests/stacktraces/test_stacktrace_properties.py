"""What holds for any text: nothing is raised, places are in the paste, how it arrives makes no difference."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstory.model.stacktrace import StackTrace
from backstory.stacktraces.parse import parse, parse_lines

SAMPLES = sorted((Path(__file__).parent.parent / "samples" / "stacktraces").glob("*/*.txt"))
SAMPLE_LINES = [line for path in SAMPLES for line in path.read_text(encoding="utf-8").splitlines()]
JOINED = "\n".join(SAMPLE_LINES)


def check_places(traces: list[StackTrace], text: str) -> None:
    """Spans are inside the paste and begin where the file's name does; parents exist; lines are the text's."""
    lines = text.split("\n")
    for trace in traces:
        assert 1 <= trace.lines.first <= trace.lines.last <= len(lines)
        assert trace.parent is None or 0 <= trace.parent < len(traces)
        for frame in trace.frames:
            if frame.span:
                assert 1 <= frame.span.line <= len(lines)
                assert 0 <= frame.span.first < frame.span.end
                assert frame.span.first < max(1, len(lines[frame.span.line - 1]))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_spans_show_file_and_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    spans = [(frame, frame.span) for trace in parse(text) for frame in trace.frames if frame.span]
    for frame, span in spans:
        shown = lines[span.line - 1][span.first : span.end].replace("\\\\", "\\")
        assert shown.startswith(frame.filename[: len(shown)])
    check_places(parse(text), text)


@pytest.mark.parametrize("prefix", ["web-1  | ", "Mar  7 16:01:02 node-1 shop[42]: ", "\x1b[31m", "> "])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_prefix_on_every_line_changes_nothing_but_places(path: Path, prefix: str) -> None:
    if (path.parent.name == "go" and path.stem == "kubernetes") or path.parent.name == "pytest":
        return
    text = path.read_text(encoding="utf-8")
    plain = [[(f.filename, f.lineno, f.function) for f in trace.frames] for trace in parse(text)]
    prefixed = parse("\n".join(prefix + line for line in text.split("\n")))
    assert [[(f.filename, f.lineno, f.function) for f in trace.frames] for trace in prefixed] == plain


@given(st.lists(st.one_of(st.sampled_from(SAMPLE_LINES), st.text(max_size=40)), max_size=30))
@settings(max_examples=150, deadline=None)
def test_any_mix_of_lines_is_read(lines: list[str]) -> None:
    text = "\n".join(lines).replace("\r", " ")
    check_places(parse(text), text)


@given(st.integers(0, len(JOINED)), st.integers(1, 3000))
@settings(max_examples=80, deadline=None)
def test_any_cut_is_read(start: int, length: int) -> None:
    text = JOINED[start : start + length]
    check_places(parse(text), text)


def test_lines_with_and_without_their_ends_are_the_same() -> None:
    lines = JOINED.split("\n")
    assert list(parse_lines(lines)) == list(parse_lines(line + "\n" for line in lines)) == parse(JOINED)
    assert parse(JOINED.replace("\n", "\r\n")) == parse(JOINED)


def test_a_trace_is_the_same_wherever_it_stands() -> None:
    """Ordinary lines before it, in any number, change only its lines."""
    text = (Path(SAMPLES[0]).parent.parent / "java" / "nested.txt").read_text(encoding="utf-8")
    chance = random.Random(5)
    alone = [trace.frames and trace.frames[0].lineno for trace in parse(text)]
    for _ in range(20):
        before = "".join(f"ordinary line {number}\n" for number in range(chance.randrange(1500)))
        assert [trace.frames and trace.frames[0].lineno for trace in parse(before + text)] == alone
