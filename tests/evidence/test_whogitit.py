"""whogitit's notes: snapshots held against their commits, and what was asked."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from notes_reading import CORPUS, Opened, agents, changed, claims, read, sample, silent

from backstory.evidence import whogitit
from backstory.evidence.whogitit_note import Note, parse_note
from backstory.evidence.whogitit_prompt import NOBODY_TYPED, PLACEHOLDER, prompt_of, recorded_text
from backstory.history.cancel import Cancellation
from backstory.history.repository import discover
from backstory.model.edit import Block
from backstory.model.evidence import Basis, Reading
from backstory.model.origin import UNKNOWN_ORIGIN, Agent, Contributor, Origin, Session
from backstory.model.prompt import Conversation, Prompt
from notation.repository import RepositoryWriter

REF = "refs/notes/whogitit"
KINDS = "whogitit/kinds.json"
PAY = "import time\ndef capture():\n    for attempt in range(3):\n        time.sleep(attempt)\n\n    return None\n"
REQUEST = 'Retry the capture\nthree "times"'


@pytest.fixture
def opened() -> Iterator[Opened]:
    sources = []

    def open_at(path: Path) -> whogitit.WhogititSource:
        sources.append(whogitit.open_source(discover(path)))
        return sources[-1]

    yield open_at
    for source in sources:
        source.close()


def noted(path: Path, note: bytes, text: str = PAY, ref: str = REF) -> str:
    with RepositoryWriter(path) as history:
        revision = history.commit("payments", {"pay.py": text})
        history.note(revision, note, ref)
    return revision


def test_a_snapshot_says_which_lines_are_the_agents(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, sample(KINDS))
    reading = read(opened(tmp_path), revision)
    assert claims(reading) == [("ai", [2, 3]), ("mixed", [4]), ("unknown", [5, 6])]
    assert reading.unreadable == ()
    first, *_, silence = reading.evidence
    assert first.origin == Origin(
        Contributor.AI,
        Agent("claude", "claude-opus-4-5-20251101"),
        session=Session("0fd9d502-0db6-4000-b280-50c6e44021fa", None),
    )
    assert (first.source, first.basis, first.locator) == ("whogitit", Basis.RECORDED, f"{REF}@{revision[:7]}")
    assert (silence.origin, silence.path, silence.lines) == (UNKNOWN_ORIGIN, None, None)


def test_what_no_edit_explains_is_no_proof_of_a_persons_hand(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, sample(KINDS))
    reading = read(opened(tmp_path), revision)
    assert Contributor.HUMAN not in {each.origin.contributor for each in reading.evidence}


@pytest.mark.parametrize("ref", ["refs/notes/ai-blame", "refs/remotes/origin/notes/whogitit", "refs/notes/o/whogitit"])
def test_earlier_names_and_copies_of_the_ref(tmp_path: Path, opened: Opened, ref: str) -> None:
    revision = noted(tmp_path, sample(KINDS), ref=ref)
    assert {each.locator for each in read(opened(tmp_path), revision).evidence} == {f"{ref}@{revision[:7]}"}


def test_a_copy_with_the_same_text_is_not_heard_twice(tmp_path: Path, opened: Opened) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": PAY})
        for ref in ("refs/remotes/origin/notes/whogitit", "refs/notes/ai-blame", REF):
            history.note(revision, sample(KINDS), ref)
    source = opened(tmp_path)
    assert {each.locator for each in read(source, revision).evidence} == {f"{REF}@{revision[:7]}"}
    assert source.report(Cancellation(), silent).found == 1


def test_line_ends_make_no_other_line(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, sample(KINDS), PAY.replace("\n", "\r\n").removesuffix("\r\n"))
    assert claims(read(opened(tmp_path), revision)) == [("ai", [2, 3]), ("mixed", [4]), ("unknown", [5, 6])]


def test_of_a_snapshot_of_another_commit_only_runs_count(tmp_path: Path, opened: Opened) -> None:
    """A note that was copied to a rewritten commit: single lines meet by chance."""
    other = PAY.replace("import time\n", "import os\n").replace("    return None", "    return 0")
    revision = noted(tmp_path, sample(KINDS), other)
    reading = read(opened(tmp_path), revision)
    assert claims(reading) == [("ai", [2, 3]), ("mixed", [4]), ("unknown", [5])]
    (flaw,) = reading.unreadable
    assert flaw.locator == f"{REF}@{revision[:7]} pay.py"
    assert flaw.reason == "2 of 6 lines of its snapshot are not those of the commit."
    shifted = noted(tmp_path / "shifted", sample(KINDS), "\n" + PAY)
    assert claims(read(opened(tmp_path / "shifted"), shifted)) == []


def test_a_path_the_note_leaves_out_has_the_recorders_silence(tmp_path: Path, opened: Opened) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": PAY, "other.py": PAY})
        history.note(revision, sample(KINDS), REF)
    (silence,) = read(opened(tmp_path), revision, "other.py").evidence
    assert (silence.origin, silence.path) == (UNKNOWN_ORIGIN, None)


def test_a_commit_without_a_note_has_no_evidence(tmp_path: Path, opened: Opened) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": PAY})
    source = opened(tmp_path)
    assert read(source, revision) == Reading()
    assert list(source.records(Cancellation())) == []
    assert source.report(Cancellation(), silent).absence == "This clone has no whogitit notes."


def test_each_edit_has_its_own_request(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, sample(KINDS))
    source = opened(tmp_path)
    agent, mixed, *_ = read(source, revision).evidence
    assert source.prompt(agent, Cancellation()) == Prompt(REQUEST, asked_at=datetime(2026, 3, 2, 9, 0, 1, tzinfo=UTC))
    nudged = source.prompt(mixed, Cancellation())
    assert isinstance(nudged, Prompt)
    assert (nudged.request, nudged.task) == ("yes, go ahead", REQUEST)


def test_the_conversation_holds_each_request_once(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, sample(KINDS))
    source = opened(tmp_path)
    agent, *_ = read(source, revision).evidence
    found = source.conversation(agent, Cancellation())
    assert isinstance(found, Conversation)
    assert [turn.text for turn in found.turns] == [REQUEST, "yes, go ahead"]
    assert found.files == ("pay.py", "tests/test_pay.py")


def test_a_placeholder_is_no_request(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, sample("whogitit/placeholder.json"), "one\ntwo\nthree\n")
    source = opened(tmp_path)
    (agent,) = agents(read(source, revision))
    assert source.prompt(agent, Cancellation()) == PLACEHOLDER
    assert source.conversation(agent, Cancellation()) == PLACEHOLDER


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('"say \\"hello\\"\\nthere"', 'say "hello"\nthere'),
        ("said without quotes", "said without quotes"),
        ('"cut in the mid', "cut in the mid"),
        ('"cut at a backslash\\', "cut at a backslash"),
        ('"cut in an escape\\u00', "cut in an escape"),
        ('"a path C:\\\\', "a path C:\\"),
        ('"half a pair \\ud83d"', "half a pair ?"),
        ('"quoted" and more', '"quoted" and more'),
        ("AI-assisted code change", None),
        ('"AI-assisted code change"', None),
        ('""', None),
    ],
)
def test_requests_are_escaped_twice_and_cut(text: str, plain: str | None) -> None:
    note = parse_note(changed(KINDS, lambda note: note["prompts"][0].update(text=text)), "a note")
    assert isinstance(note, Note)
    assert recorded_text(note.requests[0]) == plain


def test_what_a_harness_said_is_nobodys_request() -> None:
    said = json.dumps("This session is being continued from a previous conversation that ran out of context.")
    note = parse_note(changed(KINDS, lambda note: note["prompts"][2].update(text=said)), "a note")
    assert isinstance(note, Note)
    assert prompt_of(note, 2) == NOBODY_TYPED


def test_the_edits_of_a_lost_commit_can_be_found_by_text(tmp_path: Path, opened: Opened) -> None:
    with RepositoryWriter(tmp_path) as history:
        history.commit("payments", {"pay.py": "one\n"})
        lost = history.commit("lost", {"pay.py": PAY}, branch="lost", when=datetime(2026, 3, 3, 9, 0, tzinfo=UTC))
        history.note(lost, sample(KINDS), REF)
        history.note_at("f" * 40, sample(KINDS).replace(b"0fd9d502", b"11111111"), REF)
    source = opened(tmp_path)
    readings = {each.key: source.edits(each, Cancellation()) for each in source.records(Cancellation())}
    agent, mixed = readings[f"{REF} {lost}"].edits
    assert (agent.origin.contributor, mixed.origin.contributor) == (Contributor.AI, Contributor.MIXED)
    assert agent.blocks == (Block(("def capture():", "    for attempt in range(3):"), 2),)
    assert (agent.basis, agent.path, agent.revision) == (Basis.CARRIED, "pay.py", lost)
    assert agent.at == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    gone, _ = readings[f"{REF} {'f' * 40}"].edits
    assert (gone.revision, gone.at) == (None, datetime(2026, 3, 2, 9, 0, 1, tzinfo=UTC))


def test_other_tools_notes_are_told(tmp_path: Path, opened: Opened) -> None:
    texts = {
        b'{"version": 1, "timestamp": "2026", "attributions": []}': "JSON of agentblame",
        b"pay.py\n  s_1::t_1 1\n---\n{}": "an authorship log of git-ai",
        b"tracked by hand\n": "plain text",
        b'{"version": 2, "session"': "JSON that was cut or damaged",
        b"[1, 2]": "JSON of another tool",
        b"\0\1": "binary data",
    }
    with RepositoryWriter(tmp_path) as history:
        revisions = [history.commit(str(number), {"pay.py": f"{number}\n"}) for number in range(len(texts))]
        for revision, text in zip(revisions, texts, strict=True):
            history.note(revision, text, REF)
    source = opened(tmp_path)
    flaws = [read(source, revision).unreadable[0].reason for revision in revisions]
    assert flaws == [f"It is no whogitit note. It looks like {what}." for what in texts.values()]
    report = source.report(Cancellation(), silent)
    assert (report.found, report.read, len(report.unreadable)) == (len(texts), 0, len(texts))


def test_notes_of_any_size(tmp_path: Path, opened: Opened) -> None:
    """Three megabytes are read, more than anybody writes is refused unread."""
    lines = [f"    total += {number}" for number in range(20_000)]
    held = [
        {"line_number": number, "content": line, "source": {"type": "AI", "edit_id": "e"}, "prompt_index": 0}
        for number, line in enumerate(lines, 1)
    ]
    large = changed(KINDS, lambda note: note["files"][0].update(lines=held))
    assert len(large) > 2_000_000
    with RepositoryWriter(tmp_path) as history:
        first = history.commit("large", {"pay.py": "\n".join(lines)})
        history.note(first, large, REF)
        second = history.commit("too large", {"pay.py": "one\n"})
        history.note(second, b'{"prompts": "' + b"x" * 100_000_000 + b'"}', REF)
    source = opened(tmp_path)
    assert claims(read(source, first)) == [("ai", list(range(1, 20_001)))]
    (flaw,) = read(source, second).unreadable
    assert flaw.reason == "It has 95 MiB; no more than 16 MiB are read."


@pytest.mark.parametrize("path", sorted((CORPUS / "whogitit" / "notes").glob("*.json")), ids=lambda path: path.stem[:7])
def test_notes_of_others_are_read(path: Path) -> None:
    note = parse_note(path.read_bytes(), "a note")
    assert isinstance(note, Note)
    assert all(note.snapshot(name) for name in note.paths)
    assert all(isinstance(prompt_of(note, request.index), Prompt) for request in note.requests)
