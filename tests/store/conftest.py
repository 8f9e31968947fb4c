"""A state folder of its own for each test, and facts to keep in it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from keeping import Openers

from backstory.store.cache import open_cache
from backstory.store.facts import open_facts


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Our folder for what lasts; it does not exist yet."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "state" / "backstory"


@pytest.fixture
def opened(state: Path) -> Iterator[Openers]:
    """Open facts and caches; they are closed when the test is over."""
    with ExitStack() as stack:

        def closing(thing):
            stack.callback(thing.close)
            return thing

        del state
        yield Openers(lambda: closing(open_facts()), lambda identity: closing(open_cache(identity)))
