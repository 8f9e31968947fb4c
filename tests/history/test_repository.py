"""Finding the repository that holds a path, of every kind; and saying why there is none."""

import os
import shlex
from pathlib import Path

import pytest

from backstory.history.repository import (
    discover,
    fetches_notes,
    has_commit_graph,
    head,
    remotes,
    repo_path,
    resolve_revision,
)
from backstory.model.errors import GitFailedError, NotARepositoryError, UnknownRevisionError, UnsafeRepositoryError
from notation.environment import isolated_environment
from notation.repository import RepositoryWriter, git


def test_a_plain_repository_is_found_from_anywhere_inside(weaving, git_calls):
    repository = discover(weaving.root / "new.py")
    assert (repository.root, repository.git_dir) == (weaving.root, weaving.root / ".git")
    assert repository.common_dir == repository.git_dir
    assert repository.object_format == {40: "sha1", 64: "sha256"}[len(weaving.first)]
    assert not repository.is_bare
    assert not repository.is_shallow
    assert git_calls == ["rev-parse"]
    assert discover(weaving.root / "not" / "there" / "yet.py") == repository
    assert discover(weaving.root / ".git" / "refs") == repository
    assert discover(weaving.root / ".git" / "COMMIT_EDITMSG").root == weaving.root


def test_head_is_the_commit_that_is_checked_out(weaving):
    assert head(weaving.repository) == weaving.third


def test_a_branch_without_commits_has_no_head(tmp_path):
    git(tmp_path, "init", "-q")
    assert head(discover(tmp_path)) is None


@pytest.mark.parametrize("name", ["no-such-branch", "--all", "", "HEAD:new.py", "1" * 40])
def test_what_is_no_commit_is_an_unknown_revision(plain_weaving, name):
    with pytest.raises(UnknownRevisionError):
        resolve_revision(plain_weaving.repository, name)


def test_a_name_of_a_commit_is_resolved(plain_weaving):
    assert resolve_revision(plain_weaving.repository, "main~1") == plain_weaving.second


def test_a_bare_repository_has_no_work_tree(weaving, tmp_path):
    git(tmp_path, "clone", "-q", "--bare", str(weaving.root), "bare.git")
    repository = discover(tmp_path / "bare.git" / "refs" / "heads")
    assert repository.is_bare
    assert repository.root is None
    assert head(repository) == weaving.third
    assert repo_path(repository, tmp_path / "bare.git" / "HEAD") is None


def test_a_linked_work_tree_shares_its_objects(weaving, tmp_path):
    git(weaving.root, "worktree", "add", "-q", str(tmp_path / "linked"), weaving.first)
    repository = discover(tmp_path / "linked" / "old.py")
    assert repository.root == tmp_path / "linked"
    assert repository.common_dir == weaving.root / ".git"
    assert repository != weaving.repository
    assert head(repository) == weaving.first


def test_a_submodule_is_a_repository_of_its_own(weaving, tmp_path):
    with RepositoryWriter(tmp_path / "outer", "sha1" if len(weaving.first) == 40 else "sha256") as history:
        history.commit("outer", {"x": "x\n"})
    allow = ("-c", "protocol.file.allow=always")
    git(tmp_path / "outer", *allow, "submodule", "--quiet", "add", str(weaving.root), "inner")
    repository = discover(tmp_path / "outer" / "inner" / "new.py")
    assert repository.root == tmp_path / "outer" / "inner"
    assert repository.git_dir == tmp_path / "outer" / ".git" / "modules" / "inner"
    assert repo_path(repository, tmp_path / "outer" / "inner" / "new.py") == "new.py"
    assert discover(tmp_path / "outer").root == tmp_path / "outer"


def test_a_shallow_clone_knows_where_it_was_cut(weaving, tmp_path):
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{weaving.root}", "shallow")
    repository = discover(tmp_path / "shallow")
    assert repository.is_shallow
    assert repository.shallow_revisions == {weaving.second}


def test_a_line_feed_in_a_folders_name(tmp_path):
    with RepositoryWriter(tmp_path / "two\nlines") as history:
        history.commit("first", {"a.py": "a\n"})
    repository = discover(tmp_path / "two\nlines" / "a.py")
    assert repository.root == tmp_path / "two\nlines"
    assert repository.git_dir == tmp_path / "two\nlines" / ".git"


def test_outside_every_repository(tmp_path):
    with pytest.raises(NotARepositoryError):
        discover(tmp_path / "no" / "file.py")


def test_a_broken_repository_is_not_called_absent(plain_weaving):
    (plain_weaving.root / ".git" / "config").write_text("[core\n")
    with pytest.raises(GitFailedError, match="config"):
        discover(plain_weaving.root)


def test_somebody_elses_repository_is_refused_with_the_command_that_helps(plain_weaving, tmp_path, monkeypatch):
    distrust(tmp_path, monkeypatch)
    with pytest.raises(UnsafeRepositoryError) as caught:
        discover(plain_weaving.root / "new.py")
    assert caught.value.command == f"git config --global --add safe.directory {plain_weaving.root}"
    environment = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (tmp_path / ".gitconfig").write_text(f"[safe]\n\tdirectory = {shlex.split(caught.value.command)[-1]}\n")
    assert discover(plain_weaving.root / "new.py").root == plain_weaving.root


