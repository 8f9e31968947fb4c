import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.lsp.uris import document_key, file_path, file_uri, local_path, spellings
from backstory.model.state import State, StateCode


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///home/a/b.py", "/home/a/b.py"),
        ("file:/home/a/b.py", "/home/a/b.py"),
        ("FILE://localhost/home/a/b.py", "/home/a/b.py"),
        ("file:///home/a%20b/c%23d%25.py", "/home/a b/c#d%.py"),
        ("file:///home/caf%C3%A9.py", "/home/café.py"),
        ("file:///home/café.py", "/home/café.py"),
        ("file:///home/caf%E9.py", "/home/caf\udce9.py"),
        ("file:///home/a.py?query#fragment", "/home/a.py"),
        ("file:///home/%E2%80%A8.py", "/home/\u2028.py"),
    ],
)
def test_a_posix_file(uri, path):
    assert file_path(uri, on_windows=False) == PurePosixPath(path)


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///c%3A/src/a.py", r"C:\src\a.py"),
        ("file:///C:/src/a.py", r"C:\src\a.py"),
        ("file:///c:/src/My%20Project/a.py", r"C:\src\My Project\a.py"),
        ("file:///d%3a/", "D:\\"),
        ("file:///d:", "D:\\"),
        ("file://server/share/src/a.py", r"\\server\share\src\a.py"),
        ("file://SERVER/share/a.py", r"\\server\share\a.py"),
        ("file:////server/share/a.py", r"\\server\share\a.py"),
    ],
)
def test_a_windows_file(uri, path):
    assert str(file_path(uri, on_windows=True)) == str(PureWindowsPath(path))


@pytest.mark.parametrize(
    ("uri", "word"),
    [
        ("untitled:Untitled-1", "never saved"),
        ('git:/home/a.py?{"path":"/home/a.py","ref":"~"}', "older version"),
        ("vscode-notebook-cell:/home/a.ipynb#W0sZmlsZQ%3D%3D", "notebook"),
        ("vscode-remote://ssh-remote%2Bbox/home/a.py", "another machine"),
        ("vscode-userdata:/settings.json", "editor"),
        ("vscode-vfs://github/o/r/a.py", "virtual workspace"),
        ("jdt://contents/rt.jar/java.lang/String.class", "“jdt:”"),
        ("zipfile:///home/a.zip::b.py", "“zipfile:”"),
        ("file://elsewhere/home/a.py", "another machine"),
        ("file:///home/a%00b.py", "no file name"),
        ("/home/a.py", "no URI"),
        ("C:\\src\\a.py", "no URI"),
        ("", "no URI"),
    ],
)
def test_what_is_no_file_here_is_declined_with_a_reason(uri, word):
    state = file_path(uri, on_windows=False)
    assert isinstance(state, State)
    assert state.code is StateCode.SCHEME
    assert word in state.reason


def test_all_spellings_of_a_uri_are_one_document():
    keys = {document_key(uri, on_windows=True) for uri in ("file:///c%3A/a%20b.py", "file:///C:/a b.py")}
    assert len(keys) == 1
    assert document_key("untitled:Untitled-1") == "untitled:Untitled-1"


def test_accents_may_be_composed_or_not(tmp_path):
    composed, decomposed = (unicodedata.normalize(form, "/x/café.py") for form in ("NFC", "NFD"))
    assert spellings(PurePosixPath(decomposed)) == (PurePosixPath(decomposed), PurePosixPath(composed))
    assert spellings(PurePosixPath("/x/cafe.py")) == (PurePosixPath("/x/cafe.py"),)
    on_disk = tmp_path / unicodedata.normalize("NFC", "café.py")
    on_disk.touch()
    assert local_path(file_uri(tmp_path / unicodedata.normalize("NFD", "café.py"))) == on_disk


def test_a_file_that_does_not_exist_keeps_its_name(tmp_path):
    assert local_path(file_uri(tmp_path / "né.py")) == tmp_path / "né.py"


@pytest.mark.parametrize("path", [r"C:\src\a b#.py", r"\\server\share\café.py"])
def test_a_windows_uri_comes_back(path):
    assert file_path(file_uri(PureWindowsPath(path)), on_windows=True) == PureWindowsPath(path)


@given(st.binary(max_size=20).filter(lambda name: b"\0" not in name))
def test_any_file_name_comes_back(name):
    path = PurePosixPath("/" + name.decode("utf-8", "surrogateescape").lstrip("/"))
    assert file_path(file_uri(path), on_windows=False) == path
