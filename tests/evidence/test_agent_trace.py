"""Agent Trace records in files: which commit they are about, and which of its lines."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from notes_reading import Opened, claims, read, sample, silent

from backstory.evidence import agent_trace
from backstory.evidence.agent_trace import ONLY_A_LINK
from backstory.history.cancel import Cancellation
from backstory.history.repository import discover
from backstory.model.evidence import Basis, Reading
from backstory.model.origin import Agent, Contributor, Session
from notation.repository import RepositoryWriter

PAY = "import time\ndef capture():\n    for attempt in range(3):\n        time.sleep(attempt)\n    return None\n"
SESSION = "0fd9d502-0db6-4000-b280-50c6e44021fa"


@pytest.fixture
def opened() -> Iterator[Opened]:
    sources = []

    def open_at(path: Path) -> agent_trace.AgentTraceSource:
        sources.append(agent_trace.open_source(discover(path)))
        return sources[-1]

    yield open_at
    for source in sources:
        source.close()


def record(name: str, revision: str | None, **ranges: Any) -> dict[str, Any]:
    """Return a sample's record that names a commit; `ranges` change its first range."""
    found: dict[str, Any] = json.loads(sample(f"agent-trace/{name}.json"))
    found["vcs"] = {"type": "git", "revision": revision} if revision else None
    found["files"][0]["conversations"][0]["ranges"][0].update(ranges)
    return found


def contributed(found: dict[str, Any], kind: str) -> dict[str, Any]:
    found["files"][0]["conversations"][0]["ranges"][0]["contributor"] = {"type": kind}
    return found


def kept(folder: Path, *records: dict[str, Any] | str, name: str = "traces.jsonl") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    texts = (each if isinstance(each, str) else json.dumps(each) for each in records)
    (folder / name).write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")


def shop(path: Path, text: str = PAY) -> tuple[str, str]:
    """Return a commit's parent and the commit, which wrote `pay.py`."""
    with RepositoryWriter(path) as history:
        parent = history.commit("begin", {"README": "shop\n", "pay.py": "import time\n"})
        return parent, history.commit("payments", {"pay.py": text})


def said(reading: Reading) -> list[tuple[str, str, list[int] | None]]:
    bases = [each.basis.name.lower() for each in reading.evidence if each.path]
    return [(basis, *claim) for basis, claim in zip(bases, claims(reading), strict=True)]


def test_a_hooks_record_is_about_the_commit_that_followed(tmp_path: Path, opened: Opened) -> None:
    parent, commit = shop(tmp_path)
    kept(tmp_path / ".agent-trace", record("hook", parent))
    source = opened(tmp_path)
    reading = read(source, commit)
    assert said(reading) == [("matched", "ai", [2, 3, 4])]
    (evidence,) = reading.evidence
    assert evidence.origin.agent == Agent("claude-code", "claude-opus-4-6")
    assert evidence.origin.session == Session(SESSION, SESSION)
    assert (evidence.locator, evidence.statement) == (".agent-trace", "record")
    assert source.prompt(evidence, Cancellation()) == ONLY_A_LINK
    assert read(source, parent) == Reading(), "nothing is said of the commit that it names"


def test_a_hash_proves_the_lines(tmp_path: Path, opened: Opened) -> None:
    parent, commit = shop(tmp_path)
    kept(tmp_path / ".agent-trace", record("hashed", parent))
    assert said(read(opened(tmp_path), commit)) == [("recorded", "ai", [2, 3, 4])]


@pytest.mark.parametrize("line_hashes", [None, "as they are"])
def test_proven_lines_may_have_moved(tmp_path: Path, opened: Opened, line_hashes: str | None) -> None:
    parent, commit = shop(tmp_path, "# shop\n\n" + PAY)
    changes = {} if line_hashes else {"line_hashes": None}
    kept(tmp_path / ".agent-trace", record("hashed", parent, **changes))
    assert said(read(opened(tmp_path), commit)) == [("recorded", "ai", [4, 5, 6])]


def test_of_lines_changed_since_the_others_remain(tmp_path: Path, opened: Opened) -> None:
    parent, commit = shop(tmp_path, PAY.replace("sleep", "nap"))
    found = record("hashed", parent, start_line=1, end_line=4)
    hashes = found["files"][0]["conversations"][0]["ranges"][0]["line_hashes"]
    before = {"line_offset": 0, "hash": "sha256:0f0f1b3ac1d3cd5b"}
    found["files"][0]["conversations"][0]["ranges"][0]["line_hashes"] = [
        before,
        *({**each, "line_offset": each["line_offset"] + 1} for each in hashes),
    ]
    kept(tmp_path / ".agent-trace", found)
    assert said(read(opened(tmp_path), commit)) == [], "two lines in a row meet by chance"


def test_another_text_is_not_claimed(tmp_path: Path, opened: Opened) -> None:
    parent, commit = shop(tmp_path, PAY.replace("attempt", "turn"))
    kept(tmp_path / ".agent-trace", record("hashed", parent, line_hashes=None))
    assert said(read(opened(tmp_path), commit)) == []


