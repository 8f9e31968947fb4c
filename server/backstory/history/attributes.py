"""What a file's git attributes say about the text that people see."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from backstory.history.command import GitProcess, start_git
from backstory.history.repository import Repository
from backstory.model.names import RepoPath
from backstory.model.state import State, StateCode

_ASKED = ("filter", "working-tree-encoding", "ident", "linguist-generated", "linguist-vendored")
_UNSET = frozenset({"unspecified", "unset", "false"})


class AttributeReader:
    """Asks one `git check-attr` process about file after file; safe to use from several threads."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._lock = threading.Lock()
        self._process: GitProcess | None = None
        self._read: tuple[float, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def states(self, path: RepoPath) -> tuple[State, ...]:
        """Return the states that a file's attributes put it in.

        `text`, `eol` and `crlf` put it in none: they change how lines end, not which lines there are. Nor does Git
        LFS: a file may be meant for it and still stored in full, only the text itself tells.
        """
        with self._lock:
            attributes = self._ask(path)
        return tuple(_states(path, attributes))

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _ask(self, path: RepoPath) -> dict[str, str]:
        files = self._attribute_files(path)
        if files != self._read or not self._process:
            # Git reads each attribute file once: when one has changed or another folder counts, it starts anew.
            self._end()
            self._read = files
            self._process = start_git(
                self._repository.directory,
                ["check-attr", "-z", "--stdin", *_ASKED],
                takes_input=True,
                keeps_errors=False,
            )
        try:
            self._process.stdin.write(path.encode("utf-8", "surrogateescape") + b"\0")
            self._process.stdin.flush()
            answer = self._answer(self._process)
        except OSError:
            answer = b""
        if not answer:
            self._end()
        return parse_attributes(answer)

    def _answer(self, process: GitProcess) -> bytes:
        """Read the answer about one path: three words for each attribute, each ended by a NUL."""
        answer = b""
        while answer.count(b"\0") < 3 * len(_ASKED):
            more = process.read_available()
            if not more:
                return b""
            answer += more
        return answer

    def _attribute_files(self, path: RepoPath) -> tuple[float, ...]:
        """Return when the attribute files of the folders around a file last changed, 0 for those that are not there."""
        folders = [*Path(path).parents]
        files = [self._repository.directory.joinpath(folder, ".gitattributes") for folder in folders]
        files.append(self._repository.common_dir / "info" / "attributes")
        return tuple(filter(None, map(_changed_at, files)))

    def _end(self) -> None:
        if self._process:
            self._process.close()
            self._process = None


def parse_attributes(output: bytes) -> dict[str, str]:
    r"""Return the attributes that are set, of one path: `<path>\0filter\0lfs\0…`. Source: git-check-attr(1)."""
    words = output.decode("utf-8", "surrogateescape").split("\0")
    return {name: value for name, value in zip(words[1::3], words[2::3], strict=False) if value not in _UNSET}


def _states(path: RepoPath, attributes: dict[str, str]) -> Iterator[State]:
    driver = attributes.get("filter")
    if driver not in {None, "lfs"}:
        yield State(StateCode.FILTERED, f"The filter {driver} rewrites {path}: git stores other lines than these.")
    if "working-tree-encoding" in attributes:
        encoding = attributes["working-tree-encoding"]
        yield State(StateCode.FILTERED, f"{path} is {encoding} on disk and UTF-8 in git.")
    if "ident" in attributes:
        yield State(StateCode.FILTERED, f"Git writes ids into the $Id$ marks of {path} on checkout.")
    if "linguist-generated" in attributes:
        yield State(StateCode.GENERATED, f".gitattributes calls {path} generated.")
    if "linguist-vendored" in attributes:
        yield State(StateCode.VENDORED, f".gitattributes calls {path} vendored.")


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
