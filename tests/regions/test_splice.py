"""Line origins and functions follow edits without anybody looking at git or at the grammar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.attribution.head_lines import NOT_IN_HEAD
from backstory.model.lines import LineRange
from backstory.model.region import SyntaxUnit, UnitKind
from backstory.model.text import Edit, Splice, Text
from backstory.regions.splice import splice_lines, splice_units

PIECES = st.text(alphabet="ab\n\r\f\u2028é😀 ", max_size=12)
PLACES = st.tuples(st.integers(1, 12), st.integers(0, 6))
EDITS = st.lists(st.tuples(PLACES, PLACES, PIECES), max_size=8)


@given(source=st.text(alphabet="ab\n\r\f😀", max_size=60), edits=EDITS)
def test_a_line_that_has_an_origin_still_has_the_text_of_that_origin(source, edits):
    head = Text.of(source)
    text, origins = head, list(range(1, head.line_count + 1))
    for start, end, replacement in edits:
        first, last = sorted((start, end))
        text, splice = text.apply(Edit(*first, *last, replacement))
        origins = splice_lines(origins, splice)
    assert len(origins) == text.line_count
    known = [(line, origin) for line, origin in enumerate(origins, start=1) if origin != NOT_IN_HEAD]
    assert [text.line(line) for line, _ in known] == [head.line(origin) for _, origin in known]
    assert [origin for _, origin in known] == sorted({origin for _, origin in known})


FUNCTION = SyntaxUnit(UnitKind.FUNCTION, "capture", LineRange(10, 20), 0)


@pytest.mark.parametrize(
    ("splice", "lines"),
    [
        (Splice(1, 0, 3), LineRange(13, 23)),  # above
        (Splice(5, 2, 0), LineRange(8, 18)),
        (Splice(15, 1, 4), LineRange(10, 23)),  # inside
        (Splice(15, 1, 1), LineRange(10, 20)),
        (Splice(21, 5, 0), LineRange(10, 20)),  # below
        (Splice(18, 10, 1), LineRange(10, 18)),  # its end went away
        (Splice(8, 5, 1), LineRange(8, 16)),  # its beginning was replaced
        (Splice(9, 20, 0), None),  # all of it went away
    ],
)
def test_a_function_moves_grows_shrinks_and_goes(splice, lines):
    found = splice_units((FUNCTION,), splice)
    assert [unit.lines for unit in found] == ([lines] if lines else [])
