"""A clone that left objects with its remote: they are missing, and nothing fetches them."""

import shlex
from pathlib import Path

import pytest

from backstory.history.blame import blame
from backstory.history.files import file_text
from backstory.history.missing import missing_objects
from backstory.history.notes import notes_index
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository, discover
from backstory.history.status import repository_state
from backstory.model.errors import GitFailedError, MissingObjectsError
from backstory.model.state import StateCode
from notation.repository import git


@pytest.fixture(params=["blob:none", "tree:0"])
def partial(weaving, tmp_path, request) -> Repository:
    return cloned(weaving.root, tmp_path, request.param)


@pytest.fixture
def without_blobs(weaving, tmp_path) -> Repository:
    return cloned(weaving.root, tmp_path, "blob:none")


def cloned(source: Path, tmp_path: Path, what: str) -> Repository:
    """Clone without `what`; the remote's program leaves a mark whenever somebody asks it for objects."""
    git(source, "config", "uploadpack.allowFilter", "true")
    git(source, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(tmp_path, "clone", "-q", "--no-checkout", f"--filter={what}", f"file://{source}", "partial")
    git(tmp_path / "partial", "fetch", "-q", "origin", "refs/notes/*:refs/notes/*")
    program = tmp_path / "upload-pack"
    program.write_text(f'#!/bin/sh\ntouch "{tmp_path}/asked"\nexec git-upload-pack "$@"\n')
    program.chmod(0o755)
    git(tmp_path / "partial", "config", "remote.origin.uploadpack", str(program))
    return discover(tmp_path / "partial")


def test_what_is_missing_is_said_and_not_fetched(weaving, partial, tmp_path):
    reader = ObjectReader(partial)
    names = [weaving.first, f"{weaving.third}:new.py", "1" * len(weaving.first), weaving.third]
    assert [content is not None for _, content in reader.read_many(names)] == [True, False, False, True]
    text = file_text(partial, weaving.third, "new.py", reader)
    assert text.code == StateCode.MISSING_OBJECTS
    with pytest.raises(MissingObjectsError) as caught:
        blame(partial, weaving.third, "new.py")
    assert caught.value.command == text.command
    assert StateCode.MISSING_OBJECTS in [state.code for state in repository_state(partial)]
    assert not (tmp_path / "asked").exists()
    reader.close()


def test_the_command_brings_it(weaving, partial, tmp_path):
    reader = ObjectReader(partial)
    command = file_text(partial, weaving.third, "new.py", reader).command
    git(tmp_path, *shlex.split(command)[1:])
    assert (tmp_path / "asked").exists()
    assert file_text(partial, weaving.third, "new.py", reader) == b"one\ntwo\nthree;\nfour\n"
    assert len(blame(partial, weaving.third, "new.py").hunks) == 3
    reader.close()


def test_notes_without_their_text(weaving, without_blobs, tmp_path):
    index = notes_index(without_blobs, "refs/notes/ai")
    reader = ObjectReader(without_blobs)
    assert set(index.blobs) == {weaving.first, weaving.third}
    assert [content for _, content in reader.read_many(list(index.blobs.values()))] == [None, None]
    assert missing_objects(without_blobs, index.tip) == set(index.blobs.values())
    assert not (tmp_path / "asked").exists()
    reader.close()


def test_many_missing_objects_cost_one_process(weaving, without_blobs, git_calls):
    reader = ObjectReader(without_blobs)
    list(reader.read_many([f"{index:0{len(weaving.first)}x}" for index in range(3_000)]))
    assert git_calls == ["config", "cat-file"]
    reader.close()


def test_a_notes_tree_that_is_missing(weaving, tmp_path):
    partial = cloned(weaving.root, tmp_path, "tree:0")
    tip = git(weaving.root, "rev-parse", "refs/notes/ai").strip()
    with pytest.raises(MissingObjectsError) as caught:
        notes_index(partial, "refs/notes/ai", tip)
    assert not (tmp_path / "asked").exists()
    git(tmp_path, *shlex.split(caught.value.command)[1:])
    assert len(notes_index(partial, "refs/notes/ai", tip).blobs) == 2


def test_only_the_text_before_a_rename_is_missing(weaving, without_blobs, tmp_path):
    git(tmp_path / "partial", "cat-file", "-p", f"{weaving.third}:new.py")
    (tmp_path / "asked").unlink()
    with pytest.raises(MissingObjectsError) as caught:
        blame(without_blobs, weaving.third, "new.py")
    assert not (tmp_path / "asked").exists()
    git(tmp_path, *shlex.split(caught.value.command)[1:])
    assert len(blame(without_blobs, weaving.third, "new.py").hunks) == 3


def test_a_path_that_never_was_is_not_missing(weaving, without_blobs):
    with pytest.raises(GitFailedError, match=r"gone\.py is not in revision"):
        blame(without_blobs, weaving.third, "gone.py")
