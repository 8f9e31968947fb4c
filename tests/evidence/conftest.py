"""Opens the evidence sources of repositories, and closes them when the test is over."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from git_ai_reading import Opener

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
