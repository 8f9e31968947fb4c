"""Which objects a clone has, and whether anything in it changed."""

import subprocess

from backstory.history.clone_stamp import clone_stamp
from backstory.history.environment import git_environment
from backstory.history.objects import ObjectReader
from backstory.history.presence import present_objects
from backstory.history.repository import discover
from notation.repository import RepositoryWriter


def git(root, *arguments):
    subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, env=git_environment())


def present(repository, *names):
    reader = ObjectReader(repository)
    try:
        return present_objects(repository, reader, names)
    finally:
        reader.close()


def test_what_the_clone_has_is_told_by_one_git(weaving, git_calls):
    repository, missing = weaving.repository, "1" * len(weaving.first)
    _ = repository.is_partial
    git_calls.clear()
    assert present(repository, weaving.first, missing, weaving.third) == {weaving.first, weaving.third}
    assert len(git_calls) == 1
    assert present(repository) == frozenset()


def test_a_damaged_object_is_not_there_and_hides_no_other(plain_weaving):
    damaged = "0123456789" * 4
    folder = plain_weaving.repository.git_dir / "objects" / damaged[:2]
    folder.mkdir()
    (folder / damaged[2:]).write_bytes(b"damaged")
    names = (plain_weaving.first, damaged, plain_weaving.third)
    assert present(plain_weaving.repository, *names) >= {plain_weaving.first, plain_weaving.third}


def test_the_stamp_changes_with_refs_and_objects_and_with_nothing_else(plain_weaving):
    repository = plain_weaving.repository
    before = clone_stamp(repository)
    (plain_weaving.root / "new.py").write_text("typed\n")
    git(plain_weaving.root, "status")
    assert before is not None
    assert clone_stamp(repository) == before
    git(plain_weaving.root, "update-ref", "refs/pull/1", plain_weaving.first)
    moved = clone_stamp(repository)
    assert moved != before
    git(plain_weaving.root, "hash-object", "-w", "new.py")
    assert clone_stamp(repository) != moved


def test_the_stamp_changes_with_objects_that_another_repository_lends(tmp_path, plain_weaving):
    with RepositoryWriter(tmp_path / "borrowing") as history:
        history.commit("Weave", {"a.py": "x\n"})
    borrowing = discover(tmp_path / "borrowing")
    lent = plain_weaving.repository.git_dir / "objects"
    (borrowing.git_dir / "objects" / "info").mkdir(exist_ok=True)
    (borrowing.git_dir / "objects" / "info" / "alternates").write_text(f"{lent}\n")
    before = clone_stamp(borrowing)
    assert clone_stamp(borrowing) == before
    (plain_weaving.root / "other.py").write_text("lent\n")
    git(plain_weaving.root, "hash-object", "-w", "other.py")
    assert clone_stamp(borrowing) != before
