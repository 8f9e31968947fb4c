"""Opens the evidence sources of repositories, and closes them when the test is over; gives a home of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from git_ai_reading import Opener
from local_reading import close_all

from backstory.evidence import git_ai
from backstory.evidence.git_ai import GitAiSource
from backstory.history.repository import discover


@pytest.fixture
def opened() -> Iterator[Opener]:
    sources: list[GitAiSource] = []

    def open_at(path: Path) -> GitAiSource:
        sources.append(git_ai.open_source(discover(path)))
        return sources[-1]

    yield open_at
    for source in sources:
        source.close()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a home without any agent's folder; what is opened from it is closed afterwards."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("CLAUDE_CONFIG_DIR", "CODEX_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / ".config"))
    yield folder
    close_all()
