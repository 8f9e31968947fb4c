"""Notes of a few commits, looked up without listing them all: the same as the list says."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstory.history.notes import notes_index, parse_notes_tree
from backstory.history.notes_tree import NotesTree, parse_tree
from backstory.history.objects import ObjectReader
from backstory.history.refs import list_refs
from backstory.history.repository import discover
from backstory.model.errors import GitFailedError, MissingObjectsError
from notation.repository import RepositoryWriter, git

REF = "refs/notes/ai"


def opened(root):
    repository = discover(root)
    reader = ObjectReader(repository)
    return NotesTree(repository, reader, REF, list_refs(repository, REF)[REF]), reader


def test_a_few_notes_cost_one_process_however_often_they_are_asked_for(weaving, git_calls):
    notes, reader = opened(weaving.root)
    list(reader.read_many((weaving.first,)))
    del git_calls[:]
    found = notes.blobs_on((weaving.first, weaving.second))
    assert set(found) == {weaving.first}
    assert notes.blobs_on((weaving.third,))
    assert git_calls == []
    assert notes.index().blobs == {**found, **notes.blobs_on((weaving.third,))}
    reader.close()


digits = st.sampled_from("ab")
commits = st.text(digits, min_size=40, max_size=40)
fan_outs = st.sampled_from([(), (2,), (2, 4), (2, 4, 6)])


@given(st.lists(st.tuples(commits, fan_outs), max_size=12), st.lists(commits, max_size=3))
@settings(max_examples=25, deadline=None)
def test_every_fan_out_says_what_the_list_says(tmp_path_factory, notes, others):
    root = tmp_path_factory.mktemp("fans")
    with RepositoryWriter(root) as history:
        history.commit("x", {"a": "a\n"})
        for number, (commit, cuts) in enumerate(notes):
            bounds = (0, *cuts, 40)
            path = "/".join(commit[first:last] for first, last in pairwise(bounds))
            history.note_at(path, f"{number}\n", REF)
        history.note_at("README.md", "no note\n", REF)
        history.note_at("ab/cd", "no note\n", REF)
    tree, reader = opened(root)
    listed = notes_index(discover(root), REF).blobs
    asked = [commit for commit, _ in notes] + others
    assert tree.blobs_on(asked) == {commit: listed[commit] for commit in asked if commit in listed}
    reader.close()


def test_a_ref_that_holds_no_tree_is_an_error(tmp_path):
    with RepositoryWriter(tmp_path / "odd") as history:
        history.commit("x", {"a": "a\n"})
        history.blob_ref(REF, "text")
    notes, reader = opened(tmp_path / "odd")
    with pytest.raises(GitFailedError):
        notes.blobs_on(("1" * 40,))
    reader.close()


def test_a_folder_that_is_missing_is_said(plain_weaving, tmp_path):
    git(plain_weaving.root, "config", "uploadpack.allowFilter", "true")
    origin = plain_weaving.root.as_uri()
    git(tmp_path, "clone", "-q", "--filter=tree:0", "--no-checkout", origin, "partial")
    git(tmp_path / "partial", "fetch", "-q", "--filter=tree:0", "origin", f"{REF}:{REF}")
    notes, reader = opened(tmp_path / "partial")
    with pytest.raises(MissingObjectsError):
        notes.blobs_on((plain_weaving.first,))
    reader.close()


def test_trees_are_read_as_git_lists_them(weaving):
    repository = discover(weaving.root)
    reader = ObjectReader(repository)
    content = reader.read(f"{REF}^{{tree}}")
    entries = parse_tree(content, repository.object_format)
    listing = "".join(
        f"{mode.decode()} blob {object_id.hex()}\t{name.decode()}\0" for name, (mode, object_id) in entries.items()
    )
    assert parse_notes_tree(listing, repository.object_format)[0] == notes_index(repository, REF).blobs
    reader.close()


@pytest.mark.parametrize("content", [b"text", b"100644 a\0short", b"100644 \0" + b"x" * 20, b"tree " + b"a" * 40])
def test_what_is_no_tree(content):
    assert parse_tree(content) is None


def test_an_empty_tree_has_no_entries():
    assert parse_tree(b"") == {}
