"""What the transcripts of a repository say: edits, requests, conversations, and what a note's session recalls."""

import hashlib
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from local_reading import (
    CALM,
    FILE,
    LINES,
    all_edits,
    asked,
    claude_at,
    claude_transcript,
    codex_at,
    codex_transcript,
    days_ago,
    evidence_of,
    files_of,
    head,
    report_of,
    repository_at,
    why_not,
)
from transcript_writing import BEGINS, ClaudeTranscript

from backstory.model.origin import Agent, Session
from backstory.model.prompt import Conversation, Question


def test_a_transcript_made_here_is_read(tmp_path: Path, home: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    path = claude_transcript(home, shop)
    source = claude_at(shop)
    (edit,) = all_edits(source)
    assert (edit.path, edit.at, edit.statement) == ("pay.py", BEGINS + timedelta(minutes=1), "transcript")
    assert (edit.origin.agent, edit.origin.session) == (Agent("claude", "claude-sonnet-4-6"), Session("s1", "s1"))
    assert edit.locator == f"{path}:2"
    assert [block.lines for block in edit.blocks] == [tuple(LINES)]
    assert asked(source, edit) == "Retry it"


@pytest.mark.usefixtures("home")
def test_where_there_are_no_folders_there_is_nothing(tmp_path: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    for source in (claude_at(shop), codex_at(shop)):
        assert source.records(CALM) == []
        assert report_of(source).found == 0
        assert "This machine holds no" in (report_of(source).absence or "")


def test_codex_keeps_transcripts_put_away(tmp_path: Path, home: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    path = codex_transcript(home, shop, head(shop), None)
    (home / ".codex" / "archived_sessions").mkdir()
    path.rename(home / ".codex" / "archived_sessions" / path.name)
    assert files_of(codex_at(shop)) == {"pay.py"}


def test_the_environment_names_the_folders(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = repository_at(tmp_path / "shop")
    claude_transcript(home, shop)
    codex_transcript(home, shop, None, None)
    (home / ".claude").rename(tmp_path / "claude")
    (home / ".codex").rename(tmp_path / "codex")
    assert not files_of(claude_at(shop)) | files_of(codex_at(shop))
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "claude"))
    monkeypatch.setenv("CODEX_HOME", str(tmp_path / "codex"))
    assert files_of(claude_at(shop)) == files_of(codex_at(shop)) == {"pay.py"}
    monkeypatch.delenv("CLAUDE_CONFIG_DIR")
    (home / ".config").mkdir()
    (tmp_path / "claude").rename(home / ".config" / "claude")
    assert files_of(claude_at(shop)) == {"pay.py"}


def test_a_stamp_changes_with_the_content(tmp_path: Path, home: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    path = claude_transcript(home, shop)
    source = claude_at(shop)
    (before,) = source.records(CALM)
    assert source.records(CALM) == [before]
    assert len(source.edits(before, CALM).edits) == 1
    longer = ClaudeTranscript(str(shop), "s1")
    longer.write(str(shop / "more.py"), FILE, "later")
    with path.open("ab") as stream:
        stream.write(b"".join(longer.bytes_lines()).replace(b"entry-", b"later-"))
    (after,) = source.records(CALM)
    assert (after.key, after.stamp == before.stamp) == (before.key, False)
    assert [edit.path for edit in source.edits(after, CALM).edits] == ["pay.py", "more.py"]


def test_a_subagents_own_file_has_the_persons_request(tmp_path: Path, home: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    folder = home / ".claude" / "projects" / "-any"
    parent = ClaudeTranscript(str(shop), "s1")
    parent.ask("Retry it")
    parent.lines += ['{"type":"summary"}'] * 20
    parent.ask("Something later")
    parent.save(folder / "s1.jsonl")
    subagent = ClaudeTranscript(str(shop), "s1", is_sidechain=True, begins=BEGINS + timedelta(minutes=5))
    subagent.ask("You are a careful tester.")
    subagent.write(str(shop / "tests.py"), FILE)
    subagent.save(folder / "s1" / "subagents" / "agent-a1.jsonl")
    source = claude_at(shop)
    (edit,) = all_edits(source)
    assert edit.origin.session == Session("s1", "s1")
    assert asked(source, edit) == "Retry it"
    (folder / "s1.jsonl").unlink()
    assert "does not hold what was asked" in why_not(source, evidence_of(edit))


def test_the_conversation_has_the_turns_and_the_files(tmp_path: Path, home: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    written = ClaudeTranscript(str(shop), "s1")
    written.ask("Retry it")
    written.write(str(shop / "a.py"), FILE)
    written.write(str(shop / "b.py"), FILE)
    written.ask("Paint it")
    written.write(str(shop / "c.py"), FILE)
    path = written.save(home / ".claude" / "projects" / "-any" / "s1.jsonl")
    source = claude_at(shop)
    found = source.conversation(evidence_of(all_edits(source)[1]), CALM)
    assert isinstance(found, Conversation)
    assert found.files == ("a.py", "b.py")
    assert [turn.text for turn in found.turns][:2] == ["Retry it", f"Write {shop / 'a.py'}"]
    assert found.locator == f"{path}:4"


def about(session: Session) -> Question:
    return Question(session, "claude", "pay.py", (LINES[3], LINES[4]), None)


def digest(conversation: str) -> str:
    return hashlib.sha256(f"claude:{conversation}".encode()).hexdigest()


@pytest.mark.parametrize(
    ("session", "is_found"),
    [
        (Session("s_" + digest("s1")[:14], None), True),
        (Session(digest("s1")[:16], None), True),
        (Session(digest("s1")[:7], None), True),
        (Session("whatever", "s1"), True),
        (Session("s_" + digest("s2")[:14], None), False),
        (Session("s_" + digest("s1")[:14], "s2"), False),
    ],
)
def test_a_notes_session_recalls_its_transcript(tmp_path: Path, home: Path, session: Session, is_found: bool) -> None:
    shop = repository_at(tmp_path / "shop")
    claude_transcript(home, shop)
    source = claude_at(shop)
    evidence = source.recall(about(session), CALM)
    assert (evidence is not None) is is_found
    if evidence:
        assert asked(source, evidence) == "Retry it"
        assert isinstance(source.conversation(evidence, CALM), Conversation)


def test_recalled_is_the_last_edit_of_these_lines_before_the_commit(tmp_path: Path, home: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    written = ClaudeTranscript(str(shop), "s1")
    for ask, file in (("First", "pay.py"), ("Second", "pay.py"), ("Else", "other.py"), ("Too late", "pay.py")):
        written.ask(ask)
        written.write(str(shop / file), FILE if file == "pay.py" else "nothing = 1\n")
    written.save(home / ".claude" / "projects" / "-any" / "s1.jsonl")
    source = claude_at(shop)
    question = about(Session("k", "s1"))
    assert asked(source, source.recall(evolve(question, until=BEGINS + timedelta(minutes=9)), CALM)) == "Second"
    assert asked(source, source.recall(question, CALM)) == "Too late"
    unwritten = source.recall(evolve(question, texts=("never written",)), CALM)
    assert unwritten is not None
    assert "4 things were asked" in why_not(source, unwritten), "the session is known, which request is not"
    assert source.recall(evolve(about(Session("s_" + digest("s1")[:14], None)), tool="codex"), CALM) is None


def test_a_transcript_of_nowhere_is_recalled_one_of_elsewhere_is_not(tmp_path: Path, home: Path) -> None:
    """A record of this repository that names a conversation finds it after a move; never in another repository."""
    shop = repository_at(tmp_path / "shop")
    claude_transcript(home, tmp_path / "gone")
    question = about(Session("k", "s1"))
    source = claude_at(shop)
    evidence = source.recall(question, CALM)
    assert asked(source, evidence) == "Retry it"
    repository_at(tmp_path / "gone")
    assert claude_at(shop).recall(question, CALM) is None
    assert evidence is not None
    assert "no longer" in why_not(claude_at(shop), evidence)


def test_a_prompt_key_opens_nothing_but_transcripts(tmp_path: Path, home: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    path = claude_transcript(home, shop)
    source = claude_at(shop)
    evidence = evidence_of(all_edits(source)[0])
    elsewhere = shutil.copy(path, tmp_path / "copy.jsonl")
    for key in (f'["{elsewhere}", "toolu_1"]', '["/etc/passwd", "x"]', "junk", "", '["a"]', "[1, 2]", "\ud800"):
        assert "no longer" in why_not(source, evolve(evidence, prompt_key=key))
    assert "any more" in why_not(source, evolve(evidence, prompt_key=f'["{path}", "unheard of"]'))
    path.unlink()
    assert "no longer" in why_not(source, evidence)


def test_links_pipes_and_junk_are_told(tmp_path: Path, home: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    path = claude_transcript(home, shop)
    folder = path.parent
    (folder / "link.jsonl").symlink_to(shutil.copy(path, tmp_path / "outside.jsonl"))
    (folder / "inside.jsonl").symlink_to(path)
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "junk.jsonl").write_bytes(b"\x00\x01\nnothing\n")
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "bell\a.jsonl").write_bytes(path.read_bytes())
    report = report_of(claude_at(shop))
    assert (report.found, report.read) == (1, 1)
    assert {(Path(flaw.locator).name, flaw.reason) for flaw in report.unreadable} == {
        ("link.jsonl", "It is a link that leads out of the agent's folder."),
        ("pipe.jsonl", "It is no plain file."),
        ("junk.jsonl", "It is no transcript of a known kind."),
        ("bell\a.jsonl", "Its name cannot be written down."),
    }


def test_a_file_that_turns_into_a_link_is_not_followed(tmp_path: Path, home: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    path = claude_transcript(home, shop)
    source = claude_at(shop)
    (record,) = source.records(CALM)
    path.rename(tmp_path / "outside.jsonl")
    path.symlink_to(tmp_path / "outside.jsonl")
    assert source.edits(record, CALM).edits == ()


def test_broken_lines_of_a_transcript_are_told(tmp_path: Path, home: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    path = claude_transcript(home, shop)
    path.write_bytes(path.read_bytes() + b'{"torn\n{"type":"summary"}\n')
    source = claude_at(shop)
    (record,) = source.records(CALM)
    assert [flaw.reason for flaw in source.edits(record, CALM).unreadable] == ["1 of 5 lines: no JSON object"]
    assert [flaw.locator for flaw in report_of(source).unreadable] == [str(path)]


def used(path: Path, when: datetime) -> None:
    os.utime(path, (when.timestamp(), when.timestamp()))


def test_the_report_counts_and_warns_of_deletion(tmp_path: Path, home: Path) -> None:
    shop = repository_at(tmp_path / "shop")
    old = claude_transcript(home, shop, session="s1")
    claude_transcript(home, shop, session="s2")
    claude_transcript(home, repository_at(tmp_path / "other"), session="s3")
    last_used = days_ago(25)
    used(old, last_used)
    date = (last_used + timedelta(days=30)).date().isoformat()
    assert dict(report_of(claude_at(shop)).details) == {
        "transcripts on this machine": "3",
        "of this repository": "2",
        "requests in them": "2",
        "edits in them": "2",
        "about to be deleted by the agent": f"1 from {date} on",
    }


@pytest.mark.parametrize(
    ("settings", "warns"),
    [('{"cleanupPeriodDays": 365}', False), ('{"cleanupPeriodDays": 27}', True), ('{"other": 1}', True), ("{", False)],
)
def test_how_long_transcripts_stay_is_a_setting(tmp_path: Path, home: Path, settings: str, warns: bool) -> None:
    shop = repository_at(tmp_path / "shop")
    used(claude_transcript(home, shop), days_ago(25))
    (home / ".claude" / "settings.json").write_text(settings)
    details = dict(report_of(claude_at(shop)).details)
    assert ("about to be deleted by the agent" in details) is warns
