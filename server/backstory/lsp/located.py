"""Where the frames of a report stand today: asked of git in a worker's thread, and valid until something moves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from backstory.history.cancel import Cancellation
from backstory.lsp.reports import Pasted
from backstory.lsp.surroundings import Surroundings
from backstory.model.errors import BackstoryError, NotARepositoryError
from backstory.model.located import Candidate, LocatedFrame, LocatedTrace, Resolved, Suspect
from backstory.model.names import RepoPath
from backstory.model.stacktrace import Span, StackTrace
from backstory.stacktraces.parse import parse
from backstory.triage.analyse import analyse_traces, place_traces

if TYPE_CHECKING:
    from backstory.workspace.opened import OpenedRepository
    from backstory.workspace.queries import Queries

MOST_REPOSITORIES = 30
"""In a folder that is none itself."""

Meant = Resolved | Candidate | Suspect
"""What names a file."""


@frozen
class Target:
    """A place to open."""

    path: Path
    uri: str
    line: int | None
    """1-based."""


@frozen(eq=False)
class Located:
    """The traces of a report with their frames in today's text."""

    traces: Sequence[LocatedTrace]
    _surroundings: Surroundings
    _repositories: "Sequence[OpenedRepository]"
    _files: Mapping[tuple[str, RepoPath], Path | None]
    """The files that are meant, as the editor spells them; None for what may not be opened."""

    _written: Mapping[Path, int | None] = field(repr=False)
    """When each was written, and git's lists of files."""

    def target(self, meant: Meant, line: int | None) -> Target | None:
        """Return the place in a file that is meant; None where there is no such file inside its repository."""
        path = self._files.get((meant.repository, meant.path))
        return Target(path, self._surroundings.uri(path), line) if path else None

    def targets(self, frame: LocatedFrame) -> Sequence[Target]:
        """Return the place that a frame means, or those it may mean when nothing decides between them."""
        if frame.resolved:
            found = [self.target(frame.resolved, frame.resolved.line)]
        else:
            found = [self.target(each, frame.frame.lineno) for each in frame.candidates]
        return [each for each in found if each]

    def uri(self, repository: str, path: str) -> str | None:
        """Return the URI of a file that is meant; None for what may not be opened."""
        found = self._files.get((repository, RepoPath(path)))
        return self._surroundings.uri(found) if found else None

    @property
    def first_of_the_product(self) -> tuple[LocatedFrame | None, Target | None]:
        """The innermost frame that means one place here and is no library's, and that place."""
        for frame in (frame for trace in self.traces for frame in trace.frames if not frame.is_library):
            target = self.target(frame.resolved, frame.resolved.line) if frame.resolved else None
            if target:
                return frame, target
        return None, None

    @property
    def suspects(self) -> Sequence[Suspect]:
        """The functions that are suspected, the likeliest first."""
        return self.traces[0].suspects if self.traces else ()

    def is_current(self, around: Surroundings, repositories: "Sequence[OpenedRepository]") -> bool:
        """Tell whether nothing moved since: no commit, no open text, none of the files that are meant."""
        return (
            self._surroundings.texts == around.texts
            and list(self._repositories) == list(repositories)
            and all(_written(path) == when for path, when in self._written.items())
        )


def repositories_in(queries: "Queries", folders: Iterable[Path]) -> "list[OpenedRepository]":
    """Return the repositories of the workspace's folders; of a folder that is in none, those right below it.

    Raises: `BackstoryError` where none can be read, with the first reason.
    """
    found: dict[Path, OpenedRepository] = {}
    errors: list[BackstoryError] = []
    for folder in folders:
        for place in _in_repositories(queries, folder):
            try:
                opened = queries.repositories.containing(place)
            except BackstoryError as error:
                errors.append(error)
            else:
                if opened.repository.root:
                    found[opened.repository.git_dir] = opened
    if errors and not found:
        raise errors[0]
    return list(found.values())


def _in_repositories(queries: "Queries", folder: Path) -> Sequence[Path]:
    """Return a folder that is in a repository, else those below it that are one."""
    try:
        queries.repositories.containing(folder)
    except NotARepositoryError:
        return sorted(each.parent for each in folder.glob("*/.git"))[:MOST_REPOSITORIES]
    except BackstoryError:
        pass  # whoever opens it is told
    return [folder]


def locate(
    queries: "Queries", pasted: Pasted, around: Surroundings, known: Located | None, cancellation: Cancellation
) -> Located:
    """Return where the frames of a report stand today: `known` when that still holds."""
    repositories = repositories_in(queries, around.folders)
    if known and known.is_current(around, repositories):
        return known
    traces = pasted.traces if pasted.traces is not None else parse(pasted.text)
    found = analyse_traces(
        traces,
        [each.repository for each in repositories],
        report=pasted.text,
        at=pasted.at,
        suspects=pasted.suspects,
        open_text=around.open_text,
        cancellation=cancellation,
    )
    meant = {(each.repository, each.path) for trace in found for each in _named_by(trace)}
    files = {key: around.file(*key) for key in meant}
    watched = [*filter(None, files.values()), *(each.repository.git_dir / "index" for each in repositories)]
    written = {path: _written(path) for path in watched}
    return Located(found, around, repositories, files, written)


def place(
    queries: "Queries", traces: Sequence[StackTrace], around: Surroundings, cancellation: Cancellation
) -> list[tuple[Span, RepoPath]]:
    """Return where the frames stand that mean one file of the workspace, and that file, from top to bottom."""
    repositories = [each.repository for each in repositories_in(queries, around.folders)]
    placed = place_traces(traces, repositories, cancellation)
    found = [
        (span, each.chosen)
        for trace, placings in zip(traces, placed, strict=True)
        for each in placings
        if each.chosen and (span := trace.frames[each.frame].span)
    ]
    files = {key: around.file(*key) for key in {(meant.repository, meant.path) for _, meant in found}}
    opened = [(span, meant.path) for span, meant in found if files[meant.repository, meant.path]]
    return sorted(opened, key=lambda each: (each[0].line, each[0].first))


def _named_by(trace: LocatedTrace) -> Iterator[Meant]:
    for frame in trace.frames:
        yield from (frame.resolved,) if frame.resolved else frame.candidates
    yield from trace.suspects


def _written(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
