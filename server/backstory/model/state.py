"""Why a file, or all of a folder, has no line origins to give; or what limits those it has."""

from enum import StrEnum

from attrs import frozen


class StateCode(StrEnum):
    """Stable identifiers of the states a person can be told about; part of the JSON."""

    NOT_A_REPOSITORY = "not-a-repository"
    GIT_MISSING = "git-missing"
    UNSAFE_REPOSITORY = "unsafe-repository"
    BARE_REPOSITORY = "bare-repository"
    NO_COMMITS = "no-commits"
    UNTRACKED = "untracked"
    IGNORED = "ignored"
    OUTSIDE = "outside-workspace"
    BINARY = "binary"
    TOO_LARGE = "too-large"
    LFS_POINTER = "lfs-pointer"
    FILTERED = "filtered"
    MISSING_OBJECTS = "missing-objects"
    SHALLOW = "shallow"
    SUBMODULE = "submodule"
    SYMBOLIC_LINK = "symbolic-link"
    SPARSE = "sparse"
    GENERATED = "generated"
    VENDORED = "vendored"
    UNMERGED = "unmerged"
    NOT_A_FILE = "not-a-file"
    SCHEME = "scheme"
    IN_PROGRESS = "operation-in-progress"
    """A rebase, merge, cherry-pick, revert or bisection."""
    PAUSED = "paused"
    PENDING = "pending"
    STORE_LIMITED = "store-limited"
    """What Backstory remembers cannot be kept, or not where it belongs."""
    TRANSCRIPT_DELETED = "transcript-deleted"
    """The agent deleted the conversation that led to the line."""
    FAILED = "failed"


@frozen
class State:
    """A state with its reason and the command that helps."""

    code: StateCode
    reason: str
    """A sentence for a person."""

    command: str | None = None
    """The exact command that helps, if one does."""
