"""A file of facts that is damaged, newer, or not ours to write: never changed, and read as far as it goes."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from keeping import SHOP, asked

from backstory.model.state import StateCode
from backstory.store.errors import NotKeptError
from backstory.store.facts import FACTS_FILE
from backstory.store.interchange import export_lines, import_lines

FACTS = 300
NOBODY = 65534


@pytest.fixture
def file(opened, state) -> Path:
    """A file with 300 facts, closed."""
    facts = opened.facts()
    facts.of(SHOP).keep(asked(f"e{number}", f"Request {number}. " + "Words. " * 40) for number in range(FACTS))
    facts.close()
    return state / FACTS_FILE


def check_only_readable(facts, *, least: int) -> None:
    """Check that at least so many facts can be read, and that none is taken in."""
    [state] = facts.states
    assert state.code == StateCode.STORE_LIMITED
    assert least <= len(list(export_lines(facts))) - 1 < FACTS + 1
    with pytest.raises(NotKeptError):
        facts.of(SHOP).keep([asked("one more")])


def test_garbage_is_left_as_it_is(opened, file):
    file.write_bytes(b"This is no database. " * 1000)
    check_only_readable(opened.facts(), least=0)
    assert file.read_bytes() == b"This is no database. " * 1000


def test_of_a_truncated_file_the_beginning_is_read(opened, file):
    half = file.read_bytes()[: file.stat().st_size // 8 * 4]
    file.write_bytes(half)
    check_only_readable(opened.facts(), least=50)
    assert file.read_bytes() == half


def test_around_a_broken_page_both_ends_are_read(opened, file):
    raw = bytearray(file.read_bytes())
    pages = len(raw) // 4096
    for page in range(pages // 2, pages // 2 + 2):
        raw[page * 4096 : (page + 1) * 4096] = b"\x07" * 4096
    file.write_bytes(raw)
    facts = opened.facts()
    check_only_readable(facts, least=FACTS // 2)
    assert "export" in facts.states[0].command
    assert file.read_bytes() == raw


def test_what_was_salvaged_can_be_imported_elsewhere(opened, file):
    raw = bytearray(file.read_bytes())
    raw[-8192:] = bytes(8192)
    file.write_bytes(raw)
    damaged = opened.facts()
    lines = [line.encode() for line in export_lines(damaged)]
    file.rename(file.with_suffix(".broken"))
    whole = opened.facts()
    assert import_lines(whole, lines).added == len(lines) - 1 > 0
    assert whole.of(SHOP).find("claude-code", "e1")


def test_a_newer_file_is_not_touched(opened, file):
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = file.read_bytes()
    facts = opened.facts()
    assert "newer Backstory" in facts.states[0].reason
    with pytest.raises(NotKeptError):
        facts.of(SHOP).keep([asked("one more")])
    facts.close()
    assert file.read_bytes() == before


def test_without_a_folder_to_write_nothing_is_kept_and_that_is_told(opened, state):
    state.parent.parent.joinpath("state").write_text("a file where the folder should be")
    facts = opened.facts()
    assert "cannot be written" in facts.states[0].reason
    assert facts.of(SHOP).all() == ()
    with pytest.raises(NotKeptError):
        facts.of(SHOP).keep([asked("e1")])


def test_a_read_only_home_can_be_read(opened, file, monkeypatch):
    with elsewhere(file) as folder:
        monkeypatch.setenv("XDG_STATE_HOME", str(folder))
        facts = opened.facts()
    assert "cannot be written" in facts.states[0].reason
    assert len(facts.of(SHOP).all()) == FACTS
    with pytest.raises(NotKeptError):
        facts.of(SHOP).keep([asked("one more")])


@contextmanager
def elsewhere(file: Path) -> Iterator[Path]:
    """Copy the file to a state folder that may only be read, also by root, who is nobody meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "backstory").mkdir()
        copy = folder / "backstory" / FACTS_FILE
        copy.write_bytes(file.read_bytes())
        for path, mode in ((copy, 0o444), (copy.parent, 0o555), (folder, 0o555)):
            path.chmod(mode)
        user = os.geteuid()
        if user == 0:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(user)
            for path in (folder, copy.parent):
                path.chmod(0o755)
