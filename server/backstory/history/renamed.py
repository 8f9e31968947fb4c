"""What a file of an old revision is called in a newer one."""

from backstory.history.cancel import Cancellation
from backstory.history.command import run_git
from backstory.history.objects import ObjectReader
from backstory.history.paths import pathspec
from backstory.history.range_blame import Span
from backstory.history.repository import Repository
from backstory.model.names import RepoPath, Revision

MOST_RENAMES = 20
"""Of one file, one after the other."""

RENAMES_COMPARED = 2_000


def name_today(
    repository: Repository, reader: ObjectReader, span: Span, path: RepoPath, cancellation: Cancellation
) -> RepoPath | None:
    """Return what a file of the older commit is called in the newer one, None when it has gone.

    Renames are followed commit by commit. Raises: CancelledError.
    """
    for _ in range(MOST_RENAMES):
        found = reader.read_object(f"{span.new}:{path}", limit=0)
        if found is not None and found.kind == "blob":
            return path
        removal = _removal(repository, span, path, cancellation)
        renamed = renames_of(repository, removal, cancellation).get(path) if removal else None
        if removal is None or renamed is None:
            break
        span, path = Span(removal, span.new), renamed
    return None


def renames_of(repository: Repository, revision: Revision, cancellation: Cancellation) -> dict[RepoPath, RepoPath]:
    """Return the files that a commit renamed: name before → name after. Raises: CancelledError."""
    args = ["diff-tree", "--root", "-r", "-z", "-M", f"-l{RENAMES_COMPARED}", "--diff-filter=R", "--name-status"]
    args += ["--no-commit-id", "--no-ext-diff", "--no-relative", "-m", "--first-parent", revision]
    finished = run_git(repository.directory, args, cancellation=cancellation, check=False)
    words = finished.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]
    return dict(zip(map(RepoPath, words[1::3]), map(RepoPath, words[2::3]), strict=False))


def _removal(repository: Repository, span: Span, path: RepoPath, cancellation: Cancellation) -> Revision | None:
    """Return the commit that took a path away."""
    told = ["--format=%H", "--diff-filter=D", "--no-renames", "--no-ext-diff", "--no-textconv"]
    args = ["log", "-1", *told, str(span), "--", pathspec(path)]
    words = run_git(repository.directory, args, cancellation=cancellation, check=False).stdout.decode("ascii").split()
    return Revision(words[0]) if words else None
