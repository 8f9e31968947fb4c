"""Paths of every system, as data."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from backstory.history.paths import composed, relative_parts, shell_quoted, stored_spelling


@pytest.mark.parametrize(
    ("root", "path", "parts"),
    [
        (PureWindowsPath(r"C:\Code\Repo"), PureWindowsPath("c:/code/repo/src/A.py"), ("src", "A.py")),
        (PureWindowsPath("C:/Work/Repo"), PureWindowsPath(r"D:\Work\Repo\a.py"), None),
        (PureWindowsPath("//server/share/repo"), PureWindowsPath(r"\\SERVER\share\repo\a.py"), ("a.py",)),
        (PurePosixPath("/srv/repo"), PurePosixPath("/srv/repo/src/a.py"), ("src", "a.py")),
        (PurePosixPath("/srv/repo"), PurePosixPath("/srv/repository/a.py"), None),
        (PurePosixPath("/srv/repo"), PurePosixPath("/srv/Repo/a.py"), None),
        (PurePosixPath("/srv/repo"), PurePosixPath("/srv/repo/../a.py"), None),
    ],
)
def test_names_below_the_root(root, path, parts):
    assert relative_parts(root, path) == parts


def test_names_are_spelled_as_the_folders_spell_them():
    folders = {(): ["Src", "README.md", "caf\u00e9"], ("Src",): ["Main.py", "main.py", "STRASSE.py"]}
    names_in = lambda above: folders.get(tuple(above), [])  # noqa: E731
    assert stored_spelling(["src", "Main.py"], names_in) == ("Src", "Main.py")
    assert stored_spelling(["SRC", "main.py"], names_in) == ("Src", "main.py")
    assert stored_spelling(["src", "straße.py"], names_in) == ("Src", "STRASSE.py")
    assert stored_spelling(["cafe\u0301", "x"], names_in) == ("caf\u00e9", "x")
    assert stored_spelling(["new", "file.py"], names_in) == ("new", "file.py")


def test_composed_names():
    assert composed(["cafe\u0301", "a"]) == ("caf\u00e9", "a")


@pytest.mark.parametrize(("path", "quoted"), [("/a/b", "/a/b"), ("/a b", "'/a b'"), ("it's", """'it'"'"'s'""")])
def test_paths_can_be_pasted(path, quoted):
    assert shell_quoted(path) == quoted
