"""Real repositories for the history room, and a count of the gits it starts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import frozen

from backstory.history.command import observe_git
from backstory.history.repository import Repository, discover
from notation.repository import ANN, BOB, RepositoryWriter


@frozen
class Weaving:
    """A repository with three commits, a rename and two notes."""

    root: Path
    first: str
    second: str
    third: str

    @property
    def repository(self) -> Repository:
        return discover(self.root)


@pytest.fixture(params=["sha1", "sha256"])
def weaving(tmp_path: Path, request: pytest.FixtureRequest) -> Weaving:
    return weave(tmp_path / "weaving", request.param)


@pytest.fixture
def plain_weaving(tmp_path: Path) -> Weaving:
    return weave(tmp_path / "weaving")


def weave(root: Path, object_format: str = "sha1") -> Weaving:
    with RepositoryWriter(root, object_format) as history:
        first = history.commit("Weave", {"old.py": "one\ntwo\nthree\nfour\n", "other.py": "a\n"}, author=ANN)
        second = history.commit("Move", renames={"old.py": "new.py"}, author=BOB)
        third = history.commit("Mend\n\nIts body.", {"new.py": "one\ntwo\nthree;\nfour\n"}, author=BOB, committer=ANN)
        history.note(first, "a note\n")
        history.note(third, "another\n")
    return Weaving(root, first, second, third)


@pytest.fixture
def git_calls() -> Iterator[list[str]]:
    """The names of the git commands that were started."""
    calls: list[str] = []
    stop: Callable[[], None] = observe_git(lambda args: calls.append(args[0]))
    yield calls
    stop()
