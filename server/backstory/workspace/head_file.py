"""A file at HEAD: who wrote each line, filled in while `git blame` is still running."""

import threading
import time
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue

from attrs import field, frozen

from backstory.attribution.found_lines import is_lost
from backstory.attribution.settle_lines import Settling
from backstory.evidence.source import OpenSource
from backstory.history.blame import stream_blame
from backstory.history.cancel import Cancellation
from backstory.history.repository import Repository
from backstory.model.attribution import Attribution
from backstory.model.errors import BackstoryError, CancelledError, GitFailedError
from backstory.model.history import CommitFacts, Hunk
from backstory.model.names import RepoPath, Revision
from backstory.workspace.lost_lines import LostLines
from backstory.workspace.resolve import Resolution

GATHERING_SECONDS = 0.02
"""How long hunks gather, so that readers are asked about many commits at once."""

A_MOMENT_SECONDS = 0.003
"""How long they gather while somebody waits for a line."""

AT_ONCE = 100
"""How many hunks are settled while somebody waits, before it is seen whether the right one has come."""

_Told = list[Hunk | CommitFacts] | BackstoryError | None
"""What blame has told since, why it failed, or its end."""


class HeadFile:
    """Line origins of one file at one HEAD. A line's answer, once there, changes only in `settle_again`."""

    def __init__(
        self,
        repository: Repository,
        sources: Mapping[str, OpenSource],
        head: Revision,
        path: RepoPath,
        lost_lines: LostLines,
    ) -> None:
        self._repository = repository
        self._head = head
        self._path = path
        self._hunks: list[Hunk | None] = []
        self._attributions: list[Attribution | None] = []
        self._sources = sources
        self._lost_lines = lost_lines
        self._resolution = Resolution(sources)
        self._settling = Settling(cut=repository.shallow_revisions)
        self._grown = threading.Condition()
        self._loading = threading.Lock()
        self._beginning = threading.Lock()
        self._blaming: _Blaming | None = None
        self._awaited: Counter[int] = Counter()
        self._somebody_waits = threading.Event()
        self.commits: dict[Revision, CommitFacts] = {}
        self.lines_by_commit: Counter[Revision] = Counter()
        self.is_complete = False
        self.is_searched = False
        """Whether lines without a record were asked for by text, or somebody is at it."""

        self.failure: BackstoryError | None = None

    def attribution(self, line: int) -> Attribution | None:
        """Return the attribution of a line at HEAD, None while it is not known."""
        return self._attributions[line - 1] if line <= len(self._attributions) else None

    def hunk(self, line: int) -> Hunk | None:
        """Return the hunk that holds a line at HEAD, None while it is not known."""
        return self._hunks[line - 1] if line <= len(self._hunks) else None

    @property
    def has_undecided_lines(self) -> bool:
        """Whether a line waits for what only all records can explain."""
        distinct = {id(each): each for each in self._attributions if each}
        return any(each.is_provisional or (is_lost(each) and not self.is_searched) for each in distinct.values())

    def begin(self) -> None:
        """Let git start; `load` takes what it says. Whoever begins and does not load calls it off."""
        if not (self.is_complete or self.failure):
            self._begin()

    def call_off(self) -> None:
        """Stop git if nobody loads: the file turned out to have no lines to tell of."""
        with self._beginning:
            if self._blaming:
                self._blaming.cancellation.cancel()
                self._blaming = None

    def load(self, cancellation: Cancellation) -> None:
        """Fill in all lines; who comes second waits for the first.

        Raises: `CancelledError`, after which the next caller starts afresh; what else went wrong is `failure`.
        """
        with self._loading:
            if self.is_complete or self.failure:
                return
            self._start_reading()
            blaming = self._begin()
            forget = cancellation.on_cancel(blaming.cancellation.cancel)
            failure: BackstoryError | None = GitFailedError("The lines of this file could not be looked up.")
            try:
                self._follow(blaming.told, cancellation)
            except CancelledError:
                failure = None
                raise
            except BackstoryError as error:
                failure = error
            else:
                self.is_complete, failure = True, None
            finally:
                forget()
                self._blaming, self.failure = None, failure
                self._announce()

    def wait_for(self, line: int, cancellation: Cancellation) -> None:
        """Block until a line is known, the load has ended, or nobody wants it any more (`CancelledError`)."""
        forget = cancellation.on_cancel(self._announce)
        try:
            with self._grown:
                self._awaited[line] += 1
                self._somebody_waits.set()
                try:
                    while not (self.attribution(line) or self.is_complete or self.failure):
                        cancellation.raise_if_cancelled()
                        self._grown.wait()
                finally:
                    self._awaited -= Counter((line,))
                    if not self._awaited:
                        self._somebody_waits.clear()
        finally:
            forget()
        if self.failure and not self.attribution(line):
            raise self.failure

    def settle_again(self, cancellation: Cancellation) -> None:
        """Read all evidence anew, now that a source has done the work it had postponed; blame stays."""
        with self._loading:
            self._start_reading()
            self._settle({id(hunk): hunk for hunk in self._hunks if hunk}.values(), cancellation)

            if self._lost_lines.is_ready:
                self._search(cancellation)

    def begin_search(self) -> bool:
        """Tell whether nobody searches yet; who hears True is to do it."""
        is_first, self.is_searched = not self.is_searched, True
        return is_first

    def search(self, cancellation: Cancellation, lines: Iterable[int] | None = None) -> None:
        """Ask by text for lines without a record: those of the commits that wrote `lines`, or all."""
        with self._loading:
            self._search(
                cancellation, None if lines is None else {hunk.revision for hunk in map(self.hunk, lines) if hunk}
            )

    def _search(self, cancellation: Cancellation, only: Container[Revision] | None = None) -> None:
        hunks = {id(hunk): hunk for hunk in self._hunks if hunk and (only is None or hunk.revision in only)}
        lost: dict[tuple[Revision, RepoPath], list[Hunk]] = {}
        for hunk in hunks.values():
            if any(is_lost(attribution) for _, attribution in self._settling.runs(hunk)):
                lost.setdefault((hunk.revision, hunk.path), []).append(hunk)
        for (revision, path), of_commit in lost.items():
            self._settling.add(self._lost_lines.evidence_on(revision, path, cancellation))
            self._settle(of_commit, cancellation)
        self.is_searched = self.is_searched or only is None

    def _start_reading(self) -> None:
        """Read all evidence from the start: what a load that was called off has asked for was never answered."""
        self._resolution = Resolution(self._sources)
        self._settling = Settling(cut=self._repository.shallow_revisions)

    def _begin(self) -> "_Blaming":
        """Return the git blame that runs, starting it if there is none. It streams while others look things up."""
        with self._beginning:
            if self._blaming is None:
                self._blaming = _Blaming()
                threading.Thread(target=self._blame, args=(self._blaming,), daemon=True, name="blame").start()
            return self._blaming

    def _blame(self, blaming: "_Blaming") -> None:
        end: BackstoryError | None = GitFailedError("git blame could not be read.")
        stopped, let_gather = blaming.cancellation, self._let_gather
        try:
            for told in stream_blame(
                self._repository, self._head, self._path, cancellation=stopped, let_gather=let_gather
            ):
                blaming.told.put(told)
            end = None
        except BackstoryError as error:
            end = error
        finally:
            blaming.told.put(end)

    def _let_gather(self) -> None:
        if self._somebody_waits.wait(GATHERING_SECONDS):
            time.sleep(A_MOMENT_SECONDS)

    def _follow(self, told: "SimpleQueue[_Told]", cancellation: Cancellation) -> None:
        """Settle what blame tells until its end; what somebody waits for comes first."""
        waiting: list[Hunk] = []
        has_ended, due = False, 0.0
        while waiting or not has_ended:
            cancellation.raise_if_cancelled()
            if not has_ended:
                more, has_ended = self._hear(told, max(due - time.monotonic(), 0) if waiting else None)
                waiting += more
            now = self._urgent(waiting)
            if not now and (has_ended or time.monotonic() >= due):
                now = waiting[: AT_ONCE if self._awaited else None]
            if now:
                self._settle(now, cancellation)
                settled = set(map(id, now))
                waiting = [hunk for hunk in waiting if id(hunk) not in settled]
                due = due if waiting else time.monotonic() + GATHERING_SECONDS
        cancellation.raise_if_cancelled()

    def _hear(self, told: "SimpleQueue[_Told]", patience: float | None) -> tuple[list[Hunk], bool]:
        """Return the hunks that blame has told since, and whether those were the last; None: wait until there are."""
        hunks: list[Hunk] = []
        with suppress(Empty):
            item = told.get(timeout=patience) if patience != 0 else told.get_nowait()
            while item is not None:
                if isinstance(item, BackstoryError):
                    raise item
                self.commits.update((each.revision, each) for each in item if isinstance(each, CommitFacts))
                hunks += (each for each in item if isinstance(each, Hunk))
                item = told.get_nowait()
            return hunks, True
        return hunks, False

    def _urgent(self, hunks: Iterable[Hunk]) -> list[Hunk]:
        """Return the hunks that hold a line somebody waits for."""
        lines = tuple(self._awaited)
        if not lines:
            return []
        return [hunk for hunk in hunks if any(hunk.first <= line < hunk.first + hunk.length for line in lines)]

    def _settle(self, hunks: Iterable[Hunk], cancellation: Cancellation) -> None:
        hunks = list(hunks)
        self._settling.add(self._resolution.evidence_for(hunks, cancellation))
        for hunk in hunks:
            start = hunk.first - 1
            missing = start + hunk.length - len(self._hunks)
            self._attributions += [None] * missing
            self._hunks += [None] * missing
            if self._hunks[start] is None:
                self.lines_by_commit[hunk.revision] += hunk.length
            self._hunks[start : start + hunk.length] = [hunk] * hunk.length
            for length, attribution in self._settling.runs(hunk):
                self._attributions[start : start + length] = [attribution] * length
                start += length
        if any(self.attribution(line) for line in tuple(self._awaited)):
            self._announce()

    def _announce(self) -> None:
        with self._grown:
            self._grown.notify_all()


@frozen(eq=False)
class _Blaming:
    """A git blame that runs."""

    told: "SimpleQueue[_Told]" = field(factory=SimpleQueue)
    cancellation: Cancellation = field(factory=Cancellation)
