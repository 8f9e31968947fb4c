"""What a file's git attributes say about the text that people see."""

from collections.abc import Iterator

from backstory.history.repository import Repository, run_in
from backstory.model.names import RepoPath
from backstory.model.state import State, StateCode

_ASKED = ("filter", "working-tree-encoding", "ident", "linguist-generated", "linguist-vendored")
_UNSET = frozenset({"unspecified", "unset", "false"})


def attribute_states(repository: Repository, path: RepoPath) -> tuple[State, ...]:
    """Return the states that a file's attributes put it in; one git call.

    `text`, `eol` and `crlf` put it in none: they change how lines end, not which lines there are. Nor does Git LFS:
    a file may be meant for it and still stored in full, only the text itself tells.
    """
    output = run_in(repository, ["check-attr", "-z", *_ASKED, "--", path])
    return tuple(_states(path, parse_attributes(output)))


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
