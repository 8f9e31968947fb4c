"""git-ai's databases at home: prompts of sessions that a record names, and notes kept on a server."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from git_ai_reading import Opener
from hypothesis import given, settings
from hypothesis import strategies as st
from notes_reading import read, silent

from backstory.evidence import git_ai_prompt_store
from backstory.evidence.git_ai_database import CACHED_NOTES
from backstory.evidence.git_ai_prompt import ONLY_A_LINK, messages_of
from backstory.evidence.git_ai_prompt_store import GONE, PromptStoreSource
from backstory.history.cancel import Cancellation
from backstory.history.repository import discover
from backstory.model.origin import Person, Session
from backstory.model.prompt import Conversation, Prompt, PromptMissing, Question
from notation.repository import RepositoryWriter

CONVERSATION = "11111111-2222-4333-8444-555555555555"
DIGEST = hashlib.sha256(f"claude:{CONVERSATION}".encode()).hexdigest()
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MESSAGES = [
    {"type": "user", "text": "Retry the capture", "timestamp": "2026-03-02T09:00:00Z"},
    {"type": "tool_use", "name": "Edit", "input": {"file_path": "/x/pay.py", "new_string": 'retry("now")\n'}},
    {"type": "user", "text": "Log it as well", "timestamp": "2026-03-02T09:05:00Z"},
    {"type": "assistant", "text": "I will."},
    {"type": "tool_use", "name": "Edit", "input": {"file_path": "/x/pay.py", "new_string": "log()\n"}},
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home/.git-ai/internal").mkdir(parents=True)
    return tmp_path / "home"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit("shop", {"pay.py": 'retry("now")\nlog()\n'})
    return tmp_path / "shop"


@pytest.fixture
def source(shop: Path) -> Iterator[PromptStoreSource]:
    opened = git_ai_prompt_store.open_source(discover(shop))
    yield opened
    opened.close()


def store(home: Path, folder: str | None, messages: object = MESSAGES) -> Path:
    database = home / ".git-ai/internal/db"
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(
            "CREATE TABLE IF NOT EXISTS prompts (id TEXT PRIMARY KEY NOT NULL, workdir TEXT, tool TEXT NOT NULL, "
            "model TEXT NOT NULL, external_thread_id TEXT NOT NULL, messages TEXT NOT NULL, commit_sha TEXT, "
            "human_author TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);"
            "CREATE TABLE IF NOT EXISTS cas_cache "
            "(hash TEXT PRIMARY KEY NOT NULL, messages TEXT NOT NULL, cached_at INTEGER);"
        )
        connection.execute(
            "INSERT INTO prompts VALUES (?, ?, 'claude', 'sonnet', ?, ?, NULL, 'Ann Lee <ann@example.com>', 0, 0)",
            (DIGEST[:16], folder, CONVERSATION, json.dumps({"messages": messages})),
        )
        connection.commit()
    return database


def asked(session: Session, *texts: str, line: int = 0) -> Question:
    return Question(session, "claude", "pay.py", texts, NOON, line)


def told(source: PromptStoreSource, question: Question) -> Prompt | PromptMissing | None:
    found = source.recall(question, Cancellation())
    return source.prompt(found, Cancellation()) if found else None


@pytest.mark.parametrize(
    "session",
    [
        Session(f"s_{DIGEST[:14]}", None),
        Session(DIGEST[:16], None),
        Session(DIGEST[:7], None),
        Session("whatever", CONVERSATION),
    ],
)
def test_every_name_of_a_session_finds_its_request(
    home: Path, shop: Path, source: PromptStoreSource, session: Session
) -> None:
    store(home, str(shop))
    assert told(source, asked(session, 'retry("now")')) == Prompt(
        "Retry the capture", asked_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    )
    assert told(source, asked(session, 'retry("now")', "log()", line=1)) == Prompt(
        "Log it as well", asked_at=datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
    )


def test_an_edit_after_the_commit_is_not_meant(home: Path, shop: Path, source: PromptStoreSource) -> None:
    later = [*MESSAGES, {**MESSAGES[0], "text": "Again"}, {**MESSAGES[1], "timestamp": "2026-03-02T15:00:00Z"}]
    store(home, str(shop), later)
    prompt = told(source, asked(Session(DIGEST[:16], None), 'retry("now")'))
    assert isinstance(prompt, Prompt)
    assert prompt.request == "Retry the capture"


def test_the_conversation_is_told(home: Path, shop: Path, source: PromptStoreSource) -> None:
    store(home, str(shop))
    found = source.recall(asked(Session(DIGEST[:16], None), "log()"), Cancellation())
    assert found
    assert found.origin.person == Person("Ann Lee", "ann@example.com")
    conversation = source.conversation(found, Cancellation())
    assert isinstance(conversation, Conversation)
    assert [turn.text for turn in conversation.turns] == [
        "Retry the capture",
        "Edit /x/pay.py",
        "Log it as well",
        "I will.",
        "Edit /x/pay.py",
    ]


def test_another_repositorys_conversation_is_not_told_whatever_names_it(
    home: Path, tmp_path: Path, source: PromptStoreSource
) -> None:
    """A fork's notes, or a copied one, may name a session that was held in a private place."""
    with RepositoryWriter(tmp_path / "private") as history:
        history.commit("private", {"pay.py": "log()\n"})
    store(home, str(tmp_path / "private"))
    assert told(source, asked(Session(DIGEST[:16], None), "log()")) is None


