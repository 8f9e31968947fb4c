import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.model.text import Edit, Splice, Text, split_git_lines, split_lines

SOURCES = st.text(st.sampled_from("ab\r\n\f\u2028\x85é😀\t"), max_size=30)


def check_splice(source, edit, expected):
    _, splice = Text.of(source).apply(Edit(*edit))
    assert splice == Splice(*expected)


def flat_edit(source, start, end, replacement):
    """The edit that replaces `source[start:end]`, addressed by lines."""

    def place(offset):
        before = split_lines(source[:offset])
        return len(before), len(before[-1])

    return Edit(*place(start), *place(end), replacement)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("", []),
        ("a", ["a"]),
        ("a\n", ["a\n"]),
        ("a\n\n", ["a\n", "\n"]),
        ("a\r\nb\rc\nd", ["a\r\n", "b\r", "c\n", "d"]),
        ("form\ffeed\u2028same\x85line\x1c\x0b\n", ["form\ffeed\u2028same\x85line\x1c\x0b\n"]),
        ("\r\r\n\n", ["\r", "\r\n", "\n"]),
    ],
)
def test_lines_end_where_lsp_says(source, lines):
    text = Text.of(source)
    assert list(text.lines()) == lines
    assert text.line_count == len(lines)
    assert [text.line(number) for number in range(1, len(lines) + 1)] == [line.rstrip("\r\n") for line in lines]


def test_there_is_no_text_outside_the_lines():
    text = Text.of("a\n")
    assert [text.line(number) for number in (-1, 0, 2, 3)] == ["", "", "", ""]


@given(SOURCES)
def test_git_ends_lines_at_line_feeds_only(source):
    raw = source.encode()
    assert Text.of(source).git_lines() == re.findall(rb"[^\n]*\n|[^\n]+", raw) == split_git_lines(raw)


def test_a_carriage_return_alone_ends_a_line_but_not_gits():
    text = Text.of("a\rb\nc\rd\re\nf")
    assert list(text.git_line_numbers()) == [1, 1, 2, 2, 2, 3]
    assert [text.git_line_of(line) for line in range(1, 7)] == [1, 1, 2, 2, 2, 3]
    assert [text.lines_of_git_line(line) for line in (1, 2, 3, 4)] == [range(1, 3), range(3, 6), range(6, 7), range(0)]


def test_without_one_git_counts_the_same_lines():
    text = Text.of("a\r\nb\nc")
    assert list(text.git_line_numbers()) == [1, 2, 3]
    assert text.git_line_of(3) == 3
    assert text.lines_of_git_line(2) == range(2, 3)


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbfa\n", b"caf\xe9\n\xff", "naïve\n".encode(), b"\xed\xa0\x80"])
def test_bytes_come_back_as_they_were(raw):
    assert Text.of_bytes(raw).encoded() == raw


def test_the_byte_order_mark_is_no_text():
    text = Text.of("\ufeffa\n")
    assert text.has_byte_order_mark
    assert text.line(1) == "a"
    assert text.git_lines() == [b"\xef\xbb\xbfa\n"]


def test_half_a_surrogate_pair_is_encoded_somehow():
    assert Text.of("\ud83d\n").git_lines() == [b"\xed\xa0\xbd\n"]


