"""What was asked, of Entire's checkpoints: in transcripts, in `prompt.txt`, elsewhere, or not here."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve
from entire_reading import NEVER, PAY, TALK, Opener, asked, edits, session
from entire_writing import (
    FIRST,
    SECOND,
    SESSION,
    ULID,
    Talk,
    keep,
    minutes,
    named,
)
from notes_reading import read, silent

from backstory.evidence import entire
from backstory.evidence.entire import EntireSource
from backstory.history.repository import discover
from backstory.model.evidence import Basis
from backstory.model.origin import Agent, Session
from backstory.model.prompt import PromptMissing, Question
from notation.repository import RepositoryWriter, git


@pytest.fixture
def opened() -> Iterator[Opener]:
    sources: list[EntireSource] = []

    def open_at(path: Path) -> EntireSource:
        sources.append(entire.open_source(discover(path)))
        return sources[-1]

    yield open_at
    for source in sources:
        source.close()


def test_the_request_before_the_edit(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        made = history.commit(named("Capture", FIRST), {"pay.py": "x\n"})
        keep(history, FIRST, session())
    source = opened(tmp_path / "shop")
    (said,) = read(source, made).evidence
    told = [asked(source, evidence_for(said, edit)) for edit in edits(source)]
    assert told == ["Capture payments", "Retry three times"]
    assert asked(source, said).startswith("missing: 2 things were asked for this commit")


def evidence_for(said, edit):
    """Return evidence with the key of an edit, as whoever matched it makes it."""
    return evolve(said, prompt_key=edit.prompt_key, basis=Basis.MATCHED)


def test_of_a_whole_commit_only_what_its_checkpoint_began_with_counts(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        first = history.commit(named("Capture", FIRST), {"pay.py": "x\n"})
        second = history.commit(named("Retry", SECOND), {"pay.py": "y\n"})
        keep(history, FIRST, session(TALK.text(3), created_at=minutes(5)))
        keep(history, SECOND, session(checkpoint=SECOND, checkpoint_transcript_start=3))
    source = opened(tmp_path / "shop")
    told = [asked(source, read(source, each).evidence[0]) for each in (first, second)]
    assert told == ["Capture payments", "Retry three times"]
    turns = source.conversation(read(source, second).evidence[0], NEVER)
    assert turns.files == ("pay.py",)
    assert "Retry three times" in [turn.text for turn in turns.turns]


@pytest.mark.parametrize(
    ("prompts", "told"),
    [
        ("Capture payments", "Capture payments"),
        ("<task-notification>done</task-notification>\n\n---\n\nCapture payments", "Capture payments"),
        ("Capture payments\n\n---\n\nyes, go on", "yes, go on"),
        ("Capture payments\n\n---\n\nRetry three times", "missing: 2 things were asked"),
        ("<system-reminder>x</system-reminder>", "missing: Entire keeps the conversation, but"),
    ],
)
def test_prompts_without_a_transcript(tmp_path, opened, prompts, told):
    with RepositoryWriter(tmp_path / "shop") as history:
        made = history.commit(named("Capture", FIRST), {"pay.py": "x\n"})
        keep(history, FIRST, session("") | {"prompt.txt": prompts})
    source = opened(tmp_path / "shop")
    (said,) = read(source, made).evidence
    assert asked(source, said).startswith(told)


def test_neither_transcript_nor_prompts(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        made = history.commit(named("Capture", FIRST), {"pay.py": "x\n"})
        keep(history, FIRST, session(""))
    source = opened(tmp_path / "shop")
    (said,) = read(source, made).evidence
    assert asked(source, said) == "missing: Entire kept neither the conversation nor what was asked."
    assert isinstance(source.conversation(said, NEVER), PromptMissing)
    assert source.records(NEVER) == ()


@pytest.mark.parametrize(
    ("named_id", "spec"),
    [(FIRST, "refs/heads/entire/*:refs/remotes/origin/entire/*"), (ULID, "refs/entire/*:refs/entire/*")],
)
def test_checkpoints_that_were_not_fetched(tmp_path, opened, named_id, spec):
    with RepositoryWriter(tmp_path / "shop") as history:
        made = history.commit(named("Capture", named_id), {"pay.py": "x\n"})
    source = opened(tmp_path / "shop")
    (said,) = read(source, made).evidence
    assert (said.basis, said.origin.agent, said.origin.session) == (Basis.DECLARED, Agent(None, None), None)
    answer = source.prompt(said, NEVER)
    assert answer.command.endswith(f"fetch origin '+{spec}'")
    report = source.report(NEVER, silent)
    assert (report.found, report.on_head) == (0, 0)
    assert spec in report.absence


def test_checkpoints_kept_in_another_repository(tmp_path, opened):
    settings = '{"strategy_options": {"checkpoint_remote": "github:acme/checkpoints"}}'
    with RepositoryWriter(tmp_path / "shop") as history:
        made = history.commit(named("Capture", FIRST), {"pay.py": "x\n", ".entire/settings.json": settings})
    source = opened(tmp_path / "shop")
    (said,) = read(source, made).evidence
    answer = source.prompt(said, NEVER)
    assert "stored elsewhere" in answer.reason
    assert "github:acme/checkpoints" in answer.reason
    assert answer.command is None


def test_transcripts_that_a_partial_clone_left_out(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        made = history.commit(named("Capture", FIRST), {"pay.py": "x\n"})
        keep(history, FIRST, session(TALK.text() + "\n" * 5_000))
    git(tmp_path / "shop", "config", "uploadpack.allowFilter", "true")
    git(tmp_path / "shop", "config", "uploadpack.allowAnySHA1InWant", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:limit=2k", f"file://{tmp_path / 'shop'}", "clone")
    source = opened(clone)
    (said,) = read(source, made).evidence
    assert said.origin.session.key == SESSION
    answer = source.prompt(said, NEVER)
    assert answer.reason == "This clone lacks the transcript of the session."
    (record,) = source.records(NEVER)
    (trouble,) = source.edits(record, NEVER).unreadable
    assert trouble.reason.startswith("This clone lacks the transcript; `git cat-file -e ")
    report = source.report(NEVER, silent)
    assert (report.found, report.read, len(report.unreadable)) == (1, 0, 1)
    git(clone, *answer.command.split(" ")[3:])
    assert len(edits(opened(clone))) == 2


def test_recalled_by_the_session_of_another_source(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit(named("Capture", FIRST), {"pay.py": "x\n"})
        keep(history, FIRST, session())
    source = opened(tmp_path / "shop")
    digest = hashlib.sha256(f"claude:{SESSION}".encode()).hexdigest()
    for said in (Session("x", SESSION), Session(f"s_{digest[:14]}", None), Session(digest[:16], None)):
        question = Question(said, "claude", "pay.py", ("    charge()",), None)
        assert asked(source, source.recall(question, NEVER)) == "Capture payments"
    later = Question(Session("x", SESSION), "claude", "pay.py", ("  retry(charge, 3)",), None)
    assert asked(source, source.recall(later, NEVER)) == "Retry three times"
    nowhere = Question(Session("x", SESSION), "claude", "pay.py", ("import os",), None)
    assert asked(source, source.recall(nowhere, NEVER)).startswith("missing: 2 things were asked")
    assert source.recall(Question(Session("x", "another"), "claude", "pay.py", ("    charge()",), None), NEVER) is None
    assert source.recall(Question(Session("x", None), "claude", "pay.py", ("    charge()",), None), NEVER) is None


def test_an_edit_before_anything_typed_was_asked_for_in_the_prompts(tmp_path, opened):
    talk = Talk().writes(PAY, "x = 1\n")
    with RepositoryWriter(tmp_path / "shop") as history:
        made = history.commit(named("Capture", FIRST), {"pay.py": "x = 1\n"})
        keep(history, FIRST, session(talk.text()) | {"prompt.txt": "Capture payments"})
    source = opened(tmp_path / "shop")
    (said,) = read(source, made).evidence
    (edit,) = edits(source)
    assert asked(source, evidence_for(said, edit)) == "Capture payments"
