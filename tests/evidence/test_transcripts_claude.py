"""What is read of Claude Code's transcripts."""

from pathlib import Path

import pytest
from transcript_writing import SAMPLES, ClaudeTranscript

from backstory.evidence.transcripts.parse import lines_of, parse
from backstory.evidence.transcripts.transcript import RecordedEdit, Transcript
from backstory.model.edit import Block
from backstory.model.prompt import Speaker

HERE = "/home/ann/shop"


def sample(name: str) -> Transcript:
    with (SAMPLES / name).open("rb") as stream:
        return parse(lines_of(stream))


def edits_of(transcript: Transcript) -> dict[str, RecordedEdit]:
    return {edit.id: edit for edit in transcript.edits}


def requests_of(transcript: Transcript) -> dict[str, tuple[str | None, str | None]]:
    return {
        edit.id: (edit.request and edit.request.text, edit.request and edit.request.task) for edit in transcript.edits
    }


def test_the_sample_is_read() -> None:
    read = sample("claude.jsonl")
    assert (read.tool, read.session, read.parent) == ("claude", "5f0c2a4e-1b7d-4c3a-9f52-6a1e8d90b7c4", None)
    assert (read.folders, read.git_facts.branch, read.model) == ((HERE,), "main", "claude-sonnet-4-6")
    assert (read.lines, read.unreadable) == (32, {}), "the torn last line is being written"


def test_what_a_person_asked_is_told_from_what_a_machine_said() -> None:
    assert [request.text for request in sample("claude.jsonl").requests] == [
        "Retry the capture when the bank does not answer",
        "yes, go on",
        "also wait between the attempts",
        "/changelog",
        "Show it in a notebook",
    ]


def test_each_edit_has_the_request_before_it() -> None:
    goal = "Retry the capture when the bank does not answer"
    assert requests_of(sample("claude.jsonl")) == {
        "toolu_1": (goal, None),
        "toolu_2": ("yes, go on", goal),
        "toolu_4": ("also wait between the attempts", None),
        "toolu_5": ("also wait between the attempts", None),
        "toolu_6": ("/changelog", None),
        "toolu_7": ("Show it in a notebook", None),
        "toolu_8": ("Show it in a notebook", None),
    }


def test_a_patch_tells_lines_and_places() -> None:
    edit = edits_of(sample("claude.jsonl"))["toolu_1"]
    assert edit.path == f"{HERE}/shop/pay.py"
    assert edit.blocks == (Block(("    retry(charge, payment)", "    log(payment)"), 2, ("    charge(payment)",)),)
    assert edit.is_confirmed
    assert edit.at is not None
    assert edit.at.isoformat() == "2026-03-02T09:03:00+00:00"


def test_a_new_file_is_one_block() -> None:
    (block,) = edits_of(sample("claude.jsonl"))["toolu_2"].blocks
    assert (block.first, block.lines[0], len(block.lines)) == (1, "ATTEMPTS = 3", 5)


def test_without_a_patch_only_what_differs_was_written() -> None:
    assert edits_of(sample("claude.jsonl"))["toolu_4"].blocks == (
        Block(("PAUSE = 0.5",)),
        Block(("    sleep(PAUSE)",)),
    )


def test_a_refused_edit_is_none() -> None:
    assert "toolu_3" not in edits_of(sample("claude.jsonl"))


def test_a_subagents_edit_has_its_own_model_and_the_persons_request() -> None:
    edit = edits_of(sample("claude.jsonl"))["toolu_5"]
    assert (edit.model, edit.is_confirmed) == ("claude-haiku-4-5", True)


def test_a_here_document_is_an_edit() -> None:
    edit = edits_of(sample("claude.jsonl"))["toolu_6"]
    assert (edit.path, edit.folder, edit.blocks) == ("CHANGELOG.md", HERE, (Block(("- Captures are tried again.",)),))


def test_a_notebooks_lines_are_those_of_its_file() -> None:
    (block,) = edits_of(sample("claude.jsonl"))["toolu_7"].blocks
    assert block.lines == (r'"from shop import pay\n",', '"pay.capture(1)"')


def test_an_edit_that_only_takes_away_wrote_nothing() -> None:
    assert edits_of(sample("claude.jsonl"))["toolu_8"].blocks == ()


def test_turns_tell_tools_in_one_line() -> None:
    tools = [turn.text for turn in sample("claude.jsonl").turns if turn.speaker is Speaker.TOOL]
    assert tools[0] == f"Edit {HERE}/shop/pay.py"
    assert all("\n" not in text for text in tools)


def test_whoever_goes_back_asks_from_there() -> None:
    """A branch of the conversation that was left has no say in the next one."""
    written = ClaudeTranscript(HERE)
    first = written.ask("Retry the capture")
    written.ask("Paint it red")
    written.write(f"{HERE}/red.py", "RED = 1\n", "left")
    written.last = first
    written.write(f"{HERE}/retry.py", "RETRY = 1\n", "followed")
    assert requests_of(parse(written.bytes_lines())) == {
        "left": ("Paint it red", None),
        "followed": ("Retry the capture", None),
    }