@pytest.mark.parametrize(
    ("source", "edit", "splice"),
    [
        pytest.param("a\nb\nc\n", (2, 1, 2, 1, "\n"), (3, 0, 1), id="enter at the end of a line"),
        pytest.param("a\nb\nc\n", (2, 0, 2, 0, "\n"), (2, 0, 1), id="enter at its start"),
        pytest.param("a\nbb\nc\n", (2, 1, 2, 1, "\n"), (2, 1, 2), id="enter inside"),
        pytest.param("a\nb\nc\n", (2, 1, 2, 1, "x"), (2, 1, 1), id="typing makes the line new"),
        pytest.param("a\nb\nc\n", (2, 0, 2, 1, "b"), (3, 0, 0), id="the same text again"),
        pytest.param("a\nb\nc\n", (2, 0, 3, 0, ""), (2, 1, 0), id="a line deleted"),
        pytest.param("a\nb\nb\nc\n", (2, 0, 3, 0, ""), (2, 1, 0), id="the first of two equal lines deleted"),
        pytest.param("a\nb\nb\nc\n", (2, 1, 3, 1, ""), (3, 1, 0), id="the second of two equal lines deleted"),
        pytest.param("a\nb\nc\n", (2, 0, 2, 0, "b\n"), (2, 0, 1), id="a line copied above itself"),
        pytest.param("a\nb\nc\n", (2, 1, 2, 1, "\nb"), (3, 0, 1), id="a line copied below itself"),
        pytest.param("a\nb\nc\n", (1, 1, 2, 0, ""), (1, 2, 1), id="two lines joined"),
        pytest.param("a\nb", (2, 1, 2, 1, "\n"), (3, 0, 0), id="a last line gets its line feed"),
        pytest.param("a\nb\n", (3, 0, 3, 0, "c"), (3, 0, 1), id="typing after the last line feed"),
        pytest.param("a\nb\n", (2, 1, 3, 0, ""), (2, 0, 0), id="a last line loses its line feed"),
        pytest.param("a\n\nx", (2, 0, 3, 1, ""), (2, 2, 0), id="an empty line is not the empty end of the text"),
        pytest.param("a\r\nb\r\n", (1, 0, 3, 0, "a\nb\n"), (1, 0, 0), id="other line ends"),
        pytest.param("a\nb\nc\n", (1, 0, 4, 0, "a\nB\nc\n"), (2, 1, 1), id="all replaced, one line differs"),
        pytest.param("", (1, 0, 1, 0, "a\nb"), (1, 0, 2), id="the first text"),
        pytest.param("a\nb", (1, 0, 99, 0, ""), (1, 2, 0), id="everything deleted"),
        pytest.param("a\rx\nb\n", (2, 0, 2, 1, ""), (2, 1, 0), id="a carriage return meets a line feed"),
        pytest.param("abc", (1, 99, 1, 99, "d"), (1, 1, 1), id="beyond the end of the last line"),
    ],
)
def test_untouched_lines_keep_their_identity(source, edit, splice):
    check_splice(source, edit, splice)


def test_a_place_beyond_the_end_is_the_end():
    text, _ = Text.of("abc").apply(Edit(1, 99, 7, 3, "d"))
    assert text.encoded() == b"abcd"


@given(SOURCES, SOURCES, st.data())
def test_editing_lines_is_editing_the_text(source, replacement, data):
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    # A place between the two halves of a line end does not exist for LSP.
    start -= source[:start].endswith("\r") and source[start:].startswith("\n")
    end -= source[:end].endswith("\r") and source[end:].startswith("\n")
    old = Text.of(source)
    new, splice = old.apply(flat_edit(source, start, max(start, end), replacement))
    expected = source[:start] + replacement + source[max(start, end) :]
    fresh = Text.of(expected)

    assert list(new.lines()) == list(fresh.lines())
    assert list(new.git_line_numbers()) == list(fresh.git_line_numbers())
    assert new.line_count == old.line_count - splice.removed + splice.inserted
    before = [line.rstrip("\r\n") for line in old.lines()]
    after = [line.rstrip("\r\n") for line in new.lines()]
    kept_above = splice.first_line - 1
    assert before[:kept_above] == after[:kept_above]
    assert before[kept_above + splice.removed :] == after[kept_above + splice.inserted :]


@pytest.mark.parametrize("source", ["", "abc", "é" * 4, "😀😀", "\ufeffab", "a\udce9b", "x" * 40])
def test_whether_a_text_is_longer_than_so_many_bytes(source):
    text = Text.of(source)
    assert [text.is_longer_than(count) for count in range(45)] == [len(text.encoded()) > count for count in range(45)]
