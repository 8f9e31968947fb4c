"""The git-ai source on real repositories."""

from pathlib import Path

import pytest
from git_ai_reading import A1, A2, P1, Opener, claims, prompt_of, read, silent

from backstory.evidence.git_ai_prompt import BEFORE_NOTES, NO_RECORD, NOT_HERE
from backstory.evidence.source import ReadRequest
from backstory.history.cancel import Cancellation
from backstory.model.evidence import Basis, Evidence, Reading
from backstory.model.lines import LineRange
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import UNKNOWN_ORIGIN, Agent, Contributor, Person, Session
from backstory.model.prompt import Prompt, PromptMissing
from notation.authorship import metadata, note_text
from notation.repository import ANN, RepositoryWriter

COPY = "refs/notes/ai-remote/origin"
PAY = RepoPath("pay.py")


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_a_note_says_who_has_which_line(tmp_path: Path, opened: Opener, object_format: str) -> None:
    with RepositoryWriter(tmp_path, object_format) as history:
        revision = history.commit("payments", {"pay.py": "one\ntwo\nthree\n"})
        history.note(revision, note_text({"pay.py": ["a1", "h:ann", None]}, [A1], {"ann": ANN}))
    agents, human, silence = read(opened(tmp_path), revision).evidence
    assert agents.source == "git-ai"
    assert agents.basis is Basis.RECORDED
    assert agents.origin.agent == Agent("claude", "claude-opus-4-6")
    assert agents.origin.session == Session(A1.record_key, A1.id)
    assert (agents.path, agents.lines) == (PAY, (LineRange(1, 1),))
    assert agents.locator == f"refs/notes/ai@{revision[:7]}"
    assert agents.prompt_key == f"{A1.record_key} pay.py"
    assert human.origin.person == Person(ANN.name, ANN.email)
    assert (human.origin.contributor, human.lines, human.prompt_key) == (Contributor.HUMAN, (LineRange(2, 2),), None)
    assert silence == Evidence(
        "git-ai", Basis.RECORDED, UNKNOWN_ORIGIN, Revision(revision), None, None, agents.locator, "note"
    )


