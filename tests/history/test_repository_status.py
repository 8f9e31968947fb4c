"""What limits a repository's answers, and when it has moved."""

import os

import pytest

from backstory.history.repository import discover
from backstory.history.status import repository_state, watch_token
from backstory.model.state import StateCode
from notation.repository import git

IDENTITY = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")


def codes(root):
    return [state.code for state in repository_state(discover(root))]


def test_most_repositories_have_no_state_and_cost_no_call(weaving, git_calls):
    repository = weaving.repository
    assert not repository.is_partial
    del git_calls[:]
    assert repository_state(repository) == ()
    assert git_calls == []


def test_kinds_of_repositories(plain_weaving, tmp_path):
    git(tmp_path, "init", "-q", "empty")
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{plain_weaving.root}", "shallow")
    assert codes(tmp_path / "empty") == [StateCode.NO_COMMITS]
    assert codes(tmp_path / "bare.git") == [StateCode.BARE_REPOSITORY, StateCode.NO_COMMITS]
    assert codes(tmp_path / "shallow") == [StateCode.SHALLOW]
    (state,) = repository_state(discover(tmp_path / "shallow"))
    git(tmp_path, *state.command.split()[1:])
    assert codes(tmp_path / "shallow") == []


def test_operations_in_progress(plain_weaving):
    root = plain_weaving.root
    git(root, *IDENTITY, "-c", "sequence.editor=sed -i 1ibreak", "rebase", "-qi", "HEAD~1")
    (state,) = repository_state(discover(root))
    assert state.code == StateCode.IN_PROGRESS
    assert state.command == f"git -C {root} rebase --continue"
    git(root, *IDENTITY, "rebase", "--abort")
    assert codes(root) == []


MOVES = {
    "a commit": ("commit", "-q", "--allow-empty", "-m", "more"),
    "another branch at the same commit": ("switch", "-q", "-c", "side"),
    "a detached HEAD": ("checkout", "-q", "--detach"),
    "a reset": ("reset", "-q", "--soft", "HEAD~1"),
    "a note": ("notes", "--ref=ai", "add", "-m", "note", "HEAD~1"),
    "a remote's copy of notes": ("update-ref", "refs/notes/ai-remote/origin", "HEAD"),
    "a remote-tracking notes ref": ("update-ref", "refs/remotes/origin/notes/ai", "HEAD"),
    "packed refs": ("pack-refs", "--all"),
    "a bisection": ("bisect", "start"),
    "an agent's checkpoints": ("update-ref", "refs/heads/entire/checkpoints/v1", "HEAD"),
    "the remote's checkpoints": ("update-ref", "refs/remotes/origin/entire/checkpoints/v1", "HEAD"),
    "a checkpoint's own ref": ("update-ref", "refs/entire/checkpoints/HZ/01KVBJCWYA4YW6J5M9GP655HZN", "HEAD"),
}


@pytest.mark.parametrize("move", MOVES)
def test_the_token_tells_a_move(plain_weaving, move, git_calls):
    repository = plain_weaving.repository
    del git_calls[:]
    before = watch_token(repository)
    assert watch_token(repository) == before
    git(plain_weaving.root, *IDENTITY, *MOVES[move])
    assert watch_token(repository) != before
    assert git_calls == []


def test_moves_in_a_linked_work_tree(plain_weaving, tmp_path):
    git(plain_weaving.root, "worktree", "add", "-q", "-b", "side", str(tmp_path / "linked"))
    linked, main = discover(tmp_path / "linked"), plain_weaving.repository
    before = watch_token(linked), watch_token(main)
    git(tmp_path / "linked", *IDENTITY, "commit", "-q", "--allow-empty", "-m", "more")
    assert watch_token(linked) != before[0]
    assert watch_token(main) == before[1]


def test_what_does_not_matter_does_not_move(plain_weaving):
    repository = plain_weaving.repository
    before = watch_token(repository)
    (plain_weaving.root / "new.py").write_text("typing\n")
    git(plain_weaving.root, "branch", "elsewhere")
    git(plain_weaving.root, "config", "user.name", "Ann")
    git(plain_weaving.root, "rm", "-q", "--cached", "other.py")
    git(plain_weaving.root, "status")
    assert watch_token(repository) == before


def test_strange_files_are_not_waited_for(plain_weaving):
    repository = plain_weaving.repository
    (repository.git_dir / "HEAD").write_text("ref: refs/heads/pipe\n")
    os.mkfifo(repository.git_dir / "refs" / "heads" / "pipe")
    os.mkfifo(repository.git_dir / "refs" / "notes" / "pipe")
    assert watch_token(repository)
