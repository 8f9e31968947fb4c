"""What notes say of the lines that their commits really added, reachable or not."""

import pytest

from backstory.evidence import git_ai
from backstory.history.cancel import Cancellation
from backstory.history.command import observe_git
from backstory.history.repository import discover
from backstory.model.evidence import Basis
from notation.authorship import Conversation, note_text
from notation.repository import ANN, RepositoryWriter

A1 = Conversation("a1", tool="claude", asked_by=ANN)


@pytest.fixture
def source(tmp_path):
    with RepositoryWriter(tmp_path / "shop") as history:
        first = history.commit("begin", {"pay.py": "import time\n"})
        second = history.commit(
            "capture", {"pay.py": "import time\ndef capture(): ...\n\nx = 1\n"}, branch="side", parents=[first]
        )
        claims = note_text({"pay.py": ["a1", "a1", "a1", None, "a1"], "gone.py": ["a1"]}, [A1], {}, base=second)
        history.note(second, claims)
        history.note(first, note_text({}, [], {}, base=first))
        history.note_at("3" * 40, claims)
    opened = git_ai.open_source(discover(tmp_path / "shop"))
    yield opened, second
    opened.close()


def test_commits_of_the_clone_are_records_whose_stamp_is_the_note(source):
    opened, second = source
    records = {record.key: record.stamp for record in opened.records(Cancellation())}
    assert len(records) == 2
    assert second in records
    assert "3" * 40 not in records
    assert all(len(stamp) == 40 for stamp in records.values())


def test_claims_count_where_the_commit_added_lines(source):
    opened, second = source
    record = next(each for each in opened.records(Cancellation()) if each.key == second)
    (edit,) = opened.edits(record, Cancellation()).edits
    assert [(block.first, block.lines) for block in edit.blocks] == [(2, ("def capture(): ...", ""))]
    assert (edit.basis, edit.path, edit.revision) == (Basis.CARRIED, "pay.py", second)
    assert edit.origin.session.key == A1.record_key
    assert edit.locator == f"refs/notes/ai@{second[:7]}"


def test_all_commits_are_read_by_few_gits(source):
    opened, _ = source
    records = opened.records(Cancellation())
    calls = []
    stop = observe_git(calls.append)
    for record in records * 5:
        opened.edits(record, Cancellation())
    stop()
    assert len(calls) <= 3