def test_a_commit_without_a_note_has_no_evidence(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": "one\n"})
    assert read(opened(tmp_path), revision) == Reading()


def test_a_path_the_note_leaves_out_has_the_recorders_silence(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": "one\n", "other.py": "one\n"})
        history.note(revision, note_text({"pay.py": ["a1"]}, [A1]))
    (silence,) = read(opened(tmp_path), revision, "other.py").evidence
    assert (silence.origin, silence.path, silence.lines) == (UNKNOWN_ORIGIN, None, None)


def test_notes_on_several_levels_of_folders(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revisions = [history.commit(f"commit {number}", {"pay.py": f"{number}\n"}) for number in range(3)]
        for revision, cuts in zip(revisions, ((), (2,), (2, 4)), strict=True):
            name = "/".join(revision[a:b] for a, b in zip((0, *cuts), (*cuts, None), strict=True))
            history.note_at(name, note_text({"pay.py": ["a1"]}, [A1]))
        history.note_at("README", "not a note")
    source = opened(tmp_path)
    assert all(claims(read(source, revision)) for revision in revisions)
    report = source.report(Cancellation(), silent)
    assert (report.found, report.on_head, report.read) == (3, 3, 3)
    assert ("entries of refs/notes/ai that are no notes", "1") in report.details


def test_unreadable_notes_are_reported_and_spoil_nothing(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        first = history.commit("first", {"pay.py": "one\n"})
        history.note(first, '{"version": 2, "session": {}, "prompts": [], "files": []}')
        second = history.commit("second", {"pay.py": "one\ntwo\n"})
        history.note(second, note_text({"pay.py": [None, "a1"]}, [A1]))
    source = opened(tmp_path)
    request = ReadRequest({Revision(first): frozenset({PAY}), Revision(second): frozenset({PAY})})
    reading = source.read(request, Cancellation())
    assert [each.revision for each in reading.evidence] == [second, second]
    (flaw,) = reading.unreadable
    assert flaw.locator == f"refs/notes/ai@{first[:7]}"
    assert "whogitit" in flaw.reason
    report = source.report(Cancellation(), silent)
    assert (report.found, report.read, report.unreadable) == (2, 1, (flaw,))


def test_a_note_too_large_to_be_one(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": "one\n"})
        history.note(revision, b"pay.py\n  k 1" + b",1" * 17_000_000 + b"\n---\n{}")
    source = opened(tmp_path)
    (flaw,) = read(source, revision).unreadable
    assert flaw.reason == "It has 32 MiB; no more than 32 MiB are read."
    assert source.report(Cancellation(), silent).unreadable == (flaw,)


def test_a_remotes_copy_is_as_good_where_there_is_no_other(tmp_path: Path, opened: Opener) -> None:
    for folder, ref in (("a", COPY), ("b", "refs/remotes/origin/notes/ai"), ("c", "refs/remotes/team/fork/notes/ai")):
        with RepositoryWriter(tmp_path / folder) as history:
            revision = history.commit("payments", {"pay.py": "one\n"})
            history.note(revision, note_text({"pay.py": ["a1"]}, [A1]), ref)
        source = opened(tmp_path / folder)
        assert [locator for *_, locator in claims(read(source, revision))] == [f"{ref}@{revision[:7]}"]
        assert source.report(Cancellation(), silent).found == 1


def test_other_notes_are_none_of_ours(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": "one\n"})
        for ref in ("refs/notes/ai-stash", "refs/notes/ai-display", "refs/notes/commits", "refs/notes/ai-blame"):
            history.note(revision, note_text({"pay.py": ["a1"]}, [A1]), ref)
    assert read(opened(tmp_path), revision) == Reading()


def test_a_copy_that_says_the_same_says_nothing(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": "one\n"})
        history.note(revision, note_text({"pay.py": ["a1"]}, [A1]))
        history.note(revision, note_text({"pay.py": ["a1"], "other.py": ["a1"]}, [A1]), COPY)
    assert len(claims(read(opened(tmp_path), revision))) == 1


def test_a_copy_that_disagrees_is_heard_after_the_local_note(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": "one\n"})
        history.note(revision, note_text({"pay.py": ["a1"]}, [A1]))
        history.note(revision, note_text({"pay.py": ["a2"]}, [A2]), COPY)
    told = claims(read(opened(tmp_path), revision))
    assert [(agent and agent.tool, locator) for agent, _, locator in told] == [
        ("claude", f"refs/notes/ai@{revision[:7]}"),
        ("codex", f"{COPY}@{revision[:7]}"),
    ]


def test_a_notes_ref_that_holds_none_is_reported(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": "one\n"})
        history.blob_ref("refs/notes/ai", "a blob")
        history.note(revision, note_text({"pay.py": ["a1"]}, [A1]), COPY)
    reading = read(opened(tmp_path), revision)
    assert [(flaw.locator, flaw.reason) for flaw in reading.unreadable] == [
        ("refs/notes/ai", "The ref does not point to notes.")
    ]
    assert claims(reading)


def test_records_from_before_notes(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": "one\ntwo\n"})
        listed = '[{"author": "Claude Code", "lines": [[1, 1]]}, {"author": "Ann Lee", "lines": [2]}]'
        history.blob_ref(f"refs/ai/authorship/{revision}", f'{{"files": {{"pay.py": {{"authors": {listed}}}}}}}')
        other = history.commit("more", {"pay.py": "one\ntwo\nthree\n"})
        history.blob_ref(f"refs/ai/authorship/{other}", "nonsense")
    source = opened(tmp_path)
    agent, person, silence = read(source, revision).evidence
    assert (agent.origin.agent, agent.lines) == (Agent("claude", None), (LineRange(1, 1),))
    assert (person.origin.contributor, person.origin.person) == (Contributor.HUMAN, Person("Ann Lee"))
    assert agent.locator == silence.locator == f"refs/ai/authorship/{revision}"
    assert agent.statement == "authorship ref"
    assert source.prompt(agent, Cancellation()) is BEFORE_NOTES
    assert [flaw.locator for flaw in read(source, other).unreadable] == [f"refs/ai/authorship/{other}"]
    report = source.report(Cancellation(), silent)
    assert (report.found, report.absence) == (0, None)
    assert ("records from before notes", "2 (1 unreadable)") in report.details


def test_a_conversation_in_the_note_gives_the_prompt(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"how to pay.md": "one\n"})
        history.note(revision, note_text({"how to pay.md": ["p1"]}, [P1]))
    source = opened(tmp_path)
    assert prompt_of(source, read(source, revision, "how to pay.md")) == Prompt("Retry the capture")


def test_prompts_outside_the_note_are_said_to_be_there(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": "one\n"})
        history.note(revision, note_text({"pay.py": ["a1"]}, [A1]))
    source = opened(tmp_path)
    reading = read(source, revision)
    assert prompt_of(source, reading) == PromptMissing(
        "git-ai 1.6.20 keeps prompts outside the note.", "backstory doctor"
    )
    elsewhere = Evidence(
        "git-ai", Basis.RECORDED, UNKNOWN_ORIGIN, Revision("0" * 40), PAY, None, "refs/notes/ai@0000000"
    )
    assert source.prompt(elsewhere, Cancellation()) is NOT_HERE


def test_an_agent_without_a_record_has_no_conversation(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": "one\n"})
        history.note(revision, f"pay.py\n  ai_agent 1\n---\n{metadata([])}")
    source = opened(tmp_path)
    assert prompt_of(source, read(source, revision)) is NO_RECORD
