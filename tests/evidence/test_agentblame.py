"""agentblame's notes: ranges held against the hashes of their text."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from notes_reading import Opened, changed, claims, read, sample, silent

from backstory.evidence import agentblame
from backstory.evidence.agentblame import NO_PROMPTS
from backstory.history.cancel import Cancellation
from backstory.history.repository import discover
from backstory.model.edit import Block, EditReading
from backstory.model.evidence import Basis, Reading
from backstory.model.origin import Agent, Contributor
from notation.repository import RepositoryWriter

REF = "refs/notes/agentblame"
PAY = "import time\ndef capture():\n    for attempt in range(3):\n        time.sleep(attempt)\n    return None\n"
V1 = "agentblame/v1.json"


@pytest.fixture
def opened() -> Iterator[Opened]:
    sources = []

    def open_at(path: Path) -> agentblame.AgentblameSource:
        sources.append(agentblame.open_source(discover(path)))
        return sources[-1]

    yield open_at
    for source in sources:
        source.close()


def noted(path: Path, note: bytes, text: str = PAY, ref: str = REF) -> str:
    with RepositoryWriter(path) as history:
        revision = history.commit("payments", {"pay.py": text})
        history.note(revision, note, ref)
    return revision


@pytest.mark.parametrize("name", [V1, "agentblame/v2.json"])
def test_both_versions_and_both_kinds_of_hash(tmp_path: Path, opened: Opened, name: str) -> None:
    revision = noted(tmp_path, sample(name))
    source = opened(tmp_path)
    first, second, silence = read(source, revision).evidence
    assert (first.origin.agent, second.origin.agent) == (Agent("claude-code", None), Agent("cursor", "gpt-5.5"))
    assert claims(read(source, revision)) == [("ai", [2, 3]), ("ai", [4, 5])]
    assert (first.basis, first.locator) == (Basis.RECORDED, f"{REF}@{revision[:7]}")
    assert (silence.origin.contributor, silence.path) == (Contributor.UNKNOWN, None)
    assert source.prompt(first, Cancellation()) == NO_PROMPTS


def test_lines_that_moved_are_found_by_their_hash(tmp_path: Path, opened: Opened) -> None:
    """All lines of a hash of all, one line of a hash of the first."""
    revision = noted(tmp_path, sample(V1), "# shop\n\n" + PAY)
    assert claims(read(opened(tmp_path), revision)) == [("ai", [4, 5]), ("ai", [6])]


def test_lines_with_another_text_are_not_claimed(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, sample(V1), PAY.replace("capture", "refund").replace("sleep", "nap"))
    assert claims(read(opened(tmp_path), revision)) == []


def test_lines_that_stand_twice_are_not_claimed(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, sample(V1), "# shop\n" + PAY + PAY)
    assert claims(read(opened(tmp_path), revision)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"content_hash": None},
        {"content_hash": "md5:1234567890"},
        {"start_line": 0},
        {"start_line": 3, "end_line": 2},
        {"end_line": 10**12},
        {"category": "human_written"},
        {"path": "other.py"},
        {"start_line": "two"},
    ],
)
def test_what_proves_nothing_is_not_claimed(tmp_path: Path, opened: Opened, change: dict[str, object]) -> None:
    note = changed(V1, lambda note: note["attributions"][0].update(change))
    revision = noted(tmp_path, note, PAY.replace("def capture():", "def capture() -> None:"))
    assert claims(read(opened(tmp_path), revision)) == [("ai", [4, 5])]


def test_one_broken_attribution_spoils_no_other(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, changed(V1, lambda note: note["attributions"].append({"path": 7})))
    source = opened(tmp_path)
    reading = read(source, revision)
    assert claims(reading) == [("ai", [2, 3]), ("ai", [4, 5])]
    (flaw,) = reading.unreadable
    assert flaw.reason == "1 of its attributions cannot be read."
    assert dict(source.report(Cancellation(), silent).details)["attributions that cannot be read"] == "1"


def test_sums_over_many_commits_are_no_notes(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, sample(V1), ref="refs/notes/agentblame-analytics")
    source = opened(tmp_path)
    assert read(source, revision) == Reading()
    assert source.report(Cancellation(), silent).absence == "This clone has no agentblame notes."


def test_a_remotes_copy_is_read(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, sample(V1), ref="refs/remotes/origin/notes/agentblame")
    assert claims(read(opened(tmp_path), revision)) == [("ai", [2, 3]), ("ai", [4, 5])]


def test_the_lines_of_a_lost_commit_can_be_found_by_text(tmp_path: Path, opened: Opened) -> None:
    with RepositoryWriter(tmp_path) as history:
        history.commit("payments", {"pay.py": "one\n"})
        lost = history.commit("lost", {"pay.py": PAY}, branch="lost", when=datetime(2026, 3, 3, 9, 0, tzinfo=UTC))
        history.note(lost, sample(V1), REF)
        history.note_at("f" * 40, sample(V1) + b" ", REF)
    source = opened(tmp_path)
    here, gone = sorted(source.records(Cancellation()), key=lambda each: each.key.endswith("f" * 40))
    first, second = source.edits(here, Cancellation()).edits
    assert first.blocks == (Block(("def capture():", "    for attempt in range(3):"), 2),)
    assert (first.basis, first.path, first.revision) == (Basis.CARRIED, "pay.py", lost)
    assert second.at == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    assert source.edits(gone, Cancellation()) == EditReading()


def test_other_tools_notes_are_told(tmp_path: Path, opened: Opened) -> None:
    revision = noted(tmp_path, sample("whogitit/kinds.json"))
    (flaw,) = read(opened(tmp_path), revision).unreadable
    assert flaw.reason == "It is no agentblame note. It looks like JSON of whogitit."
