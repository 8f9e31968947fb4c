"""The small parts of reading Entire: trailers, refs, descriptions, paths."""

import json

import pytest
from entire_writing import FIRST, SECOND, ULID, metadata

from backstory.evidence.entire_metadata import parse_metadata
from backstory.evidence.entire_paths import RepoPaths
from backstory.evidence.entire_refs import checkpoint_refs
from backstory.evidence.entire_trailer import checkpoint_ids, may_name_checkpoints


@pytest.mark.parametrize(
    ("message", "ids"),
    [
        (f"Mend\n\nEntire-Checkpoint: {FIRST}\n", (FIRST,)),
        (f"Mend\n\nEntire-Checkpoint: {ULID}", (ULID,)),
        (f"Mend\r\n\r\nEntire-Checkpoint: {FIRST}\r\n", (FIRST,)),
        (f"* One\n\nEntire-Checkpoint: {FIRST}\n\n* Two\n\nEntire-Checkpoint: {SECOND}\n\nEnd", (FIRST, SECOND)),
        (f"Mend\n\nentire-checkpoint: {FIRST.upper()}\nEntire-Checkpoint: {FIRST}", (FIRST,)),
        (f"Squashed commit of the following:\n\ncommit 1\n\n    Mend\n\n    Entire-Checkpoint: {FIRST}", (FIRST,)),
        (f"Mend\n\n    Entire-Checkpoint: {FIRST}", ()),
        (f"Mend\n\nsee `Entire-Checkpoint: {FIRST}`", ()),
        (f"Mend\n\nEntire-Checkpoint: {FIRST}0", ()),
        ("Mend\n\nEntire-Checkpoint: ../../../etc", ()),
        ("Mend", ()),
    ],
)
def test_trailers(message, ids):
    assert checkpoint_ids(message) == ids
    assert may_name_checkpoints(message.encode()) or not ids


def test_endless_trailers_are_cut():
    message = "\n".join(f"Entire-Checkpoint: {number:012x}" for number in range(20_000))
    assert len(checkpoint_ids(message)) == 1_000


def test_refs_are_sorted_out():
    refs = checkpoint_refs(
        {
            "refs/remotes/origin/entire/checkpoints/v1": "1",
            "refs/heads/entire/sessions": "2",
            "refs/heads/entire/checkpoints/v1": "3",
            "refs/entire/checkpoints/v1.1": "4",
            "refs/heads/entire/2860dda-e3b0c4": "5",
            "refs/heads/entire/checkpoints/v1/odd": "6",
            f"refs/entire/checkpoints/{ULID[-2:]}/{ULID}": "7",
            f"refs/remotes/origin/entire/checkpoints/{ULID[-2:]}/{ULID}": "8",
            f"refs/entire/checkpoints/{ULID[:2]}/{ULID}": "9",
            "refs/notes/ai": "10",
        }
    )
    assert [target for _, target in refs.branches] == ["3", "1", "4", "2"]
    assert refs.own == {ULID: (f"refs/entire/checkpoints/{ULID[-2:]}/{ULID}", "7")}
    assert refs
    assert not checkpoint_refs({"refs/heads/entire/2860dda": "1"})


def test_a_session_describes_itself():
    found = parse_metadata(metadata(model="claude-opus-4-6", checkpoint_transcript_start=57).encode())
    assert (found.tool, found.model, found.start) == ("claude", "claude-opus-4-6", 57)
    assert found.files_touched == ("pay.py",)
    assert found.created_at.isoformat() == "2026-03-02T09:50:00+00:00"


def test_old_ids_have_the_day_before_them():
    found = parse_metadata(metadata(session_id=f"2026-01-15-{SECOND[:8]}-aaaa-bbbb-cccc-000000000000").encode())
    assert found.session_id.startswith("2026-01-15-")
    assert found.conversation == f"{SECOND[:8]}-aaaa-bbbb-cccc-000000000000"


def test_names_in_camel_case_are_read():
    camel = {"sessionId": "s", "createdAt": "2026-03-02T09:00:00Z", "filesTouched": ["a"], "transcriptLinesAtStart": 3}
    found = parse_metadata(json.dumps(camel).encode())
    assert (found.session_id, found.files_touched, found.start) == ("s", ("a",), 3)
    assert found.created_at.hour == 9


@pytest.mark.parametrize(
    ("agent", "tool"),
    [
        ("Claude Code", "claude"),
        ("Codex", "codex"),
        ("Gemini CLI", "gemini"),
        ("Factory AI Droid", "factory-droid"),
        ("Agent", None),
        ("", None),
        ("Something New", "Something New"),
    ],
)
def test_agents(agent, tool):
    assert parse_metadata(metadata(agent=agent).encode()).tool == tool


def test_odd_fields_spoil_no_other():
    found = parse_metadata(
        metadata(agent=5, model=[], created_at="soon", files_touched="pay.py", checkpoint_transcript_start="x").encode()
    )
    assert (found.session_id, found.tool, found.model, found.created_at) == (
        "19abe528-a510-4c89-a1f8-138956474766",
        None,
        None,
        None,
    )
    assert (found.files_touched, found.start) == ((), 0)
    assert parse_metadata(metadata(checkpoint_transcript_start=-4).encode()).start == 0


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"session_id": 4}', b"\xff", b'{"session_id": ""}'])
def test_what_names_no_session_is_no_description(text):
    assert parse_metadata(text) is None


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/Users/ann/work/shop/src/pay.py", "src/pay.py"),
        ("/Users/ann/trees/fix-1/src/pay.py", "src/pay.py"),
        ("/Users/ann/work/shop/new/file.py", "new/file.py"),
        ("/Users/ann/work/shop/src/more/file.py", "src/more/file.py"),
        ("src/pay.py", "src/pay.py"),
        (r"C:\work\shop\src\pay.py", "src/pay.py"),
        ("/Users/ann/.claude/plans/plan.md", None),
        ("/tmp/pay.py", None),
        ("../other/file.py", None),
        ("/Users/ann/work/shop/src/REDACTED.py", "src/pay.py"),
        ("/Users/ann/work/shop/docs/REDACTED.md", None),
        ("/Users/REDACTED/work/shop/src/pay.py", "src/pay.py"),
        ("", None),
        ("/", None),
    ],
)
def test_paths_of_another_machine(path, found):
    paths = RepoPaths(["src/pay.py", "docs/a.md", "docs/b.md", "plan.md"])
    assert paths.find(path, ["/Users/ann/work/shop/src", "/Users/ann/work/shop"]) == found
