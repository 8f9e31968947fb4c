"""What is special about a file is said with its reason, in few git calls."""

import pytest

from backstory.history.attributes import parse_attributes
from backstory.history.files import TextLimits, file_state, file_text
from backstory.history.objects import ObjectReader
from backstory.history.repository import discover
from backstory.model.state import State, StateCode
from notation.repository import RepositoryWriter, git

LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


def codes(states):
    return [state.code for state in states]


@pytest.fixture
def read(plain_weaving):
    reader = ObjectReader(plain_weaving.repository)
    yield lambda path, **limits: file_text(
        plain_weaving.repository, plain_weaving.third, path, reader, TextLimits(**limits)
    )
    reader.close()


def test_text_is_what_git_stores(weaving, git_calls):
    repository = weaving.repository
    reader = ObjectReader(repository)
    assert file_text(repository, weaving.third, "new.py", reader) == b"one\ntwo\nthree;\nfour\n"
    assert file_text(repository, weaving.first, "old.py", reader) == b"one\ntwo\nthree\nfour\n"
    assert git_calls == ["rev-parse", "config", "cat-file"]
    reader.close()


def test_limits(read):
    assert read("new.py", byte_count=19).code == StateCode.TOO_LARGE
    assert read("new.py", line_count=3).code == StateCode.TOO_LARGE
    assert isinstance(read("new.py", byte_count=20, line_count=4), bytes)


def test_no_text(tmp_path):
    with RepositoryWriter(tmp_path / "odd") as history:
        files = {
            "late.bin": "x" * 8_000 + "\0",
            "early.bin": "\0",
            "big.bin": LFS,
            "src/a": "a\n",
            "quote.md": f"> {LFS}",
        }
        revision = history.commit("odd", files)
    repository = discover(tmp_path / "odd")
    reader = ObjectReader(repository)
    found = {
        path: state.code if isinstance(state := file_text(repository, revision, path, reader), State) else "text"
        for path in (*files, "src", "gone")
    }
    assert found == {
        "late.bin": "text",
        "early.bin": StateCode.BINARY,
        "big.bin": StateCode.LFS_POINTER,
        "src/a": "text",
        "quote.md": "text",
        "src": StateCode.NOT_A_FILE,
        "gone": StateCode.UNTRACKED,
    }
    reader.close()


def test_most_files_have_no_state_and_cost_two_calls(weaving, git_calls):
    repository = weaving.repository
    del git_calls[:]
    assert file_state(repository, "new.py") == ()
    assert git_calls == ["ls-files", "check-attr"]


def test_untracked_and_ignored_cost_two_calls(plain_weaving, git_calls):
    repository = plain_weaving.repository
    (plain_weaving.root / ".gitignore").write_text("*.log\n")
    (plain_weaving.root / "new.log").write_text("x")
    (plain_weaving.root / "draft.py").write_text("x")
    del git_calls[:]
    assert codes(file_state(repository, "new.log")) == [StateCode.IGNORED]
    (state,) = file_state(repository, "draft.py")
    assert state == State(
        StateCode.UNTRACKED, "draft.py is not tracked by git yet.", f"git -C {plain_weaving.root} add draft.py"
    )
    assert git_calls == ["ls-files", "check-ignore"] * 2
    assert codes(file_state(repository, "no/such/file")) == [StateCode.UNTRACKED]


def test_names_with_wildcards_mean_themselves(plain_weaving):
    assert codes(file_state(plain_weaving.repository, "*.py")) == [StateCode.UNTRACKED]
    assert codes(file_state(plain_weaving.repository, ":(glob)new.py")) == [StateCode.UNTRACKED]
    (plain_weaving.root / ".gitignore").write_text(":*\n")
    assert codes(file_state(plain_weaving.repository, ":(glob)new.py")) == [StateCode.IGNORED]


