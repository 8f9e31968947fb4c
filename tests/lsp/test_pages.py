"""What editors that can show more than LSP knows may ask: marks, prompts, commits, help."""

import subprocess
from pathlib import Path

import pytest
from editor import VS_CODE

from notation.build import build
from notation.story import read_story

STORY = Path(__file__).resolve().parents[2] / "demo" / "payments.story"
AGENT, PERSON, UNCOMMITTED = 16, 30, 11  # lines of shop/payments.py, 0-based


@pytest.fixture(scope="module")
def payments(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "payments"
    build(read_story(STORY), folder)
    return folder


@pytest.fixture
def opened(editor, payments):
    """The demo's main file, its lines known."""
    editor.initialize(VS_CODE, payments)
    uri = editor.open(payments / "shop" / "payments.py")
    editor.wait_for("backstory/stateChanged", lambda params: params["uri"] == uri)
    return uri


def at(uri, line):
    return {"uri": uri, "line": line}


def test_marks_are_the_lines_an_agent_had_a_hand_in(editor, opened):
    regions = editor.ask("backstory/regions", {"uri": opened})["regions"]
    marked = {line for each in regions for line in range(each["first"], each["last"] + 1)}
    assert AGENT in marked
    assert not marked & {PERSON, UNCOMMITTED}
    assert {(each["contributor"], each["basis"]) for each in regions} == {("ai", "recorded")}


def test_a_document_that_is_not_open_has_no_marks(editor, opened):
    assert editor.ask("backstory/regions", {"uri": opened + "x"}) == {"regions": []}


def test_the_prompt_is_shown_in_full_and_can_be_copied(editor, opened):
    page = editor.ask("backstory/prompt", at(opened, AGENT))
    assert page["title"] == "Prompt of payments.py, line 17"
    assert "Never charge a customer twice." in page["text"]
    assert "yes, go ahead" in page["text"]
    assert "Recorded by git-ai" in page["text"]
    assert page["request"].startswith("When the provider times out")


def test_a_person_has_no_prompt(editor, opened):
    assert editor.ask("backstory/prompt", at(opened, PERSON)) is None


def test_why_a_prompt_is_not_recorded_is_said(editor, payments):
    editor.initialize(VS_CODE, payments)
    uri = editor.open(payments / "web" / "checkout.ts", language="typescript")
    page = editor.ask("backstory/prompt", at(uri, 1))
    assert page["request"] is None
    assert page["text"].startswith("What was asked is not known.")


def test_a_commit_is_shown_with_its_patch(editor, opened):
    revision = editor.line_state(opened, AGENT)["revision"]
    page = editor.ask("backstory/commit", {"uri": opened, "revision": revision})
    assert page["title"] == f"Commit {revision[:7]}"
    assert "payments: retry captures that time out" in page["text"]
    assert "+            time.sleep(2**attempt)" in page["text"]


@pytest.mark.parametrize("revision", ["HEAD", "--output=x", "a" * 39, "0" * 40])
def test_what_is_no_commit_here_is_not_shown(start, payments, revision):
    editor = start()
    editor.initialize(VS_CODE, payments)
    uri = editor.open(payments / "shop" / "payments.py")
    assert editor.ask("backstory/commit", {"uri": uri, "revision": revision}) is None


def test_help_where_all_is_well(editor, opened):
    assert editor.ask("backstory/doctor", {"uri": opened})["problem"].startswith("All is well")


def test_help_in_a_clone_without_notes_is_the_command_that_fetches_them(editor, payments, tmp_path):
    subprocess.run(["git", "clone", "--quiet", payments, tmp_path / "clone"], check=True)
    editor.initialize(VS_CODE, tmp_path / "clone")
    uri = editor.open(tmp_path / "clone" / "web" / "checkout.ts", language="typescript")
    action = editor.ask("backstory/doctor", {"uri": uri})
    assert action["command"] == "git fetch origin 'refs/notes/*:refs/notes/*'"


def test_help_outside_a_repository_says_so(editor, tmp_path):
    (tmp_path / "notes.txt").write_text("hello\n")
    editor.initialize(VS_CODE, tmp_path)
    uri = editor.open(tmp_path / "notes.txt")
    editor.wait_for("backstory/stateChanged", lambda params: params["uri"] == uri)
    assert "repository" in editor.ask("backstory/doctor", {"uri": uri})["problem"]


def test_help_on_a_text_without_a_file_says_what_it_is(editor, tmp_path):
    editor.initialize(VS_CODE, tmp_path)
    assert "never saved" in editor.ask("backstory/doctor", {"uri": "untitled:Untitled-1"})["problem"]


def test_pausing_a_folder_is_announced(start, payments):
    editor = start(configuration={payments.as_uri(): {}})
    editor.initialize(VS_CODE, payments)
    uri = editor.open(payments / "shop" / "payments.py")
    editor.wait_for("backstory/stateChanged", lambda params: params["uri"] == uri)
    editor.configuration[payments.as_uri()] = {"paused": True}
    editor.tell("workspace/didChangeConfiguration", {"settings": None})
    editor.wait_for("backstory/stateChanged", lambda params: params["uri"] == uri)
    assert editor.line_state(uri, AGENT)["code"] == "paused"
    assert editor.ask("backstory/regions", {"uri": uri}) == {"regions": []}


def test_switching_a_source_off_takes_its_marks_away(start, payments):
    editor = start(configuration={payments.as_uri(): {}})
    editor.initialize(VS_CODE, payments)
    uri = editor.open(payments / "shop" / "payments.py")
    editor.wait_for("backstory/stateChanged", lambda params: params["uri"] == uri)
    assert editor.line_state(uri, AGENT)["tool"] == "claude"
    editor.configuration[payments.as_uri()] = {"disabledSources": ["git-ai"]}
    editor.tell("workspace/didChangeConfiguration", {"settings": None})
    editor.wait_for("backstory/stateChanged", lambda params: params["uri"] == uri)
    assert editor.line_state(uri, AGENT)["contributor"] == "unknown"


def test_who_only_asks_whether_there_is_a_prompt_is_not_told_the_conversation(editor, opened):
    alone = editor.ask("backstory/prompt", {**at(opened, AGENT), "conversation": False})
    whole = editor.ask("backstory/prompt", at(opened, AGENT))
    assert alone["request"] == whole["request"]
    assert len(alone["text"]) < len(whole["text"])
