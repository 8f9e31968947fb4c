"""What a commit only moved or reshaped is followed line by line; a commit that wrote more is not."""

from carrying import change
from hypothesis import given
from hypothesis import strategies as st

from backstory.attribution.moves import moved_lines

BODY = ["def capture(order):", "    if order.paid:", "        return None", "", "    return charge(order)"]


def test_a_function_goes_to_another_file():
    moved = moved_lines([change("a.py", [], BODY, 1, 7), change("b.py", BODY, first=3)])
    assert moved == {("b.py", 3 + index): ("a.py", 7 + index) for index in range(5)}


def test_a_renamed_file_is_known_by_its_name_before():
    (renamed,) = [change("b.py", ["  x = charge(order)"], ["x = charge(order)"], 4, 6)]
    moved = moved_lines([type(renamed)("b.py", renamed.replacements, "a.py")])
    assert moved == {("b.py", 4): ("a.py", 6)}


def test_lines_are_indented_quoted_and_broken_otherwise():
    before = ["call('first', second, third)", "other(argument, more)"]
    after = ["    call(", '        "first",', "        second,", "        third,", "    )", "    other(argument, more)"]
    moved = moved_lines([change("a.py", after, before, 1, 1)])
    assert [moved[("a.py", line)] for line in range(1, 7)] == [("a.py", 1)] * 5 + [("a.py", 2)]


def test_lines_are_joined():
    moved = moved_lines([change("a.py", ["call(first, second)"], ["call(", "    first,", "    second", ")"], 1, 1)])
    assert moved == {("a.py", 1): ("a.py", 1)}


def test_a_commit_that_wrote_more_moved_nothing():
    new = [f"def entirely_new_{number}():" for number in range(5)]
    assert moved_lines([change("a.py", [], BODY), change("b.py", [*BODY, *new])]) == {}


def test_a_copy_is_no_move():
    assert moved_lines([change("b.py", BODY)]) == {}
    twice = moved_lines([change("a.py", [], BODY), change("b.py", BODY, first=1), change("c.py", BODY, first=1)])
    assert twice == {}


LINES = st.lists(
    st.sampled_from(["", "}", "return total", "charge(order, card)", "raise PaymentError", "x"]), max_size=12
)


@given(LINES, LINES, LINES)
def test_no_line_is_taken_twice_from_elsewhere_and_each_stands_where_it_is_said_to(removed, added, more):
    moved = moved_lines(
        [change("a.py", [], removed, 1, 5), change("b.py", added, first=2), change("c.py", more, first=9)]
    )
    assert len(set(moved.values())) == len(moved)
    places = {("b.py", 2 + index): text for index, text in enumerate(added)}
    places |= {("c.py", 9 + index): text for index, text in enumerate(more)}
    assert all(places[line] == removed[number - 5] for line, (_, number) in moved.items())