def test_links_folders_and_submodules(tmp_path):
    with RepositoryWriter(tmp_path / "inner") as inner:
        inner.commit("inner", {"a.py": "a\n"})
    with RepositoryWriter(tmp_path / "outer") as history:
        revision = history.commit("outer", {"src/a.py": "a\n"}, links={"link": "src/a.py"})
    root = tmp_path / "outer"
    git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(tmp_path / "inner"), "sub")
    repository = discover(root)
    assert codes(file_state(repository, "link")) == [StateCode.SYMBOLIC_LINK]
    assert codes(file_state(repository, "src")) == [StateCode.NOT_A_FILE]
    assert codes(file_state(repository, "sub")) == [StateCode.SUBMODULE]
    git(root, "-c", "user.name=a", "-c", "user.email=a@x", "commit", "-qm", "sub")
    reader = ObjectReader(repository)
    head = git(root, "rev-parse", "HEAD").strip()
    assert file_text(repository, head, "sub", reader).code == StateCode.SUBMODULE
    assert file_text(repository, revision, "src/a.py", reader) == b"a\n"
    reader.close()


def test_outside_the_sparse_checkout(plain_weaving):
    git(plain_weaving.root, "sparse-checkout", "set", "--no-cone", "other.py")
    (state,) = file_state(plain_weaving.repository, "new.py")
    assert state.code == StateCode.SPARSE
    assert file_state(plain_weaving.repository, "other.py") == ()


def test_the_sparse_checkouts_command_helps(tmp_path):
    with RepositoryWriter(tmp_path / "wide") as history:
        history.commit("wide", {"a/x.py": "x\n", "b/y.py": "y\n"})
    root = tmp_path / "wide"
    git(root, "sparse-checkout", "set", "--cone", "a")
    (state,) = file_state(discover(root), "b/y.py")
    git(root, *state.command.split()[3:])
    assert file_state(discover(root), "b/y.py") == ()
    assert (root / "b" / "y.py").exists()


def test_conflicts(tmp_path):
    with RepositoryWriter(tmp_path / "torn") as history:
        base = history.commit("base", {"a.py": "a\n"})
        history.commit("ours", {"a.py": "b\n"})
        history.commit("theirs", {"a.py": "c\n"}, branch="side", parents=[base])
    merge = ("-c", "user.name=a", "-c", "user.email=a@x", "-c", "merge.conflictStyle=merge", "merge", "-q", "side")
    git(tmp_path / "torn", "-c", "alias.try=!git " + " ".join(f"'{word}'" for word in merge) + " || true", "try")
    assert codes(file_state(discover(tmp_path / "torn"), "a.py")) == [StateCode.UNMERGED]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("filter=secret", [StateCode.FILTERED]),
        ("working-tree-encoding=UTF-16", [StateCode.FILTERED]),
        ("ident", [StateCode.FILTERED]),
        ("linguist-generated", [StateCode.GENERATED]),
        ("linguist-generated=true linguist-vendored", [StateCode.GENERATED, StateCode.VENDORED]),
        ("linguist-generated=false -linguist-vendored -filter", []),
        ("text eol=crlf diff=python", []),
        ("filter=lfs diff=lfs merge=lfs -text", []),
    ],
)
def test_attributes(plain_weaving, attributes, expected):
    (plain_weaving.root / ".gitattributes").write_text(f"*.py {attributes}\n")
    assert codes(file_state(plain_weaving.repository, "new.py")) == expected


def test_attributes_of_one_path():
    output = b"a b\0filter\0lfs\0a b\0ident\0unspecified\0a b\0text\0unset\0"
    assert parse_attributes(output) == {"filter": "lfs"}


def test_a_bare_repository_has_no_files(plain_weaving, tmp_path):
    git(tmp_path, "clone", "-q", "--bare", str(plain_weaving.root), "bare.git")
    assert file_state(discover(tmp_path / "bare.git"), "new.py") == ()


def test_names_that_are_not_utf8(tmp_path):
    with RepositoryWriter(tmp_path / "latin") as history:
        revision = history.commit("x", {"caf\udce9.py": b"caf\xe9\n"})
    repository = discover(tmp_path / "latin")
    reader = ObjectReader(repository)
    assert file_text(repository, revision, "caf\udce9.py", reader) == b"caf\xe9\n"
    assert file_state(repository, "caf\udce9.py") == ()
    reader.close()
