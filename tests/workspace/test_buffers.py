"""The open buffer is the truth: typing moves origins, HEAD's moves are noticed, nothing waits longer than it must."""

import time

import pytest

from backstory.history.cancel import Cancellation
from backstory.model.answer import LineAnswer
from backstory.model.errors import CancelledError
from backstory.model.state import StateCode
from backstory.model.text import Edit, Text
from notation.repository import git

PATIENCE_SECONDS = 20


def test_an_opened_file_tells_who_wrote_each_line(editor, shop):
    buffer = editor.open(shop / "pay.py")
    assert editor.contributors(buffer) == "aaauuuu"


def test_origins_follow_their_lines_when_something_is_typed_above(editor, shop):
    buffer = editor.open(shop / "pay.py")
    editor.answer(buffer, 1)
    editor.type(buffer, 1, "import time\n")
    assert editor.contributors(buffer) == "uaaauuuu"
    assert editor.answer(buffer, 2).line_at_revision == 1


def test_a_line_that_was_typed_into_is_not_the_agents_line_any_more(editor, shop):
    buffer = editor.open(shop / "pay.py")
    editor.answer(buffer, 1)
    editor.type(buffer, 2, "# mine: ")
    answer = editor.answer(buffer, 2)
    assert answer.commit is None
    assert "not committed" in (answer.attribution.reason or "")
    assert editor.contributors(buffer) == "auauuuu"


def test_what_was_typed_before_the_repository_was_read_counts_as_well(editor, shop):
    buffer = editor.open(shop / "pay.py")
    editor.type(buffer, 1, "import time\n")
    assert editor.contributors(buffer) == "uaaauuuu"


def test_saving_compares_anew_so_that_a_line_typed_back_is_the_agents_again(editor, shop):
    buffer = editor.open(shop / "pay.py")
    editor.answer(buffer, 1)
    editor.type(buffer, 2, "x")
    text, splice = buffer.text.apply(Edit(2, 0, 2, 1, ""))
    buffer.change(text, [splice])
    editor.buffers.resynchronise(buffer)
    _until(lambda: editor.contributors(buffer) == "aaauuuu")


def test_windows_line_ends_are_no_difference(editor, shop):
    text = (shop / "pay.py").read_text().replace("\n", "\r\n")
    assert editor.contributors(editor.open(shop / "pay.py", text)) == "aaauuuu"


def test_a_commit_made_outside_is_noticed(editor, shop):
    buffer = editor.open(shop / "pay.py", (shop / "pay.py").read_text() + "x = 1\n")
    assert editor.answer(buffer, 8).commit is None
    (shop / "pay.py").write_text(buffer.text.encoded().decode())
    git(shop, "-c", "user.name=Bob", "-c", "user.email=b@example.com", "commit", "-qam", "more")
    editor.buffers.look_again(now=True)
    _until(lambda: editor.answer(buffer, 8).commit is not None)
    assert editor.answer(buffer, 8).commit.subject == "more"
    assert editor.contributors(buffer) == "aaauuuuu"


def test_a_note_that_arrives_later_is_noticed(editor, shop):
    note = git(shop, "notes", "--ref=ai", "show", "HEAD~1")
    git(shop, "update-ref", "-d", "refs/notes/ai")
    buffer = editor.open(shop / "pay.py")
    assert editor.contributors(buffer) == "uuuuuuu"
    git(shop, "-c", "user.name=B", "-c", "user.email=b@x", "notes", "--ref=ai", "add", "-m", note, "HEAD~1")
    editor.buffers.look_again(now=True)
    _until(lambda: editor.contributors(buffer) == "aaauuuu")


def test_a_file_that_git_does_not_know_has_a_state_and_no_origins(editor, shop):
    (shop / "new.py").write_text("x = 1\n")
    answer = editor.answer(editor.open(shop / "new.py"), 1)
    assert [state.code for state in answer.states] == [StateCode.UNTRACKED]


def test_outside_a_repository_the_state_says_so(editor, tmp_path):
    (tmp_path / "loose.py").write_text("x = 1\n")
    answer = editor.answer(editor.open(tmp_path / "loose.py"), 1)
    assert [state.code for state in answer.states] == [StateCode.NOT_A_REPOSITORY]
    assert answer.attribution.reason == answer.states[0].reason


