"""Commits that HEAD does not reach: which of them stand on which."""

from collections.abc import Iterable

from backstory.history.cancel import Cancellation
from backstory.history.command import run_git
from backstory.history.repository import Repository
from backstory.model.names import Revision

LONGEST_BRANCH = 500
"""Commits of a branch that are followed."""


class SideBranches:
    """The commits that some tips reach and HEAD does not."""

    def __init__(self, parents: dict[Revision, tuple[Revision, ...]]) -> None:
        self._parents = parents

    def below(self, revision: Revision) -> set[Revision]:
        """Return the ancestors of a commit that HEAD does not reach; none for a commit that it does reach."""
        found: set[Revision] = set()
        waiting = [revision]
        while waiting and len(found) < LONGEST_BRANCH:
            new = [parent for parent in self._parents.get(waiting.pop(), ()) if parent in self._parents]
            waiting += [parent for parent in new if parent not in found]
            found.update(new)
        return found


def side_branches(
    repository: Repository, tips: Iterable[Revision], head: Revision, cancellation: Cancellation
) -> SideBranches:
    """Return what `tips` reach and `head` does not; one git call. Tips that the clone lacks are passed over."""
    asked = "\n".join((f"^{head}", *tips)).encode("ascii")
    args = ["rev-list", "--parents", "--ignore-missing", "--stdin"]
    finished = run_git(repository.directory, args, stdin=asked, cancellation=cancellation, check=False)
    rows = [row.split(" ") for row in finished.stdout.decode("ascii").splitlines()]
    return SideBranches({Revision(row[0]): tuple(map(Revision, row[1:])) for row in rows})
