"""A report → its frames in today's text, and who is suspected: what both shells ask for."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from attrs import evolve, frozen

from backstory.evidence.source import Progress, silent
from backstory.history.cancel import Cancellation
from backstory.history.repository import Repository
from backstory.model.located import LocatedFrame, LocatedTrace, Suspect
from backstory.model.names import Revision
from backstory.model.stacktrace import Frame, StackTrace
from backstory.project.source_maps import MappedFrame, mapped_frames, with_sources
from backstory.stacktraces.locate import FileIndex, locate
from backstory.stacktraces.parse import parse
from backstory.stacktraces.placing import Placing
from backstory.triage.build import Build
from backstory.triage.site import Site
from backstory.triage.suspects import Ground, find_suspects
from backstory.triage.texts_today import OpenText, TextsToday, nothing_open

MOST_SUSPECTED = 10
"""Reports of one text for which suspects are looked for; the same report again costs nothing."""

LINES_AROUND = 120
"""Of the text, so much around a report is read for its words."""

NO_REPOSITORY = "There is no repository here: frames are told as they were printed."
NOT_SUSPECTED = f"Suspects are told for the first {MOST_SUSPECTED} different reports only."


def analyse(  # noqa: PLR0913  # what a shell knows, each by its name
    text: str,
    repositories: Sequence[Repository],
    *,
    at: str | None = None,
    open_text: OpenText = nothing_open,
    progress: Progress = silent,
    cancellation: Cancellation,
) -> list[LocatedTrace]:
    """Return the traces of a text, each frame where it stands today in one of the repositories.

    `at` names the build that failed, by any name that git understands; without it the traces are asked.

    Raises: CancelledError, and `BackstoryError` where git fails.
    """
    return analyse_traces(
        parse(text),
        repositories,
        report=text,
        at=at,
        open_text=open_text,
        progress=progress,
        cancellation=cancellation,
    )


def analyse_traces(  # noqa: PLR0913  # as above
    traces: Sequence[StackTrace],
    repositories: Sequence[Repository],
    *,
    report: str = "",
    at: str | None = None,
    suspects: bool = True,
    open_text: OpenText = nothing_open,
    progress: Progress = silent,
    cancellation: Cancellation,
) -> list[LocatedTrace]:
    """Return traces that were read before. `report` is the text in which their lines count.

    Looking for `suspects` takes a walk through the history; an editor does without where only a place is asked for.

    Raises: CancelledError, and `BackstoryError` where git fails.
    """
    with _sites(repositories, at, open_text) as sites:
        analysis = _Analysis(sites, cancellation)
        located = []
        for done, trace in enumerate(traces):
            cancellation.raise_if_cancelled()
            progress(done, len(traces))
            located.append(analysis.located(trace))
        return _with_suspects(located, report, sites, cancellation) if suspects else located


def place_traces(
    traces: Sequence[StackTrace], repositories: Sequence[Repository], cancellation: Cancellation
) -> list[list[Placing]]:
    """Return which files the frames of traces mean, without looking at any history: for links, which must be quick."""
    with _sites(repositories, None, nothing_open) as sites:
        analysis = _Analysis(sites, cancellation)
        return [analysis.placed(trace, {}).placings for trace in traces]


@contextmanager
def _sites(repositories: Sequence[Repository], at: str | None, open_text: OpenText) -> Iterator[list[Site]]:
    texts = TextsToday(open_text)
    with ExitStack() as stack:
        sites = []
        for repository in repositories:
            sites.append(Site(repository, texts, at))
            stack.callback(sites[-1].close)
        yield sites


@frozen
class _Placed:
    """Where a trace's frames stand, and the frames that were asked for: of sources, where a map led to them."""

    trace: StackTrace
    placings: list[Placing]
    mapped: dict[int, MappedFrame]


