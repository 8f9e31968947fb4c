"""The labels and the judge of leave-one-out, on a history small enough to know the answer."""

from pathlib import Path

import pytest

from bench.accuracy.leave_one_out import judge
from bench.oracle import leave_one_out
from bench.oracle.leave_one_out import is_same_conversation
from notation.authorship import Conversation, note_text
from notation.repository import ANN, RepositoryWriter

FIRST = "total = collect_orders(account)\n"
SECOND = "total = collect_refunds(account)\n"


@pytest.fixture
def labels(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(leave_one_out, "CACHE", tmp_path / "cache")
    return leave_one_out.labels


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A branch with two agents' lines that landed squashed, the note on the squash written by git-ai's own CI."""
    talks = [Conversation("a1"), Conversation("a2")]
    with RepositoryWriter(tmp_path / "shop") as history:
        start = history.commit("start", {"pay.py": "import money\n"})
        first = history.commit("one", {"pay.py": "import money\n" + FIRST}, branch="feature", parents=[start])
        history.note(first, note_text({"pay.py": [None, "a1"]}, talks))
        second = history.commit("two", {"pay.py": "import money\n" + FIRST + SECOND}, branch="feature")
        history.note(second, note_text({"pay.py": ["a2", "a2", "a2"]}, talks))
        squash = history.commit("squash", {"pay.py": "import money\n" + FIRST + SECOND + "print(total)\n"})
        history.note(squash, note_text({"pay.py": [None, "a1", "a1", "h:ann"]}, talks, {"ann": ANN}))
    return tmp_path / "shop"


def test_labels_say_whose_a_hidden_line_is_and_who_else_has_it(labels, repository: Path) -> None:
    by_line = {label.line: label for label in labels(str(repository))}
    assert {line: label.contributor for line, label in by_line.items()} == {2: "ai", 3: "ai", 4: "human"}
    assert by_line[2].recoverable
    assert by_line[2].recoverable_same_key
    assert by_line[3].recoverable, "its text is an agent's line of the branch"
    assert not by_line[3].recoverable_same_key, "but of another conversation: claims on lines not written do not count"
    assert not by_line[4].recoverable


def test_labels_are_kept(labels, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = labels(str(repository))
    monkeypatch.delattr(leave_one_out, "make_labels")
    assert labels(str(repository)) == made


@pytest.mark.parametrize(
    ("line", "said", "verdict"),
    [
        (2, {"contributor": "unknown", "basis": "none"}, "silent"),
        (2, {"contributor": "ai", "basis": "declared", "session": None}, "silent"),
        (2, {"contributor": "ai", "basis": "carried", "session": "a1"}, "right"),
        (2, {"contributor": "ai", "basis": "carried", "session": "a2"}, "wrong"),
        (2, {"contributor": "ai", "basis": "matched", "session": None}, "wrong"),
        (2, {"contributor": "human", "basis": "carried", "session": None}, "wrong"),
        (4, {"contributor": "ai", "basis": "carried", "session": "a1"}, "wrong"),
        (4, {"contributor": "human", "basis": "carried", "session": None, "typed_by": "Ann Lee"}, "right"),
        (4, {"contributor": "human", "basis": "carried", "session": None, "typed_by": "Bob Stone"}, "wrong"),
    ],
)
def test_claims_are_judged(labels, repository: Path, line: int, said: dict[str, str], verdict: str) -> None:
    keys = {"a1": Conversation("a1").record_key, "a2": Conversation("a2").record_key}
    label = next(label for label in labels(str(repository)) if label.line == line)
    assert judge(label, {**said, "session": keys.get(said.get("session"))}) == verdict


@pytest.mark.parametrize(
    ("key", "other", "is_same"),
    [
        ("s_0123456789abcd::t_1", "s_0123456789abcd", True),
        ("s_0123456789abcd", "0123456789abcdef", True),
        ("0123456", "0123456789abcdef", True),
        ("0123457", "0123456789abcdef", False),
        ("s_0123456789abce", "0123456789abcdef", False),
        ("", "0123456789abcdef", False),
    ],
)
def test_keys_of_one_conversation(key: str, other: str, *, is_same: bool) -> None:
    assert is_same_conversation(key, other) is is_same
