"""Blame streams, follows renames, and stops when asked."""

import os
from datetime import UTC, datetime, timedelta, timezone
from itertools import chain

import pytest

from backstory.history.blame import blame, stream_blame
from backstory.history.cancel import Cancellation
from backstory.history.repository import discover
from backstory.model.errors import CancelledError, GitFailedError, UnknownRevisionError
from backstory.model.history import CommitFacts, Hunk
from backstory.model.origin import Person
from notation.repository import RepositoryWriter, git


def test_every_line_is_in_one_hunk_with_the_path_it_had(weaving):
    blamed = blame(weaving.repository, weaving.third, "new.py")
    assert blamed.hunks == (
        Hunk(weaving.first, "old.py", 1, 1, 2),
        Hunk(weaving.third, "new.py", 3, 3, 1),
        Hunk(weaving.first, "old.py", 4, 4, 1),
    )
    facts = blamed.commits[weaving.third]
    assert (facts.author, facts.committer) == (
        Person("Bob Stone", "bob@example.com"),
        Person("Ann Lee", "ann@example.com"),
    )
    assert facts.subject == "Mend"
    assert facts.authored_at == datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    assert not facts.is_history_cut


def test_facts_come_before_the_hunks_of_their_commit(weaving):
    known = set()
    for item in chain.from_iterable(stream_blame(weaving.repository, weaving.third, "new.py")):
        if isinstance(item, CommitFacts):
            assert item.revision not in known
            known.add(item.revision)
        else:
            assert item.revision in known


def test_one_git_is_started(weaving, git_calls):
    repository = weaving.repository
    blame(repository, weaving.third, "new.py")
    blame(repository, weaving.third, "other.py")
    assert git_calls == ["rev-parse", "config", "blame", "blame"]


def test_the_work_tree_does_not_matter(weaving):
    (weaving.root / "new.py").unlink()
    assert len(blame(weaving.repository, weaving.third, "new.py").hunks) == 3


def test_a_bare_repository_is_blamed_too(weaving, tmp_path):
    git(tmp_path, "clone", "-q", "--bare", str(weaving.root), "bare.git")
    assert len(blame(discover(tmp_path / "bare.git"), weaving.third, "new.py").hunks) == 3


def test_a_shallow_clone_says_where_lines_may_be_older(weaving, tmp_path):
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{weaving.root}", "shallow")
    blamed = blame(discover(tmp_path / "shallow"), weaving.third, "new.py")
    cut = {facts.revision: facts.is_history_cut for facts in blamed.commits.values()}
    assert cut == {weaving.second: True, weaving.third: False}


def test_odd_names_and_people(tmp_path):
    names = ['say "hi"\t.py', os.fsdecode(b"caf\xe9.py"), ":(glob)*.py", "-x.py", "日本.py"]
    with RepositoryWriter(tmp_path / "odd") as history:
        zone = datetime(2026, 3, 2, 23, 30, tzinfo=UTC).astimezone(timezone(timedelta(minutes=-570)))
        revision = history.commit("Grüße\n", dict.fromkeys(names, "a\n"), when=zone)
    repository = discover(tmp_path / "odd")
    for name in names:
        blamed = blame(repository, revision, name)
        assert [hunk.path for hunk in blamed.hunks] == [name]
    assert blamed.commits[revision].subject == "Grüße"
    assert blamed.commits[revision].authored_at.utcoffset().total_seconds() == -570 * 60


def test_names_in_another_encoding_are_read(tmp_path):
    with RepositoryWriter(tmp_path / "latin") as history:
        revision = history.commit("Grüße", {"a.py": "a\n"}, encoding="ISO-8859-1")
    blamed = blame(discover(tmp_path / "latin"), revision, "a.py")
    assert blamed.commits[revision].subject == "Grüße"


def test_the_mail_map_is_applied(tmp_path):
    with RepositoryWriter(tmp_path / "mapped") as history:
        revision = history.commit("x", {"a.py": "a\n", ".mailmap": "Anna Lee <a@lee.org> <ann@example.com>\n"})
    facts = blame(discover(tmp_path / "mapped"), revision, "a.py").commits[revision]
    assert facts.author == Person("Anna Lee", "a@lee.org")


def test_what_the_repository_wants_looked_through_is_looked_through(plain_weaving):
    with (plain_weaving.root / ".git-blame-ignore-revs").open("w") as ignored:
        ignored.write(f"# reformatting\n\n{plain_weaving.third}  # Mend\n")
    blamed = blame(plain_weaving.repository, plain_weaving.third, "new.py")
    assert plain_weaving.third not in blamed.commits
    assert sum(hunk.length for hunk in blamed.hunks) == 4


@pytest.mark.parametrize("scope", ["repository", "person"])
@pytest.mark.parametrize("content", [None, "not an id\n", "abcdef\n", "a" * 41 + "\n"])
def test_a_list_that_git_cannot_read_is_left_out(plain_weaving, monkeypatch, tmp_path, scope, content):
    if content is not None:
        (plain_weaving.root / "ignored").write_text(content)
    config = plain_weaving.root / ".git" / "config" if scope == "repository" else tmp_path / ".gitconfig"
    monkeypatch.setenv("HOME", str(tmp_path))
    with config.open("a") as settings:
        settings.write("[blame]\n\tignoreRevsFile = ignored\n")
    (plain_weaving.root / ".git-blame-ignore-revs").write_text(plain_weaving.third + "\n")
    blamed = blame(plain_weaving.repository, plain_weaving.third, "new.py")
    assert plain_weaving.third not in blamed.commits
    assert sum(hunk.length for hunk in blamed.hunks) == 4


def test_a_configured_list_is_used(weaving):
    (weaving.root / "ignored").write_text(weaving.third + "\n")
    git(weaving.root, "config", "blame.ignoreRevsFile", "ignored")
    assert weaving.third not in blame(weaving.repository, weaving.third, "new.py").commits


def test_a_shallow_sha256_clone_with_a_broken_setting(tmp_path):
    """What stands in for the settings knows the object format and the shallow border."""
    with RepositoryWriter(tmp_path / "full", "sha256") as history:
        history.commit("1", {"a": "a\n"})
        second = history.commit("2", {"a": "a\nb\n"})
        third = history.commit("3", {"a": "a\nb\nc\n"})
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{tmp_path}/full", "shallow")
    git(tmp_path / "shallow", "config", "blame.ignoreRevsFile", "missing")
    blamed = blame(discover(tmp_path / "shallow"), third, "a")
    assert [(hunk.revision, hunk.length) for hunk in blamed.hunks] == [(second, 2), (third, 1)]


def test_cancelling_ends_the_stream(plain_weaving):
    cancellation = Cancellation()
    stream = stream_blame(plain_weaving.repository, plain_weaving.third, "new.py", cancellation=cancellation)
    next(stream)
    cancellation.cancel()
    with pytest.raises(CancelledError):
        list(stream)


def test_a_stream_may_be_left_early(plain_weaving):
    stream = stream_blame(plain_weaving.repository, plain_weaving.third, "new.py")
    assert isinstance(next(stream)[0], CommitFacts)
    stream.close()


def test_failures_say_what_is_wrong(plain_weaving):
    repository = plain_weaving.repository
    with pytest.raises(UnknownRevisionError):
        blame(repository, "1" * 40, "new.py")
    with pytest.raises(GitFailedError, match=r"gone\.py is not in revision"):
        blame(repository, plain_weaving.third, "gone.py")
