"""The one place that starts git."""

import logging
import os
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import IO, Self

from attrs import frozen

from backstory.history.cancel import Cancellation
from backstory.history.environment import GLOBAL_OPTIONS, git_environment
from backstory.history.executable import git_executable
from backstory.model.errors import GitFailedError, NotARepositoryError

__all__ = [
    "Finished",
    "GitProcess",
    "git_environment",
    "git_version",
    "observe_git",
    "run_git",
    "start_git",
    "stream_git",
]

_log = logging.getLogger(__name__)
_CHUNK = 1 << 16
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)

Observer = Callable[[Sequence[str]], None]
_observers: list[Observer] = []


@frozen
class Finished:
    """What a git command left behind."""

    stdout: bytes
    stderr: str
    status: int


def run_git(
    directory: Path,
    args: Sequence[str],
    *,
    stdin: bytes | None = None,
    cancellation: Cancellation | None = None,
    check: bool = True,
) -> Finished:
    """Run one git command in `directory` to its end and return what it said.

    Raises: GitFailedError when `check` and the status is not 0; CancelledError; GitMissingError; NotARepositoryError
    when there is no such directory.
    """
    with start_git(directory, args, takes_input=stdin is not None) as process, _killed_by(process, cancellation):
        finished = process.communicate(stdin)
    if cancellation is not None:
        cancellation.raise_if_cancelled()
    if check and finished.status != 0:
        raise failure(args, finished)
    return finished


@contextmanager
def stream_git(
    directory: Path,
    args: Sequence[str],
    *,
    variables: Mapping[str, str] = MappingProxyType({}),
    cancellation: Cancellation | None = None,
) -> "Iterator[GitProcess]":
    """Start one git command whose output is read while it runs; it is killed on cancellation and on leaving the block.

    A killed git looks like one that ended: ask the cancellation before believing the output.
    """
    with start_git(directory, args, variables=variables) as process, _killed_by(process, cancellation):
        process.collect_errors()
        yield process


def start_git(
    directory: Path,
    args: Sequence[str],
    *,
    variables: Mapping[str, str] = MappingProxyType({}),
    takes_input: bool = False,
    keeps_errors: bool = True,
) -> "GitProcess":
    """Start git in `directory`, with `variables` besides the usual ones; whoever starts it closes it.

    Without `keeps_errors` what it complains of is lost.
    """
    command = [git_executable(), *GLOBAL_OPTIONS, *args]
    for observer in tuple(_observers):
        observer(args)
    try:
        popen = subprocess.Popen(
            command,
            cwd=directory,
            env={**git_environment(), **variables},
            stdin=subprocess.PIPE if takes_input else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if keeps_errors else subprocess.DEVNULL,
            bufsize=_CHUNK,
            creationflags=_NO_WINDOW,
        )
    except (OSError, ValueError) as error:
        if not directory.is_dir():
            raise NotARepositoryError(f"There is no folder {directory}.") from error
        raise GitFailedError(f"git could not be started in {directory}: {error}.") from error
    _log.debug("git %s (pid %d)", args[0], popen.pid)
    return GitProcess(popen)


def observe_git(observer: Observer) -> Callable[[], None]:
    """Tell `observer` the arguments of each git from now on, on the thread that starts it; return what ends that."""
    _observers.append(observer)
    return lambda: _observers.remove(observer)


def git_version() -> str:
    """Return git's version, `2.39.5`.

    Raises: GitMissingError.
    """
    return _version_of(git_executable())


def failure(args: Sequence[str], finished: Finished) -> GitFailedError:
    """Return the error for a git command that failed, with the line in which git says why."""
    said = finished.stderr.strip().splitlines()
    because = next((line for line in said if line.startswith("fatal: ")), said[-1] if said else "it does not say why")
    name = next((word for word in args if not word.startswith("-") and "=" not in word), "git")
    return GitFailedError(f"git {name} failed: {because.removeprefix('fatal: ')}")


class GitProcess:
    """A git that runs: its pipes, its end."""

    def __init__(self, popen: subprocess.Popen[bytes]) -> None:
        self._popen = popen
        self._errors = b""
        self._collector: threading.Thread | None = None

    @property
    def stdin(self) -> IO[bytes]:
        """The pipe to git; only for a git started with `takes_input`."""
        assert self._popen.stdin is not None  # noqa: S101  # start_git made it
        return self._popen.stdin

    @property
    def stdout(self) -> IO[bytes]:
        """The pipe from git, buffered; does not mix with `read_available`."""
        assert self._popen.stdout is not None  # noqa: S101  # start_git made it
        return self._popen.stdout

    def read_available(self) -> bytes:
        """Wait until git has written something and return it, 64 KiB at most; empty at the end."""
        return os.read(self.stdout.fileno(), _CHUNK)

    def collect_errors(self) -> None:
        """Take what git complains of as it comes, so that it never waits for us to listen."""
        self._collector = threading.Thread(target=self._collect, name="git errors", daemon=True)
        self._collector.start()

    def communicate(self, stdin: bytes | None = None) -> Finished:
        """Hand over `stdin`, take all of the output, wait for the end."""
        stdout, errors = self._popen.communicate(stdin)
        return Finished(stdout, (errors or b"").decode("utf-8", "replace"), self._popen.returncode)

    def finish(self) -> Finished:
        """Wait for the end of a git whose output was read; `stdout` of the result is empty."""
        status = self._popen.wait()
        if self._collector is not None:
            self._collector.join()
        return Finished(b"", self._errors.decode("utf-8", "replace"), status)

    def kill(self) -> None:
        """End git at once; harmless when it has ended."""
        self._popen.kill()

    def close(self) -> None:
        """End git if it still runs and give back the pipes."""
        self._popen.kill()
        self._popen.wait()
        if self._collector is not None:
            self._collector.join()
        for pipe in (self._popen.stdin, self._popen.stdout, self._popen.stderr):
            if pipe is not None:
                _close_quietly(pipe)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _collect(self) -> None:
        pipe = self._popen.stderr
        if pipe is not None:
            self._errors = pipe.read(_CHUNK)
            while pipe.read(_CHUNK):
                pass


@contextmanager
def _killed_by(process: GitProcess, cancellation: Cancellation | None) -> Iterator[None]:
    if cancellation is None:
        yield
        return
    forget = cancellation.on_cancel(process.kill)
    try:
        yield
    finally:
        forget()


def _close_quietly(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        _log.debug("git was gone before it had read all that was asked of it")


@cache
def _version_of(executable: str) -> str:
    words = run_git(Path(executable).parent, ["version"]).stdout.decode("ascii", "replace").split()
    return words[2] if len(words) > 2 else "unknown"
