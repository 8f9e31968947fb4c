import pytest
from hypothesis import given, strategies

from backstory.cli.place import Place, PlaceError, parse_place
from backstory.model.lines import LineRange


def parsed(text, *files):
    place = parse_place(text, lambda name: name in files)
    return place.file, place.lines and (place.lines.first, place.lines.last)


@pytest.mark.parametrize(
    ("text", "file", "lines"),
    [
        ("pay.py", "pay.py", None),
        ("pay.py:12", "pay.py", (12, 12)),
        ("src/pay.py:12-40", "src/pay.py", (12, 40)),
        ("pay.py:12:", "pay.py", (12, 12)),
        (r"C:\shop\pay.py", r"C:\shop\pay.py", None),
        (r"C:\shop\pay.py:12", r"C:\shop\pay.py", (12, 12)),
        (r"C:\shop\pay.py:12-40", r"C:\shop\pay.py", (12, 40)),
        ("C:/shop/pay.py:7:3", "C:/shop/pay.py", (7, 7)),
        ("my notes: 2.md", "my notes: 2.md", None),
        ("a:b:c.py:3", "a:b:c.py", (3, 3)),
        ("pay.py:12:5", "pay.py", (12, 12)),
        ("odd:7", "odd:7", None),
        ("odd:7:3", "odd:7", (3, 3)),
        ("-", "-", None),
        (":12", ":12", None),
    ],
)
def test_a_place_is_read_as_the_file_that_exists(text, file, lines):
    assert parsed(text, file) == (file, lines)


@pytest.mark.parametrize(
    ("text", "file", "lines"),
    [("gone.py:12", "gone.py", (12, 12)), ("gone.py:1-2", "gone.py", (1, 2)), ("gone.py", "gone.py", None)],
)
def test_where_no_file_exists_the_last_colon_counts(text, file, lines):
    assert parsed(text) == (file, lines)


@pytest.mark.parametrize("text", ["pay.py:0", "pay.py:0-3", "pay.py:9-3"])
def test_lines_that_make_no_sense_are_refused(text):
    with pytest.raises(PlaceError):
        parsed(text, "pay.py")


@given(strategies.text())
def test_any_text_is_a_place_or_is_refused(text):
    try:
        place = parse_place(text, lambda _: False)
    except PlaceError:
        return
    assert place.file or not text
    assert place.file in text


@given(strategies.text(min_size=1), strategies.integers(1, 10**8), strategies.integers(0, 100))
def test_what_is_written_is_read(file, first, more):
    lines = LineRange(first, first + more)
    text = f"{file}:{first}" if more == 0 else f"{file}:{first}-{first + more}"
    assert parse_place(text, lambda name: name == file) == Place(file, lines)
