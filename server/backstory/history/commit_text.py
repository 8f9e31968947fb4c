"""A commit as people read it: message, files and changes."""

from backstory.history.cancel import Cancellation
from backstory.history.command import failure, stream_git
from backstory.history.repository import Repository
from backstory.model.names import Revision

LARGEST_BYTES = 2_000_000

_ARGUMENTS = (
    "show",
    "--no-textconv",
    "--no-ext-diff",
    "--no-show-signature",
    "--no-color",
    "--no-notes",
    "--format=fuller",
    "--stat",
    "--patch",
    "--end-of-options",
)


def commit_text(repository: Repository, revision: Revision, cancellation: Cancellation) -> str:
    """Return message, statistics and patch of a commit; what is longer than `LARGEST_BYTES` is cut, and says so.

    Raises: `GitFailedError` when there is no such commit; `CancelledError`.
    """
    arguments = [*_ARGUMENTS, revision]
    with stream_git(repository.directory, arguments, cancellation=cancellation) as process:
        process.collect_errors()
        content = process.stdout.read(LARGEST_BYTES + 1)
        is_whole = len(content) <= LARGEST_BYTES
        finished = process.finish() if is_whole else None
    cancellation.raise_if_cancelled()
    if finished and finished.status != 0:
        raise failure(arguments, finished)
    text = content[:LARGEST_BYTES].decode("utf-8", "replace")
    return text if is_whole else f"{text}\n[The commit is longer than this.]\n"
