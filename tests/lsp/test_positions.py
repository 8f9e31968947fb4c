import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import PositionEncodingKind

from backstory.lsp.positions import code_points, units_before

UTF_8, UTF_16, UTF_32 = PositionEncodingKind.Utf8, PositionEncodingKind.Utf16, PositionEncodingKind.Utf32
ENCODINGS = st.sampled_from([UTF_8, UTF_16, UTF_32])
LINES = st.text(st.characters(exclude_characters="\r\n", codec=None) | st.sampled_from("é€😀𝔘a\t\ud83d\udc80"))


@given(LINES, ENCODINGS, st.data())
def test_a_position_comes_back(line, encoding, data):
    characters = data.draw(st.integers(0, len(line)))
    assert code_points(line, units_before(line, characters, encoding), encoding) == characters


@given(st.text(), ENCODINGS, st.data())
def test_units_are_those_of_the_encoding(line, encoding, data):
    characters = data.draw(st.integers(0, len(line)))
    codec, width = {UTF_8: ("utf-8", 1), UTF_16: ("utf-16-le", 2), UTF_32: ("utf-32-le", 4)}[encoding]
    expected = len(line[:characters].encode(codec)) // width
    assert units_before(line, characters, encoding) == expected


@given(LINES, ENCODINGS, st.integers(-3, 200))
def test_any_offset_is_a_place_in_the_line(line, encoding, units):
    characters = code_points(line, units, encoding)
    assert 0 <= characters <= len(line)
    assert units_before(line, characters, encoding) <= max(units, 0)


@pytest.mark.parametrize(
    ("line", "units", "encoding", "characters"),
    [
        ("a😀b", 1, UTF_16, 1),
        ("a😀b", 2, UTF_16, 1),
        ("a😀b", 3, UTF_16, 2),
        ("a😀b", 5, UTF_8, 2),
        ("a😀b", 4, UTF_8, 1),
        ("a😀b", 2, UTF_32, 2),
        ("né", 3, UTF_8, 2),
        ("né", 2, UTF_8, 1),
        ("abc", 99, UTF_16, 3),
        ("né", 99, UTF_16, 2),
        ("né", 99, UTF_32, 2),
        ("", 0, UTF_16, 0),
    ],
)
def test_offsets_by_hand(line, units, encoding, characters):
    assert code_points(line, units, encoding) == characters
