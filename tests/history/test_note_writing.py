"""Notes are added to what is there, whoever else writes at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from backstory.history.commits import Identity
from backstory.history.note_writing import write_notes
from backstory.history.reflog import amended
from backstory.history.repository import discover
from backstory.model.errors import GitFailedError
from backstory.model.names import Revision
from notation.repository import RepositoryWriter, git

REF = "refs/notes/ai"
ANN = Identity("Ann <Lee>\n", "ann@example.com", None)


@pytest.fixture(params=["sha1", "sha256"])
def shop(tmp_path, request):
    with RepositoryWriter(tmp_path / "shop", object_format=request.param) as history:
        revisions = [Revision(history.commit(f"work {number}", {"a.txt": f"{number}\n"})) for number in range(6)]
    return discover(tmp_path / "shop"), revisions


def notes(repository) -> dict[str, str]:
    listed = git(repository.root, "notes", f"--ref={REF}", "list").split()
    return {
        commit: git(repository.root, "cat-file", "blob", blob)
        for blob, commit in zip(listed[::2], listed[1::2], strict=True)
    }


def test_the_first_note_and_the_next(shop):
    repository, (first, second, *_) = shop
    write_notes(repository, REF, ANN, lambda _: {first: b"one\n"})
    write_notes(repository, REF, ANN, lambda _: {second: b"two, without a line end"})
    assert notes(repository) == {first: "one\n", second: "two, without a line end"}
    assert git(repository.root, "log", "-1", "--format=%an <%ae> %s", REF).startswith("Ann Lee <ann@example.com> Notes")


def test_what_another_process_wrote_meanwhile_is_kept(shop):
    repository, (first, second, *_) = shop
    asked = []

    def compose(tip):
        asked.append(tip)
        if len(asked) == 1:
            identity = ("-c", "user.name=Bob", "-c", "user.email=bob@example.com")
            git(repository.root, *identity, "notes", f"--ref={REF}", "add", "-m", "theirs", second)
        return {first: b"ours\n"}

    write_notes(repository, REF, ANN, compose)
    assert len(asked) == 2
    assert asked[0] is None
    assert notes(repository) == {first: "ours\n", second: "theirs\n"}


def test_many_writers_at_once_lose_nothing(shop):
    repository, revisions = shop
    with ThreadPoolExecutor(len(revisions)) as writers:
        list(writers.map(lambda each: write_notes(repository, REF, ANN, lambda _: {each: each.encode()}), revisions))
    assert notes(repository) == {each: each for each in revisions}


def test_a_ref_that_cannot_be_written_is_an_error(shop):
    repository, (first, *_) = shop
    (repository.common_dir / "refs" / "notes").write_text("in the way")
    with pytest.raises(GitFailedError):
        write_notes(repository, REF, ANN, lambda _: {first: b"one\n"})


def test_the_commit_that_was_amended(shop):
    repository, revisions = shop
    identity = ("-c", "user.name=Bob", "-c", "user.email=bob@example.com")
    git(repository.root, *identity, "commit", "-q", "--amend", "-m", "other words")
    head = Revision(git(repository.root, "rev-parse", "HEAD").strip())
    assert amended(repository, head) == revisions[-1]
    assert amended(repository, revisions[-1]) is None
