"""`backstory record` as it is typed, with a transcript to read."""

import io
import json
import sys
from pathlib import Path

import pytest

from backstory.cli.main import main
from notation.repository import git

SESSION = "11111111-2222-4333-8444-555555555555"
TEXT = "def capture(order):\n    total = order.total()\n    return total\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A commit of what Claude Code had written, and its transcript."""
    home, root = tmp_path / "home", tmp_path / "shop"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    root.mkdir()
    monkeypatch.chdir(root)
    (root / "pay.py").write_bytes(TEXT.encode())
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "-c", "user.name=Ann", "-c", "user.email=ann@example.com", "commit", "-q", "-m", "pay")
    common = {"sessionId": SESSION, "cwd": str(root), "isSidechain": False}
    when = git(root, "log", "-1", "--format=%aI").strip()
    call = {"type": "tool_use", "id": "toolu_1", "name": "Write", "input": {"file_path": str(root / "pay.py")}}
    done = {"type": "create", "filePath": str(root / "pay.py"), "content": TEXT, "structuredPatch": []}
    result = [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "done"}]
    entries = [
        {"type": "user", "uuid": "1", "message": {"role": "user", "content": "add \x1b[31mcapture"}},
        {"type": "assistant", "uuid": "2", "message": {"role": "assistant", "model": "m", "content": [call]}},
        {"type": "user", "uuid": "3", "message": {"role": "user", "content": result}, "toolUseResult": done},
    ]
    transcript = home / ".claude" / "projects" / "x" / f"{SESSION}.jsonl"
    transcript.parent.mkdir(parents=True)
    transcript.write_text("".join(json.dumps({**common, "timestamp": when, **each}) + "\n" for each in entries))
    return root


def run(capsys, *words: str) -> tuple[int, str, str]:
    status = main(["record", *words])
    return status, *capsys.readouterr()


def notes(root: Path) -> str:
    return git(root, "for-each-ref", "refs/notes")


def test_a_dry_run_prints_the_note_and_writes_nothing(shop, capsys):
    status, out, _ = run(capsys, "--dry-run", "--with-prompts")
    head, _, metadata = out.partition("---\n")
    assert status == 0
    assert head.splitlines()[0] == "pay.py"
    assert head.endswith(" 1-3\n")
    [record] = json.loads(metadata)["prompts"].values()
    assert record["agent_id"] == {"tool": "claude", "id": SESSION, "model": "m"}
    assert notes(shop) == ""


def test_a_note_is_written_and_told_of(shop, capsys):
    git(shop, "remote", "add", "upstream", "https://example.com/shop.git")
    _, out, _ = run(capsys)
    commit = git(shop, "rev-parse", "--short=7", "HEAD").strip()
    assert out == (
        f"Noted on {commit}: 3 lines of 1 file, by claude.\nTo share the notes: git push upstream refs/notes/ai\n"
    )
    assert "refs/notes/ai" in notes(shop)
    assert run(capsys)[1].startswith(f"Noted already on {commit}: 3 lines")


@pytest.mark.usefixtures("shop")
def test_our_own_reader_reads_it(capsys):
    run(capsys)
    assert main(["blame", "--json", "pay.py"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["contributor"], line["basis"]) for line in lines] == [("ai", "recorded")] * 3


def test_anothers_note_is_left_and_told_of(shop, capsys):
    identity = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
    git(shop, *identity, "notes", "--ref=refs/notes/ai", "add", "-m", "theirs")
    before = notes(shop)
    status, out, err = run(capsys)
    assert (status, out) == (1, "")
    assert "another tool's note in refs/notes/ai; it stays as it is" in err
    assert notes(shop) == before


def test_a_hook_never_fails(shop, capsys, monkeypatch):
    (shop / ".git" / "refs" / "notes").write_text("in the way")
    status, out, err = run(capsys, "--hook", "post-commit")
    assert (status, out) == (0, "")
    assert err.startswith("backstory: ")
    assert len(err.splitlines()) == 1
    monkeypatch.setattr(sys, "stdin", io.StringIO("nonsense\nnot an id\n\n"))
    assert run(capsys, "--hook", "post-rewrite")[0] == 0
    monkeypatch.chdir(shop.parent)
    assert run(capsys, "--hook", "post-commit")[0] == 0


def test_a_note_without_the_words_says_why(shop, capsys):
    run(capsys)
    for transcript in shop.parent.glob("home/.claude/**/*.jsonl"):
        transcript.unlink()
    assert main(["prompt", "pay.py:2"]) == 0
    assert "git-ai" not in capsys.readouterr().out


@pytest.mark.parametrize("options", [(), ("--with-prompts",)])
def test_a_line_of_a_note_is_told_with_its_request(shop, capsys, options):
    """Without the words in the note they are found in the transcript, by the conversation that the note names."""
    run(capsys, *options)
    if options:
        for transcript in shop.parent.glob("home/.claude/**/*.jsonl"):
            transcript.unlink()
    assert main(["prompt", "--json", "pay.py:2"]) == 0
    prompt = json.loads(capsys.readouterr().out)
    assert prompt["request"].startswith("add ")
    assert "capture" in prompt["request"]