class _Analysis:
    """Frames of many traces among the same repositories; a trace that comes again costs nothing."""

    def __init__(self, sites: Sequence[Site], cancellation: Cancellation) -> None:
        self._sites = {site.root: site for site in sites}
        self._cancellation = cancellation
        self._mappings = [mapping for site in sites for mapping in site.mappings.mappings]
        self._indexes: dict[tuple[Revision | None, ...], FileIndex] = {}
        self._known: dict[object, LocatedTrace] = {}

    def located(self, trace: StackTrace) -> LocatedTrace:
        """Return a trace with its frames in today's text."""
        key = content_of(trace)
        if key not in self._known:
            self._known[key] = self._located(trace)
        known = self._known[key]
        frames = (evolve(one, frame=frame) for one, frame in zip(known.frames, trace.frames, strict=True))
        return evolve(known, trace=trace, frames=tuple(frames))

    def placed(self, trace: StackTrace, builds: dict[str, Revision]) -> _Placed:
        """Return which files the frames of a trace mean."""
        index = self._index(builds)
        mapped = mapped_frames(trace, index)
        told = with_sources(trace, mapped)
        placings = locate(
            told, index, self._mappings, lambda root, path: self._sites[root].source(path, builds.get(root))
        )
        return _Placed(told, placings, mapped)

    def _located(self, trace: StackTrace) -> LocatedTrace:
        found = {root: site.build(trace) for root, site in self._sites.items()}
        builds = {root: build.revision for root, build in found.items() if build.revision}
        placed = self.placed(trace, builds)
        frames = tuple(self._frame(trace.frames[placing.frame], placed, placing, builds) for placing in placed.placings)
        return LocatedTrace(trace, frames, (), next(iter(builds.values()), None), self._remarks(found.values(), builds))

    def _frame(self, frame: Frame, placed: _Placed, placing: Placing, builds: dict[str, Revision]) -> LocatedFrame:
        mapped = placed.mapped.get(placing.frame)
        because = f"{mapped.because} {placing.because}" if mapped else placing.because
        chosen, resolved = placing.chosen, None
        if chosen:
            asked, build = placed.trace.frames[placing.frame], builds.get(chosen.repository)
            resolved = self._sites[chosen.repository].resolve(asked, chosen.path, build, self._cancellation)
        return LocatedFrame(frame, placing.is_library, because, resolved, placing.candidates)

    def _remarks(self, found: Iterable[Build], builds: dict[str, Revision]) -> tuple[str, ...]:
        if not self._sites:
            return (NO_REPOSITORY,)
        problems = [site.mappings.problem for site in self._sites.values() if site.mappings.problem]
        of_builds = () if builds else (remark for build in found for remark in build.remarks)
        return tuple(dict.fromkeys((*of_builds, *problems)))

    def _index(self, builds: dict[str, Revision]) -> FileIndex:
        key = tuple(builds.get(root) for root in self._sites)
        if key not in self._indexes:
            lists = {root: site.paths(builds.get(root), self._cancellation) for root, site in self._sites.items()}
            self._indexes[key] = FileIndex.of(lists)
        return self._indexes[key]


def content_of(trace: StackTrace) -> object:
    """Return what makes two traces the same wherever in the text they stand."""
    frames = tuple(evolve(frame, span=None) for frame in trace.frames)
    return trace.dialect, trace.exception_type, trace.message, frames, trace.revision, trace.release


def _with_suspects(
    located: list[LocatedTrace], report: str, sites: Sequence[Site], cancellation: Cancellation
) -> list[LocatedTrace]:
    """Return the traces, the first of each report with those who are suspected of it."""
    lines = report.split("\n")
    grounds = [Ground(site.repository, site.head, site.reader) for site in sites if site.head]
    known: dict[object, tuple[Suspect, ...]] = {}
    told: list[LocatedTrace] = []
    for traces in reports_of(located):
        key = tuple(content_of(each.trace) for each in traces)
        first, *others = traces
        if grounds and key not in known and len(known) < MOST_SUSPECTED:
            around, moved = _around(lines, traces)
            known[key] = find_suspects(moved, around, grounds, cancellation)
        if key in known:
            first = evolve(first, suspects=known[key])
        elif grounds:
            first = evolve(first, remarks=(*first.remarks, NOT_SUSPECTED))
        told += [first, *others]
    return told


def reports_of(located: Sequence[LocatedTrace]) -> Iterator[list[LocatedTrace]]:
    """Yield the traces of each report: what ended the program, and what belongs to it behind it."""
    report: list[LocatedTrace] = []
    for each in located:
        if report and each.trace.parent is None:
            yield report
            report = []
        report.append(each)
    if report:
        yield report


def _around(lines: Sequence[str], traces: Sequence[LocatedTrace]) -> tuple[str, list[LocatedTrace]]:
    """Return the text around a report, and its traces as they stand there."""
    first = max(1, min(each.trace.lines.first for each in traces) - LINES_AROUND)
    last = max(each.trace.lines.last for each in traces) + LINES_AROUND
    moved = []
    for each in traces:
        where = each.trace.lines
        stands = evolve(where, first=where.first - first + 1, last=where.last - first + 1)
        moved.append(evolve(each, trace=evolve(each.trace, lines=stands)))
    return "\n".join(lines[first - 1 : last]), moved
