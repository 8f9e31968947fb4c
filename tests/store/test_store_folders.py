import sys
from pathlib import Path, PurePosixPath

import pytest
from keeping import SHOP, asked

from backstory.store import folders
from backstory.store.file_systems import file_system_of
from backstory.store.folders import cache_folder, state_folder

MOUNTS = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
31 22 0:45 / /home rw,relatime shared:9 - nfs4 server:/export/home rw,vers=4.2
32 31 8:17 / /home/ada\040l/fast rw - xfs /dev/sdb1 rw
33 22 0:50 / /mnt/c rw,noatime - 9p C:\134 rw
34 22 0:51 / /twice rw - ext4 /dev/sdc rw
35 34 0:52 / /twice rw master:1 propagate_from:2 - cifs //server/share rw
a line that is none
"""


def test_nobody_else_can_look_into_it(opened, state):
    facts, cache = opened.facts(), opened.cache(SHOP)
    facts.of(SHOP).keep([asked("e1")])
    with cache.write() as connection:
        connection.execute("INSERT INTO about VALUES ('more')")
    modes = {path: path.stat().st_mode & 0o777 for path in (state, *state.rglob("*"))}
    names = {path.name for path in modes}
    assert {"facts.sqlite3-wal", "facts.sqlite3-shm", "cache.sqlite3-wal"} <= names
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


def test_a_folder_that_others_could_look_into_is_closed(opened, state):
    opened.facts().close()
    state.chmod(0o755)
    (state / "facts.sqlite3").chmod(0o644)
    opened.facts().close()
    assert state.stat().st_mode & 0o777 == 0o700
    assert (state / "facts.sqlite3").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("platform", "variables", "folders"),
    [
        ("linux", {}, ("{home}/.local/state/backstory", "{home}/.cache/backstory")),
        ("linux", {"XDG_STATE_HOME": "/s", "XDG_CACHE_HOME": "/c"}, ("/s/backstory", "/c/backstory")),
        ("linux", {"XDG_STATE_HOME": "relative"}, ("{home}/.local/state/backstory", "{home}/.cache/backstory")),
        ("darwin", {}, ("{home}/Library/Application Support/backstory", "{home}/Library/Caches/backstory")),
        ("win32", {"LOCALAPPDATA": "/l"}, ("/l/backstory", "/l/backstory/Cache")),
    ],
)
def test_each_platform_has_its_place(monkeypatch, tmp_path, platform, variables, folders):
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": str(tmp_path), **variables}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert [state_folder(), cache_folder()] == [Path(folder.format(home=tmp_path)) for folder in folders]


def test_without_a_home_there_is_no_folder(monkeypatch):
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setattr(folders.os.path, "expanduser", lambda path: path)
    assert state_folder() is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/etc", "ext4"),
        ("/home/ada/x", "nfs4"),
        ("/home/ada l/fast/x", "xfs"),
        ("/homes", "ext4"),
        ("/mnt/c/Users", "9p"),
        ("/twice", "cifs"),
    ],
)
def test_the_kind_of_file_system_is_read_from_the_table_of_mounts(path, kind):
    assert file_system_of(PurePosixPath(path), MOUNTS) == kind


def test_an_empty_table_says_nothing():
    assert file_system_of(PurePosixPath("/"), "") is None
