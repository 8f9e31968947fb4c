"""Broken notes in a real repository: `read` and `doctor` report each, and none spoils another."""

from itertools import islice
from pathlib import Path

import pytest
from git_ai_mutations import LONG_LINES, long_line, mutations
from git_ai_reading import A1, Opener, claims, read, silent

from backstory.evidence.git_ai_note import parse_note
from backstory.evidence.source import ReadRequest
from backstory.history.cancel import Cancellation
from backstory.model.evidence import Unreadable
from backstory.model.names import RepoPath, Revision
from notation.authorship import note_text
from notation.repository import ANN, NOTES_REF, RepositoryWriter, git

PATHS = frozenset({RepoPath("pay.py"), RepoPath("src/part7.py"), RepoPath("docs/how to pay.md")})
AT_ONCE = 1_000


def test_each_of_ten_thousand_broken_notes_is_reported(tmp_path: Path, opened: Opener) -> None:
    """The notes are on commits that are not here: that is as good for reading them."""
    broken = {}
    with RepositoryWriter(tmp_path) as history:
        whole = history.commit("payments", {"pay.py": "one\n"})
        tip = history.commit("", {whole: note_text({"pay.py": ["a1"]}, [A1])}, branch="notes", parents=[])
        texts = enumerate(mutations())
        while part := {f"{number:07x}{0:033}": text for number, text in islice(texts, AT_ONCE)}:
            tip = history.commit("", part, branch="notes")
            broken |= {name: isinstance(parse_note(text, ""), Unreadable) for name, text in part.items()}
        history.ref(NOTES_REF, tip)
    expected = {f"{NOTES_REF}@{name[:7]}" for name, is_unreadable in broken.items() if is_unreadable}
    assert len(broken) == 10_000
    assert len(expected) > 1_000
    source = opened(tmp_path)

    reading = source.read(ReadRequest({Revision(name): PATHS for name in (whole, *broken)}), Cancellation())
    assert len(reading.unreadable) == len(expected)
    assert {each.locator for each in reading.unreadable} == expected
    assert all(each.reason for each in reading.unreadable)
    assert {each.revision for each in reading.evidence} == {whole, *broken} - unreadable_ones(broken)

    source.resolve(Cancellation(), silent)
    report = source.report(Cancellation(), silent)
    assert (report.found, report.on_head, report.read) == (10_001, 1, 10_001 - len(expected))
    assert sorted(report.unreadable, key=str) == sorted(reading.unreadable, key=str)


def unreadable_ones(broken: dict[str, bool]) -> set[str]:
    return {name for name, is_unreadable in broken.items() if is_unreadable}


@pytest.mark.parametrize("place", LONG_LINES)
def test_a_note_with_a_line_of_a_hundred_megabytes_is_reported(tmp_path: Path, opened: Opener, place: str) -> None:
    with RepositoryWriter(tmp_path) as history:
        first = history.commit("first", {"pay.py": "one\n"})
        history.note(first, note_text({"pay.py": ["a1"]}, [A1]))
        second = history.commit("second", {"pay.py": "one\ntwo\n"})
    add_large_note(tmp_path, second, long_line(place))
    source = opened(tmp_path)
    (flaw,) = read(source, second).unreadable
    assert (flaw.locator, flaw.reason) == (f"{NOTES_REF}@{second[:7]}", "It has 95 MiB; no more than 32 MiB are read.")
    assert len(claims(read(source, first))) == 1
    report = source.report(Cancellation(), silent)
    assert (report.found, report.on_head, report.read, report.unreadable) == (2, 2, 1, (flaw,))


def add_large_note(repository: Path, revision: str, text: bytes) -> None:
    """Let git take the text from a pipe, without a copy of it."""
    blob = git(repository, "hash-object", "-w", "--stdin", stdin=text).strip()
    somebody = ("-c", f"user.name={ANN.name}", "-c", f"user.email={ANN.email}")
    git(repository, *somebody, "notes", f"--ref={NOTES_REF}", "add", "-C", blob, revision)


@pytest.mark.parametrize("name", ["é", "HEAD", "0" * 39])
def test_a_ref_from_before_notes_that_names_no_commit(tmp_path: Path, opened: Opener, name: str) -> None:
    with RepositoryWriter(tmp_path) as history:
        history.commit("first", {"pay.py": "one\n"})
        history.blob_ref(f"refs/ai/authorship/{name}", "whatever")
    source = opened(tmp_path)
    report = source.report(Cancellation(), silent)
    assert (report.found, report.carried) == (0, 0)
    assert dict(report.details)["records from before notes"] == "1 (1 unreadable)"
    assert list(source.records(Cancellation())) == []