def test_functions_follow_their_lines_and_are_found_again_after_an_edit(editor, shop):
    buffer = editor.open(shop / "pay.py")
    _until(lambda: editor.answer(buffer, 2).unit_share is not None)
    share = editor.answer(buffer, 2).unit_share
    assert (share.unit.name, share.agent_lines, share.total_lines) == ("capture", 3, 3)
    editor.type(buffer, 1, "def more():\n    pass\n")
    assert editor.answer(buffer, 4).unit_share.unit.name == "capture"
    _until(lambda: (found := editor.answer(buffer, 2).unit_share) and found.unit.name == "more")


def test_nobody_waits_for_a_document_that_was_closed(editor, shop):
    buffer = editor.open(shop / "pay.py")
    editor.buffers.close(buffer)
    buffer.ready.clear()
    with pytest.raises(CancelledError):
        editor.buffers.wait_for(buffer, 1, Cancellation())


def test_whoever_no_longer_wants_the_answer_is_not_kept_waiting(editor, shop):
    buffer = editor.open(shop / "pay.py")
    editor.answer(buffer, 1)
    buffer.ready.clear()
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(CancelledError):
        editor.buffers.wait_for(buffer, 1, cancellation)


def test_a_line_that_is_known_is_answered_without_waiting(editor, shop):
    buffer = editor.open(shop / "pay.py")
    editor.contributors(buffer)
    assert isinstance(editor.buffers.line_now(buffer, 1), LineAnswer)
    assert isinstance(editor.buffers.line_now(buffer, 7), LineAnswer)


def test_an_empty_document_has_no_lines_and_breaks_nothing(editor, shop):
    (shop / "empty.py").write_text("")
    buffer = editor.open(shop / "empty.py", "")
    assert editor.answer(buffer, 1).commit is None
    assert buffer.text.line_count == Text.of("").line_count == 0


def _until(claim) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not claim():
        assert time.monotonic() < end, "it did not come true in time"


def test_a_load_that_was_called_off_does_not_cost_the_next_one_its_evidence(queries, shop):
    opened = queries.repositories.containing(shop)
    file = opened.file("pay.py")
    cancellation = Cancellation()
    read = opened.sources["git-ai"].read

    def called_off_while_reading(_request, asked):
        cancellation.cancel()
        asked.raise_if_cancelled()

    opened.sources["git-ai"].read = called_off_while_reading
    with pytest.raises(CancelledError):
        file.load(cancellation)
    opened.sources["git-ai"].read = read
    file.load(Cancellation())
    assert [file.attribution(line).origin.contributor for line in (1, 2, 3)] == ["ai"] * 3


def test_opening_reads_no_record_and_a_look_reads_that_of_its_commit_alone(editor, shop, queries):
    opened = queries.repositories.containing(shop)
    asked: list[frozenset[str]] = []
    read = opened.sources["git-ai"].read

    def noticed(request, cancellation):
        asked.append(frozenset(request.paths))
        return read(request, cancellation)

    opened.sources["git-ai"].read = noticed
    file = opened.file("pay.py")
    file.follow(Cancellation())
    assert (file.is_blamed, file.is_complete, asked) == (True, False, [])
    file.wait_for(1, Cancellation())
    assert file.attribution(1).origin.contributor == "ai"
    assert [file.attribution(line) is None for line in (3, 4, 7)] == [False, True, True]
    assert asked == [{file.hunk(1).revision}]
    file.load(Cancellation())
    assert (file.is_complete, len(asked)) == (True, 2)
    buffer = editor.open(shop / "pay.py")
    assert editor.answer(buffer, 1).region.lines.last == 3


def test_a_look_that_was_called_off_does_not_cost_the_next_one_its_evidence(queries, shop):
    opened = queries.repositories.containing(shop)
    file = opened.file("pay.py")
    file.follow(Cancellation())
    gone = Cancellation()
    read = opened.sources["commit"].read
    opened.sources["commit"].read = lambda _request, asked: (gone.cancel(), asked.raise_if_cancelled())
    with pytest.raises(CancelledError):
        file.wait_for(1, gone)
    opened.sources["commit"].read = read
    file.wait_for(1, Cancellation())
    assert file.attribution(1).origin.contributor == "ai"


def test_an_older_version_and_the_file_are_two_documents_of_one_path(editor, shop):
    text = Text.of(git(shop, "show", "HEAD~1:pay.py"))
    older = editor.buffers.open(shop / "pay.py", text, "python", "HEAD~1")
    buffer = editor.open(shop / "pay.py")
    assert editor.contributors(older) == "aaa"
    assert editor.contributors(buffer) == "aaauuuu"
    assert older.snapshot.head != buffer.snapshot.head
    editor.buffers.close(older)
    assert editor.contributors(buffer) == "aaauuuu"