@pytest.mark.parametrize("name", ["hook", "hashed"])
def test_a_record_that_names_the_commit_itself_needs_a_proof(tmp_path: Path, opened: Opened, name: str) -> None:
    """A hook that ran after the commit names it, too; its lines stand in the next commit."""
    _, commit = shop(tmp_path)
    kept(tmp_path / ".agent-trace", record(name, commit))
    assert said(read(opened(tmp_path), commit)) == ([("recorded", "ai", [2, 3, 4])] if name == "hashed" else [])


def test_before_the_first_commit_there_is_none_to_name(tmp_path: Path, opened: Opened) -> None:
    with RepositoryWriter(tmp_path) as history:
        first = history.commit("begin", {"pay.py": PAY})
    kept(tmp_path / ".agent-trace", record("hashed", None), record("hook", None))
    assert said(read(opened(tmp_path), first)) == [("recorded", "ai", [2, 3, 4])]


def test_a_record_made_long_after_the_commit_is_about_another(tmp_path: Path, opened: Opened) -> None:
    parent, commit = shop(tmp_path)
    kept(tmp_path / ".agent-trace", {**record("hashed", parent), "timestamp": "2026-03-09T09:00:00Z"})
    assert said(read(opened(tmp_path), commit)) == []


@pytest.mark.parametrize("last", [1, 3])
def test_a_place_the_hook_did_not_know_speaks_of_the_file(tmp_path: Path, opened: Opened, last: int) -> None:
    parent, commit = shop(tmp_path)
    kept(tmp_path / ".agent-trace", record("hook", parent, start_line=1, end_line=last))
    assert said(read(opened(tmp_path), commit)) == [("declared", "ai", None)]


def test_a_range_of_the_whole_file_is_one(tmp_path: Path, opened: Opened) -> None:
    parent, commit = shop(tmp_path)
    kept(tmp_path / ".agent-trace", record("hook", parent, start_line=1, end_line=5))
    assert said(read(opened(tmp_path), commit)) == [("matched", "ai", [1, 2, 3, 4, 5])]


def test_a_ranges_contributor_goes_before_its_conversations(tmp_path: Path, opened: Opened) -> None:
    parent, commit = shop(tmp_path)
    for kind, expected in {"human": "human", "mixed": "mixed", "unknown": "unknown", "cyborg": "unknown"}.items():
        kept(tmp_path / ".agent-trace", contributed(record("hashed", parent), kind))
        assert said(read(opened(tmp_path), commit)) == [("recorded", expected, [2, 3, 4])]


def test_a_persons_hand_is_not_guessed(tmp_path: Path, opened: Opened) -> None:
    parent, commit = shop(tmp_path)
    kept(tmp_path / ".agent-trace", contributed(record("hook", parent), "human"))
    assert said(read(opened(tmp_path), commit)) == []


def test_the_later_edit_has_the_line(tmp_path: Path, opened: Opened) -> None:
    parent, commit = shop(tmp_path)
    later = {**record("hook", parent, start_line=3, end_line=3), "timestamp": "2026-03-02T09:40:00Z"}
    later["metadata"] = {"session_id": "another"}
    kept(tmp_path / ".agent-trace", later, record("hook", parent))
    reading = read(opened(tmp_path), commit)
    sessions = {
        each.origin.session.key: lines for each, (_, lines) in zip(reading.evidence, claims(reading), strict=True)
    }
    assert sessions == {SESSION: [2, 4], "another": [3]}


def test_paths_of_other_places_are_left_out(tmp_path: Path, opened: Opened) -> None:
    parent, commit = shop(tmp_path)
    inside = record("hook", parent)
    inside["files"][0]["path"] = f"{tmp_path.resolve()}/pay.py"
    others = [record("hook", parent) for _ in range(5)]
    for each, path in zip(
        others, ("/etc/pay.py", "../pay.py", "C:/shop/pay.py", ".sessions", ".shell-history"), strict=True
    ):
        each["files"][0]["path"] = path
    kept(tmp_path / ".agent-trace", inside, *others)
    source = opened(tmp_path)
    assert said(read(source, commit)) == [("matched", "ai", [2, 3, 4])]
    details = dict(source.report(Cancellation(), silent).details)
    assert details == {"records in .agent-trace": "6", "files outside this work tree, left out": "3"}


