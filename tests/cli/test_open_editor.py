"""`--open`: the person's editor gets the file and the line the way it takes them."""

import sys
from pathlib import Path

import pytest

from backstory.cli.open_editor import NoEditorError, open_in_editor, place_words


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("vim", ["+7", "/src/pay.py"]),
        ("nano", ["+7", "/src/pay.py"]),
        ("emacsclient", ["+7", "/src/pay.py"]),
        ("code", ["--goto", "/src/pay.py:7"]),
        ("subl", ["/src/pay.py:7"]),
        ("hx", ["/src/pay.py:7"]),
    ],
)
def test_each_editor_gets_the_line_its_own_way(editor, words):
    assert place_words(editor, Path("/src/pay.py"), 7) == words


def test_the_editor_is_started_as_it_was_named(tmp_path, monkeypatch):
    told = tmp_path / "told"
    script = tmp_path / "editor.py"
    script.write_text(f"import pathlib, sys; pathlib.Path({str(told)!r}).write_text(' '.join(sys.argv[1:]))")
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script} --wait")
    assert open_in_editor(tmp_path / "pay.py", 7) == 0
    assert told.read_text() == f"--wait +7 {tmp_path / 'pay.py'}"


def test_without_an_editor_it_says_which_variable_names_one(tmp_path, monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    with pytest.raises(NoEditorError, match="VISUAL or EDITOR"):
        open_in_editor(tmp_path, 1)


def test_an_editor_that_is_not_there_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("VISUAL", "no-such-editor")
    with pytest.raises(NoEditorError, match="no-such-editor"):
        open_in_editor(tmp_path, 1)
