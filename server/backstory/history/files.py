"""One file as the repository knows it: its text at a revision, and what makes its lines unlike others."""

from collections.abc import Iterator

from attrs import frozen

from backstory.history.attributes import AttributeReader
from backstory.history.command import run_git
from backstory.history.missing import bring_missing
from backstory.history.objects import ObjectReader
from backstory.history.paths import pathspec, shell_quoted
from backstory.history.repository import Repository, run_in
from backstory.model.names import RepoPath, Revision
from backstory.model.state import State, StateCode

_BINARY_PREFIX = 8_000
_LFS_POINTER = b"version https://git-lfs.github.com/spec/v1\n"
_GREATEST_LFS_POINTER = 1_024
CONFLICTING = ("MERGE_HEAD", "rebase-merge", "rebase-apply", "CHERRY_PICK_HEAD", "REVERT_HEAD")
"""What stands in the git directory while files may have conflicts."""

BLOCKING = frozenset(
    {
        StateCode.BINARY,
        StateCode.TOO_LARGE,
        StateCode.LFS_POINTER,
        StateCode.MISSING_OBJECTS,
        StateCode.SUBMODULE,
        StateCode.SYMBOLIC_LINK,
        StateCode.NOT_A_FILE,
        StateCode.OUTSIDE,
    }
)
"""States in which HEAD's text says nothing about the lines of the document."""


@frozen
class TextLimits:
    """Above these a file is data rather than code, and comparing it with a buffer would be felt."""

    byte_count: int = 10_000_000
    line_count: int = 200_000


_DEFAULT_LIMITS = TextLimits()


def file_text(
    repository: Repository,
    revision: Revision,
    path: RepoPath,
    reader: ObjectReader,
    limits: TextLimits = _DEFAULT_LIMITS,
) -> bytes | State:
    """Return a file's bytes at a revision as git stores them, or why there is no text; no git call when all is well."""
    found = reader.read_object(f"{revision}:{path}", limit=limits.byte_count)
    if found is None:
        return _why_no_text(repository, revision, path)
    if found.kind != "blob":
        return State(StateCode.NOT_A_FILE, f"{path} is a folder.")
    if found.content is None:
        return _too_large(path, found.size, "bytes", limits.byte_count)
    return unlike_text(path, found.content, limits) or found.content


def unlike_text(path: RepoPath, content: bytes, limits: TextLimits = _DEFAULT_LIMITS) -> State | None:
    """Return why a file's bytes are no text to tell the lines of: a pointer, binary, too large; None for a text."""
    if len(content) < _GREATEST_LFS_POINTER and content.startswith(_LFS_POINTER):
        return State(StateCode.LFS_POINTER, f"Git stores only a pointer of {path}; its contents are in Git LFS.")
    if b"\0" in content[:_BINARY_PREFIX]:
        return State(StateCode.BINARY, f"{path} is binary.")
    lines = content.count(b"\n")
    return _too_large(path, lines, "lines", limits.line_count) if lines > limits.line_count else None


def committed_file_state(repository: Repository, path: RepoPath, attributes: AttributeReader) -> tuple[State, ...]:
    """Return what is special about a file of which HEAD has a text; no git is started unless something hints at it."""
    if repository.root is None:
        return ()
    if repository.root.joinpath(path).is_symlink() or is_index_unusual(repository):
        entries = _index_entries(repository, path)
        if entries:
            return (*_entry_states(repository, path, entries), *attributes.states(path))
    return attributes.states(path)


def is_index_unusual(repository: Repository) -> bool:
    """Tell whether the index may hold conflicts or files that are left out of the work tree."""
    return repository.configuration.is_true("core.sparsecheckout") or any(
        repository.git_dir.joinpath(name).exists() for name in CONFLICTING
    )


def file_state(repository: Repository, path: RepoPath) -> tuple[State, ...]:
    """Return what is special about a file in the work tree, in two git calls; nothing for most files."""
    if repository.root is None:
        return ()
    entries = _index_entries(repository, path)
    if not entries:
        return (_not_tracked(repository, path),)
    states = tuple(_entry_states(repository, path, entries))
    if any(state.code in {StateCode.SUBMODULE, StateCode.NOT_A_FILE} for state in states):
        return states
    with AttributeReader(repository) as attributes:
        return (*states, *attributes.states(path))


@frozen
class _IndexEntry:
    """One line of `git ls-files --stage -t`."""

    tag: str
    mode: str
    stage: str
    path: RepoPath


def _index_entries(repository: Repository, path: RepoPath) -> list[_IndexEntry]:
    r"""Return what the index holds for a path: `H 100644 <id> 0\tsrc/main.py\0`, several lines when unmerged.

    Source: git-ls-files(1), sections `-t` and *Output*.
    """
    output = run_in(repository, ["ls-files", "-z", "-t", "--stage", "--full-name", "--", pathspec(path)])
    entries = []
    for record in output.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        facts, _, name = record.partition("\t")
        tag, mode, _, stage = facts.split(" ")
        entries.append(_IndexEntry(tag, mode, stage, RepoPath(name)))
    return entries


def _entry_states(repository: Repository, path: RepoPath, entries: list[_IndexEntry]) -> Iterator[State]:
    entry = entries[0]
    git = f"git -C {shell_quoted(repository.directory)}"
    if entry.path != path:
        yield State(StateCode.NOT_A_FILE, f"{path} is a folder.")
    elif entry.stage != "0":
        yield State(StateCode.UNMERGED, f"{path} has merge conflicts that are not resolved.", f"{git} mergetool")
    elif entry.mode == "160000":
        yield State(
            StateCode.SUBMODULE,
            f"{path} is a submodule, a repository of its own.",
            f"{git} submodule update --init -- {shell_quoted(path)}",
        )
    elif entry.mode == "120000":
        yield State(StateCode.SYMBOLIC_LINK, f"{path} is a symbolic link; what it points to has its own history.")
    elif entry.tag == "S":
        yield State(
            StateCode.SPARSE,
            f"{path} is outside the sparse checkout.",
            f"{git} sparse-checkout add {shell_quoted(path.rpartition('/')[0] or '/')}",
        )


def _not_tracked(repository: Repository, path: RepoPath) -> State:
    args = ["check-ignore", "--quiet", "--", f"./{path}"]  # knows no `:(literal)`; no path starts with a colon so
    git = f"git -C {shell_quoted(repository.directory)}"
    if run_git(repository.directory, args, check=False).status == 0:
        return State(
            StateCode.IGNORED,
            f"Git ignores {path}, so it has no history.",
            f"{git} check-ignore -v {shell_quoted(path)}",
        )
    return State(StateCode.UNTRACKED, f"{path} is not tracked by git yet.", f"{git} add {shell_quoted(path)}")


def _why_no_text(repository: Repository, revision: Revision, path: RepoPath) -> State:
    """Return why `revision:path` could not be read: the tree says what the path is."""
    listed = run_git(repository.directory, ["ls-tree", "-z", revision, "--", pathspec(path)], check=False)
    if listed.status == 0 and not listed.stdout:
        return State(StateCode.UNTRACKED, f"{path} is in no commit yet.")
    if listed.stdout.startswith(b"160000 "):
        return State(StateCode.SUBMODULE, f"{path} is a submodule, a repository of its own.")
    return State(
        StateCode.MISSING_OBJECTS,
        f"This clone lacks the contents of {path}.",
        bring_missing(repository, revision, path),
    )


def _too_large(path: RepoPath, count: int, what: str, limit: int) -> State:
    return State(StateCode.TOO_LARGE, f"{path} has {count:,} {what}; files above {limit:,} are left out.")
