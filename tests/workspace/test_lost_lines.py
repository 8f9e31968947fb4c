"""Lines whose record stands on another commit: answered at once as unknown, then with their origin."""

from pathlib import Path

import pytest

from backstory.history.cancel import Cancellation
from backstory.model.evidence import Basis
from backstory.model.text import Text
from backstory.workspace.queries import Queries
from notation.authorship import Conversation, Message, note_text
from notation.repository import ANN, BOB, RepositoryWriter

BODY = "def capture(order):\n    check_twice(order)\n    return charge(order)\n"
ASKED = "Capture the payment."


@pytest.fixture
def squashed(tmp_path: Path) -> Path:
    """`pay.py` landed by a squash; the note stands on the branch that main does not reach."""
    a1 = Conversation("a1", tool="claude", asked_by=ANN, is_legacy=True, messages=[Message("user", ASKED)])
    with RepositoryWriter(tmp_path / "shop") as history:
        first = history.commit("begin", {"other.py": "x = 1\n"})
        branch = history.commit("payments: capture", {"pay.py": BODY}, branch="side", parents=[first])
        history.note(branch, note_text({"pay.py": ["a1"] * 3}, [a1], {}, base=branch))
        history.commit("payments: capture (#1)", {"pay.py": BODY}, author=BOB, parents=[first])
        history.commit("format", {"pay.py": BODY.replace("    ", "\t")}, author=BOB)
    return tmp_path / "shop"


def test_lines_come_from_the_branch_through_a_squash_and_a_formatter(squashed: Path) -> None:
    queries = Queries()
    try:
        lines = queries.annotate_with_prompts(squashed / "pay.py", Cancellation()).lines
    finally:
        queries.close()
    assert [line.attribution.basis for line in lines] == [Basis.CARRIED] * 3
    assert {line.attribution.origin.agent.tool for line in lines} == {"claude"}
    assert {line.prompt.request for line in lines} == {ASKED}


def test_a_hover_is_answered_before_the_index_is_there_and_again_after(squashed: Path) -> None:
    queries = Queries()
    changed: list[object] = []
    buffers = queries.buffers(changed.append)
    try:
        buffer = buffers.open(squashed / "pay.py", Text.of(BODY.replace("    ", "\t")), "python")
        first = buffers.wait_for(buffer, 2, Cancellation())
        assert first.attribution.basis in (Basis.NONE, Basis.CARRIED)
        asked = 0
        while buffers.wait_for(buffer, 2, Cancellation()).attribution.basis is not Basis.CARRIED:
            asked += 1
            assert asked < 10_000_000
    finally:
        queries.close()
    assert changed
