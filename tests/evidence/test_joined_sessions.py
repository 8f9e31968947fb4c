"""`doctor` tells per source which sessions have both record and conversation, and which records are found by text."""

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from entire_writing import FIRST, keep, metadata, named
from joined_shop import CAPTURE, REFUND, TALK, Asking, talk_of, transcript_path, write_shop
from notes_reading import sample
from transcript_writing import BEGINS

from backstory.evidence.joined_sessions import with_joins
from backstory.history.command import observe_git
from backstory.model.diagnosis import HeldConversation, NamedSession, SourceReport
from backstory.model.origin import Session
from notation.authorship import note_text
from notation.repository import RepositoryWriter

WHOGITIT_SESSION = "0fd9d502-0db6-4000-b280-50c6e44021fa"
SPECSTORY_SESSION = "6f971a56-2405-4122-8281-2fd90306bf22"
FILE = CAPTURE + REFUND


@pytest.fixture
def ask(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asking:
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    return Asking(capsys)


def joined(ask: Asking, folder: Path) -> dict[str, int]:
    """Return what is joined, of each source with any."""
    sources = ask("doctor", str(folder), "--json").json["sources"]
    return {each["id"]: each["joined"] for each in sources if each["joined"]}


def carried(ask: Asking, folder: Path) -> dict[str, int]:
    sources = ask("doctor", str(folder), "--json").json["sources"]
    return {each["id"]: each["carried"] for each in sources if each["carried"]}


def test_a_note_and_the_transcript_of_its_session(ask: Asking, tmp_path: Path, home: Path) -> None:
    shop = write_shop(tmp_path / "shop").parent
    talk_of(shop).save(transcript_path(home))
    assert joined(ask, shop) == {"git-ai": 1, "claude-code": 1}
    said = ask("doctor", str(shop)).out
    assert "  sessions whose requests another source has      1\n" in said
    assert "  sessions that another source's record names  1\n" in said
    assert "  records whose lines are looked for by text   1\n" in said


def test_a_note_and_the_transcript_of_another_session(ask: Asking, tmp_path: Path, home: Path) -> None:
    shop = write_shop(tmp_path / "shop").parent
    talk_of(shop, "another").save(transcript_path(home, "another"))
    assert joined(ask, shop) == {}
    assert carried(ask, shop) == {"claude-code": 1}
    said = ask("doctor", str(shop)).out
    assert "  sessions whose requests another source has      0\n" in said
    assert "another source's record names" not in said


def test_a_transcript_that_was_made_in_another_repository_is_not_joined(
    ask: Asking, tmp_path: Path, home: Path
) -> None:
    shop, other = (write_shop(tmp_path / name / "shop").parent for name in ("ours", "theirs"))
    talk_of(other).save(transcript_path(home))
    assert joined(ask, shop) == {}


def test_a_source_that_is_switched_off_joins_nothing(ask: Asking, tmp_path: Path, home: Path) -> None:
    shop = write_shop(tmp_path / "shop").parent
    talk_of(shop).save(transcript_path(home))
    sources = ask("doctor", str(shop), "--json", "--without", "claude-code").json["sources"]
    assert {each["joined"] for each in sources} == {0}


def test_a_kept_request_outlives_its_transcript(ask: Asking, tmp_path: Path, home: Path) -> None:
    shop = write_shop(tmp_path / "shop").parent
    talk_of(shop).save(transcript_path(home))
    os.chdir(shop)
    ask("store", "keep")
    transcript_path(home).unlink()
    assert joined(ask, shop) == {"git-ai": 1}


def test_a_checkpoint_keeps_the_conversation_of_a_note_and_names_one_itself(
    ask: Asking, tmp_path: Path, home: Path
) -> None:
    shop = tmp_path / "shop"
    with RepositoryWriter(shop) as history:
        made = history.commit(named("Pay", FIRST), {"pay.py": FILE}, when=BEGINS + timedelta(hours=2))
        history.note(made, note_text({"pay.py": ["a1"] * 7}, [TALK], base=made))
        keep(history, FIRST, {"metadata.json": metadata(session_id=TALK.id), "full.jsonl": _text(talk_of(shop).lines)})
    assert joined(ask, shop) == {"git-ai": 1}
    assert carried(ask, shop) == {"entire": 1}
    talk_of(shop).save(transcript_path(home))
    assert joined(ask, shop) == {"git-ai": 1, "entire": 1, "claude-code": 1}


def test_what_whogitit_calls_a_session_is_no_conversation(ask: Asking, tmp_path: Path, home: Path) -> None:
    shop = tmp_path / "shop"
    with RepositoryWriter(shop) as history:
        history.note(history.commit("Pay", {"pay.py": FILE}), sample("whogitit/kinds.json"), "refs/notes/whogitit")
    talk_of(shop, WHOGITIT_SESSION).save(transcript_path(home, WHOGITIT_SESSION))
    assert joined(ask, shop) == {}
    assert "  sessions whose requests another source has  0\n" in ask("doctor", str(shop)).out


def test_a_record_of_agent_trace_and_the_transcript_it_links(ask: Asking, tmp_path: Path, home: Path) -> None:
    shop = tmp_path / "shop"
    contributor = {"type": "ai", "model_id": "anthropic/claude-opus-4-6"}
    talk = {"contributor": contributor, "ranges": [{"start_line": 1, "end_line": 3}]}
    record = {"version": "0.1.0", "files": [{"path": "pay.py", "conversations": [talk]}]}
    with RepositoryWriter(shop) as history:
        history.commit("Pay", {"pay.py": FILE})
    (shop / ".agent-trace").mkdir()
    text = json.dumps({**record, "metadata": {"session_id": TALK.id}})
    (shop / ".agent-trace" / "traces.jsonl").write_text(f"{text}\n", encoding="utf-8")
    talk_of(shop).save(transcript_path(home))
    assert joined(ask, shop) == {"agent-trace": 1, "claude-code": 1}


def test_a_history_of_specstory_and_a_note_that_names_it_by_key(ask: Asking, tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    key = "s_" + hashlib.sha256(f"claude:{SPECSTORY_SESSION}".encode()).hexdigest()[:14]
    tables = {"sessions": {key: {"agent_id": {"tool": "claude"}}}}
    with RepositoryWriter(shop) as history:
        made = history.commit("Pay", {"pay.py": FILE})
        history.note(made, f"pay.py\n  {key} 1\n---\n{json.dumps({'schema_version': 'authorship/3.0.0', **tables})}")
    (shop / ".specstory" / "history").mkdir(parents=True)
    (shop / ".specstory" / "history" / "claude.md").write_bytes(sample("specstory/claude.md"))
    assert joined(ask, shop) == {"git-ai": 1, "specstory": 1}


@pytest.mark.parametrize(("folder", "expected"), [("shop", {"git-ai": 1, "git-ai-prompts": 1}), ("private", {})])
def test_git_ais_own_prompts_unless_they_are_anothers(
    ask: Asking, tmp_path: Path, home: Path, folder: str, expected: dict[str, int]
) -> None:
    shop, _ = (write_shop(tmp_path / name).parent for name in ("shop", "private"))
    (home / ".git-ai" / "internal").mkdir(parents=True)
    with closing(sqlite3.connect(home / ".git-ai" / "internal" / "db")) as connection:
        columns = "id, workdir, tool, model, external_thread_id, messages, human_author"
        connection.execute(f"CREATE TABLE prompts ({columns})")
        row = ("0" * 16, str(tmp_path / folder), "claude", "opus", TALK.id, "[]", None)
        connection.execute("INSERT INTO prompts VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        connection.commit()
    assert joined(ask, shop) == expected


def test_of_notes_those_are_carried_that_head_does_not_reach(ask: Asking, tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    with RepositoryWriter(shop) as history:
        first = history.commit("Pay", {"pay.py": FILE})
        lost = history.commit("Before the squash", {"pay.py": FILE}, branch="side", parents=[])
        silent = history.commit("Nothing of an agent's", {"other.py": FILE}, branch="side")
        for revision in (first, lost):
            history.note(revision, note_text({"pay.py": ["a1"] * 7}, [TALK], base=revision))
            history.note(revision, sample("whogitit/kinds.json"), "refs/notes/whogitit")
            history.note(revision, sample("agentblame/v1.json"), "refs/notes/agentblame")
        history.note(silent, note_text({}, [TALK], base=silent))
        history.note_at("f" * 40, note_text({"pay.py": ["a1"] * 7}, [TALK], base=first))
    assert carried(ask, shop) == {"git-ai": 1, "whogitit": 1, "agentblame": 1}


def test_more_sessions_cost_no_more_git_calls(ask: Asking, tmp_path: Path, home: Path) -> None:
    calls: list[str] = []
    counts = []
    stop = observe_git(lambda args: calls.append(args[0]))
    for number in (1, 30):
        shop = tmp_path / f"shop{number}"
        with RepositoryWriter(shop) as history:
            for each in range(number):
                made = history.commit(f"Pay {each}", {"pay.py": f"{each}\n{FILE}"})
                table = {f"s_{each:014}": {"agent_id": {"tool": "claude", "id": f"{number}-{each}"}}}
                history.note(made, f"---\n{json.dumps({'schema_version': 'authorship/3.0.0', 'sessions': table})}")
                talk_of(shop, f"{number}-{each}").save(transcript_path(home, f"{number}-{each}"))
        calls.clear()
        assert joined(ask, shop) == {"git-ai": number, "claude-code": number}
        counts.append(len(calls))
    stop()
    assert counts[0] == counts[1]


DIGEST = hashlib.sha256(b"codex:c1").hexdigest()


@pytest.mark.parametrize(
    ("session", "held", "expected"),
    [
        (Session(f"s_{DIGEST[:14]}", None), HeldConversation("codex", "c1"), (1, 1)),
        (Session(DIGEST[:16], None), HeldConversation("codex", "c1"), (1, 1)),
        (Session(DIGEST[:7], None), HeldConversation("codex", "c1"), (1, 1)),
        (Session(DIGEST[:16], None), HeldConversation(None, "c1"), (1, 1)),
        (Session(DIGEST[:16], None), HeldConversation("claude", "c1"), (0, 0)),
        (Session(DIGEST[:16], "c2"), HeldConversation("codex", "c1"), (0, 0)),
        (Session("whatever", "c1"), HeldConversation("claude", "c1"), (1, 1)),
        (Session("c1", None), HeldConversation("codex", "c1"), (0, 0)),
    ],
)
def test_every_name_of_a_conversation(session: Session, held: HeldConversation, expected: tuple[int, int]) -> None:
    reports = (
        SourceReport("notes", "notes", 1, 1, 1, (), named=frozenset({NamedSession(session, "codex")})),
        SourceReport("talks", "talks", 1, 1, 1, (), held=frozenset({held})),
    )
    assert tuple(report.joined for report in with_joins(reports, frozenset())) == expected


def test_a_conversation_counts_once_however_often_and_by_whomever_it_is_named_and_held() -> None:
    twice = frozenset({NamedSession(Session("k", "c1"), "codex"), NamedSession(Session("l", "c1"), None)})
    held = frozenset({HeldConversation("codex", "c1"), HeldConversation(None, "c1")})
    reports = [SourceReport(name, name, 1, 1, 1, (), named=twice) for name in ("notes", "log")]
    reports += [SourceReport(name, name, 1, 1, 1, (), held=held) for name in ("talks", "files")]
    assert [report.joined for report in with_joins(reports, held)] == [1, 1, 1, 1]


def test_what_a_source_holds_of_its_own_sessions_is_no_join() -> None:
    both = SourceReport(
        "checkpoints",
        "checkpoints",
        1,
        1,
        1,
        (),
        named=frozenset({NamedSession(Session("c1", "c1"), None)}),
        held=frozenset({HeldConversation(None, "c1")}),
    )
    assert [report.joined for report in with_joins([both], frozenset())] == [0]


def _text(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
