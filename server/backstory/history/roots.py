"""The commits at which history begins: they are the same in every clone and work tree."""

from collections.abc import Sequence

from backstory.history.cancel import Cancellation
from backstory.history.repository import Repository, run_in
from backstory.model.names import Revision
from backstory.model.repository import RepositoryIdentity

_EVERY_BRANCH = ("--branches", "--remotes")


def identify(repository: Repository, cancellation: Cancellation | None = None) -> RepositoryIdentity:
    """Return what tells this repository from others: two git calls, which walk first parents only.

    Raises: `CancelledError`.
    """
    main = _begins(repository, ["HEAD"], cancellation)
    others = _begins(repository, _EVERY_BRANCH, cancellation)
    return RepositoryIdentity(str(repository.common_dir), next(iter(main), None), frozenset((*main, *others)))


def _begins(repository: Repository, tips: Sequence[str], cancellation: Cancellation | None) -> list[Revision]:
    command = ["rev-list", "--max-parents=0", "--first-parent", *tips, "--"]
    names = run_in(repository, command, cancellation=cancellation, check=False).decode("ascii").split()
    return [revision for revision in map(Revision, names) if revision not in repository.shallow_revisions]
