"""What commits added and took away, as git tells it."""

from backstory.history.changes import ChangeReader
from backstory.history.repository import discover
from backstory.model.change import FileChange, Replacement
from notation.repository import RepositoryWriter


def changes_of(root, *revisions):
    reader = ChangeReader(discover(root))
    try:
        found = [reader.changes(revision) for revision in revisions]
    finally:
        reader.close()
    return found[0] if len(revisions) == 1 else found


def test_lines_written_and_taken_away(weaving):
    first, second, third = changes_of(weaving.root, weaving.first, weaving.second, weaving.third)
    assert first == (
        FileChange("old.py", (Replacement(1, ("one", "two", "three", "four")),)),
        FileChange("other.py", (Replacement(1, ("a",)),)),
    )
    assert second == ()
    assert third == (FileChange("new.py", (Replacement(3, ("three;",), ("three",), 3),)),)


def test_one_git_serves_all_commits(weaving, git_calls):
    reader = ChangeReader(weaving.repository)
    git_calls.clear()
    for revision in (weaving.first, weaving.third, weaving.first):
        reader.changes(revision)
    reader.close()
    assert git_calls == ["config", "-c"]


def test_a_commit_that_is_not_here_has_no_changes_and_the_next_one_has(weaving):
    missing, third = changes_of(weaving.root, "1" * len(weaving.third), weaving.third)
    assert not missing
    assert len(third) == 1


def test_a_renamed_and_changed_file_tells_its_name_before(tmp_path):
    text = "".join(f"line number {number}\n" for number in range(20))
    with RepositoryWriter(tmp_path) as history:
        history.commit("begin", {"a b.py": text})
        renamed = history.commit("move", {"caf\u00e9.py": text + "more\n"}, renames={"a b.py": "caf\u00e9.py"})
    assert changes_of(tmp_path, renamed) == (FileChange("caf\u00e9.py", (Replacement(21, ("more",)),), "a b.py"),)


def test_of_a_merge_only_its_own_lines_count(tmp_path):
    with RepositoryWriter(tmp_path) as history:
        base = history.commit("begin", {"pay.py": "one\ntwo\n"})
        left = history.commit("left", {"pay.py": "one\nleft\ntwo\n"}, parents=[base])
        right = history.commit("right", {"pay.py": "one\nright\ntwo\n"}, branch="side", parents=[base])
        merge = history.commit("merge", {"pay.py": "one\nleft\nboth\nright\ntwo\n"}, parents=[left, right])
    assert changes_of(tmp_path, merge) == (FileChange("pay.py", (Replacement(3, ("both",)),)),)


def test_lines_that_look_like_git_s_own_are_lines(tmp_path):
    text = "end\n--- a/x\n+++ b/y\n@@ -1 +1 @@\ndiff --git a/x b/y\n"
    with RepositoryWriter(tmp_path) as history:
        first = history.commit("begin", {"odd.txt": text})
        gone = history.commit("take away", {"odd.txt": "kept\n"})
    written, taken = changes_of(tmp_path, first, gone)
    assert written == (FileChange("odd.txt", (Replacement(1, tuple(text.splitlines())),)),)
    assert taken == (FileChange("odd.txt", (Replacement(1, ("kept",), tuple(text.splitlines()), 1),)),)


def test_line_ends_of_windows_and_a_missing_last_one(tmp_path):
    with RepositoryWriter(tmp_path) as history:
        first = history.commit("begin", {"pay.py": "one\r\ntwo"})
    assert changes_of(tmp_path, first) == (FileChange("pay.py", (Replacement(1, ("one", "two")),)),)


def test_a_commit_that_wrote_too_much_is_not_read_and_the_next_one_is(weaving, monkeypatch):
    monkeypatch.setattr("backstory.history.changes.MOST_LINES", 8)
    first, third = changes_of(weaving.root, weaving.first, weaving.third)
    assert first is None
    assert third is not None
