r"""Which lines a commit added, and which it took away: one `git diff-tree` that stays and is asked commit by commit.

    diff --git a/capture.py b/capture.py
    --- a/capture.py
    +++ b/capture.py
    @@ -12 +12,2 @@ def capture():
    -    return None
    +    total = 0
    +    return total

Of a merge only the lines count that none of its parents has; a renamed file's lines are not new. Source: git-diff(1),
*Generating patch text with -p* and *Combined diff format*; git echoes a line that names no commit and flushes what it
has, which tells the end of an answer.
"""

import re
import threading
from collections.abc import Iterator
from itertools import islice

from backstory.history.command import GitProcess, start_git
from backstory.history.no_settings import without_settings
from backstory.history.quoting import unquoted
from backstory.history.repository import Repository
from backstory.model.change import FileChange, Replacement
from backstory.model.names import RepoPath, Revision

LARGEST_FILE = "4m"
"""Lines of larger files are not looked at."""

RENAMES_COMPARED = 400

MOST_LINES = 100_000
"""Of one commit's answer: who wrote more took it from elsewhere."""

_END = b"end\n"
_ARGUMENTS = (
    "-c",
    f"core.bigFileThreshold={LARGEST_FILE}",
    "diff-tree",
    "--stdin",
    "--no-commit-id",
    "--root",
    "-r",
    "-c",
    "-p",
    "-U0",
    "--inter-hunk-context=0",
    "-M",
    f"-l{RENAMES_COMPARED}",
    "--no-textconv",
    "--no-ext-diff",
    "--no-relative",
    "--no-color",
    "--ignore-submodules=all",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    "--no-indent-heuristic",
)
_HUNK = re.compile(rb"(@@+) -(\d+)(?:,\d+)? (?:-\d+(?:,\d+)? )*\+(\d+)(?:,\d+)? @@")


class ChangeReader:
    """Reads the changes of one commit after the other; safe to use from several threads, which then wait."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._lock = threading.Lock()
        self._process: GitProcess | None = None

    def changes(self, revision: Revision) -> tuple[FileChange, ...] | None:
        """Return what a commit added, file by file; None when it is too much or the clone lacks a part of it."""
        with self._lock:
            process = self._process or self._start()
            self._process = None  # an answer that is not read to its end leaves the rest in the pipe
            try:
                process.stdin.write(revision.encode("ascii") + b"\n" + _END)
                process.stdin.flush()
                found = tuple(_files(_answer(process)))
            except (OSError, EOFError):
                process.close()
                return None
            except BaseException:
                process.close()
                raise
            self._process = process
            return found

    def close(self) -> None:
        """End the process."""
        with self._lock:
            if self._process:
                self._process.close()
                self._process = None

    def _start(self) -> GitProcess:
        repository = self._repository
        variables = without_settings(repository) if repository.is_partial else {}
        return start_git(repository.directory, _ARGUMENTS, variables=variables, takes_input=True, keeps_errors=False)


def _answer(process: GitProcess) -> Iterator[bytes]:
    """Yield the lines about one commit."""
    for line in islice(process.stdout, MOST_LINES):
        if line == _END:
            return
        yield line
    raise EOFError


def _files(lines: Iterator[bytes]) -> Iterator[FileChange]:
    file: _File | None = None
    hunk: _Hunk | None = None
    for line in lines:
        if hunk and hunk.takes(line):
            continue
        if file and hunk:
            file.replacements += hunk.replacements()
        hunk = _Hunk.begun_by(line) if line.startswith(b"@@") else None
        if line.startswith(b"diff "):
            if file:
                yield from file.changes()
            file = _File()
        elif file:
            file.read_name(line)
    if file and hunk:
        file.replacements += hunk.replacements()
    if file:
        yield from file.changes()


class _File:
    """One file of the answer, while it is read."""

    def __init__(self) -> None:
        self.replacements: list[Replacement] = []
        self._before: RepoPath | None = None
        self._after: RepoPath | None = None

    def read_name(self, line: bytes) -> None:
        """Take a line that names the file."""
        if line.startswith(b"--- "):
            self._before = _path(line, b"a/")
        elif line.startswith(b"+++ "):
            self._after = _path(line, b"b/")

    def changes(self) -> Iterator[FileChange]:
        """Yield the file if any of its lines changed."""
        path = self._after or self._before
        if path and self.replacements:
            before = self._before if self._before != path else None
            yield FileChange(path, tuple(self.replacements), before)


def _path(line: bytes, side: bytes) -> RepoPath | None:
    r"""Return the file that `+++ b/name` or `+++ "b/n\303\244me"` means; git ends a name with spaces by a tab."""
    name = unquoted(line[4:].rstrip(b"\n").removesuffix(b"\t"))
    return RepoPath(name[2:].decode("utf-8", "surrogateescape")) if name.startswith(side) else None


class _Hunk:
    """One hunk, line by line."""

    def __init__(self, first: int, first_removed: int, parents: int) -> None:
        self._parents = parents
        self._first_removed = first_removed
        self._next = first
        self._added: list[tuple[int, str]] = []
        self._removed: list[str] = []

    @classmethod
    def begun_by(cls, header: bytes) -> "_Hunk | None":
        """Return the hunk of a header, None when it is none."""
        found = _HUNK.match(header)
        return cls(int(found[3]), int(found[2]), len(found[1]) - 1) if found else None

    def takes(self, line: bytes) -> bool:
        """Take a line of the hunk; False when it is none."""
        if line[:1] not in b"+- \\\n":
            return False
        if line.startswith(b"\\"):  # "\ No newline at end of file"
            return True
        marks, text = line[: self._parents], line[self._parents :].removesuffix(b"\n")
        if b"-" in marks:
            self._removed.append(_text(text))
            return True
        if marks == b"+" * self._parents:
            self._added.append((self._next, _text(text)))
        self._next += 1
        return True

    def replacements(self) -> Iterator[Replacement]:
        """Yield the added lines, neighbours together; what was removed goes with the first of them."""
        removed = tuple(self._removed) if self._parents == 1 else ()
        start = 0
        for index in range(1, len(self._added) + 1):
            if index == len(self._added) or self._added[index][0] != self._added[index - 1][0] + 1:
                run = self._added[start:index]
                yield Replacement(
                    run[0][0], tuple(text for _, text in run), removed, self._first_removed if removed else 0
                )
                start, removed = index, ()
        if removed:
            yield Replacement(self._next, (), removed, self._first_removed)


def _text(line: bytes) -> str:
    return line.decode("utf-8", "surrogateescape").removesuffix("\r")
