"""What is read of Codex's rollouts."""

import json

import pytest
from test_transcripts_claude import HERE, edits_of, requests_of, sample
from transcript_writing import codex_lines

from backstory.evidence.transcripts.parse import parse
from backstory.evidence.transcripts.transcript import GitFacts
from backstory.model.edit import Block

COMMIT = "7f7e2b3c1d0a9f8e7d6c5b4a39281706f5e4d3c2"
META = ("session_meta", {"id": "s1", "cwd": HERE})


def asked(text: str) -> tuple[str, dict[str, object]]:
    return "event_msg", {"type": "user_message", "message": text}


def handed(text: str) -> tuple[str, dict[str, object]]:
    content = [{"type": "input_text", "text": text}]
    return "response_item", {"type": "message", "role": "user", "content": content}


def patched(call_id: str, name: str = "a.py") -> tuple[str, dict[str, object]]:
    patch = f"*** Begin Patch\n*** Add File: {name}\n+A = 1\n*** End Patch"
    return "response_item", {"type": "custom_tool_call", "call_id": call_id, "name": "apply_patch", "input": patch}


def test_the_sample_is_read() -> None:
    read = sample("codex.jsonl")
    assert (read.tool, read.session, read.folders) == ("codex", "0199a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b", (HERE,))
    assert read.git_facts == GitFacts(COMMIT, "main", "git@example.org:ann/shop.git")
    assert (read.lines, read.unreadable) == (20, {})
    assert requests_of(read) == {
        "call_1": ("Retry the capture", None),
        "call_1#1": ("Retry the capture", None),
        "call_2": ("ok, do the rest", None),
    }


def test_what_a_patch_did_is_better_than_what_it_was_to_do() -> None:
    edits = edits_of(sample("codex.jsonl"))
    assert edits["call_1"].blocks == (Block(("    retry(charge, payment)",), 12, ("    charge(payment)",)),)
    assert edits["call_1"].path == f"{HERE}/shop/pay.py"
    assert edits["call_1#1"].blocks == (Block(("ATTEMPTS = 3",), 1),)
    assert "call_3" not in edits, "it failed"


def test_the_model_is_that_of_the_turn() -> None:
    edits = edits_of(sample("codex.jsonl"))
    assert [edits["call_1"].model, edits["call_2"].model] == ["gpt-5.5", "gpt-5.3-codex"]


def test_a_patch_through_the_shell_is_an_edit_of_its_folder() -> None:
    edit = edits_of(sample("codex.jsonl"))["call_2"]
    assert (edit.path, edit.folder, edit.blocks) == ("payment.py", f"{HERE}/shop", (Block(("import time",)),))


def test_old_rollouts_have_no_wrapping() -> None:
    read = sample("codex-2025.jsonl")
    assert (read.tool, read.session, read.folders) == ("codex", "9d3f7c52-4be1-4a6f-9b0e-2c58d1f6a7e3", (HERE,))
    assert requests_of(read) == {"call_1": ("Retry the capture", None), "call_2": ("Retry the capture", None)}
    assert {edit.id: edit.is_confirmed for edit in read.edits} == {"call_1": False, "call_2": True}


def test_without_events_what_the_model_was_handed_is_the_request() -> None:
    lines = codex_lines(META, handed("# AGENTS.md instructions for /x\nbe brief"), handed("Retry"), patched("c1"))
    assert requests_of(parse(lines)) == {"c1": ("Retry", None)}


def test_with_events_what_else_the_model_was_handed_is_none() -> None:
    lines = codex_lines(META, handed("Retry"), asked("Retry"), patched("c1"), handed("A hook says hi"), patched("c2"))
    assert requests_of(parse(lines)) == {"c1": ("Retry", None), "c2": ("Retry", None)}


def test_a_subagents_requests_are_its_parents() -> None:
    source = {"subagent": {"thread_spawn": {"parent_thread_id": "s0", "depth": 1}}}
    meta = ("session_meta", {"id": "s1", "cwd": HERE, "source": source})
    read = parse(codex_lines(meta, asked("You are a tester"), patched("c1")))
    assert (read.parent, read.requests) == ("s0", ())


def test_a_fork_keeps_its_own_id() -> None:
    read = parse(codex_lines(META, ("session_meta", {"id": "s0", "cwd": "/elsewhere"}), asked("Retry")))
    assert (read.session, read.folders) == ("s1", (HERE,))


def test_older_outcomes_name_the_kind_around_them() -> None:
    changes = {
        f"{HERE}/a.py": {"update": {"unified_diff": "@@ -1 +1 @@\n-a\n+b\n", "move_path": f"{HERE}/b.py"}},
        f"{HERE}/c.py": {"add": {"content": "C\n"}},
        f"{HERE}/d.py": {"delete": {"content": "D\n"}},
    }
    end = ("event_msg", {"type": "patch_apply_end", "call_id": "c1", "success": True, "changes": changes})
    read = parse(codex_lines(META, asked("Retry"), end))
    assert [(edit.path, edit.blocks) for edit in read.edits] == [
        (f"{HERE}/b.py", (Block(("b",), 1, ("a",)),)),
        (f"{HERE}/c.py", (Block(("C",), 1),)),
    ]


@pytest.mark.parametrize(
    ("output", "ids"),
    [
        ("Success. Updated the following files:\nA a.py", ["c1"]),
        (json.dumps({"output": "no", "metadata": {"exit_code": 1}}), []),
        ("Exit code: 1\nWall time: 0 seconds", []),
        ({"content": "Success.", "success": True}, ["c1"]),
        ("who knows", ["c1"]),
    ],
)
def test_a_patch_that_failed_is_no_edit(output: object, ids: list[str]) -> None:
    outcome = ("response_item", {"type": "custom_tool_call_output", "call_id": "c1", "output": output})
    assert [edit.id for edit in parse(codex_lines(META, patched("c1"), outcome)).edits] == ids


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("apply_patch", {"input": "*** Begin Patch\n*** Add File: a.py\n+A = 1\n*** End Patch"}),
        ("apply_patch", {"patch": "*** Begin Patch\n*** Add File: a.py\n+A = 1\n*** End Patch"}),
        ("shell", {"command": ["apply_patch", "*** Begin Patch\n*** Add File: a.py\n+A = 1\n*** End Patch"]}),
        ("shell", {"command": ["bash", "-lc", "cat > a.py <<'EOF'\nA = 1\nEOF"]}),
        ("exec_command", {"cmd": "apply_patch <<'E'\n*** Begin Patch\n*** Add File: a.py\n+A = 1\n*** End Patch\nE"}),
    ],
)
def test_each_way_to_call_is_known(name: str, arguments: dict[str, object]) -> None:
    call = {"type": "function_call", "name": name, "call_id": "c1", "arguments": json.dumps(arguments)}
    (edit,) = parse(codex_lines(META, ("response_item", call))).edits
    assert (edit.path, edit.folder, [block.lines for block in edit.blocks]) == ("a.py", HERE, [("A = 1",)])
