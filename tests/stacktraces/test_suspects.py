"""Who is suspected: frames inside of what a test calls, then the words of the report; every point has its reason."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstory.model.lines import LineRange
from backstory.model.located import LineState, LocatedFrame, LocatedTrace, Resolved
from backstory.model.names import RepoPath, Revision
from backstory.stacktraces.clues import POINTS, Clue
from backstory.stacktraces.function_facts import FunctionFacts, FunctionHistory
from backstory.stacktraces.parse import parse
from backstory.stacktraces.suspects import suspects
from backstory.stacktraces.words import names_in, words_of

SHOP = "/home/ada/shop"

SOURCE = {
    "shop/cart.py": {"Cart.total": "sum price of items", "Cart.add": "items append", "load": "open json path"},
    "shop/pay.py": {"charge": "account balance retry card", "refund": "account balance card", "parse_card": "digits"},
    "shop/testing.py": {"FakeBank.transfer": "account"},
    "tests/test_pay.py": {"test_refund_of_expired_card": "refund Bank", "run": "", "None": "charge"},
}


def functions(**histories):
    """Return what is known of SOURCE, a text being the function's words; `None` stands for what a test imports."""
    return [
        FunctionFacts(
            SHOP,
            RepoPath(path),
            None if name == "None" else name,
            LineRange(10 * number + 1, 10 * number + 9),
            dict.fromkeys(words_of(f"{name} {text}"), 1),
            names_in(text) if path.startswith("tests/") else frozenset(),
            histories.get(name.replace(".", "_")),
        )
        for path, named in SOURCE.items()
        for number, (name, text) in enumerate(named.items())
    ]


def located(text):
    """Return the traces of a text; every file of SOURCE is found as it is printed, everything else is a library's."""
    return [LocatedTrace(trace, tuple(map(placed, trace.frames))) for trace in parse(text)]


def placed(frame):
    named = SOURCE.get(frame.filename)
    if named is None:
        return LocatedFrame(frame, is_library=True, because="not in the repository")
    function = next((name for name in named if name.rpartition(".")[2] == frame.function), None)
    resolved = Resolved(SHOP, RepoPath(frame.filename), frame.lineno, function, LineState.EXACT, None, "as printed")
    return LocatedFrame(frame, is_library=False, because="as printed", resolved=resolved)


def traceback(*frames, error="ValueError: no such card"):
    """Return Python's traceback; frames are `path:line function source`, the innermost last."""
    lines = []
    for frame in frames:
        place, function, *source = frame.split(" ", 2)
        path, line = place.split(":")
        lines += [f'  File "{path}", line {line}, in {function}', *(f"    {text}" for text in source)]
    return "\n".join(["Traceback (most recent call last):", *lines, error])


def ranked(text, **histories):
    return [f"{one.path} {one.function}" for one in suspects(located(text), text, functions(**histories))]


def reasons(text, function, **histories):
    found = suspects(located(text), text, functions(**histories), most=100)
    return next(one.reasons for one in found if one.function == function)


def test_the_innermost_frame_of_the_product_comes_first():
    text = traceback("shop/pay.py:3 charge x", "shop/cart.py:7 total x", "/usr/lib/python3/decimal.py:9 sqrt x")
    assert ranked(text)[:2] == ["shop/cart.py Cart.total", "shop/pay.py charge"]
    assert reasons(text, "Cart.total")[0] == "shop/cart.py:7 is the innermost frame of the product (+50)"
    assert "shop/pay.py:3 is 1 call further out of the product (+31)" in reasons(text, "charge")


def test_a_suspect_stands_at_the_frames_line_or_where_it_begins():
    text = traceback("shop/cart.py:7 total x", error="ValueError: parse card")
    lines = {one.function: one.line for one in suspects(located(text), text, functions())}
    assert (lines["Cart.total"], lines["parse_card"]) == (7, 21)


def test_who_called_the_test_is_hardly_suspected():
    text = traceback("shop/cart.py:2 load x", "tests/test_pay.py:5 run x", "shop/pay.py:3 refund x")
    assert ranked(text)[0] == "shop/pay.py refund"
    assert "shop/cart.py:2 stands in the stack, but called the test (+1)" in reasons(text, "load")


def test_what_stands_between_tests_counts_less():
    text = traceback(
        "tests/test_pay.py:5 run x", "shop/pay.py:3 charge x", "tests/test_pay.py:6 run x", "shop/cart.py:2 load x"
    )
    assert ranked(text)[0] == "shop/cart.py load"
    assert any("between functions of tests (+15)" in reason for reason in reasons(text, "charge"))


@pytest.mark.parametrize(
    ("line", "hands_on"),
    [
        ("raise exc from None", True),
        ("raise self._error", True),
        ("return future.result()", True),
        ("yielded = self.gen.send(value)", True),
        ("raise ValueError(error)", False),
        ("raise PaymentError()", False),
        ("return self.balance", False),
    ],
)
def test_a_frame_that_hands_on_an_error_counts_half(line, hands_on):
    text = traceback(f"shop/pay.py:3 charge {line}")
    told = reasons(text, "charge")[0]
    assert ("hands on an error made elsewhere (+25)" in told) == hands_on
    assert hands_on or "(+50)" in told


