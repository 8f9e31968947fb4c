r"""Which lines of some files each of the latest commits replaced, in one pass of git log, the newest first.

    \0<commit>\0<message>\0
    diff --git a/capture.py b/capture.py
    --- a/capture.py
    +++ b/capture.py
    @@ -12 +12,2 @@ def capture():

Only a branch's own line of commits is followed: what a merge brought counts as the merge's, so that every commit's new
lines are the next one's old lines. A file's past under an earlier name is left out, for git is asked about paths.
Source: git-log(1), `--first-parent`, *Generating patch text with -p*.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from attrs import frozen

from backstory.history.cancel import Cancellation
from backstory.history.command import stream_git
from backstory.history.no_settings import without_settings
from backstory.history.paths import pathspec
from backstory.history.quoting import unquoted
from backstory.history.repository import Repository
from backstory.model.names import RepoPath, Revision

MOST_COMMITS = 300
MOST_LINES = 2_000_000
"""Of git's answer: behind that the history is as good as unknown."""

_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ARGUMENTS = (
    "log",
    "--first-parent",
    "--diff-merges=first-parent",
    "--format=%x00%H%x00%B%x00",
    "-p",
    "-U0",
    "--inter-hunk-context=0",
    "--no-renames",
    "--no-textconv",
    "--no-ext-diff",
    "--no-color",
    "--no-show-signature",
    "--ignore-submodules=all",
    "--src-prefix=a/",
    "--dst-prefix=b/",
)


@frozen
class ReplacedLines:
    """One hunk: so many lines from one on became so many others; where there are none, the line before the place."""

    old_first: int
    old_count: int
    new_first: int
    new_count: int


@frozen
class LineChanges:
    """What a commit did to the lines of the files that were asked about."""

    revision: Revision
    message: str
    files: dict[RepoPath, tuple[ReplacedLines, ...]]


def line_changes(
    repository: Repository,
    revision: Revision,
    paths: Sequence[RepoPath],
    cancellation: Cancellation,
    most: int = MOST_COMMITS,
) -> Iterator[LineChanges]:
    """Yield what the latest commits up to `revision` did to some files, the newest first; nothing without paths.

    Nothing is fetched: in a partial clone the history ends where the first text is missing.

    Raises: CancelledError.
    """
    if not paths:
        return
    arguments = [*_ARGUMENTS, f"-n{most}", revision, "--", *map(pathspec, paths)]
    variables = without_settings(repository) if repository.is_partial else {}
    with stream_git(repository.directory, arguments, variables=variables, cancellation=cancellation) as process:
        yield from _commits(islice(process.stdout, MOST_LINES))
    cancellation.raise_if_cancelled()


def _commits(lines: Iterator[bytes]) -> Iterator[LineChanges]:
    revision: Revision | None = None
    message: list[bytes] = []
    patch = _Patch()
    for line in lines:
        if line.startswith(b"\0") and line.count(b"\0") >= 2:
            if revision:
                yield LineChanges(revision, _text(message), patch.files())
            _, name, begun = line.split(b"\0", 2)
            revision, patch = Revision(name.decode("ascii", "replace")), _Patch()
            message = list(_until_nul(begun, lines))
        else:
            patch.read(line)
    if revision:
        yield LineChanges(revision, _text(message), patch.files())


def _until_nul(begun: bytes, lines: Iterator[bytes]) -> Iterator[bytes]:
    for line in chain((begun,), lines):
        said, ends, _ = line.partition(b"\0")
        yield said
        if ends:
            return


class _Patch:
    """The hunks of one commit, while they are read."""

    def __init__(self) -> None:
        self._files: dict[RepoPath, list[ReplacedLines]] = {}
        self._path: RepoPath | None = None
        self._left = 0

    def read(self, line: bytes) -> None:
        """Take the next line; the lines of a hunk are passed over by its own count."""
        if line.startswith(b"\\"):  # "\ No newline at end of file"
            return
        if self._left:
            self._left -= 1
        elif line.startswith((b"--- a/", b'--- "a/', b"+++ b/", b'+++ "b/')):
            name = unquoted(line[4:].rstrip(b"\n").removesuffix(b"\t"))
            self._path = RepoPath(name[2:].decode("utf-8", "surrogateescape"))
        elif self._path and (found := _HUNK.match(line)):
            old, old_count, new, new_count = found.groups()
            hunk = ReplacedLines(int(old), _count(old_count), int(new), _count(new_count))
            self._left = hunk.old_count + hunk.new_count
            self._files.setdefault(self._path, []).append(hunk)

    def files(self) -> dict[RepoPath, tuple[ReplacedLines, ...]]:
        """Return the hunks of each file."""
        return {path: tuple(hunks) for path, hunks in self._files.items()}


def _count(written: bytes | None) -> int:
    return 1 if written is None else int(written)


def _text(message: Sequence[bytes]) -> str:
    return b"".join(message).decode("utf-8", "replace").strip()
