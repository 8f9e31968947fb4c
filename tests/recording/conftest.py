"""A workplace for each test, and a home with no agent's folder but its own."""

from pathlib import Path

import pytest
from workplace import Workplace


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """Return an empty repository to work in."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    place = Workplace(tmp_path / "shop", home)
    monkeypatch.chdir(place.root)
    return place
