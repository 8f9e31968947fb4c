"""Entire's checkpoints in real repositories: wherever they are kept, and what they say of lines."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from entire_reading import NEVER, PAY, TALK, Opener, asked, edits, lines, session
from entire_writing import (
    BRANCH,
    FIRST,
    FOLDER,
    SECOND,
    SESSION,
    ULID,
    Talk,
    checkpoint_files,
    keep,
    keep_in_own_ref,
    minutes,
    named,
)
from notes_reading import numbers, read, silent

from backstory.evidence import entire
from backstory.evidence.entire import EntireSource
from backstory.history.command import observe_git
from backstory.history.repository import discover
from backstory.model.evidence import Basis
from backstory.model.origin import Agent, Contributor, Session
from notation.repository import ANN, Identity, RepositoryWriter, git


@pytest.fixture
def opened() -> Iterator[Opener]:
    sources: list[EntireSource] = []

    def open_at(path: Path) -> EntireSource:
        sources.append(entire.open_source(discover(path)))
        return sources[-1]

    yield open_at
    for source in sources:
        source.close()


@pytest.fixture
def git_calls() -> Iterator[list[str]]:
    calls: list[str] = []
    stop = observe_git(lambda args: calls.append(args[0]))
    yield calls
    stop()


def write_branch(history: RepositoryWriter) -> None:
    keep(history, FIRST, session())


def write_mirror(history: RepositoryWriter) -> None:
    history.ref("refs/entire/checkpoints/v1.1", keep(history, FIRST, session(), branch="scratch"))


def write_remote(history: RepositoryWriter) -> None:
    history.ref(f"refs/remotes/origin/{BRANCH}", keep(history, FIRST, session(), branch="scratch"))


def write_earlier_name(history: RepositoryWriter) -> None:
    keep(history, FIRST, session(), branch="entire/sessions")


def write_unnumbered(history: RepositoryWriter) -> None:
    files = {f"{FIRST[:2]}/{FIRST[2:]}/{name}": text for name, text in session().items()}
    history.commit("Checkpoint", files, branch=BRANCH)


def write_own_ref(history: RepositoryWriter) -> None:
    keep_in_own_ref(history, FIRST, session())


WAYS = (write_branch, write_mirror, write_remote, write_earlier_name, write_unnumbered, write_own_ref)


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
@pytest.mark.parametrize("write", WAYS)
def test_wherever_the_checkpoint_is(tmp_path, opened, write, object_format):
    with RepositoryWriter(tmp_path / "shop", object_format) as history:
        made = history.commit(named("Capture", FIRST), {"pay.py": "def capture():\n    retry(charge, 3)\n"})
        write(history)
    source = opened(tmp_path / "shop")
    (said,) = read(source, made).evidence
    assert (said.basis, said.origin.contributor, said.lines) == (Basis.DECLARED, Contributor.AI, None)
    assert said.origin.agent == Agent("claude", None)
    assert said.origin.session == Session(SESSION, SESSION)
    assert said.origin.person.name == ANN.name
    assert (said.locator, said.statement) == (f"{made[:7]} Entire-Checkpoint", "Entire-Checkpoint trailer")
    first, second = edits(source)
    assert (lines(first), lines(second)) == (["def capture():", "    charge()"], ["    retry(charge, 3)"])
    assert {first.path, second.path} == {"pay.py"}
    assert second.commits == {made}
    assert second.origin.agent == Agent("claude", "claude-opus-4-6")
    assert second.origin.person.name == ANN.name
    assert (second.basis, second.wildcard, second.revision) == (Basis.MATCHED, None, None)
    assert git(tmp_path / "shop", "show", second.locator) == TALK.text()


def test_an_id_sharded_by_its_last_characters(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        made = history.commit(named("Capture", ULID), {"pay.py": "x\n"})
        keep_in_own_ref(history, ULID, session(checkpoint=ULID))
    source = opened(tmp_path / "shop")
    (said,) = read(source, made).evidence
    assert said.origin.session.key == SESSION
    assert len(edits(source)) == 2


def test_without_trailers_nothing_is_asked_of_git_but_the_commit(tmp_path, opened, git_calls):
    with RepositoryWriter(tmp_path / "shop") as history:
        made = history.commit("Capture", {"pay.py": "x\n"})
    source = opened(tmp_path / "shop")
    del git_calls[:]
    source.prepare()
    assert read(source, made).evidence == ()
    assert [call for call in git_calls if call != "config"] == ["cat-file"]


def test_of_a_file_that_no_session_touched_the_record_says_nothing(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        made = history.commit(named("Capture", FIRST), {"pay.py": "x\n", "notes.md": "x\n"})
        keep(history, FIRST, session())
    said = read(opened(tmp_path / "shop"), made, "notes.md", "pay.py").evidence
    assert [(each.path, each.origin.contributor.value, each.prompt_key is None) for each in said] == [
        ("notes.md", "unknown", True),
        ("pay.py", "ai", False),
    ]


def test_without_a_list_of_files_the_trailer_speaks_of_all(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        made = history.commit(named("Capture", FIRST), {"pay.py": "x\n"})
        keep(history, FIRST, session(files_touched=None))
    (said,) = read(opened(tmp_path / "shop"), made).evidence
    assert said.origin.contributor is Contributor.AI


def test_sessions_are_told_apart_by_the_files_they_touched(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        made = history.commit(named("Capture", FIRST), {"pay.py": "x\n", "ship.py": "x\n", "both.py": "x\n"})
        other = {"session_id": "other", "agent": "Codex", "files_touched": ["ship.py", "both.py"]}
        keep(history, FIRST, session(files_touched=["pay.py", "both.py"]), session(**other))
    source = opened(tmp_path / "shop")
    both, pay, ship = read(source, made, "pay.py", "ship.py", "both.py").evidence
    assert (pay.origin.session.key, ship.origin.session.key) == (SESSION, "other")
    assert ship.origin.agent == Agent("codex", None)
    assert (both.origin.session, both.origin.agent) == (None, Agent(None, None))
    assert asked(source, both).startswith("missing: Several sessions worked on this commit")


def test_each_edit_once_however_many_checkpoints_repeat_it(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        first = history.commit(named("Capture", FIRST), {"pay.py": "x\n"})
        second = history.commit(named("Retry", SECOND), {"pay.py": "y\n"})
        keep(history, FIRST, session(TALK.text(3), created_at=minutes(2)))
        keep(history, SECOND, session(checkpoint=SECOND, created_at=minutes(9)))
    early, late = edits(opened(tmp_path / "shop"))
    assert (early.commits, late.commits) == ({first, second}, {second})


def test_a_transcript_begun_anew_is_read_as_well(tmp_path, opened):
    anew = Talk().asks("Refund").writes(f"{FOLDER}/refund.py", "def refund(): ...\n", "toolu_9")
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit(named("Capture", FIRST), {"pay.py": "x\n"})
        keep(history, FIRST, session())
        keep(history, SECOND, session(anew.text(), checkpoint=SECOND, created_at=minutes(90)))
    assert [edit.path for edit in edits(opened(tmp_path / "shop"))] == ["refund.py", "pay.py", "pay.py"]


def test_a_record_is_stale_when_another_commit_names_it(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit(named("Capture", FIRST), {"pay.py": "x\n"})
        keep(history, FIRST, session())
    (before,) = opened(tmp_path / "shop").records(NEVER)
    assert opened(tmp_path / "shop").records(NEVER) == (before,)
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit(named("Capture, again", FIRST), {"pay.py": "y\n"}, branch="other")
    (after,) = opened(tmp_path / "shop").records(NEVER)
    assert after.key == before.key
    assert after.stamp != before.stamp


def test_masked_text_is_a_wildcard(tmp_path, opened):
    talk = Talk().asks("Set it").writes(PAY, 'key = "REDACTED"\n')
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit(named("Capture", FIRST), {"pay.py": "x\n"})
        keep(history, FIRST, session(talk.text()))
    (edit,) = edits(opened(tmp_path / "shop"))
    assert edit.wildcard == "REDACTED"


def test_parts_of_a_long_transcript_are_one(tmp_path, opened):
    cut = TALK.text().splitlines()
    parts = {"full.jsonl": "\n".join(cut[:3]), "full.jsonl.001": "\n".join(cut[3:])}
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit(named("Capture", FIRST), {"pay.py": "x\n"})
        keep(history, FIRST, session("") | parts)
    assert len(edits(opened(tmp_path / "shop"))) == 2


def test_a_hash_of_other_text_rejects_nothing(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit(named("Capture", FIRST), {"pay.py": "x\n"})
        keep(history, FIRST, session() | {"content_hash.txt": "sha256:" + "0" * 64})
    assert len(edits(opened(tmp_path / "shop"))) == 2


def test_doctor_counts(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit(named("Capture", FIRST), {"pay.py": "x\n"})
        history.commit(named("Retry", "ffffffffffff"), {"pay.py": "y\n"})
        keep(history, FIRST, session(), {"metadata.json": "no JSON"})
        keep(history, SECOND, session(checkpoint=SECOND))
    report = opened(tmp_path / "shop").report(NEVER, silent)
    assert (report.found, report.on_head, report.read, report.absence) == (2, 1, 1, None)
    assert [trouble.reason for trouble in report.unreadable] == ["The description of the session cannot be read."]
    details = dict(report.details)
    assert details["commits on HEAD that name a checkpoint"] == "2"
    assert details["of these with a checkpoint that is here"] == "1"
    assert details["checkpoints that no commit names"] == "1"
    assert (details["sessions"], details["edits"], details["lines in them"]) == ("1", "2", "3")


def test_doctor_says_why_there_is_nothing(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        history.commit("Capture", {"pay.py": "x\n"})
    report = opened(tmp_path / "shop").report(NEVER, silent)
    assert (report.found, report.absence) == (0, "No commit that HEAD reaches names a checkpoint of Entire's.")


def test_an_agent_or_a_robot_asked_nobody(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        robot = Identity("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com")
        made = history.commit(named("Capture", FIRST), {"pay.py": "x\n"}, author=robot)
        keep(history, FIRST, session())
    (said,) = read(opened(tmp_path / "shop"), made).evidence
    assert said.origin.person is None
    assert numbers(said) is None


def test_refs_and_trees_that_hold_something_else(tmp_path, opened):
    with RepositoryWriter(tmp_path / "shop") as history:
        made = history.commit(named("Capture", FIRST), {"pay.py": "x\n", "a3": "a file", "b/c": "d"})
        history.ref(f"refs/heads/{BRANCH}", made)
        history.blob_ref(f"refs/entire/checkpoints/{FIRST[-2:]}/{FIRST}", "a blob")
        files = checkpoint_files(SECOND) | {"0": "a file", "1/metadata.json/odd": "a folder", "2/full.jsonl": "x"}
        at = f"{SECOND[:2]}/{SECOND[2:]}"
        history.commit("Odd", {f"{at}/{name}": text for name, text in files.items()}, branch="entire/sessions")
        second = history.commit(named("Retry", SECOND), {"pay.py": "y\n"})
    source = opened(tmp_path / "shop")
    for revision in (made, second):
        (said,) = read(source, revision).evidence
        assert (said.origin.contributor, said.origin.session) == (Contributor.AI, None)
        assert asked(source, said).startswith("missing: ")
    report = source.report(NEVER, silent)
    assert report.found == 1
    assert report.read == 0
    assert source.records(NEVER) == ()
