"""Refs that recorders keep: a repository without any costs no git call, and sources share one list."""

from pathlib import Path

import pytest
from notes_reading import read, sample

from backstory.evidence import agent_trace, agentblame, whogitit
from backstory.evidence.evidence_refs import evidence_refs
from backstory.history.command import observe_git
from backstory.history.objects import ObjectReader
from backstory.history.repository import discover
from backstory.model.evidence import Reading
from notation.repository import RepositoryWriter

READERS = (whogitit, agentblame, agent_trace)


def test_without_any_record_no_git_is_started(tmp_path: Path) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": "one\n"})
    repository = discover(tmp_path)
    reader = ObjectReader(repository)
    calls: list[str] = []
    stop = observe_git(lambda args: calls.append(args[0]))
    sources = [module.open_source(repository, reader) for module in READERS]
    for source in sources:
        source.prepare()
        assert read(source, revision) == Reading()
    stop()
    reader.close()
    assert calls == []


def test_another_reader_sees_the_refs_of_its_own_time(tmp_path: Path) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": "one\n"})
        history.note(revision, sample("whogitit/placeholder.json"), "refs/notes/whogitit")
    repository = discover(tmp_path)
    first, second = ObjectReader(repository), ObjectReader(repository)
    before = evidence_refs(repository, first)
    assert set(before) == {"refs/notes/whogitit"}
    (tmp_path / ".git" / "refs" / "notes" / "ai").write_text(f"{revision}\n", encoding="ascii")
    assert evidence_refs(repository, first) is before
    assert set(evidence_refs(repository, second)) == {"refs/notes/ai", "refs/notes/whogitit"}


@pytest.mark.parametrize(
    ("module", "name"), [(whogitit, "whogitit"), (agentblame, "agentblame"), (agent_trace, "agent-trace")]
)
def test_a_ref_that_holds_no_notes_is_told(tmp_path: Path, module: object, name: str) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit("payments", {"pay.py": "one\n"})
        history.blob_ref(f"refs/notes/{name}", "no tree")
    source = module.open_source(discover(tmp_path))
    for _ in range(2):
        (flaw,) = read(source, revision).unreadable
        assert (flaw.locator, flaw.reason) == (f"refs/notes/{name}", "The ref does not point to notes.")
    source.close()