def test_what_carries_every_call_counts_half():
    text = traceback(
        "shop/cart.py:2 load x", "tests/test_pay.py:5 run x", "shop/pay.py:3 charge x", "shop/cart.py:3 load x"
    )
    assert "shop/cart.py:3 is the innermost frame of the product, and called the test as well (+25)" in reasons(
        text, "load"
    )
    assert ranked(text)[0] == "shop/pay.py charge"


def test_a_file_for_tests_to_use_is_no_likely_suspect():
    text = traceback("shop/pay.py:3 charge x", "shop/testing.py:4 transfer x")
    assert ranked(text)[0] == "shop/pay.py charge"


def test_an_error_that_was_being_handled_had_been_expected():
    handled = traceback("shop/pay.py:3 charge x", "shop/pay.py:30 parse_card x")
    raised = traceback("shop/pay.py:5 charge x", "shop/cart.py:7 total x", error="TypeError: none")
    text = f"{handled}\n\nDuring handling of the above exception, another exception occurred:\n\n{raised}"
    assert ranked(text)[0] == "shop/cart.py Cart.total"
    assert "(+25)" in reasons(text, "parse_card")[0]
    assert "stands in the stack of an error and of the one that it led to (+15)" in reasons(text, "charge")


TEST_FAILED = "\n".join(
    [
        "FAIL: test_refund_of_expired_card (tests.test_pay.RefundTest.test_refund_of_expired_card)",
        "-" * 70,
        traceback(
            "tests/test_pay.py:3 test_refund_of_expired_card self.assertEqual(charge(card), 3)",
            error="AssertionError: 2 != 3",
        ),
    ]
)


def test_without_a_frame_of_the_product_the_words_of_the_test_speak():
    assert ranked(TEST_FAILED)[0] == "shop/pay.py refund"
    told = reasons(TEST_FAILED, "refund")
    assert any(reason.startswith("its name shares “refund” with the failing test's name") for reason in told)
    assert "the failing test names refund" in re.sub(r" \(.*?\)", "", "; ".join(told))
    assert any(reason.startswith("the test's file is named after pay ") for reason in told)
    told = reasons(TEST_FAILED, "charge")
    assert any(reason.startswith("the test's line that failed names charge ") for reason in told)
    assert any(reason.startswith("the test's file imports charge ") for reason in told)


def test_tests_are_never_suspected():
    assert not any(path.startswith("tests/") for path in ranked(TEST_FAILED))


def test_without_a_test_the_message_speaks():
    text = traceback("/usr/lib/python3/decimal.py:9 sqrt x", error="ValueError: cannot refund this account")
    assert ranked(text)[0] == "shop/pay.py refund"
    assert any("with the message" in reason for reason in reasons(text, "refund"))


def test_history_speaks_a_little():
    past = FunctionHistory(changes=5, fixes=2, latest=Revision("a" * 40), age=0, agent="claude")
    assert ranked(TEST_FAILED)[0] == "shop/pay.py refund"
    told = reasons(TEST_FAILED, "Cart.add", Cart_add=past)
    assert told == (
        "the last commit to these files changed it (aaaaaaaaaa) (+4)",
        "its latest change names claude (aaaaaaaaaa) (+2)",
        "2 of the 5 commits that changed it lately call themselves a fix (+1)",
    )
    assert ranked(TEST_FAILED, Cart_add=past)[0] == "shop/pay.py refund"


def test_without_functions_the_frames_speak():
    text = traceback("shop/pay.py:3 charge x")
    (suspect,) = suspects(located(text), text, [])
    assert (suspect.path, suspect.function, suspect.line, suspect.score) == ("shop/pay.py", "charge", 3, 50)


def test_nothing_suspects_nobody():
    assert suspects([], "", functions()) == ()
    assert suspects([], "all is well", []) == ()


@given(st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_functions_changes_nothing(chance: random.Random):
    known = functions()
    expected = suspects(located(TEST_FAILED), TEST_FAILED, known)
    chance.shuffle(known)
    assert suspects(located(TEST_FAILED), TEST_FAILED, known) == expected


@given(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(["shop/pay.py:3 charge x", "shop/cart.py:2 load raise exc", "tests/test_pay.py:3 run y"]),
        max_size=5,
    ),
)
@settings(deadline=None)
def test_points_add_up_and_nothing_is_raised(noise, frames):
    text = f"{noise}\n{traceback(*frames)}\n{noise}"
    for suspect in suspects(located(text), text, functions()):
        points = [int(reason.rpartition("(")[2].rstrip(")")) for reason in suspect.reasons]
        assert suspect.score == sum(points) > 0
        assert [abs(point) for point in points] == sorted((abs(point) for point in points), reverse=True)


def test_every_clue_has_points_and_the_page_tells_them():
    page = (Path(__file__).parent.parent.parent / "docs" / "suspects.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w ]+)` \| (-?\d+) \| .+ \|$", page, re.MULTILINE)
    assert [(Clue(name), int(points)) for name, points in rows] == list(POINTS.items())
    assert set(POINTS) == set(Clue)
