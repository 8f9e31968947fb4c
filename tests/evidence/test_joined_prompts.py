"""A record names a session and holds no text: what was asked is found wherever the conversation is kept."""

import json
import os
from datetime import timedelta
from pathlib import Path
from subprocess import run

import pytest
from entire_writing import FIRST, keep, metadata, named
from joined_shop import CAPTURE, CAPTURED, REFUND, REFUNDED, TALK, Asking, talk_of, transcript_path, write_shop
from transcript_writing import BEGINS, ClaudeTranscript

from backstory.evidence import SOURCES
from notation.authorship import Conversation, Message, note_text
from notation.environment import isolated_environment
from notation.repository import ANN, BOB, RepositoryWriter

CAPTURE_LINE, BLANK_LINE, REFUND_LINE = 2, 5, 7


@pytest.fixture
def ask(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asking:
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    return Asking(capsys)


@pytest.fixture
def shop(tmp_path: Path, home: Path) -> Path:
    """The file of the shop, its transcript on this machine."""
    file = write_shop(tmp_path / "shop")
    talk_of(file.parent).save(transcript_path(home))
    return file


def test_the_request_is_the_last_one_before_the_very_edit(ask, shop):
    told = ask("prompt", f"{shop}:{CAPTURE_LINE}", "--json").json
    assert (told["request"], told["task"], told["asked_by"]) == (CAPTURED, None, "Ann Lee")
    assert (told["session"], told["tool"], told["model"]) == (TALK.id, "claude", "claude-opus-4-6")
    assert told["files"] == ["pay.py"]
    later = ask("prompt", f"{shop}:{REFUND_LINE}", "--json").json
    assert (later["request"], later["files"]) == (REFUNDED, ["test_pay.py", "pay.py"])
    assert later["asked_at"] == (BEGINS + timedelta(minutes=3)).isoformat()


def test_an_empty_line_goes_with_its_neighbours(ask, shop):
    assert ask("prompt", f"{shop}:{BLANK_LINE}", "--json").json["request"] == REFUNDED


def test_the_conversation_stands_around_it(ask, shop):
    told = ask("prompt", f"{shop}:{CAPTURE_LINE}", "--json").json
    said = [(turn["role"], turn["text"].split()[0]) for turn in told["conversation"]]
    assert said[:3] == [("user", "Retry"), ("tool", "Write"), ("user", "Now")]
    assert told["source"] == "claude-code"
    assert told["locator"].endswith(".jsonl:2")


def test_everything_that_shows_a_prompt_shows_it(ask, shop):
    explained = ask("explain", f"{shop}:{REFUND_LINE}").out
    assert f"“{REFUNDED}”" in explained
    assert "request from Claude" in " ".join(explained.split())
    lines = map(json.loads, ask("blame", str(shop), "--json").out.splitlines())
    assert [line["prompt"] for line in lines] == [CAPTURED] * 3 + [REFUNDED] * 4


def test_what_was_asked_after_the_commit_did_not_lead_to_it(ask, shop, home):
    talk = talk_of(shop.parent)
    talk.begins = BEGINS + timedelta(days=1)
    talk.ask("Write it once more.")
    talk.write(str(shop), shop.read_text())
    talk.save(transcript_path(home))
    assert ask("prompt", f"{shop}:{CAPTURE_LINE}", "--json").json["request"] == CAPTURED


def test_an_edit_before_the_commit_was_amended_counts(ask, shop, home):
    talk_of(shop.parent).save(transcript_path(home))
    with RepositoryWriter(shop.parent) as history:
        early = BEGINS - timedelta(hours=1)
        made = history.commit("Pay", {"pay.py": CAPTURE + REFUND}, when=early, parents=[])
    environment = isolated_environment(home) | {"GIT_COMMITTER_DATE": f"{int(BEGINS.timestamp()) + 7200} +0000"}
    identity = ["-c", f"user.name={ANN.name}", "-c", f"user.email={ANN.email}"]
    run(["git", *identity, "commit", "-q", "--amend", "--no-edit"], cwd=shop.parent, env=environment, check=True)
    note = note_text({"pay.py": ["a1"] * 7}, [TALK], base=made)
    run(["git", *identity, "notes", "--ref=ai", "add", "-m", note], cwd=shop.parent, env=environment, check=True)
    assert ask("prompt", f"{shop}:{CAPTURE_LINE}", "--json").json["request"] == CAPTURED


def test_lines_written_through_a_shell_are_told_by_a_session_of_one_request(ask, tmp_path, home):
    file = write_shop(tmp_path / "shop")
    talk = ClaudeTranscript(str(file.parent), TALK.id)
    talk.ask(CAPTURED)
    talk.call("Bash", "toolu_1", command="make pay.py")
    talk.save(transcript_path(home))
    assert ask("prompt", f"{file}:{CAPTURE_LINE}", "--json").json["request"] == CAPTURED
    talk.ask("Something else altogether, please.")
    talk.save(transcript_path(home))
    told = ask("prompt", f"{file}:{CAPTURE_LINE}", "--json")
    assert (told.json, told.status) == (None, 0)
    assert "2 things were asked before the commit" in told.err


def test_a_deleted_transcript_is_said_to_be_deleted(ask, shop, home):
    talk_of(shop.parent, "another").save(transcript_path(home, "another"))
    transcript_path(home).unlink()
    told = ask("prompt", f"{shop}:{CAPTURE_LINE}")
    assert (told.out, told.err) == ("", "backstory: The transcript was deleted, as Claude Code does after 30 days.\n")
    missing = ask("explain", f"{shop}:{CAPTURE_LINE}", "--json").json["prompt_missing"]
    assert missing["code"] == "transcript-deleted"


def test_somebody_elses_transcript_is_not_said_to_be_deleted(ask, tmp_path, home):
    file = write_shop(tmp_path / "shop", asked_by=BOB)
    talk_of(file.parent, "another").save(transcript_path(home, "another"))
    told = ask("prompt", f"{file}:{CAPTURE_LINE}")
    assert told.err == "backstory: The transcript is not on this machine: Claude Code keeps it with whoever asked.\n"


def test_where_the_agent_keeps_nothing_the_record_says_why(ask, tmp_path):
    file = write_shop(tmp_path / "shop")
    assert "git-ai 1.6.20 keeps prompts outside the note" in ask("prompt", f"{file}:{CAPTURE_LINE}").err


def test_a_kept_request_outlives_its_transcript(ask, shop, home):
    os.chdir(shop.parent)
    assert ask("store", "keep").out == "2 requests kept, of 1 session.\n"
    assert ask("store", "keep").out == "0 requests kept, 2 here already, of 1 session.\n"
    transcript_path(home).unlink()
    for line, request in ((CAPTURE_LINE, CAPTURED), (BLANK_LINE, REFUNDED), (REFUND_LINE, REFUNDED)):
        told = ask("prompt", f"{shop}:{line}", "--json").json
        assert (told["request"], told["source"]) == (request, "store")
        assert told["conversation_missing"]["reason"] == "Only the request was kept, not the conversation around it."
    assert "request from your store" in " ".join(ask("explain", f"{shop}:{CAPTURE_LINE}").out.split())
    ask("store", "forget", TALK.id)
    assert ask("prompt", f"{shop}:{CAPTURE_LINE}", "--json").json is None


def test_doctor_says_when_it_is_time_to_keep(ask, shop, home):
    os.utime(transcript_path(home), (BEGINS.timestamp(),) * 2)
    advice = ask("doctor", str(shop.parent), "--json").json["advice"]
    assert [each["command"] for each in advice if "not kept" in each["problem"]] == ["backstory store keep"]
    ask("store", "keep", str(shop.parent))
    assert not [each for each in ask("doctor", str(shop.parent), "--json").json["advice"] if "kept" in each["problem"]]


def test_secrets_are_masked(ask, tmp_path, home):
    file = write_shop(tmp_path / "shop")
    talk = ClaudeTranscript(str(file.parent), TALK.id)
    talk.ask("Use sk_live_51HG8vDKj2xPmVnRqT9wYzABC to charge.")
    talk.write(str(file), file.read_text())
    talk.save(transcript_path(home))
    for words in (("prompt", f"{file}:1"), ("prompt", f"{file}:1", "--json"), ("store", "keep", str(file.parent))):
        assert "51HG8" not in ask(*words).out
    assert "[masked: Stripe key]" in ask("prompt", f"{file}:1").out
    assert "51HG8" not in ask("store", "export").out


def test_a_source_that_is_switched_off_is_not_read(ask, shop):
    told = ask("prompt", f"{shop}:{CAPTURE_LINE}", "--without", "claude-code")
    assert (told.out, "Run: backstory doctor" in told.err) == ("", True)
    everything = [source.ID for source in SOURCES]
    off = [word for each in everything for word in ("--without", each)]
    assert ask("explain", f"{shop}:1", "--json", *off).json["contributor"] == "unknown"
    assert "agent" not in ask("blame", str(shop), *off).out
    reports = ask("doctor", str(shop.parent), "--json", *off).json["sources"]
    assert [(each["id"], each["absence"]) for each in reports] == [(each, "Switched off.") for each in everything]


def test_a_source_that_is_not_known_cannot_be_switched_off(ask, shop):
    assert ask("blame", str(shop), "--without", "nonsense").status == 2


def test_records_that_disagree_are_all_listed(ask, tmp_path, home):
    """git-ai and a transcript say Claude, Entire a session of Gemini, and the commit's own trailer Copilot."""
    file = tmp_path / "shop" / "pay.py"
    message = named("Pay", FIRST) + "Co-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>\n"
    with RepositoryWriter(file.parent) as history:
        made = history.commit(message, {"pay.py": CAPTURE + REFUND}, when=BEGINS + timedelta(hours=2))
        history.note(made, note_text({"pay.py": ["a1"] * 7}, [TALK], base=made))
        said = {"metadata.json": metadata(agent="Gemini CLI"), "prompt.txt": "Something that Gemini was asked."}
        keep(history, FIRST, said)
    talk_of(file.parent).save(transcript_path(home))
    told = ask("explain", f"{file}:{CAPTURE_LINE}", "--json").json
    assert (told["tool"], told["basis"], told["prompt"]) == ("claude", "recorded", CAPTURED)
    against = {(each["source"], each["tool"]) for each in told["disputed_by"]}
    assert against == {("entire", "gemini"), ("commit", "github-copilot-cli")}
    first = json.loads(ask("blame", str(file), "--json").out.splitlines()[0])
    assert first["disputed_by"] == told["disputed_by"]
    explained = " ".join(ask("explain", f"{file}:{CAPTURE_LINE}").out.split())
    assert "trailer names GitHub Copilot CLI instead (and 1 more disagree)." in explained
    assert explained.count("against: ") == 2
    assert "Gemini was asked" not in explained


def test_a_checkpoint_tells_what_a_note_of_the_same_session_does_not(ask, tmp_path):
    file = tmp_path / "shop" / "pay.py"
    talk = talk_of(Path("/Users/ann/shop"))
    with RepositoryWriter(file.parent) as history:
        made = history.commit(named("Pay", FIRST), {"pay.py": CAPTURE + REFUND}, when=BEGINS + timedelta(hours=2))
        history.note(made, note_text({"pay.py": ["a1"] * 7}, [TALK], base=made))
        said = {"metadata.json": metadata(session_id=TALK.id), "full.jsonl": b"".join(talk.bytes_lines())}
        keep(history, FIRST, said)
    told = ask("prompt", f"{file}:{REFUND_LINE}", "--json").json
    assert (told["request"], told["source"], told["files"]) == (REFUNDED, "entire", ["test_pay.py", "pay.py"])
    assert ask("prompt", f"{file}:{CAPTURE_LINE}", "--json").json["request"] == CAPTURED


def test_a_note_that_holds_the_conversation_shows_it(ask, tmp_path):
    said = (Message("user", CAPTURED), Message("assistant", "Done."), Message("user", "Thanks."))
    talk = Conversation("p1", asked_by=ANN, is_legacy=True, messages=said)
    with RepositoryWriter(tmp_path / "shop") as history:
        made = history.commit("Pay", {"pay.py": CAPTURE})
        history.note(made, note_text({"pay.py": ["p1"] * 3}, [talk], base=made))
    told = ask("prompt", f"{tmp_path / 'shop' / 'pay.py'}:1", "--json").json
    assert [(turn["role"], turn["text"]) for turn in told["conversation"]] == [
        ("user", CAPTURED),
        ("assistant", "Done."),
        ("user", "Thanks."),
    ]
    assert told["source"] == "git-ai"
