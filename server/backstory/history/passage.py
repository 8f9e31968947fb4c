"""Lines of an older commit that came through unchanged to a later one, as blame tells it commit by commit."""

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from backstory.history.cancel import Cancellation
from backstory.history.kept import kept
from backstory.history.objects import ObjectReader
from backstory.history.range_blame import RangeBlame, Span, blame_lines, blame_since
from backstory.history.renamed import name_today
from backstory.history.repository import Repository, run_in
from backstory.model.history import Hunk
from backstory.model.names import RepoPath, Revision
from backstory.model.text import split_git_lines

MOST_STRAYS = 50
"""Equal lines that came to the target around the build's commit, whose own commits are asked for."""


@frozen
class LineAt:
    """A line of a file at a revision, 1-based."""

    revision: Revision
    path: RepoPath
    line: int


@frozen
class Passage:
    """What of a file of an older commit the target has."""

    path: RepoPath | None
    """Its name there; None when it has gone."""

    lines: Mapping[int, int] = field(factory=dict)
    """Line then → line at the target, of those that came through unchanged."""

    strays: Sequence[int] = ()
    """Lines at the target that came there around the older commit, through a branch that had left before it."""


class Passages:
    """Answers for one target, the later commit; what was blamed is kept for the next line of the same file."""

    def __init__(self, repository: Repository, target: Revision, reader: ObjectReader) -> None:
        self._repository = repository
        self._target = target
        self._reader = reader
        self._texts: dict[tuple[Revision, RepoPath], Sequence[str] | None] = {}
        self._passages: dict[tuple[Revision, RepoPath], Passage] = {}
        self._bases: dict[Revision, Revision | None] = {}

    def text(self, revision: Revision, path: RepoPath) -> Sequence[str] | None:
        """Return the lines of a file without their ends; None when the clone has no such file."""
        return kept(self._texts, (revision, path), lambda: self._read(revision, path))

    def shared(self, place: LineAt, cancellation: Cancellation) -> LineAt | None:
        """Return the line in the history that the place and the target share; None where it is in none of it."""
        revision = place.revision
        base = kept(self._bases, revision, lambda: self._base(revision))
        if base is None or base == revision:
            return place if base else None
        blame = blame_since(self._repository, Span(base, revision), place.path, cancellation)
        for hunk in blame.hunks:
            if hunk.first <= place.line < hunk.first + hunk.length and hunk.revision in blame.borders:
                return LineAt(hunk.revision, hunk.path, hunk.first_at_revision + place.line - hunk.first)
        return None

    def at_target(self, place: LineAt, cancellation: Cancellation) -> LineAt | None:
        """Return the line at the target that a line of its history is, if it came through unchanged."""
        if place.revision == self._target:
            return place
        passage = self.passage(place.revision, place.path, cancellation)
        if passage.path is None:
            return None
        line = passage.lines.get(place.line) or self._stray(place, passage, cancellation)
        return LineAt(self._target, passage.path, line) if line else None

    def origin(self, place: LineAt, cancellation: Cancellation) -> LineAt | None:
        """Return the line where its commit wrote it."""
        written = self._written(place.revision, place.path, [place.line], cancellation)
        return next((origin for _, origin in written), None)

    def passage(self, revision: Revision, path: RepoPath, cancellation: Cancellation) -> Passage:
        """Return what the target has of a file of its history."""
        return kept(self._passages, (revision, path), lambda: self._pass(revision, path, cancellation))

    def _pass(self, revision: Revision, path: RepoPath, cancellation: Cancellation) -> Passage:
        span = Span(revision, self._target)
        name = name_today(self._repository, self._reader, span, path, cancellation)
        if name is None:
            return Passage(None)
        blame = blame_since(self._repository, span, name, cancellation)
        straight = [hunk for hunk in blame.hunks if (hunk.revision, hunk.path) == (revision, path)]
        strays = [line for hunk in blame.hunks if _is_stray(hunk, revision, blame) for line in _lines(hunk)]
        return Passage(
            name,
            {hunk.first_at_revision + step: hunk.first + step for hunk in straight for step in range(hunk.length)},
            strays,
        )

    def _stray(self, place: LineAt, passage: Passage, cancellation: Cancellation) -> int | None:
        """Return the equal line at the target that the same commit wrote as this one, if they went other ways."""
        path = passage.path
        if path is None or not passage.strays:
            return None
        old, new = self.text(place.revision, place.path) or (), self.text(self._target, path) or ()
        alike = [line for line in passage.strays if line <= len(new) and new[line - 1] == old[place.line - 1]]
        if not alike:
            return None
        written = self.origin(place, cancellation)
        found = self._written(self._target, path, alike[:MOST_STRAYS], cancellation)
        return next((line for line, origin in found if origin == written), None)

    def _written(
        self, revision: Revision, path: RepoPath, lines: Sequence[int], cancellation: Cancellation
    ) -> list[tuple[int, LineAt]]:
        """Return lines with where their commits wrote them."""
        blame = blame_lines(self._repository, revision, path, lines, cancellation)
        return [
            (line, LineAt(hunk.revision, hunk.path, hunk.first_at_revision + line - hunk.first))
            for hunk in blame.hunks
            for line in _lines(hunk)
        ]

    def _read(self, revision: Revision, path: RepoPath) -> Sequence[str] | None:
        found = self._reader.read_object(f"{revision}:{path}")
        if found is None or found.kind != "blob" or found.content is None:
            return None
        return plain_lines(found.content)

    def _base(self, revision: Revision) -> Revision | None:
        found = run_in(self._repository, ["merge-base", revision, self._target], check=False).decode("ascii").split()
        return Revision(found[0]) if found else None


def plain_lines(content: bytes) -> Sequence[str]:
    """Return the lines as git counts them, without their ends."""
    return [line.decode("utf-8", "surrogateescape").rstrip("\r\n") for line in split_git_lines(content)]


def _is_stray(hunk: Hunk, revision: Revision, blame: RangeBlame) -> bool:
    return hunk.revision in blame.borders and hunk.revision != revision


def _lines(hunk: Hunk) -> range:
    return range(hunk.first, hunk.first + hunk.length)
