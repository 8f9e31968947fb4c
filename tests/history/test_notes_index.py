"""Which commits have a note, in every shape a notes tree can take."""

import pytest

from backstory.history.notes import notes_index, notes_refs, parse_notes_tree
from backstory.history.objects import ObjectReader
from backstory.history.refs import list_refs
from backstory.history.repository import discover
from backstory.model.errors import GitFailedError
from notation.repository import RepositoryWriter, git

ONE, TWO, THREE = "1" * 40, "2" * 40, "3" * 40
BLOB = "b" * 40


def listing(*paths, blob=BLOB):
    return "".join(f"100644 blob {blob}\t{path}\0" for path in paths)


def test_notes_are_listed_with_one_git(weaving, git_calls):
    repository = weaving.repository
    (ref, tip), *others = notes_refs(repository).items()
    assert (ref, others) == ("refs/notes/ai", [])
    del git_calls[:]
    index = notes_index(repository, ref, tip)
    assert git_calls == ["ls-tree"]
    assert set(index.blobs) == {weaving.first, weaving.third}
    assert (index.ref, index.tip, index.foreign) == (ref, tip, ())
    reader = ObjectReader(repository)
    assert reader.read(index.blobs[weaving.first]) == b"a note\n"
    reader.close()
    assert notes_index(repository, ref).blobs == index.blobs


def test_no_such_ref_has_no_notes(plain_weaving):
    assert notes_index(plain_weaving.repository, "refs/notes/none").blobs == {}


def test_a_ref_that_holds_no_tree_is_an_error(tmp_path):
    with RepositoryWriter(tmp_path / "odd") as history:
        history.commit("x", {"a": "a\n"})
        history.blob_ref("refs/notes/ai", "text")
    with pytest.raises(GitFailedError):
        notes_index(discover(tmp_path / "odd"), "refs/notes/ai")


def test_remotes_copies_are_found(plain_weaving):
    tip = list_refs(plain_weaving.repository, "refs/notes/ai")["refs/notes/ai"]
    copies = ("refs/notes/ai-remote/origin", "refs/remotes/origin/notes/ai", "refs/remotes/origin/notes/x/y")
    others = ("refs/notes/ai-stash", "refs/notes/commits", "refs/remotes/origin/main")
    for ref in (*copies, *others):
        git(plain_weaving.root, "update-ref", ref, tip)
    assert notes_refs(plain_weaving.repository) == dict.fromkeys(("refs/notes/ai", *copies), tip)
    assert set(notes_refs(plain_weaving.repository, "refs/notes/commits")) == {"refs/notes/commits"}


def test_fan_outs_are_mixed():
    paths = (ONE, f"{TWO[:2]}/{TWO[2:]}", f"{THREE[:2]}/{THREE[2:4]}/{THREE[4:]}")
    assert parse_notes_tree(listing(*paths)) == (dict.fromkeys((ONE, TWO, THREE), BLOB), ())


def test_an_empty_tree():
    assert parse_notes_tree("") == ({}, ())


def test_sha256_notes():
    one, blob = "1" * 64, "b" * 64
    assert parse_notes_tree(listing(f"11/{one[2:]}", blob=blob), "sha256") == ({one: blob}, ())


@pytest.mark.parametrize(
    "entry",
    [
        f"100644 blob {BLOB}\tREADME.md\0",
        f"100644 blob {BLOB}\tx{TWO[1:]}\0",
        f"100644 blob {BLOB}\t{TWO[1:]}\0",
        f"100644 blob {BLOB}\t{TWO}2\0",
        f"160000 commit {BLOB}\t{TWO[2:]}\0",
        f"160000 commit {BLOB}\t{TWO}\0",
        f"100644 blob {BLOB}\t{ONE[:2]}/{ONE[2:]}\0",
        f"100644 blob {BLOB}\tnot utf-8 \udce9\0",
        f"100644 blob {BLOB}\tfolder/with/a/name/of/forty/characters/in/all/x\0",
    ],
)
def test_what_annotates_nothing_is_kept_apart(entry):
    blobs, foreign = parse_notes_tree(listing(ONE) + entry + listing(THREE))
    assert blobs == {ONE: BLOB, THREE: BLOB}
    assert foreign == (entry[:-1].partition("\t")[2],)


def test_a_commit_annotated_twice_keeps_its_first_note():
    text = listing(f"11/{ONE[2:]}") + listing(ONE, blob="c" * 40)
    assert parse_notes_tree(text) == ({ONE: BLOB}, (ONE,))
