"""A line's key is the same for what formatters do to it, and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.model.line_key import is_telling, is_weighty, line_key


@pytest.mark.parametrize(
    "other",
    ["    total = sum('a', b)", "\ttotal=sum( 'a',b )\r", 'total = sum("a", b);', "total = sum(`a`, b),"],
)
def test_blanks_quotes_and_a_comma_at_the_end_make_no_difference(other):
    assert line_key(other) == line_key("total = sum('a', b)")


@pytest.mark.parametrize("other", ["total = sum('a', c)", "Total = sum('a', b)", "total = sum('a', b)."])
def test_anything_else_does(other):
    assert line_key(other) != line_key("total = sum('a', b)")


@given(st.text())
def test_a_key_fits_into_the_index_and_only_nothing_is_zero(text):
    key = line_key(text)
    assert -(2**63) <= key < 2**63
    assert (key == 0) == (not "".join(text.split()).strip(",;"))
    assert line_key(f"  {text}\t") == key


def test_broken_bytes_have_a_key():
    assert line_key("caf\udce9 = 1") != line_key("caf = 1")


def test_short_lines_do_not_stand_alone():
    assert not is_weighty("    })  ;")
    assert is_weighty("return total")
    assert not is_telling("else:")
    assert is_telling("return None")