def test_a_folder_that_is_gone_does_not_speak_against_it(home: Path, tmp_path: Path, source: PromptStoreSource) -> None:
    store(home, str(tmp_path / "gone"))
    assert isinstance(told(source, asked(Session(DIGEST[:16], None), "log()")), Prompt)


def test_sessions_that_nobody_named_stay_untold(home: Path, shop: Path, source: PromptStoreSource) -> None:
    store(home, str(shop))
    for session in (Session("s_" + "0" * 14, None), Session("", None), Session("x", "another"), Session("%", None)):
        assert told(source, asked(session, "log()")) is None


def test_reading_leaves_nothing_behind(home: Path, shop: Path, source: PromptStoreSource) -> None:
    database = store(home, str(shop))
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    before = {path.name: path.stat().st_mtime_ns for path in database.parent.iterdir()}
    assert isinstance(told(source, asked(Session(DIGEST[:16], None), "log()")), Prompt)
    assert {path.name: path.stat().st_mtime_ns for path in database.parent.iterdir()} == before


def test_what_is_being_written_is_read_too(home: Path, shop: Path, source: PromptStoreSource) -> None:
    database = store(home, str(shop))
    with closing(sqlite3.connect(database)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("UPDATE prompts SET messages = ?", (json.dumps([{"type": "user", "text": "In the log alone"}]),))
        writer.commit()
        writer.execute("BEGIN IMMEDIATE")
        assert told(source, asked(Session(DIGEST[:16], None), "log()")) == Prompt("In the log alone")
        writer.execute("UPDATE prompts SET tool = 'cursor'")
        writer.commit()


def test_no_database_a_damaged_one_and_one_of_another_shape(home: Path, shop: Path, source: PromptStoreSource) -> None:
    question = asked(Session(DIGEST[:16], None), "log()")
    assert source.recall(question, Cancellation()) is None
    assert source.report(Cancellation(), silent).absence == "git-ai keeps no prompts on this machine."
    database = store(home, str(shop))
    found = source.recall(question, Cancellation())
    assert found
    assert source.report(Cancellation(), silent).details == (("prompts of all repositories", "1"),)
    for content in (b"", b"no database", database.read_bytes()[:5_000] + b"\0" * 9_000):
        database.write_bytes(content)
        assert source.recall(question, Cancellation()) is None
        assert source.prompt(found, Cancellation()) == GONE
    assert len(source.report(Cancellation(), silent).unreadable) == 1


def test_a_conversation_behind_a_link_is_told_where_git_ai_fetched_it(
    home: Path, tmp_path: Path, opened: Opener
) -> None:
    address = "https://usegitai.com/cas/" + "ab" * 32
    record = {"agent_id": {"tool": "claude", "id": CONVERSATION, "model": "x"}, "messages_url": address}
    note = "pay.py\n  {key} 1\n---\n{json}\n".format(
        key=DIGEST[:16],
        json=json.dumps({"schema_version": "authorship/3.0.0", "prompts": {DIGEST[:16]: record}}),
    )
    with RepositoryWriter(tmp_path / "noted") as history:
        revision = history.commit("shop", {"pay.py": "log()\n"})
        history.note(revision, note)
    source = opened(tmp_path / "noted")
    evidence = read(source, revision).evidence[0]
    assert source.prompt(evidence, Cancellation()) == ONLY_A_LINK
    database = store(home, None)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("INSERT INTO cas_cache VALUES (?, ?, 0)", ("ab" * 32, json.dumps(MESSAGES)))
        connection.commit()
    prompt = source.prompt(evidence, Cancellation())
    assert isinstance(prompt, Prompt)
    assert prompt.request == "Log it as well"


def test_notes_that_a_server_keeps_are_read_from_git_ais_cache(home: Path, shop: Path, opened: Opener) -> None:
    source = opened(shop)
    revision = (shop / ".git/refs/heads/main").read_text(encoding="ascii").strip()
    assert read(source, revision).evidence == ()
    record = {"agent_id": {"tool": "claude", "id": "c", "model": "m"}, "messages": MESSAGES}
    metadata = {"schema_version": "authorship/3.0.0", "prompts": {DIGEST[:16]: record}}
    with closing(sqlite3.connect(home / ".git-ai/internal/notes-db")) as connection:
        connection.execute(
            "CREATE TABLE notes (commit_sha TEXT PRIMARY KEY NOT NULL, content TEXT NOT NULL, synced INTEGER)"
        )
        note = f"pay.py\n  {DIGEST[:16]} 2\n---\n{json.dumps(metadata)}"
        connection.execute("INSERT INTO notes VALUES (?, ?, 1), ('0000', 'another repository', 1)", (revision, note))
        connection.commit()
    claim, silence = read(source, revision).evidence
    assert (claim.locator, claim.path) == (f"{CACHED_NOTES}@{revision[:7]}", "pay.py")
    assert silence.path is None
    prompt = source.prompt(claim, Cancellation())
    assert isinstance(prompt, Prompt)
    assert prompt.request == "Log it as well"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2_000), st.text(max_size=4)), max_size=6), st.booleans())
def test_no_damaged_conversation_raises(damage: list[tuple[int, str]], is_wrapped: bool) -> None:
    text = json.dumps({"messages": MESSAGES} if is_wrapped else MESSAGES)
    for place, replacement in damage:
        start = place % len(text)
        text = text[:start] + replacement + text[start + 2 :]
    assert all(isinstance(message.text, str) for message in messages_of(text))
