"""`backstory/lineState`: silence never looks like breakage."""

import pytest
from editor import MINIMAL, NEOVIM, VS_CODE

from backstory.model.state import StateCode
from notation.repository import git


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        (0, {"contributor": "unknown", "basis": "none", "tool": None}),
        (1, {"contributor": "ai", "basis": "recorded", "tool": "claude", "model": "claude-opus-4-6"}),
        (3, {"contributor": "human", "basis": "recorded", "tool": None}),
    ],
)
def test_a_lines_state(shop_editor, shop, line, origin):
    uri = shop_editor.open(shop.pay)
    shop_editor.wait_for("backstory/stateChanged", lambda params: params == {"uri": uri})
    state = shop_editor.line_state(uri, line)
    assert state.items() >= origin.items()
    assert state["revision"] == git(shop.root, "rev-parse", "HEAD").strip()
    assert state["code"] is None
    assert state["state"]


def test_a_typed_line_is_not_committed(shop_editor, shop):
    uri = shop_editor.open(shop.pay)
    shop_editor.change(uri, (0, 0, 0, 0, "# new\n"))
    shop_editor.wait_for("backstory/stateChanged")
    state = shop_editor.line_state(uri, 0)
    assert (state["state"], state["revision"], state["contributor"]) == ("not committed", None, "unknown")


def test_a_file_without_a_repository(editor, tmp_path):
    loose = tmp_path / "loose.py"
    loose.write_text("a\n")
    editor.initialize(NEOVIM, tmp_path)
    uri = editor.open(loose)
    editor.wait_for("backstory/stateChanged")
    state = editor.line_state(uri, 0)
    assert (state["code"], state["state"]) == ("not-a-repository", "not a repository")
    assert editor.said("window/showMessage") == []


def test_a_file_that_git_does_not_know(shop_editor, shop):
    untracked = shop.root / "new.py"
    untracked.write_text("a\n")
    uri = shop_editor.open(untracked)
    shop_editor.wait_for("backstory/stateChanged")
    assert shop_editor.line_state(uri, 0)["code"] == "untracked"


def test_a_file_larger_than_wanted(editor, shop):
    editor.initialize(MINIMAL, shop.root, options={"maximumFileMegabytes": 1})
    uri = editor.open(shop.pay, "x" * 1_000_001)
    assert editor.line_state(uri, 0)["code"] == "too-large"


@pytest.mark.parametrize(
    ("uri", "code"), [("file:///nowhere/a.py", "not-a-file"), ("output:x", "scheme"), ("", "scheme")]
)
def test_a_document_that_was_never_opened(shop_editor, uri, code):
    assert shop_editor.line_state(uri, 0)["code"] == code


def test_without_git_a_person_is_told_once(start, shop):
    editor = start(environment={"PATH": "/nowhere"})
    editor.initialize(VS_CODE, shop.root)
    uri = editor.open(shop.pay)
    editor.wait_for("backstory/stateChanged")
    for line in (0, 1):
        assert editor.hover(uri, line) is None
        assert editor.line_state(uri, line)["code"] == StateCode.GIT_MISSING
    assert len(editor.said("window/showMessage")) == 1
    assert editor.shut_down() == 0
