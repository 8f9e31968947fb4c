"""The older side of a diff editor answers from its own revision."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from backstory.lsp.places import Place, place_of
from backstory.model.state import State, StateCode
from notation.repository import git


def git_uri(path, ref):
    """Return the URI that VS Code's git extension gives to a file's version."""
    return f"git:{quote(str(path))}?{quote(json.dumps({'path': str(path), 'ref': ref}))}"


def commit(folder, subject):
    git(folder, "-c", "user.name=Bob", "-c", "user.email=bob@example.com", "commit", "-qam", subject)


@pytest.mark.parametrize(
    ("ref", "version"),
    [("", None), ("~", None), ("HEAD", "HEAD"), ("HEAD~2", "HEAD~2"), ("a1b2c3d^", "a1b2c3d^"), ("f" * 40, "f" * 40)],
)
def test_a_git_uri_names_a_file_and_a_version(ref, version):
    assert place_of(git_uri("/src/a b#é.py", ref)) == Place(Path("/src/a b#é.py"), version, is_older=True)


@pytest.mark.parametrize(
    "uri",
    [
        "git:/src/a.py",
        "git:/src/a.py?",
        "git:/src/a.py?%7B",
        "git:/src/a.py?[]",
        "git:/src/a.py?7",
        'git:/src/a.py?{"path":"/src/a.py"}',
        'git:/src/a.py?{"path":"src/a.py","ref":""}',
        'git:/src/a.py?{"path":"/src/a.py","ref":"a%5Cu0000b"}',
        "git:/src/a.py?" + "[" * 100_000,
    ],
)
def test_a_git_uri_that_names_nothing_is_declined(uri):
    place = place_of(uri)
    assert isinstance(place.path, State)
    assert place.path.code is StateCode.SCHEME


def test_a_side_of_a_merge_is_no_version_of_its_own():
    place = place_of(git_uri("/src/a.py", "~2"))
    assert isinstance(place.path, State)
    assert "merge" in place.path.reason


def test_a_file_on_disk_is_no_older_version():
    assert place_of("file:///src/a.py") == Place(Path("/src/a.py"))


def test_an_older_version_answers_from_its_revision(shop_editor, shop):
    old = shop.pay.read_text()
    shop.pay.write_text("import os\n" + old.replace("refund", "pay_back"))
    commit(shop.root, "payments: pay back")
    now, before = shop_editor.open(shop.pay), shop_editor.open(shop.pay, old, uri=git_uri(shop.pay, "HEAD~1"))
    assert shop_editor.line_state(before, 1)["contributor"] == "ai"
    assert shop_editor.line_state(before, 3)["contributor"] == "human"
    assert "Claude" in shop_editor.hover(before, 1)
    assert shop_editor.line_state(now, 1)["contributor"] == "unknown"
    assert shop_editor.line_state(now, 2)["contributor"] == "ai"
    first = git(shop.root, "rev-parse", "HEAD~1").strip()
    assert shop_editor.line_state(before, 3)["revision"] == first
    by_id = shop_editor.open(shop.pay, old, uri=git_uri(shop.pay, first))
    assert shop_editor.line_state(by_id, 1)["contributor"] == "ai"


def test_what_is_staged_is_compared_with_head(shop_editor, shop):
    staged = "import os\n" + shop.pay.read_text()
    shop.pay.write_text(staged)
    git(shop.root, "add", "pay.py")
    index = shop_editor.open(shop.pay, staged, uri=git_uri(shop.pay, ""))
    assert shop_editor.line_state(index, 0)["state"] == "not committed"
    assert shop_editor.line_state(index, 2)["contributor"] == "ai"
    shop_editor.change(index, staged.removeprefix("import os\n"))
    assert shop_editor.line_state(index, 1)["contributor"] == "ai"


def test_closing_one_version_leaves_the_other_open(shop_editor, shop):
    file, older = shop_editor.open(shop.pay), shop_editor.open(shop.pay, uri=git_uri(shop.pay, "HEAD"))
    assert shop_editor.line_state(older, 1)["contributor"] == "ai"
    shop_editor.tell("textDocument/didClose", {"textDocument": {"uri": older}})
    assert shop_editor.line_state(file, 1)["contributor"] == "ai"
    assert shop_editor.line_state(older, 1)["code"] == "scheme"


def test_the_older_side_of_a_file_that_was_deleted_or_moved(shop_editor, shop):
    old = shop.pay.read_text()
    git(shop.root, "mv", "pay.py", "payments.py")
    commit(shop.root, "payments: a longer name")
    older = shop_editor.open(shop.pay, old, uri=git_uri(shop.pay, "HEAD~1"))
    assert shop_editor.line_state(older, 1)["contributor"] == "ai"


@pytest.mark.parametrize("ref", ["no-such-branch", "--all", "4b825dc642cb6eb9a060e54bf8d69288fbee4904"])
def test_a_revision_that_is_none_is_said_to_be_none(shop_editor, shop, ref):
    older = shop_editor.open(shop.pay, uri=git_uri(shop.pay, ref))
    assert "no commit" in shop_editor.line_state(older, 1)["reason"]


def test_marks_stand_beside_the_agents_lines_of_an_older_version(shop_editor, shop):
    older = shop_editor.open(shop.pay, uri=git_uri(shop.pay, "HEAD"))
    shop_editor.line_state(older, 1)
    shop_editor.wait_for("backstory/stateChanged", lambda params: params["uri"] == older)
    found = shop_editor.ask("backstory/regions", {"uri": older})["regions"]
    assert [(each["first"], each["last"]) for each in found] == [(1, 2)]
