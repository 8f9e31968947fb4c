"""The lines of a file at a commit, to hold records against."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from backstory.history.objects import ObjectReader
from backstory.model.names import RepoPath, Revision
from backstory.model.text import split_git_lines

_MAX_FILE_BYTES = 10_000_000


def committed_lines(reader: ObjectReader, revision: Revision, path: RepoPath) -> list[bytes] | None:
    """Return a file's lines as git counts them, without line ends, CRLF among them; None when there is no such text."""
    if "\n" in path:
        return None  # a recorder's path may be anything, and git has to be started for such a one
    found = reader.read_object(f"{revision}:{path}", limit=_MAX_FILE_BYTES)
    if found is None or found.content is None or found.kind != "blob":
        return None
    return [line.removesuffix(b"\n").removesuffix(b"\r") for line in split_git_lines(found.content)]


def runs_of(numbers: Iterable[int]) -> list[Sequence[int]]:
    """Return neighbouring numbers together, in order."""
    ordered = sorted(set(numbers))
    runs = groupby(enumerate(ordered), key=lambda each: each[1] - each[0])
    return [[number for _, number in run] for _, run in runs]
