"""Stack traces in open texts: read in the background once per version, located when somebody looks at them."""

import time
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from attrs import define, field, frozen
from lsprotocol.types import Position

from backstory.history.cancel import Cancellation
from backstory.lsp.closed_files import ClosedFiles
from backstory.lsp.documents import OpenDocument, too_large
from backstory.lsp.reports import Pasted, Report, frame_at, pasted, reports_of, shifted
from backstory.lsp.shared_work import SharedWork
from backstory.lsp.surroundings import Surroundings, surroundings
from backstory.model.answer import LineAnswer
from backstory.model.stacktrace import Span, StackTrace
from backstory.model.state import State
from backstory.model.text import Text

if TYPE_CHECKING:
    from backstory.lsp.located import Located, Target
    from backstory.lsp.server import BackstoryServer
    from backstory.model.located import LocatedFrame
    from backstory.model.names import RepoPath

AT_ONCE = 400
"""Lines that are read before somebody else gets a turn."""

AROUND = 1_000
"""Lines above and below the one that is asked for, of a document that is too large to be read as a whole."""

MOST_FRAMES = 5_000
"""That are linked in one document; further down, definitions and hovers still find theirs."""


@define(eq=False)
class _Reading:
    """One version of a document, or a part of it."""

    text: Text
    first: int
    """The first line that is read, 1-based."""

    last: int
    reports: SharedWork[Sequence[Report]]
    located: "dict[tuple[Report, bool], tuple[SharedWork[Located], Surroundings]]" = field(factory=dict)
    """What was looked up for a report, with its suspects or without, or is just now, and what was open then."""


@frozen(eq=False)
class FoundFrame:
    """A frame of a document, located."""

    frame: "LocatedFrame"
    span: Span
    targets: "Sequence[Target]"
    """The place that it means, or those that it may mean; none where there is none."""


class Traces:
    """The traces of all open documents. Used on the event loop only."""

    def __init__(self, server: "BackstoryServer") -> None:
        self._server = server
        self._readings: WeakKeyDictionary[OpenDocument, _Reading] = WeakKeyDictionary()
        self._files = ClosedFiles(server)

    async def reports(self, document: OpenDocument) -> Sequence[Report]:
        """Return what a document holds; nothing of one that is too large."""
        if too_large(document.text, document.settings):
            return ()
        return await self._whole(document).reports.result()

    async def reports_at(self, document: OpenDocument, line: int) -> Sequence[Report]:
        """Return what takes up a line; of a document that is too large only the lines around it are read."""
        is_large = too_large(document.text, document.settings)
        reading = self._around(document, line) if is_large else self._whole(document)
        found = await reading.reports.result()
        return [report for report in found if report.first <= line <= report.last]

    async def frame_at(self, document: OpenDocument, position: Position) -> "FoundFrame | None":
        """Return the frame under the cursor, located."""
        for report in await self.reports_at(document, position.line + 1):
            found = frame_at(report, position, self._server.client.encoding)
            if found:
                number, index, span = found
                located = await self.located(document, report)
                frame = located.traces[number].frames[index]
                return FoundFrame(frame, span, located.targets(frame))
        return None

    async def placed(self, document: OpenDocument) -> "Sequence[tuple[Span, RepoPath]]":
        """Return where the frames of a document stand that mean one file, and that file; history is not looked at."""
        traces = list(_first_frames(await self.reports(document)))
        if not traces:
            return ()
        around = surroundings(self._server, document.uri)
        return await self._server.in_background(partial(_placed, self._server, traces, around))

    async def located(self, document: OpenDocument, report: Report, *, suspects: bool = False) -> "Located":
        """Return where the frames of a report stand today, and who is suspected if that is asked for."""
        await self._server.catch_up()
        around = surroundings(self._server, document.uri)
        known = self._readings[document].located
        work, before = known.get((report, suspects), (None, around))
        if work is None or not work.is_running or before.texts != around.texts:
            asked = pasted(report, suspects=suspects)
            look = partial(_located, self._server, asked, around, work.outcome if work else None)
            work = SharedWork(self._server, look)
            known[report, suspects] = (work, around)
        return await work.result()

    async def origin(self, target: "Target") -> LineAnswer | State | None:
        """Return where the line of a place came from, None for a place that is no line."""
        return await self._files.answer(target.path, target.line) if target.line else None

    def _whole(self, document: OpenDocument) -> _Reading:
        return self._reading(document, 1, document.text.line_count)

    def _around(self, document: OpenDocument, line: int) -> _Reading:
        """Return what is read around a line; what was read around one close to it will do."""
        count, known = document.text.line_count, self._readings.get(document)
        if known and known.text is document.text:
            first, last = max(1, line - AROUND // 2), min(count, line + AROUND // 2)
            if known.first <= first and last <= known.last:
                return self._reading(document, known.first, known.last)
        return self._reading(document, max(1, line - AROUND), min(count, line + AROUND))

    def _reading(self, document: OpenDocument, first: int, last: int) -> _Reading:
        known = self._readings.get(document)
        if known and (known.text, known.first, known.last) == (document.text, first, last) and known.reports.is_good:
            return known
        work = SharedWork(self._server, partial(_read, document.text, first, last))
        reading = self._readings[document] = _Reading(document.text, first, last, work)
        return reading


def _located(
    server: "BackstoryServer",
    asked: Pasted,
    around: Surroundings,
    known: "Located | None",
    cancellation: Cancellation,
) -> "Located":
    from backstory.lsp.located import locate  # noqa: PLC0415  # not on the event loop: it takes a moment

    return locate(server.queries, asked, around, known, cancellation)


def _placed(
    server: "BackstoryServer", traces: Sequence[StackTrace], around: Surroundings, cancellation: Cancellation
) -> "Sequence[tuple[Span, RepoPath]]":
    from backstory.lsp.located import place  # noqa: PLC0415  # not on the event loop: it takes a moment

    return place(server.queries, traces, around, cancellation)


def _first_frames(reports: Sequence[Report]) -> Iterator[StackTrace]:
    """Yield the traces of a text until there are more frames than anybody follows."""
    count = 0
    for trace in (each for report in reports for each in report.traces):
        if count >= MOST_FRAMES:
            return
        count += len(trace.frames)
        yield trace


def _read(text: Text, first: int, last: int, cancellation: Cancellation) -> Sequence[Report]:
    """Return the reports in some lines of a text."""
    from backstory.stacktraces.parse import parse_lines  # noqa: PLC0415  # not on the event loop: it takes a moment

    found = parse_lines(_in_turns(text.lines()[first - 1 : last], cancellation))
    return reports_of(text, [shifted(trace, first - 1) for trace in found] if first > 1 else list(found))


def _in_turns(lines: Sequence[str], cancellation: Cancellation) -> Iterator[str]:
    """Yield the lines without their ends, and let others work in between."""
    for start in range(0, len(lines), AT_ONCE):
        cancellation.raise_if_cancelled()
        time.sleep(0)
        yield from (line.rstrip("\r\n") for line in lines[start : start + AT_ONCE])
