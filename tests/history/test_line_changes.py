"""Which lines each of the latest commits replaced, whatever the messages and the lines look like."""

import pytest

from backstory.history.cancel import Cancellation
from backstory.history.line_changes import ReplacedLines, line_changes
from backstory.history.repository import discover
from backstory.model.errors import CancelledError
from notation.repository import RepositoryWriter, git


def changes(root, revision, *paths, most=300):
    found = line_changes(discover(root), revision, paths, Cancellation(), most)
    return [(one.message, one.files) for one in found]


def test_the_newest_commit_comes_first(tmp_path):
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit("first", {"cart.py": "a\nb\nc\n", "pay.py": "x\n"})
        history.commit("second\n\nWith a body.", {"cart.py": "a\nB\nB2\nc\n"})
        last = history.commit("third", {"cart.py": "a\nc\n", "pay.py": "y\n"})
    assert changes(tmp_path / "shop", last, "cart.py") == [
        ("third", {"cart.py": (ReplacedLines(2, 2, 1, 0),)}),
        ("second\n\nWith a body.", {"cart.py": (ReplacedLines(2, 1, 2, 2),)}),
        ("first", {"cart.py": (ReplacedLines(0, 0, 1, 3),)}),
    ]
    assert [message for message, _ in changes(tmp_path / "shop", last, "pay.py", most=1)] == ["third"]
    assert changes(tmp_path / "shop", last) == []


def test_lines_that_look_like_headers_are_lines(tmp_path):
    hostile = "++ b/other.py\n-- a/other.py\n@@ -1 +1 @@\nno end"
    with RepositoryWriter(tmp_path / "shop") as history:
        first = history.commit("+++ b/other.py\n\ndiff --git a/x b/x\n@@ -1 +1 @@", {"cart.py": hostile})
        last = history.commit("second", {"cart.py": "one\n"})
    assert [files for _, files in changes(tmp_path / "shop", last, "cart.py")] == [
        {"cart.py": (ReplacedLines(1, 4, 1, 1),)},
        {"cart.py": (ReplacedLines(0, 0, 1, 4),)},
    ]
    assert changes(tmp_path / "shop", first, "cart.py")[0][0].startswith("+++ b/other.py")


def test_names_are_gits_own(tmp_path):
    odd = 'späte "datei" \t:(x).py'
    with RepositoryWriter(tmp_path / "shop") as history:
        last = history.commit("first", {odd: "a\n", "späte.py": "b\n"})
    ((_, files),) = changes(tmp_path / "shop", last, odd)
    assert files == {odd: (ReplacedLines(0, 0, 1, 1),)}


def test_what_a_merge_brought_is_the_merges(tmp_path):
    with RepositoryWriter(tmp_path / "shop") as history:
        first = history.commit("first", {"cart.py": "a\nb\nc\n"})
        side = history.commit("side", {"cart.py": "a\nb\nC\n"}, branch="side", parents=[first])
        main = history.commit("main", {"pay.py": "x\n"})
        last = history.commit("merge", {"cart.py": "a\nb\nC\n"}, parents=[main, side])
    assert [message for message, _ in changes(tmp_path / "shop", last, "cart.py")] == ["merge", "first"]


def test_a_partial_clone_tells_what_it_has_and_fetches_nothing(tmp_path):
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit("first", {"cart.py": "a\n"})
        last = history.commit("second", {"cart.py": "b\n"})
    git(tmp_path / "shop", "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{tmp_path / 'shop'}", "partial")
    program = tmp_path / "upload-pack"
    program.write_text(f'#!/bin/sh\ntouch "{tmp_path}/asked"\nexec git-upload-pack "$@"\n')
    program.chmod(0o755)
    git(tmp_path / "partial", "config", "remote.origin.uploadpack", str(program))
    assert [files for _, files in changes(tmp_path / "partial", last, "cart.py")] in ([], [{}])
    assert not (tmp_path / "asked").exists()


def test_cancelled(tmp_path):
    with RepositoryWriter(tmp_path / "shop") as history:
        last = history.commit("first", {"cart.py": "a\n"})
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(CancelledError):
        list(line_changes(discover(tmp_path / "shop"), last, ["cart.py"], cancellation))
