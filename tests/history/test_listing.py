"""Git's own list of files: without links, without submodules, read again when the index changes."""

import pytest

from backstory.history.cancel import Cancellation
from backstory.history.listing import paths_at, tracked_paths
from backstory.history.repository import discover
from backstory.model.errors import CancelledError
from notation.repository import RepositoryWriter, git


@pytest.fixture
def listed(tmp_path):
    with RepositoryWriter(tmp_path / "shop") as history:
        first = history.commit("first", {"src/cart.py": "a\n", "src/späte datei.py": "b\n"})
    root = tmp_path / "shop"
    (root / "link.py").symlink_to("src/cart.py")
    git(root, "add", "link.py")
    return root, discover(root), first


def test_the_index_is_listed_once(listed, git_calls):
    root, repository, _ = listed
    git_calls.clear()
    assert tracked_paths(repository) == ("src/cart.py", "src/späte datei.py")
    assert tracked_paths(repository) == ("src/cart.py", "src/späte datei.py")
    assert git_calls == ["ls-files"]
    (root / "new.py").write_text("c\n")
    git(root, "add", "new.py")
    assert tracked_paths(repository) == ("new.py", "src/cart.py", "src/späte datei.py")


def test_a_commit_is_listed_once(listed, git_calls):
    _, repository, first = listed
    git_calls.clear()
    assert paths_at(repository, first) == paths_at(repository, first) == ("src/cart.py", "src/späte datei.py")
    assert git_calls == ["ls-tree"]


def test_conflicting_sides_are_one_file(listed):
    root, repository, _ = listed
    blob = git(root, "rev-parse", "HEAD:src/cart.py").strip()
    for stage in (1, 2, 3):
        git(root, "update-index", "--index-info", stdin=f"100644 {blob} {stage}\tsides.py\n".encode())
    assert tracked_paths(repository).count("sides.py") == 1


def test_cancelled(listed):
    _, repository, first = listed
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(CancelledError):
        paths_at(repository, first, cancellation)