def test_what_is_typed_meanwhile_counts_from_its_delivery() -> None:
    written = ClaudeTranscript(HERE)
    written.ask("Retry the capture")
    written.write(f"{HERE}/a.py", "A = 1\n", "before")
    written.entry("attachment", attachment={"type": "queued_command", "prompt": "Log it too", "commandMode": "prompt"})
    written.write(f"{HERE}/b.py", "B = 1\n", "after")
    notice = "<task-notification>done</task-notification>"
    written.entry("attachment", attachment={"type": "queued_command", "prompt": notice, "commandMode": "prompt"})
    written.write(f"{HERE}/c.py", "C = 1\n", "later")
    assert requests_of(parse(written.bytes_lines())) == {
        "before": ("Retry the capture", None),
        "after": ("Log it too", None),
        "later": ("Log it too", None),
    }


def test_what_is_taken_back_was_never_asked() -> None:
    written = ClaudeTranscript(HERE)
    written.ask("Retry the capture")
    written.entry("queue-operation", operation="enqueue", content="Paint it red")
    written.entry("queue-operation", operation="popAll", content="Paint it red")
    written.entry("queue-operation", operation="remove")
    written.write(f"{HERE}/a.py", "A = 1\n", "edit")
    assert requests_of(parse(written.bytes_lines())) == {"edit": ("Retry the capture", None)}


def test_a_sidechains_prompt_is_an_agents() -> None:
    written = ClaudeTranscript(HERE)
    written.ask("Retry the capture")
    written.last, written.is_sidechain = None, True
    written.ask("You are a careful tester. Write tests.")
    written.write(f"{HERE}/tests.py", "assert 1\n", "edit")
    read = parse(written.bytes_lines())
    assert requests_of(read) == {"edit": ("Retry the capture", None)}
    assert read.parent is None


def test_a_subagents_own_file_names_its_parent() -> None:
    written = ClaudeTranscript(HERE, is_sidechain=True)
    written.ask("You are a careful tester. Write tests.")
    written.write(f"{HERE}/tests.py", "assert 1\n", "edit")
    read = parse(written.bytes_lines())
    assert (read.parent, read.requests) == (written.session, ())
    assert requests_of(read) == {"edit": (None, None)}


def test_what_is_repeated_counts_once() -> None:
    written = ClaudeTranscript(HERE)
    written.ask("Retry the capture")
    written.write(f"{HERE}/a.py", "A = 1\n", "edit")
    read = parse(written.bytes_lines() * 2)
    assert (len(read.requests), len(read.edits)) == (1, 1)


def test_a_person_who_changed_the_text_is_told() -> None:
    written = ClaudeTranscript(HERE)
    written.call("Edit", "edit", file_path="a.py", old_string="a", new_string="b")
    hunk = {"oldStart": 1, "oldLines": 1, "newStart": 1, "newLines": 1, "lines": ["-a", "+c"]}
    written.result("edit", {"filePath": "a.py", "structuredPatch": [hunk], "userModified": True})
    (edit,) = parse(written.bytes_lines()).edits
    assert edit.is_retouched
    assert edit.blocks == (Block(("c",), 1, ("a",)),)


@pytest.mark.parametrize(
    ("ending", "count", "is_confirmed"),
    [
        ({"stdout": ""}, 1, True),
        ("Error: Exit code 1\nno such test", 1, False),
        ("Error: The user doesn't want to proceed with this tool use.", 0, False),
        (None, 1, True),
    ],
)
def test_a_command_may_write_before_it_fails(ending: object, count: int, is_confirmed: bool) -> None:
    written = ClaudeTranscript(HERE)
    written.call("Bash", "edit", command="cat > a.py <<'EOF'\nA = 1\nEOF\nmake test")
    written.result("edit", ending, is_error=isinstance(ending, str))
    edits = parse(written.bytes_lines()).edits
    assert [edit.is_confirmed for edit in edits] == [is_confirmed] * count


def test_an_edit_without_result_is_not_confirmed() -> None:
    written = ClaudeTranscript(HERE)
    written.call("Write", "edit", file_path="a.py", content="A = 1\n")
    (edit,) = parse(written.bytes_lines()).edits
    assert not edit.is_confirmed


@pytest.mark.parametrize("model", ["<synthetic>", "", None, 5])
def test_a_model_that_nobody_knew_is_none(model: object) -> None:
    written = ClaudeTranscript(HERE)
    block = {"type": "tool_use", "id": "edit", "name": "Write", "input": {"file_path": "a.py", "content": "A\n"}}
    written.entry("assistant", message={"model": model, "content": [block]})
    (edit,) = parse(written.bytes_lines()).edits
    assert edit.model is None


def test_other_tools_lines_are_told_apart(tmp_path: Path) -> None:
    """Droid's, pi's and Cursor's transcripts are lines of JSON too."""
    lines = [
        b'{"type":"session_start","cwd":"/x"}\n',
        b'{"type":"message","role":"user","content":[]}\n',
        b'{"role":"user","message":{"content":[]}}\n',
    ]
    path = tmp_path / "other.jsonl"
    path.write_bytes(b"".join(lines[::2]))
    with path.open("rb") as stream:
        read = parse(lines_of(stream))
    assert read.tool is None
    assert [flaw.reason for flaw in read.flaws("x", "y")] == ["It is no transcript of a kind that is known."]
