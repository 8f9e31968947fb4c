"""The notation keeps its own promises: fixed hashes, git-ai's grammar, and errors that say where."""

import json
import subprocess
from pathlib import Path

import pytest

from notation.authorship import Conversation, human_key, note_text
from notation.build import build
from notation.repository import ANN, RepositoryWriter, git
from notation.story import StoryError, encoded, read_story

STORIES = Path(__file__).parent / "stories"
TRAPS = "*-ran"


def test_hashes_are_the_same_everywhere(tmp_path: Path) -> None:
    stage = build(read_story(STORIES / "recorded_note.story"), tmp_path)
    assert stage.revisions == {"c1": "33f60dfe168deb55b77dcbef5728173032c52f3e"}


def test_note_has_one_entry_for_each_key() -> None:
    a1, a2 = Conversation("a1"), Conversation("a2", is_legacy=True)
    gutters = {"pay.py": ["a1", "a1", None, "h:ann", "a1", "a2"], "with space.py": ["a1"], "untouched.py": [None]}
    head, _, tail = note_text(gutters, [a1, a2], {"ann": ANN}).partition("---\n")
    assert head.splitlines() == [
        "pay.py",
        f"  {a1.entry_key} 1-2,5",
        f"  {human_key(ANN)} 4",
        f"  {a2.record_key} 6",
        '"with space.py"',
        f"  {a1.entry_key} 1",
    ]
    records = json.loads(tail)
    assert list(records["sessions"]) == [a1.record_key]
    assert list(records["prompts"]) == [a2.record_key]
    assert records["humans"] == {human_key(ANN): {"author": "Ann Lee <ann@example.com>"}}


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_history_is_as_told(tmp_path: Path, object_format: str) -> None:
    with RepositoryWriter(tmp_path, object_format) as history:
        first = history.commit("first", {"a b.py": "1\n", "gone.py": "x\n"})
        side = history.commit("side", {"side.py": "s\n"}, branch="side", parents=[first])
        history.commit("merge", {"gone.py": None}, parents=[first, side], renames={"a b.py": 'c "d".py'})
        history.note(first, "hello")
    assert git(tmp_path, "log", "--format=%s:%p").count(" ") == 1
    assert git(tmp_path, "-c", "core.quotePath=false", "ls-files", "-z").split("\0") == ['c "d".py', ""]
    assert git(tmp_path, "notes", "--ref=ai", "show", first) == "hello"
    assert git(tmp_path, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("# title\n\ncomit c1 by ann: x\n", ":3: 'comit c1 by ann: x'"),
        ("commit c1 by ann: x\n    file a.py\n        no gutter\n", ":1: "),
        ("commit c1 by ann, nonsense: x\n", ":1: "),
        ("session a1 claude/opus asked by nobody\n", ":1: "),
    ],
)
def test_errors_say_where(tmp_path: Path, text: str, where: str) -> None:
    story = tmp_path / "odd.story"
    story.write_text(text, encoding="utf-8")
    with pytest.raises(StoryError, match="odd.story" + where):
        read_story(story)


def test_text_is_what_stands_after_the_bar(tmp_path: Path) -> None:
    path = tmp_path / "page.story"
    path.write_text(
        "commit c1 by ann: x\n"
        "    file a.py\n"
        "        a1 | one | bar\n"
        "           |\n"
        "           |   two␍\n"
        "        \\ No newline at end of file\n",
        encoding="utf-8",
    )
    page = read_story(path).happenings[0].files["a.py"]
    assert page.text == "one | bar\n\n  two\r"
    assert page.gutter == ("a1", None, None)
    assert encoded(page.text) == "one | bar\n\n  two␍"


def test_the_hostile_story_is_hostile(tmp_path: Path) -> None:
    """A careless git, asked for the same things, springs the traps; else the story would prove nothing."""
    stage = build(read_story(STORIES / "hostile_configuration.story"), tmp_path)
    assert list(tmp_path.rglob(TRAPS)) == []
    for careless in (["status"], ["diff"], ["blame", "pay.py"], ["log", "-p", "-1"]):
        subprocess.run(["git", *careless], cwd=stage.root, capture_output=True, check=False)
    sprung = {path.name for path in tmp_path.rglob(TRAPS)}
    assert {"fsmonitor-ran", "textconv-ran", "external-diff-ran", "clean-ran"} <= sprung