def test_torn_and_foreign_lines_are_told(tmp_path: Path, opened: Opened) -> None:
    parent, commit = shop(tmp_path)
    kept(tmp_path / ".agent-trace", "not JSON", '{"version": "9.0", "files": []}', record("hook", parent))
    with (tmp_path / ".agent-trace" / "traces.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"version": "1.0", "id": "550')
    source = opened(tmp_path)
    reading = read(source, commit)
    assert said(reading) == [("matched", "ai", [2, 3, 4])]
    (flaw,) = reading.unreadable
    assert (flaw.locator, flaw.reason) == (".agent-trace/traces.jsonl", "2 of its lines cannot be read.")
    assert source.report(Cancellation(), silent).unreadable == (flaw,)


def test_a_file_is_read_again_when_it_changed(tmp_path: Path, opened: Opened) -> None:
    parent, commit = shop(tmp_path)
    source = opened(tmp_path)
    assert read(source, commit) == Reading()
    kept(tmp_path / ".agent-trace", record("hook", parent))
    assert said(read(source, commit)) == [("matched", "ai", [2, 3, 4])]


def test_links_that_lead_out_are_not_followed(tmp_path: Path, opened: Opened) -> None:
    parent, commit = shop(tmp_path / "shop")
    kept(tmp_path / "elsewhere", record("hook", parent))
    (tmp_path / "shop" / ".agent-trace").symlink_to(tmp_path / "elsewhere")
    reading = read(opened(tmp_path / "shop"), commit)
    assert reading.evidence == ()
    (flaw,) = reading.unreadable
    assert flaw.reason == "It is a link that leads elsewhere."


def test_a_pipe_holds_nobody_up(tmp_path: Path, opened: Opened) -> None:
    _, commit = shop(tmp_path)
    (tmp_path / ".agent-trace").mkdir()
    os.mkfifo(tmp_path / ".agent-trace" / "traces.jsonl")
    assert read(opened(tmp_path), commit) == Reading()


def test_a_line_of_a_hundred_megabytes_is_refused(tmp_path: Path, opened: Opened) -> None:
    parent, commit = shop(tmp_path)
    kept(tmp_path / ".agent-trace", record("hook", parent), '{"version": "' + "x" * 100_000_000 + '"}')
    (flaw,) = read(opened(tmp_path), commit).unreadable
    assert flaw.reason == "It has 95 MiB; no more than 64 MiB are read."
    kept(tmp_path / ".agent-trace", record("hook", parent), '{"version": "' + "x" * 10_000_000 + '"}')
    reading = read(opened(tmp_path), commit)
    assert said(reading) == [("matched", "ai", [2, 3, 4])]
    assert [flaw.reason for flaw in reading.unreadable] == ["1 of its lines are too long to be records."]


def test_records_at_home_are_found_by_the_id_in_the_git_directory(
    tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, commit = shop(tmp_path / "shop")
    monkeypatch.setenv("AGENT_TRACE_HOME", str(tmp_path / "home"))
    kept(tmp_path / "home" / "projects" / "git_shop", record("hook", parent))
    (tmp_path / "shop" / ".git" / "agent-trace-id").write_text("git:shop\n", encoding="utf-8")
    (evidence,) = read(opened(tmp_path / "shop"), commit).evidence
    assert evidence.locator == "~/.agent-trace/projects/git_shop"
    for name in ("..", "../home", "", "x" * 999):
        (tmp_path / "shop" / ".git" / "agent-trace-id").write_text(name, encoding="utf-8")
        assert read(opened(tmp_path / "shop"), commit) == Reading()


def test_an_id_that_is_checked_in_is_not_followed(
    tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, commit = shop(tmp_path / "shop")
    monkeypatch.setenv("AGENT_TRACE_HOME", str(tmp_path / "home"))
    kept(tmp_path / "home" / "projects" / "other", record("hook", parent))
    kept(tmp_path / "shop" / ".agent-trace", '{"version": "1.0", "project_id": "other"}', name="project.json")
    assert read(opened(tmp_path / "shop"), commit) == Reading()


def test_the_ledger_of_a_commit(tmp_path: Path, opened: Opened) -> None:
    parent, commit = shop(tmp_path)
    note = json.loads(sample("agent-trace/note2.json"))
    ledger = {"version": "2.0", "commit_sha": commit, "trace_ids": note["trace_ids"], "files": note["ledger"]["files"]}
    kept(tmp_path / ".agent-trace", ledger, name="ledgers.jsonl")
    kept(tmp_path / ".agent-trace", record("hook", "0" * 40))
    claim, silence = read(opened(tmp_path), commit).evidence
    assert (claim.basis, claim.origin.agent) == (Basis.RECORDED, Agent("claude-code", "claude-opus-4-6"))
    assert (silence.origin.contributor, silence.lines) == (Contributor.UNKNOWN, None)
    assert read(opened(tmp_path), parent) == Reading()


def test_records_that_are_linked_to_a_commit(tmp_path: Path, opened: Opened) -> None:
    _, commit = shop(tmp_path)
    linked = record("hook", "0" * 40)
    kept(tmp_path / ".agent-trace", linked)
    kept(tmp_path / ".agent-trace", {"commit_sha": commit, "trace_ids": [linked["id"]]}, name="commit-links.jsonl")
    assert said(read(opened(tmp_path), commit)) == [("matched", "ai", [2, 3, 4])]
