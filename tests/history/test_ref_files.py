"""The commit that is checked out, told by files: what git says, in every kind of storage, or nothing."""

import os

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backstory.history.ref_files import checked_out, listed
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


NAMES = (
    "refs/notes/ai",
    "refs/notes/ai-remote/origin",
    "refs/notes/ai.old/x@y",
    "refs/notes/commits",
    "refs/ai/authorship/" + "1" * 40,
    "refs/heads/entire/checkpoints/v1",
    "refs/heads/entireness",
    "refs/remotes/origin/entire/v1",
    "refs/remotes/a/b/entire/v1",
    "refs/remotes/origin/notes/ai",
    "refs/remotes/a/b/notes/x/y",
    "refs/remotes/notes/ai",
)
PATTERNS = (
    "refs/notes",
    "refs/notes/ai",
    "refs/ai/authorship",
    "refs/heads/entire",
    "refs/remotes/*/entire/**",
    "refs/remotes/*/notes/**",
    "refs/remotes/**/notes/**",
    "refs/remotes/**/notes/ai",
    "refs/notes/ai*",
    "refs/none",
)


@given(
    st.sets(st.sampled_from(NAMES)),
    st.sets(st.sampled_from(NAMES)),
    st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=4, unique=True),
)
@settings(max_examples=25, deadline=None)
@example(set(NAMES), set(NAMES[::2]), ["refs/remotes/**/notes/**", "refs/notes/ai*"])
def test_refs_in_files_are_those_that_git_lists(tmp_path_factory, packed, loose, patterns):
    root = tmp_path_factory.mktemp("refs")
    git(root, "init", "-q")
    one, other = (git(root, "hash-object", "-w", "--stdin", stdin=text).strip() for text in (b"1", b"2"))
    tree = git(root, "mktree", stdin=b"").strip()
    commits = [
        git(root, "-c", "user.name=A", "-c", "user.email=a@b", "commit-tree", "-m", blob, tree).strip()
        for blob in (one, other)
    ]
    for names, commit in ((packed, commits[0]), (loose, commits[1])):
        git(root, "update-ref", "--stdin", stdin="".join(f"update {name} {commit}\n" for name in names).encode())
        if names is packed:
            git(root, "pack-refs", "--all")
    lines = git(root, "for-each-ref", "--format=%(objectname) %(refname)", *patterns).splitlines()
    expected = {name: object_id for object_id, name in map(str.split, lines)}
    found = listed(root / ".git", patterns)
    assert found == expected
    assert list(found) == list(expected)


def test_refs_that_files_do_not_say_plainly_are_git_s_to_tell(plain_weaving):
    root, git_dir = plain_weaving.root, plain_weaving.root / ".git"
    assert listed(git_dir, ()) is None
    assert listed(git_dir, ("refs/worktree",)) is None
    assert listed(git_dir, ("refs",)) is None
    assert listed(git_dir, ("refs/notes/[a-z]*",)) is None
    git(root, "symbolic-ref", "refs/notes/ai-remote/origin", "refs/notes/ai")
    assert listed(git_dir, ("refs/notes",)) is None
    assert set(listed(git_dir, ("refs/heads",))) == {"refs/heads/main"}
    (git_dir / "reftable").mkdir()
    assert listed(git_dir, ("refs/heads",)) is None


def test_a_linked_folder_of_refs_is_git_s_to_read(plain_weaving, tmp_path):
    git_dir = plain_weaving.root / ".git"
    (git_dir / "refs" / "notes").mkdir(exist_ok=True)
    (git_dir / "refs" / "notes" / "elsewhere").symlink_to(tmp_path, target_is_directory=True)
    assert listed(git_dir, ("refs/notes",)) is None
