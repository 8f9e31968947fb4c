"""One line's way from a commit to a later one, through everything that was committed in between."""

from backstory.history.cancel import Cancellation
from backstory.history.changes import ChangeReader
from backstory.history.disappearance import Disappearances, Trail
from backstory.history.kept import kept
from backstory.history.objects import ObjectReader
from backstory.history.passage import LineAt, Passages
from backstory.history.repository import Repository
from backstory.model.names import Revision

MOST_MOVES = 12
"""Of one line, one after the other."""

DEEPEST_MERGES = 3
"""Merges inside branches of merges whose other sides are looked at."""


class LineTrails:
    """Follows lines to one commit; what it learns it keeps."""

    def __init__(
        self, repository: Repository, target: Revision, reader: ObjectReader, changes: ChangeReader, depth: int = 0
    ) -> None:
        self.passages = Passages(repository, target, reader)
        self._disappearances = Disappearances(repository, target, changes, self.passages)
        self._sides: dict[Revision, LineTrails] = {}
        self._tools = repository, reader, changes
        self._depth = depth

    def follow(self, place: LineAt, cancellation: Cancellation) -> Trail:
        """Return what became of a line of a commit on which the target stands. Raises: CancelledError."""
        rewritten_by: tuple[Revision, ...] = ()
        while True:
            there = self.passages.at_target(place, cancellation)
            if there is not None:
                return Trail(there, None, rewritten_by)
            end = self._disappearances.of(place, self._follow_onto, cancellation)
            if end.onward is None or len(rewritten_by) == MOST_MOVES:
                there = self._beside(end.last, cancellation)
                return Trail(there, None if there else end, rewritten_by)
            rewritten_by += (end.by,) if end.by else ()
            place = end.onward

    def _beside(self, last: LineAt, cancellation: Cancellation) -> LineAt | None:
        """Return the line that the same commit wrote in a file of another name: renamed otherwise on another branch."""
        origin = self.passages.origin(last, cancellation)
        tried = self.passages.passage(last.revision, last.path, cancellation).path
        if origin is None or self.passages.passage(origin.revision, origin.path, cancellation).path == tried:
            return None
        return self.passages.at_target(origin, cancellation)

    def _follow_onto(self, other: Revision, place: LineAt, cancellation: Cancellation) -> Trail | None:
        if self._depth == DEEPEST_MERGES:
            return None
        repository, reader, changes = self._tools
        side = kept(self._sides, other, lambda: LineTrails(repository, other, reader, changes, self._depth + 1))
        shared = side.passages.shared(place, cancellation)
        return side.follow(shared, cancellation) if shared else None
