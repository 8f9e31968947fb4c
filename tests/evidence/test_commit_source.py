"""The commit source on real repositories."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backstory.evidence import commit
from backstory.evidence.commit import CommitSource
from backstory.evidence.source import ReadRequest
from backstory.history.cancel import Cancellation
from backstory.history.repository import discover
from backstory.model.errors import CancelledError
from backstory.model.evidence import Basis, Reading
from backstory.model.names import RepoPath, Revision
from backstory.model.prompt import PromptMissing
from notation.repository import ANN, Identity, RepositoryWriter, git

CURSOR = Identity("Cursor Agent", "cursoragent@cursor.com")
DEPENDABOT = Identity("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com")
TRAILER = "Co-Authored-By: Claude Opus 4.6 <noreply@anthropic.com>"
LINK = "Claude-Session: https://claude.ai/code/session_01AbC"

Opener = Callable[[Path], CommitSource]


@pytest.fixture
def opened() -> Iterator[Opener]:
    """Open sources that are closed when the test is over."""
    sources: list[CommitSource] = []

    def open_at(path: Path) -> CommitSource:
        sources.append(commit.open_source(discover(path)))
        return sources[-1]

    yield open_at
    for source in sources:
        source.close()


def silent(_done: int, _total: int | None) -> None:
    """Show no progress."""


def read(source: CommitSource, *revisions: str) -> Reading:
    asked = frozenset({RepoPath("pay.py")})
    return source.read(ReadRequest({Revision(revision): asked for revision in revisions}), Cancellation())


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_each_commit_speaks_for_itself(tmp_path: Path, opened: Opener, object_format: str) -> None:
    with RepositoryWriter(tmp_path, object_format) as history:
        person = history.commit("a person's", {"pay.py": "one\n"}, author=ANN)
        agent = history.commit("an agent's", {"pay.py": "two\n"}, author=CURSOR)
        helped = history.commit(f"a helped one\n\n{TRAILER}\n", {"pay.py": "three\n"})
    reading = read(opened(tmp_path), person, agent, helped, "0" * len(person))
    told = {each.revision: each for each in reading.evidence}
    assert told.keys() == {agent, helped}
    assert (told[Revision(agent)].basis, told[Revision(agent)].locator) == (Basis.AUTHORED, f"{agent[:7]} author")
    assert (told[Revision(helped)].basis, told[Revision(helped)].path) == (Basis.DECLARED, None)


def test_a_message_in_another_encoding(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        revision = history.commit(f"Zahlung für später\n\n{TRAILER}\n", {"pay.py": "one\n"}, encoding="ISO-8859-1")
    assert len(read(opened(tmp_path), revision).evidence) == 1


def test_no_read_postpones_anything(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        read(opened(tmp_path), history.commit("payments", {"pay.py": "one\n"}))
    source = opened(tmp_path)
    assert not source.has_postponed_work()
    assert not source.resolve(Cancellation(), silent)


def test_a_commit_says_where_the_conversation_is_and_no_more(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        linked = history.commit(f"payments\n\n{LINK}\n", {"pay.py": "one\n"})
        plain = history.commit(f"payments\n\n{TRAILER}\n", {"pay.py": "two\n"})
    source = opened(tmp_path)
    (with_link,), (without,) = read(source, linked).evidence, read(source, plain).evidence
    assert (with_link.prompt_key, without.prompt_key) == ("session_01AbC", None)
    assert source.prompt(with_link, Cancellation()) == PromptMissing(
        "The commit only links its session; links are never opened."
    )
    assert source.prompt(without, Cancellation()) == PromptMissing("The commit does not say what was asked.")


def test_the_report_counts_commits(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        history.commit("begin", {"pay.py": "one\n"})
        history.commit("an agent's", {"pay.py": "two\n"}, author=CURSOR)
        history.commit(f"helped\n\n{TRAILER}\nMade-with: Cursor\n", {"pay.py": "three\n"})
        history.commit("Bump", {"pay.py": "four\n"}, author=DEPENDABOT)
    steps: list[tuple[int, int | None]] = []
    report = opened(tmp_path).report(Cancellation(), lambda done, total: steps.append((done, total)))
    assert (report.id, report.found, report.on_head, report.read, report.absence) == ("commit", 3, 3, 3, None)
    assert dict(report.details) == {
        "commits by an agent": "1",
        "commits in which an agent took part": "1",
        "commits by a robot": "1",
        "commits by tool": "cursor 2, claude 1",
    }
    assert steps == [(4, 4)]


def test_where_nobody_but_people_commit_the_report_says_so(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        history.commit("begin", {"pay.py": "one\n"})
    report = opened(tmp_path).report(Cancellation(), silent)
    assert (report.found, report.absence) == (0, "No commit that HEAD reaches names an agent or a robot.")


def test_an_empty_repository_has_a_report(tmp_path: Path, opened: Opener) -> None:
    git(tmp_path, "init", "-q")
    assert opened(tmp_path).report(Cancellation(), silent).found == 0


def test_cancelling_ends_the_report(tmp_path: Path, opened: Opener) -> None:
    with RepositoryWriter(tmp_path) as history:
        history.commit("begin", {"pay.py": "one\n"})
    cancelled = Cancellation()
    cancelled.cancel()
    with pytest.raises(CancelledError):
        opened(tmp_path).report(cancelled, silent)
