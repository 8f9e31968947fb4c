"""Notes under `refs/notes/agent-trace`, in the forms that several tools write."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from notes_reading import Opened, changed, claims, read, sample, silent

from backstory.evidence import agent_trace
from backstory.history.cancel import Cancellation
from backstory.history.repository import discover
from backstory.model.evidence import Basis, Reading
from backstory.model.origin import Contributor
from notation.repository import RepositoryWriter

REF = "refs/notes/agent-trace"
PAY = "import time\ndef capture():\n    for attempt in range(3):\n        time.sleep(attempt)\n    return None\n"
HOOK, HASHED, NOTE_2 = (f"agent-trace/{name}.json" for name in ("hook", "hashed", "note2"))


@pytest.fixture
def opened() -> Iterator[Opened]:
    sources = []

    def open_at(path: Path) -> agent_trace.AgentTraceSource:
        sources.append(agent_trace.open_source(discover(path)))
        return sources[-1]

    yield open_at
    for source in sources:
        source.close()


def noted(path: Path, note: bytes, text: str = PAY, ref: str = REF) -> str:
    """Return a commit with a note, in which `REVISION` has become its own name."""
    with RepositoryWriter(path) as history:
        revision = history.commit("payments", {"pay.py": text})
        history.note(revision, note.replace(b"REVISION", revision.encode()), ref)
    return revision


def array(*names: str) -> bytes:
    return b"[" + b",".join(map(sample, names)) + b"]"


@pytest.mark.parametrize(
    "note",
    [
        sample(HOOK),
        json.dumps(json.loads(sample(HOOK)), indent=2).encode(),
        array(HOOK),
        array(HOOK, HASHED),
        sample(HOOK) + sample(HASHED),
        sample(HASHED),
        sample(NOTE_2),
    ],
    ids=["object", "indented", "array", "array of two", "lines", "hashed", "note 2.0"],
)
def test_notes_of_any_form(tmp_path: Path, opened: Opened, note: bytes) -> None:
    revision = noted(tmp_path, note)
    reading = read(opened(tmp_path), revision)
    assert claims(reading) == [("ai", [2, 3, 4])]
    first, silence = reading.evidence
    assert (first.basis, first.locator, first.statement) == (Basis.RECORDED, f"{REF}@{revision[:7]}", "note")
    assert (silence.origin.contributor, silence.path) == (Contributor.UNKNOWN, None)
    assert reading.unreadable == ()


def test_a_record_that_names_another_commit_was_written_before(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, sample(HOOK).replace(b"REVISION", b"f" * 40))
    (claim, _) = read(opened(tmp_path), revision).evidence
    assert claim.basis is Basis.MATCHED


def test_a_ledgers_lines_are_held_against_their_hashes(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, sample(NOTE_2), "# shop\n" + PAY)
    assert claims(read(opened(tmp_path), revision)) == [("ai", [3, 4, 5])]
    other = noted(tmp_path / "other", sample(NOTE_2), PAY.replace("attempt", "turn"))
    assert claims(read(opened(tmp_path / "other"), other)) == []


def test_a_note_whose_ledger_was_left_out_says_nothing_of_lines(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, changed(NOTE_2, lambda note: note.pop("ledger")))
    source = opened(tmp_path)
    reading = read(source, revision)
    assert (claims(reading), reading.unreadable) == ([], ())
    assert source.report(Cancellation(), silent).read == 1


def test_records_beside_broken_ones(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, b"[" + sample(HOOK) + b', {"files": 7}]')
    reading = read(opened(tmp_path), revision)
    assert claims(reading) == [("ai", [2, 3, 4])]
    assert [flaw.reason for flaw in reading.unreadable] == ["1 of its records cannot be read."]


@pytest.mark.parametrize(
    ("note", "what"),
    [
        (sample("whogitit/kinds.json"), "JSON of whogitit"),
        (sample("agentblame/v1.json"), "JSON of agentblame"),
        (b"a note by hand", "plain text"),
        (sample(HOOK)[:200], "JSON that was cut or damaged"),
        (b"[]", "JSON of another tool"),
    ],
)
def test_other_tools_notes_are_told(tmp_path: Path, opened: Opened, note: bytes, what: str) -> None:
    revision = noted(tmp_path, note)
    source = opened(tmp_path)
    (flaw,) = read(source, revision).unreadable
    assert flaw.reason == f"It is no Agent Trace note. It looks like {what}."
    assert source.report(Cancellation(), silent).unreadable == (flaw,)


@pytest.mark.parametrize("name", [HOOK, NOTE_2])
def test_the_lines_of_a_noted_commit_can_be_found_by_text(tmp_path: Path, opened: Opened, name: str) -> None:
    revision = noted(tmp_path, sample(name))
    source = opened(tmp_path)
    (record,) = source.records(Cancellation())
    (edit,) = source.edits(record, Cancellation()).edits
    assert (edit.basis, edit.path, edit.revision) == (Basis.CARRIED, "pay.py", revision)
    assert [(block.first, len(block.lines)) for block in edit.blocks] == [(2, 3)]


def test_what_was_written_before_the_commit_is_not_carried_on(tmp_path: Path, opened: Opened) -> None:
    noted(tmp_path, sample(HOOK).replace(b"REVISION", b"f" * 40))
    source = opened(tmp_path)
    assert [source.edits(record, Cancellation()).edits for record in source.records(Cancellation())] == [()]


def test_outcomes_are_no_notes_of_lines(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, sample(HOOK), ref=f"{REF}/outcomes")
    assert read(opened(tmp_path), revision) == Reading()
