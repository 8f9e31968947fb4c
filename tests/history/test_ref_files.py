"""The commit that is checked out, told by files: what git says, in every kind of storage, or nothing."""

import os

import pytest

from backstory.history.ref_files import checked_out
from backstory.history.repository import discover, head
from notation.repository import git


def said_by_git(root):
    return git(root, "rev-parse", "HEAD").strip()


def in_files(root):
    repository = discover(root)
    return checked_out(repository.git_dir, repository.common_dir)


@pytest.mark.parametrize(
    "commands",
    [
        (),
        (("pack-refs", "--all"),),
        (("checkout", "-q", "--detach", "HEAD~1"),),
        (("checkout", "-q", "-b", "deep/er/branch", "HEAD~1"),),
        (("branch", "main2", "HEAD~1"), ("pack-refs", "--all"), ("checkout", "-q", "main2")),
        (("pack-refs", "--all"), ("reset", "-q", "--hard", "HEAD~1")),
        (("tag", "refs/heads/main", "HEAD~1"), ("pack-refs", "--all")),
    ],
)
def test_head_is_told_by_files(weaving, git_calls, commands):
    for command in commands:
        git(weaving.root, *command)
    repository = discover(weaving.root)
    del git_calls[:]
    assert head(repository) == said_by_git(weaving.root)
    assert git_calls == []


def test_a_linked_work_tree_has_a_head_of_its_own(weaving, tmp_path):
    git(weaving.root, "worktree", "add", "-q", "-b", "other", str(tmp_path / "linked"), weaving.first)
    assert in_files(tmp_path / "linked") == weaving.first
    git(weaving.root, "pack-refs", "--all")
    assert in_files(tmp_path / "linked") == weaving.first
    assert in_files(weaving.root) == weaving.third


def test_git_is_asked_where_files_do_not_say_it(plain_weaving):
    root = plain_weaving.root
    branch = root / ".git" / "refs" / "heads" / "main"
    git(root, "symbolic-ref", "refs/heads/alias", "refs/heads/main")
    git(root, "symbolic-ref", "HEAD", "refs/heads/alias")
    assert in_files(root) is None
    assert head(discover(root)) == plain_weaving.third
    git(root, "symbolic-ref", "HEAD", "refs/heads/none")
    assert in_files(root) is None
    assert head(discover(root)) is None
    git(root, "symbolic-ref", "HEAD", "refs/heads/main")
    branch.write_text("x" * 5_000)
    assert in_files(root) is None


def test_nobody_waits_for_a_pipe(plain_weaving):
    repository = discover(plain_weaving.root)
    git(plain_weaving.root, "pack-refs", "--all")
    (repository.git_dir / "packed-refs").unlink()
    os.mkfifo(repository.git_dir / "refs" / "heads" / "main")
    assert checked_out(repository.git_dir, repository.common_dir) is None
