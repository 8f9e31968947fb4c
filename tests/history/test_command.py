"""One place starts git, the same way each time, and stops it when asked."""

import os
import threading
from pathlib import Path

import pytest

from backstory.history.cancel import Cancellation
from backstory.history.command import git_environment, git_version, observe_git, run_git, start_git, stream_git
from backstory.history.executable import find_git, git_executable
from backstory.model.errors import CancelledError, GitFailedError, GitMissingError, NotARepositoryError


@pytest.fixture
def endless(tmp_path: Path) -> list[str]:
    """Arguments of a git that waits for ever: nobody writes to the pipe it reads."""
    os.mkfifo(tmp_path / "pipe")
    return ["config", "--file", str(tmp_path / "pipe"), "--list"]


def test_output_complaints_and_status_come_back(tmp_path):
    assert run_git(tmp_path, ["version"]).stdout.startswith(b"git version")
    failed = run_git(tmp_path, ["no-such-command"], check=False)
    assert failed.status == 1
    assert "no-such-command" in failed.stderr


def test_input_reaches_git(plain_weaving):
    asked = f"{plain_weaving.first}\n".encode() * 20_000
    finished = run_git(plain_weaving.root, ["cat-file", "--batch-check"], stdin=asked)
    assert finished.stdout.count(b" commit ") == 20_000


def test_a_failure_says_in_gits_words_what_was_wrong(plain_weaving):
    with pytest.raises(GitFailedError) as caught:
        run_git(plain_weaving.root, ["-c", "a.b=c", "rev-list", "no-such-branch", "--"])
    assert caught.value.reason == "git rev-list failed: bad revision 'no-such-branch'"


def test_a_folder_that_is_gone_holds_no_repository(tmp_path):
    with pytest.raises(NotARepositoryError):
        run_git(tmp_path / "gone", ["version"])


def test_cancelling_kills_a_git_that_is_streaming(tmp_path, endless):
    cancellation = Cancellation()
    with stream_git(tmp_path, endless, cancellation=cancellation) as git:
        cancellation.cancel()
        assert git.read_available() == b""
        assert git.finish().status != 0


def test_cancelling_ends_a_wait_for_git(tmp_path, endless):
    cancellation = Cancellation()
    stop = observe_git(lambda _: threading.Timer(0.05, cancellation.cancel).start())
    with pytest.raises(CancelledError):
        run_git(tmp_path, endless, cancellation=cancellation)
    stop()


def test_cancelled_beforehand_nothing_is_waited_for(tmp_path, endless):
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(CancelledError):
        run_git(tmp_path, endless, cancellation=cancellation)


def test_leaving_the_block_ends_git(tmp_path, endless):
    with stream_git(tmp_path, endless) as git:
        pass
    assert git._popen.returncode not in {None, 0}


def test_many_complaints_do_not_block_the_output(plain_weaving):
    name = "x" * 2_000
    refs = plain_weaving.root / ".git" / "refs" / "heads"
    for index in range(60):
        (refs / f"broken-{index}-{name[:200]}").write_text("no id\n")
    with stream_git(plain_weaving.root, ["for-each-ref", *["refs/heads"] * 12]) as git:
        output = b""
        while chunk := git.read_available():
            output += chunk
        assert git.finish().stderr.count("broken") > 0
    assert b"refs/heads/main" in output


def test_closing_twice_is_harmless(tmp_path):
    process = start_git(tmp_path, ["version"])
    process.close()
    process.close()


def test_the_environment_has_no_git_variable_but_ours():
    inherited = {"GIT_DIR": "/elsewhere", "git_ssh_command": "run", "PATH": "/bin", "LC_ALL": "de_DE.UTF-8"}
    assert git_environment(inherited) == {
        "PATH": "/bin",
        "LC_ALL": "C",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "MALLOC_MMAP_THRESHOLD_": "33554432",
        "MALLOC_TRIM_THRESHOLD_": "536870912",
        "MALLOC_TOP_PAD_": "4194304",
    }


def test_who_has_tuned_the_allocator_knows_better():
    assert git_environment({"MALLOC_TOP_PAD_": "0"})["MALLOC_TOP_PAD_"] == "0"


def test_version_is_a_number():
    assert git_version()[0].isdigit()
    assert "." in git_version()


@pytest.mark.parametrize(
    ("search_path", "windows", "found"),
    [
        ("/usr/local/bin:/usr/bin", False, "/usr/bin/git"),
        (":/usr/bin", False, "/usr/bin/git"),
        (".:bin:/usr/bin", False, "/usr/bin/git"),
        ("", False, None),
        (r".;C:\Program Files\Git\cmd", True, r"C:\Program Files\Git\cmd\git.exe"),
        (r'"C:\Program Files\Git\cmd";C:\other', True, r"C:\Program Files\Git\cmd\git.exe"),
        (r"\tools;tools;C:tools", True, None),
        (r"C:\shims", True, None),
    ],
)
def test_git_is_never_taken_from_the_current_folder(search_path, windows, found):
    programs = {
        "/usr/bin/git",
        "git",
        "bin/git",
        "./git",
        "git.exe",
        r"\tools\git.exe",
        r"tools\git.exe",
        r"C:tools\git.exe",
        r"C:\Program Files\Git\cmd\git.exe",
        r"C:\shims\git.bat",
    }
    assert find_git(search_path, windows=windows, is_program=programs.__contains__) == found


def test_without_git_the_error_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitMissingError):
        git_executable()
    (tmp_path / "git").write_text("#!/bin/sh\n")
    with pytest.raises(GitMissingError):
        git_executable()