def test_a_git_that_does_not_let_itself_be_asked_again(plain_weaving, tmp_path, monkeypatch):
    """Git 2.35.2 and those with its fix backported: only the owner tells."""
    distrust(tmp_path, monkeypatch, 'for word; do [ "$word" = "safe.directory=*" ] && exit 128; done')
    with pytest.raises(GitFailedError, match="ownership"):
        discover(plain_weaving.root)
    monkeypatch.setattr(os, "geteuid", lambda: plain_weaving.root.stat().st_uid + 1)
    with pytest.raises(UnsafeRepositoryError) as caught:
        discover(plain_weaving.root / ".git")
    assert caught.value.command == f"git config --global --add safe.directory {plain_weaving.root}"


def distrust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str = "") -> None:
    """Put a git first on PATH that takes every repository for somebody else's, with git's own switch for that."""
    real = isolated_environment(tmp_path)["PATH"]
    folder = tmp_path / "bin"
    folder.mkdir()
    lines = ["#!/bin/sh", first, f"PATH='{real}' GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec git \"$@\""]
    (folder / "git").write_text("\n".join(lines))
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{real}")


def test_paths_are_told_as_git_stores_them(plain_weaving, tmp_path):
    repository, root = plain_weaving.repository, plain_weaving.root
    (root / "src").mkdir()
    (root / "to-src").symlink_to(root / "src")
    (root / "out").symlink_to(tmp_path)
    (tmp_path / "in").symlink_to(root)
    assert repo_path(repository, root / "src" / "a b.py") == "src/a b.py"
    assert repo_path(repository, root / "src" / ".." / "new.py") == "new.py"
    assert repo_path(repository, root / "to-src" / "a.py") == "src/a.py"
    assert repo_path(repository, root / "to-src") == "to-src"
    assert repo_path(repository, tmp_path / "in" / "new.py") == "new.py"
    assert repo_path(repository, root / "out" / "a.py") is None
    assert repo_path(repository, tmp_path / "a.py") is None
    assert repo_path(repository, root / ".git" / "config") is None
    assert repo_path(repository, root) is None


def test_a_name_that_is_not_utf8_survives(tmp_path):
    name = os.fsdecode(b"caf\xe9.py")
    with RepositoryWriter(tmp_path / "latin") as history:
        history.commit("first", {name: "a\n"})
    assert repo_path(discover(tmp_path / "latin"), tmp_path / "latin" / name) == "caf\udce9.py"


def test_spelling_follows_the_repositorys_settings(plain_weaving):
    git(plain_weaving.root, "config", "core.ignoreCase", "true")
    git(plain_weaving.root, "config", "core.precomposeUnicode", "true")
    repository = plain_weaving.repository
    assert repo_path(repository, plain_weaving.root / "NEW.py") == "new.py"
    assert repo_path(repository, plain_weaving.root / "cafe\u0301.py") == "caf\u00e9.py"


def test_remotes_and_what_they_fetch(plain_weaving):
    repository = plain_weaving.repository
    assert remotes(repository) == ()
    git(plain_weaving.root, "remote", "add", "origin", "https://example.com/x.git")
    git(plain_weaving.root, "remote", "add", "fork", "https://example.com/y.git")
    git(plain_weaving.root, "config", "--add", "remote.fork.fetch", "+refs/notes/*:refs/notes/*")
    assert remotes(repository) == ("origin", "fork")
    assert not fetches_notes(repository, "origin")
    assert fetches_notes(repository, "fork")


def test_a_remote_without_refspec_fetches_no_notes(plain_weaving):
    git(plain_weaving.root, "config", "remote.origin.url", "https://example.com/x.git")
    assert not fetches_notes(plain_weaving.repository, "origin")


def test_a_commit_graph_is_noticed(plain_weaving):
    assert not has_commit_graph(plain_weaving.repository)
    git(plain_weaving.root, "commit-graph", "write", "--reachable")
    assert has_commit_graph(plain_weaving.repository)


def test_settings_are_read_once_until_they_change(plain_weaving, git_calls):
    repository = plain_weaving.repository
    assert not repository.is_partial
    assert repository.configuration.get("core.bare") == "false"
    assert git_calls == ["rev-parse", "config"]
    git(plain_weaving.root, "config", "remote.origin.promisor", "true")
    assert repository.is_partial
    assert git_calls == ["rev-parse", "config", "config"]


def test_a_bare_name_in_the_configuration_is_true(plain_weaving):
    with (plain_weaving.root / ".git" / "config").open("a") as config:
        config.write('[a "B\nc"]\n'.replace("\n", "") + "\tYes\n\tlist = 1\n\tlist = 2\n")
    settings = plain_weaving.repository.configuration
    assert settings.is_true("a.Bc.yes")
    assert settings.all("a.Bc.list") == ("1", "2")
    assert settings.get("a.Bc.no") is None
    assert not settings.is_true("core.fsmonitor")
