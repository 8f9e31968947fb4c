from pathlib import Path

import pytest

from backstory.history.repository import discover
from backstory.history.roots import identify
from backstory.model.repository import RepositoryIdentity
from notation.repository import RepositoryWriter, git


@pytest.fixture
def origin(tmp_path: Path) -> tuple[Path, str, str]:
    """A repository with two commits, and a branch that shares no history with them."""
    with RepositoryWriter(tmp_path / "origin") as history:
        first = history.commit("Begin", {"a": "1\n"})
        history.commit("Go on", {"a": "2\n"})
        pages = history.commit("Pages", {"index.html": "<p>\n"}, branch="pages", parents=[])
    return tmp_path / "origin", first, pages


def test_clones_and_work_trees_begin_alike(origin, tmp_path):
    root, first, pages = origin
    git(tmp_path, "clone", "-q", "origin", "clone")
    git(root, "worktree", "add", "-q", str(tmp_path / "tree"), "pages")
    here, clone, tree = (identify(discover(tmp_path / name)) for name in ("origin", "clone", "tree"))
    assert here == RepositoryIdentity(str(root / ".git"), first, frozenset({first, pages}))
    assert (clone.main_root, clone.roots) == (here.main_root, here.roots)
    assert (tree.clone, tree.main_root, tree.roots) == (here.clone, pages, here.roots)


def test_history_that_was_merged_in_changes_nothing(origin):
    root, first, _ = origin
    git(root, "-c", "user.name=A", "-c", "user.email=a@b", "merge", "-q", "--allow-unrelated-histories", "pages")
    assert identify(discover(root)).main_root == first


def test_a_shallow_clone_hides_where_history_begins(origin, tmp_path):
    git(tmp_path, "clone", "-q", "--depth=1", "--no-single-branch", (tmp_path / "origin").as_uri(), "shallow")
    shallow = identify(discover(tmp_path / "shallow"))
    assert shallow.main_root is None
    assert origin[1] not in shallow.roots


def test_without_commits_there_is_no_root(tmp_path):
    git(tmp_path, "init", "-q", ".")
    assert identify(discover(tmp_path)) == RepositoryIdentity(str(tmp_path / ".git"))


def test_two_git_calls_are_enough(origin, git_calls):
    repository = discover(origin[0])
    git_calls.clear()
    identify(repository)
    assert git_calls == ["rev-list", "rev-list"]
