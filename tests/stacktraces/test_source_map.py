"""Source maps tell where built code stood, plain or in sections; a damaged one tells what it can."""

import base64
import json

from hypothesis import given
from hypothesis import strategies as st

from backstory.stacktraces.source_map import Original, Position, originals

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

# What esbuild 0.25 writes for two files with --bundle --minify.
BUNDLE = json.dumps(
    {
        "version": 3,
        "sources": ["../src/cart.ts", "../src/main.ts"],
        "mappings": "AAEO,SAASA,EAAMC,EAAmC,CACvD,GAAIA,IAAU,OACZ,MAAM,IAAI,UAAU,SAAS,EAE/B,OAAOA,EAAM,OAAO"
        ",CAACC,EAAKC,IAASD,EAAMC,EAAK,MAAO,CAAC,CACxD,CCLA,SAASC,GAAmB,CAC1B,OAAOC,EAAM,MAAS,CACxB,CAEAD,EAAS",
        "names": ["total", "items", "sum", "item", "checkout", "total"],
    }
).encode()


def original(source, line, column, name=None):
    return Original(source, line, column, name, is_ignored=False)


def vlq(number):
    left = (-number << 1 | 1) if number < 0 else number << 1
    digits = ""
    while True:
        left, digit = left >> 5, left & 31
        digits += DIGITS[digit | (32 if left else 0)]
        if not left:
            return digits


def encoded(lines):
    """Return the mappings of lines of (column, source, line, column of the source), all 0-based."""
    last = [0, 0, 0]
    written = []
    for line in lines:
        column, segments = 0, []
        for at, *place in line:
            fields = [at - column, *(new - old for new, old in zip(place, last, strict=True))]
            segments.append("".join(map(vlq, fields)))
            column, last = at, place
        written.append(",".join(segments))
    return ";".join(written)


def as_map(lines, **more):
    return {"version": 3, "sources": ["a.ts", "b.ts"], "names": [], "mappings": encoded(lines), **more}


def asked(content, line, column=None):
    return originals(json.dumps(content).encode(), [Position(line, column)]).get(Position(line, column))


_LINES = st.lists(
    st.lists(
        st.tuples(st.integers(0, 9_000), st.integers(0, 1), st.integers(0, 90_000), st.integers(0, 900)),
        max_size=6,
        unique_by=lambda segment: segment[0],
    ).map(sorted),
    min_size=1,
    max_size=6,
)


@given(_LINES, st.integers(1, 7), st.integers(1, 9_001))
def test_the_last_segment_before_the_place_counts(lines, line, column):
    before = [segment for segment in (lines[line - 1] if line <= len(lines) else ()) if segment[0] < column]
    expected = original(["a.ts", "b.ts"][before[-1][1]], before[-1][2] + 1, before[-1][3] + 1) if before else None
    assert asked(as_map(lines), line, column) == expected


@given(_LINES, _LINES, st.integers(1, 14), st.integers(1, 9_001))
def test_sections_are_as_maps_one_below_the_other(first, second, line, column):
    sections = [
        {"offset": {"line": 0, "column": 0}, "map": as_map(first)},
        {"offset": {"line": len(first), "column": 0}, "map": as_map(second)},
    ]
    assert asked({"version": 3, "sections": sections}, line, column) == asked(as_map([*first, *second]), line, column)


def test_a_section_may_begin_in_the_middle_of_a_line():
    sections = [
        {"offset": {"line": 0, "column": 0}, "map": as_map([[(0, 0, 4, 0)]])},
        {"offset": {"line": 0, "column": 10}, "map": as_map([[(0, 1, 7, 2)], [(3, 1, 8, 0)]])},
    ]
    content = {"version": 3, "sections": sections}
    assert asked(content, 1, 10).source == "a.ts"
    assert asked(content, 1, 11) == original("b.ts", 8, 3)
    assert asked(content, 2, 4) == original("b.ts", 9, 1)


def test_a_minified_bundle():
    found = originals(BUNDLE, [Position(1, 35), Position(1, 116), Position(1, 126)])
    assert found[Position(1, 35)] == original("../src/cart.ts", 5, 11)
    assert found[Position(1, 116)] == original("../src/main.ts", 4, 10, "total")
    assert found[Position(1, 126)] == original("../src/main.ts", 7, 1, "checkout")


def test_without_a_column_the_lines_first_code_is_meant():
    assert asked(as_map([[], [(4, 0, 2, 1), (9, 1, 5, 0)]]), 2) == original("a.ts", 3, 2)


def test_roots_ignored_sources_and_absent_ones():
    lines = [[(0, 0, 0, 0), (5, 1, 0, 0)]]
    content = as_map(lines, sourceRoot="src/", ignoreList=[1])
    assert asked(content, 1, 1) == original("src/a.ts", 1, 1)
    assert asked(content, 1, 6).is_ignored
    assert asked(as_map(lines, sources=[None]), 1, 1) is None
    assert asked(as_map(lines, sources=["webpack://web/./a.ts", "/b.ts"], sourceRoot="/src"), 1, 6).source == "/b.ts"


def test_a_guard_against_scripts_is_passed_over():
    assert originals(b")]}'\n" + BUNDLE, [Position(1, 35)])[Position(1, 35)].line == 5


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: json.dumps({"mappings": text}).encode()))
def test_damage_is_read_without_complaint(content):
    for data in (content, base64.b64encode(content), json.dumps(as_map([[(0, 9, 1, 1)]])).encode()):
        assert originals(data, [Position(1, 1), Position(3, None)]) == {}
