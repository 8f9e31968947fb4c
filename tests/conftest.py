"""What holds for every test: git sees no configuration but the repository's own, and home is an empty folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from notation.environment import isolate


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="rewrite what stories expect; read the diff before committing"
    )


@pytest.fixture(scope="session", autouse=True)
def isolated_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the run an empty home of its own; return it."""
    home = tmp_path_factory.mktemp("home")
    before = dict(os.environ)
    isolate(os.environ, home)
    yield home
    os.environ.clear()
    os.environ.update(before)
