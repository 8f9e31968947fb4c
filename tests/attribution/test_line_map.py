"""Line maps keep their text, are injective and monotone, compose and invert; and find what a person would call kept."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstory.attribution import line_map as module
from backstory.attribution.line_map import compose, invert, line_map
from backstory.attribution.shortest_edit import LONGEST_EDIT, shortest_edit
from backstory.attribution.unique_lines import unique_lines
from backstory.model.lines import LineMap, LineRun

TEXTS = st.lists(st.sampled_from(["", "}", "a", "b", "return", "x = 1"]), max_size=24)


def check_map(lines: LineMap, old: list[str], new: list[str]) -> None:
    """The laws that `LineMap` promises."""
    old_end = new_end = 0
    for run in lines.runs:
        assert run.length > 0
        assert run.old > old_end
        assert run.new > new_end
        assert not (run.old == old_end + 1 and run.new == new_end + 1 and old_end)
        old_end, new_end = run.old + run.length - 1, run.new + run.length - 1
        assert old[run.old - 1 : old_end] == new[run.new - 1 : new_end]
    assert old_end <= len(old)
    assert new_end <= len(new)


def kept(lines: LineMap) -> int:
    return sum(run.length for run in lines.runs)


def longest_common(old: list[str], new: list[str]) -> int:
    """Length of the longest common subsequence, by the textbook."""
    row = [0] * (len(new) + 1)
    for old_line in old:
        diagonal = 0
        for index, new_line in enumerate(new, start=1):
            above = row[index]
            row[index] = diagonal + 1 if old_line == new_line else max(above, row[index - 1])
            diagonal = above
    return row[-1]


@given(old=TEXTS, new=TEXTS)
def test_a_map_keeps_the_laws_and_as_many_lines_as_can_be_kept(old, new):
    lines = line_map(old, new)
    check_map(lines, old, new)
    assert kept(lines) == longest_common(old, new)


@given(text=TEXTS)
def test_a_text_is_itself(text):
    assert line_map(text, list(text)) == LineMap((LineRun(1, 1, len(text)),) if text else ())


@given(old=TEXTS, new=TEXTS)
def test_a_map_inverted_leads_back(old, new):
    lines = line_map(old, new)
    back = invert(lines)
    check_map(back, new, old)
    assert invert(back) == lines
    for line in range(1, len(new) + 1):
        there = lines.old_line(line)
        assert there is None or back.old_line(there) == line


@given(old=TEXTS, between=TEXTS, new=TEXTS)
def test_composed_maps_lead_over_both_steps(old, between, new):
    first, second = line_map(old, between), line_map(between, new)
    both = compose(first, second)
    check_map(both, old, new)
    for line in range(1, len(new) + 1):
        middle = second.old_line(line)
        assert both.old_line(line) == (first.old_line(middle) if middle else None)


@given(old=TEXTS, between=TEXTS, newer=TEXTS, new=TEXTS)
def test_it_does_not_matter_which_two_steps_are_composed_first(old, between, newer, new):
    one, two, three = line_map(old, between), line_map(between, newer), line_map(newer, new)
    assert compose(compose(one, two), three) == compose(one, compose(two, three))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), edits=st.integers(0, 400), words=st.sampled_from([3, 40, 4_000]))
def test_long_texts_with_many_edits_keep_the_laws(seed, edits, words):
    old = written(seed, 1_500, words)
    new = edited(old, seed, edits)
    check_map(line_map(old, new), old, new)


def written(seed: int, lines: int, words: int) -> list[str]:
    chance = Random(seed)
    return [f"line {chance.randrange(words)}" for _ in range(lines)]


def edited(text: list[str], seed: int, edits: int) -> list[str]:
    chance = Random(seed + 1)
    lines = list(text)
    for edit in range(edits):
        place = chance.randrange(len(lines))
        lines[place : place + chance.randrange(2)] = [f"new {edit}"] * chance.randrange(3)
    return lines


def test_bytes_are_lines_too():
    assert line_map([b"a", b"b"], [b"b"]).runs == (LineRun(2, 1, 1),)


def test_more_edits_than_one_search_follows_are_held_together_by_unique_lines():
    """Every second closing brace moves behind another line: 2,000 edits, and no line that the other text lacks."""
    old = [line for number in range(2_000) for line in (f"call({number})", "}")]
    new = [line for number in range(2_000) for line in (f"call({number})", *["}"] * (number % 2 * 2))]
    lines = line_map(old, new)
    check_map(lines, old, new)
    assert len(old) // 2 > LONGEST_EDIT
    assert kept(lines) == 3_000


def test_of_two_blocks_that_changed_places_the_longer_is_kept():
    short, long = [f"short {number}" for number in range(400)], [f"long {number}" for number in range(1_000)]
    lines = line_map(short + long, long + short)
    assert lines == LineMap((LineRun(401, 1, 1_000),))


def test_repeated_lines_are_followed_beyond_one_search():
    old = ["{", "}", ""] * 1_000
    new = [line for number, line in enumerate(old) if number % 10]
    lines = line_map(old, new)
    check_map(lines, old, new)
    assert kept(lines) > 0.9 * len(new)


def test_a_comparison_out_of_work_calls_the_rest_changed(monkeypatch):
    monkeypatch.setattr(module, "WORK_PER_FILE", 50)
    old = ["first", *written(1, 300, 5), "last"]
    new = ["first", *written(2, 300, 5), "last"]
    lines = line_map(old, new)
    check_map(lines, old, new)
    assert lines.runs[0].old == 1
    assert lines.old_line(len(new)) == len(old)
    assert kept(lines) < 100


def test_a_moved_function_is_kept_where_it_was_or_where_it_went_not_both():
    function = ["def f():", "    one", "    two"]
    old, new = [*function, "x", "y", "z", "w"], ["x", "y", "z", "w", *function]
    assert line_map(old, new) == LineMap((LineRun(4, 1, 4),))


@given(old=st.lists(st.integers(0, 4), max_size=16), new=st.lists(st.integers(0, 4), max_size=16))
def test_the_path_of_a_search_that_gives_up_is_a_common_part(old, new):
    edit = shortest_edit(old, new, most_steps=3)
    assert [old[index] for index, _ in edit.pairs] == [new[index] for _, index in edit.pairs]
    assert list(edit.pairs) == sorted(edit.pairs)
    assert len({old_index for old_index, _ in edit.pairs}) == len(edit.pairs)
    assert all(old_index < edit.old_end and new_index < edit.new_end for old_index, new_index in edit.pairs)
    if edit.is_whole:
        assert (edit.old_end, edit.new_end) == (len(old), len(new))


@pytest.mark.parametrize(
    ("old", "new", "anchors"),
    [
        ("abc", "abc", [(0, 0), (1, 1), (2, 2)]),
        ("abcab", "xcx", [(2, 1)]),
        ("abcd", "bcda", [(1, 0), (2, 1), (3, 2)]),
        ("ab", "aab", [(1, 2)]),
        ("aabb", "aabb", []),
        ("", "abc", []),
    ],
)
def test_unique_lines_are_those_that_both_sides_hold_once(old, new, anchors):
    assert unique_lines([ord(item) for item in old], [ord(item) for item in new]) == anchors
