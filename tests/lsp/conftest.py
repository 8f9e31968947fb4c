from pathlib import Path

import pytest
from attrs import frozen
from editor import NEOVIM, VS_CODE, Editor
from watched_git import WatchedGit

from notation.authorship import Conversation, note_text
from notation.repository import ANN, RepositoryWriter

PAY = """\
import time
def capture(order):
    return provider.capture(order)
def refund(order):
    return provider.refund(order)
"""
GUTTER = [None, "a1", "a1", "h:ann", "h:ann"]


@frozen
class Shop:
    """A repository with one file: its first line is nobody's, two are an agent's, two a person's."""

    root: Path
    pay: Path


@pytest.fixture
def shop(tmp_path):
    agent = Conversation("a1", tool="claude", model="claude-opus-4-6", asked_by=ANN)
    with RepositoryWriter(tmp_path / "shop") as history:
        first = history.commit("payments: capture", {"pay.py": PAY}, author=ANN)
        history.note(first, note_text({"pay.py": GUTTER}, [agent], {"ann": ANN}, base=first))
    return Shop(tmp_path / "shop", tmp_path / "shop" / "pay.py")


@pytest.fixture
def start():
    """Starts editors, each with a server of its own."""
    editors = []

    def start_one(**choices):
        editors.append(Editor(**choices))
        return editors[-1]

    yield start_one
    for editor in editors:
        editor.kill()


@pytest.fixture
def editor(start):
    """An editor whose server must end well and have nothing to complain of."""
    editor = start()
    yield editor
    assert editor.shut_down() == 0
    assert editor.errors == ""


@pytest.fixture
def shop_editor(editor, shop):
    """The same, with the shop as its folder."""
    editor.initialize(NEOVIM, shop.root)
    return editor


@pytest.fixture
def code(editor, shop):
    """VS Code with the shop as its folder."""
    editor.initialize(VS_CODE, shop.root)
    editor.wait_for("client/registerCapability")
    return editor


@pytest.fixture
def watched_git(tmp_path):
    return WatchedGit(tmp_path / "watched")
