"""Each language's sample says in its own comments where its units are: `⟦function Cart.total` opens, `⟧` closes."""

import re
from pathlib import Path

import pytest
from attrs import asdict
from hypothesis import given, settings
from hypothesis import strategies as st
from tree_sitter import Parser, Tree

from backstory.model.lines import LineRange
from backstory.model.region import SyntaxUnit, UnitKind
from backstory.syntax.grammars import GrammarMissing, grammar
from backstory.syntax.languages import LANGUAGES, language_of
from backstory.syntax.names import LONGEST_NAME
from backstory.syntax.rules import RULES, Rules
from backstory.syntax.units import DEEPEST_UNIT, find_units, parse_units

SAMPLES = {path.stem: path for path in (Path(__file__).parents[1] / "samples" / "syntax").iterdir()}
MARK = re.compile(r"⟦(function|class) ([^⟦⟧\n]+)|⟧")


def marked_units(text: str) -> list[SyntaxUnit]:
    """Read the marks of a sample; depth is how many are open around one."""
    units: list[SyntaxUnit | None] = []
    opened: list[tuple[int, str, str, int]] = []
    for line, written in enumerate(text.split("\n")[1:], start=2):
        for mark in MARK.finditer(written):
            if mark[1]:
                opened.append((len(units), mark[1], mark[2].strip(), line))
                units.append(None)
            else:
                place, kind, name, first = opened.pop()
                units[place] = SyntaxUnit(UnitKind(kind), name, LineRange(first, line), len(opened))
    assert not opened
    return [unit for unit in units if unit]


def parsed(text: bytes, language: str) -> Tree:
    known = grammar(language)
    assert not isinstance(known, GrammarMissing)
    return Parser(known).parse(text)


def without_signs(rules: Rules) -> Rules:
    written = asdict(rules, recurse=False) | {"signs": ""}
    return Rules(**{name: " ".join(each) if isinstance(each, frozenset) else each for name, each in written.items()})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_units_of_each_language_are_those_that_its_sample_marks(language):
    path = SAMPLES[language]
    text = path.read_text("utf-8")
    assert list(parse_units(text.encode(), language)) == marked_units(text)
    assert marked_units(text)
    assert language_of(path.name) == language


@settings(max_examples=150, deadline=None)
@given(text=st.binary(max_size=300), language=st.sampled_from(LANGUAGES))
def test_any_bytes_parse(text, language):
    check_units(text, parse_units(text, language))


@settings(max_examples=150, deadline=None)
@given(data=st.data(), language=st.sampled_from(LANGUAGES))
def test_a_torn_sample_parses(data, language):
    """What is typed half-way: a sample with a piece taken out and another put in."""
    sample = SAMPLES[language].read_bytes()
    start = data.draw(st.integers(0, len(sample)))
    end = data.draw(st.integers(start, min(len(sample), start + 200)))
    typed = data.draw(
        st.sampled_from([b"", b"{", b"}", b"(", b"'", b'"', b"class", b"def f(", b"\xff", b"\n\n", b"=>"])
    )
    text = sample[:start] + typed + sample[end:]
    check_units(text, parse_units(text, language))


def check_units(text: bytes, units: tuple[SyntaxUnit, ...]) -> None:
    """Units lie inside the text, in document order, and each inside as many others as its depth says."""
    last = text.count(b"\n") + 1
    firsts = [unit.lines.first for unit in units]
    assert firsts == sorted(firsts)
    around: list[SyntaxUnit] = []
    for unit in units:
        del around[unit.depth :]
        assert 1 <= unit.lines.first <= unit.lines.last <= last
        assert len(around) == unit.depth
        assert all(unit.lines.last <= outer.lines.last for outer in around)
        around.append(unit)


def test_units_survive_an_error_beside_them():
    text = b"def before():\n    pass\n\nclass (((:\n\ndef after():\n    pass\n"
    assert [unit.name for unit in parse_units(text, "python")] == ["before", "after"]


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_what_is_passed_over_for_want_of_signs_holds_no_unit(language, data):
    text = SAMPLES[language].read_bytes()
    start = data.draw(st.integers(0, len(text)))
    text = text[start:] + data.draw(st.sampled_from([b"", text[:start]]))
    tree, rules = parsed(text, language), RULES[language]
    walks = [find_units(tree, text, language, each) for each in (rules, without_signs(rules))]
    assert walks[0] == walks[1]


def test_an_attribute_that_nothing_follows_is_no_start_of_what_comes_after_its_block():
    text = b"impl Cart {\n    fn total() {}\n    #[inline]\n}\nfn main() {}\n"
    assert parse_units(text, "rust")[-1].lines == LineRange(5, 5)


def test_an_attribute_of_something_else_is_no_start_of_what_is_inside_that():
    text = b"fn main() {\n    #[allow(unused)]\n    if ready {\n        fn inner() {}\n    }\n}\n"
    assert parse_units(text, "rust")[-1].lines == LineRange(4, 4)


def test_units_side_by_side_without_a_gap_are_not_inside_each_other():
    units = parse_units(b"function a(){}function b(){}class C{m(){}n(){}}", "javascript")
    assert [(unit.name, unit.depth) for unit in units] == [("a", 0), ("b", 0), ("C", 0), ("C.m", 1), ("C.n", 1)]


def test_carriage_returns_and_form_feeds_are_no_lines_of_their_own():
    text = b"def a():\r\n    x = 1\x0c\r\n    y = '\xe2\x80\xa8'\r\n\r\ndef b():\r\n    pass\r\n"
    assert [unit.lines for unit in parse_units(text, "python")] == [LineRange(1, 3), LineRange(5, 6)]


def test_a_text_nested_as_deep_as_it_likes_is_walked():
    blocks = b"{" * 200_000 + b"}" * 200_000
    assert parse_units(b"fn outer() " + blocks, "rust")[0].name == "outer"


def test_units_nested_beyond_reason_are_left_out():
    depth = 500
    text = b"".join(b"  " * level + b"def f():\n" for level in range(depth)) + b"  " * depth + b"pass\n"
    units = parse_units(text, "python")
    assert [unit.depth for unit in units] == list(range(DEEPEST_UNIT + 1))


def test_a_name_longer_than_a_name_is_cut():
    (unit,) = parse_units(b"def " + b"f" * 100_000 + b"(): pass\n", "python")
    assert len(unit.name) == LONGEST_NAME
    assert unit.name.endswith("f…")


def test_parsing_stops_when_nobody_waits():
    asked = []

    def should_stop() -> bool:
        asked.append(True)
        return len(asked) > 3

    assert parse_units(SAMPLES["rust"].read_bytes() * 50, "rust", should_stop) == ()
    assert len(asked) == 4


def test_walking_stops_when_nobody_waits():
    text = b"fn f() { g(); }\n" * 2_000
    parsed = []
    parse_units(text, "rust", lambda: parsed.append(True))  # `append` says None: go on
    remaining = iter(parsed[:-1])
    assert parse_units(text, "rust", lambda: next(remaining, "no more") == "no more") == ()
    assert len(parse_units(text, "rust")) == 2_000


def test_a_language_without_a_grammar_has_no_units():
    assert parse_units(b"IDENTIFICATION DIVISION.", "cobol") == ()
    missing = grammar("cobol")
    assert missing == GrammarMissing("cobol", "Functions and classes of cobol are not known.")
