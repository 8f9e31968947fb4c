"""Suspects of real repositories: what is read of them, and what their history says of functions."""

import pytest

from backstory.history.cancel import Cancellation
from backstory.history.command import observe_git
from backstory.history.line_changes import line_changes
from backstory.history.objects import ObjectReader
from backstory.history.repository import discover
from backstory.model.errors import CancelledError
from backstory.model.lines import LineRange
from backstory.model.located import LineState, LocatedFrame, LocatedTrace, Resolved
from backstory.stacktraces.parse import parse
from backstory.triage.function_history import with_histories
from backstory.triage.functions import functions_in
from backstory.triage.suspects import Ground, find_suspects
from notation.repository import RepositoryWriter

CART = """\
import os


class Cart:
    @property
    def total(self):
        return sum(self.prices)

    def add(self, item):
        def checked():
            return item
        self.prices.append(checked())
"""

PAY = """\
def refund(account):
    return account.balance


def charge(account):
    return account.retry()
"""

TESTS = """\
from functools import partial
from shop import pay

back = partial(pay.refund, None)


def test_money_back():
    assert back() == 3
"""


@pytest.fixture
def shop(tmp_path):
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit("Cart", {"shop/cart.py": CART, "shop/pay.py": PAY, "tests/test_pay.py": TESTS})
        history.commit("Fix the total", {"shop/cart.py": CART.replace("sum(", "+sum(")})
        history.commit(
            "Charge twice\n\nCo-authored-by: Claude <noreply@anthropic.com>",
            {"shop/pay.py": PAY.replace("retry", "retry_twice")},
        )
    return tmp_path / "shop"


def suspected(root, text, cancellation=None):
    repository = discover(root)
    reader = ObjectReader(repository)
    revision = repository_head(root)
    located = [LocatedTrace(trace, tuple(placed(root, frame) for frame in trace.frames)) for trace in parse(text)]
    try:
        return find_suspects(located, text, [Ground(repository, revision, reader)], cancellation or Cancellation())
    finally:
        reader.close()


def repository_head(root):
    return (root / ".git" / "refs" / "heads" / "main").read_text().strip()


def placed(root, frame):
    if not (root / frame.filename).is_file():
        return LocatedFrame(frame, is_library=True, because="not in the repository")
    resolved = Resolved(str(root), frame.filename, frame.lineno, frame.function, LineState.EXACT, None, "as printed")
    return LocatedFrame(frame, is_library=False, because="as printed", resolved=resolved)


def crash(path, line, function, error="ValueError: no balance in this account"):
    return f'Traceback (most recent call last):\n  File "{path}", line {line}, in {function}\n    x\n{error}\n'


def test_a_frame_of_the_product_needs_no_other_file(shop):
    found = suspected(shop, crash("shop/pay.py", 6, "charge"))
    assert [(one.path, one.function, one.line) for one in found] == [
        ("shop/pay.py", "charge", 6),
        ("shop/pay.py", "refund", 1),
    ]
    assert any(reason.startswith("its latest change names claude (") for reason in found[0].reasons)
    assert found[0].repository == str(shop)


def test_without_one_every_file_is_read(shop):
    found = suspected(shop, crash("/usr/lib/python3/decimal.py", 6, "sqrt", "ValueError: cannot add item to prices"))
    assert (found[0].path, found[0].function, found[0].line) == ("shop/cart.py", "Cart.add", 9)


def test_a_failing_test_names_what_it_calls_through_a_value_of_its_file(shop):
    text = "FAIL: test_money_back (tests.test_pay.test_money_back)\n" + crash(
        "tests/test_pay.py", 8, "test_money_back", "AssertionError"
    )
    reasons = {one.function: one.reasons for one in suspected(shop, text)}
    assert any(reason.startswith("the failing test names refund (") for reason in reasons["refund"])


def test_history_is_one_pass_and_the_list_of_files_another(shop):
    calls = []
    stop = observe_git(lambda arguments: calls.append(arguments[0]))
    suspected(shop, crash("shop/pay.py", 6, "charge"))
    stop()
    assert sorted(call for call in calls if call not in {"rev-parse", "config", "-c"}) == ["cat-file", "log"]


def test_a_commit_without_functions_has_no_suspects(tmp_path):
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit("Read me", {"README.md": "words\n"})
    assert suspected(tmp_path / "shop", crash("/usr/lib/x.py", 1, "f")) == ()


def test_cancelled(shop):
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(CancelledError):
        suspected(shop, crash("shop/pay.py", 6, "charge"), cancellation)


def test_functions_of_a_text():
    found = {one.name: one for one in functions_in("/shop", "shop/cart.py", CART.encode())}
    assert {name: one.lines for name, one in found.items()} == {
        "Cart.total": LineRange(5, 7),
        "Cart.add": LineRange(9, 12),
        "Cart.add.checked": LineRange(10, 11),
        None: LineRange(1, 13),
    }
    assert found["Cart.total"].words["prices"] == 1
    assert "import" in found[None].words
    assert not any(one.uses for one in found.values())


def test_names_of_a_text_of_tests():
    found = {one.name: one.uses for one in functions_in("/shop", "tests/test_pay.py", TESTS.encode())}
    assert {"assert", "back", "test_money_back"} <= found["test_money_back"]
    assert found["back"] == {"partial", "pay", "refund", "None"}
    assert found[None] == {"from", "functools", "import", "partial", "pay", "shop"}


def test_a_language_without_a_grammar_has_no_functions():
    assert list(functions_in("/shop", "README.md", b"def refund(): ...\n")) == []


def histories(root, path):
    """Return (function, commits that changed it, fixes among them, commits since), by git's own log."""
    repository, revision = discover(root), repository_head(root)
    text = (root / path).read_bytes()
    changes = line_changes(repository, revision, [path], Cancellation())
    known = with_histories(list(functions_in(str(root), path, text)), changes, lambda _: None)
    past = [(one.name, one.history) for one in known if one.name]
    return {name: (told.changes, told.fixes, told.age) if told else None for name, told in past}


def test_each_function_has_the_commits_that_changed_it(tmp_path):
    one = "def one():\n    return 1\n"
    two = "def two():\n    return 2\n"
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit("Begin", {"a.py": one + two})
        history.commit("Fix two", {"a.py": one + two.replace("2", "-2")})
        history.commit("Licence", {"a.py": "# Ann\n# Bob\n" + one + two.replace("2", "-2")})
        history.commit("Take a line away", {"a.py": "# Bob\n" + one + two.replace("2", "-2")})
        history.commit("Three", {"a.py": "# Bob\n" + one + "def three():\n    return 3\n" + two.replace("2", "-2")})
    assert histories(tmp_path / "shop", "a.py") == {"one": (1, 0, 4), "three": (1, 0, 0), "two": (2, 1, 3)}


def test_lines_that_went_out_of_a_function_count_for_it(tmp_path):
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit("Begin", {"a.py": "def one():\n    two = 1\n    three = 2\n    return 3\n"})
        history.commit("Revert it", {"a.py": "def one():\n    two = 1\n    return 3\n"})
    assert histories(tmp_path / "shop", "a.py") == {"one": (2, 1, 0)}
