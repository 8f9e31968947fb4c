"""A file at HEAD: who wrote each line, filled in while `git blame` is still running."""

import threading
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping

from backstory.attribution.found_lines import is_lost
from backstory.attribution.settle_lines import Settling
from backstory.evidence.source import OpenSource
from backstory.history.blaming import Blaming
from backstory.history.cancel import Cancellation
from backstory.history.repository import Repository
from backstory.model.attribution import Attribution
from backstory.model.errors import BackstoryError, CancelledError, GitFailedError
from backstory.model.history import CommitFacts, Hunk
from backstory.model.names import RepoPath, Revision
from backstory.workspace.lost_lines import LostLines
from backstory.workspace.resolve import Resolution


class HeadFile:
    """Line origins of one file at one HEAD. A line's answer, once there, changes only in `settle_again`.

    Blame tells of all lines (`follow`); what records say of them is read when somebody asks for a line (`wait_for`) or
    for the whole file (`load`).
    """

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
        self._reading = threading.RLock()
        self._blaming: Blaming | None = None
        self._awaited: Counter[int] = Counter()
        self._somebody_waits = threading.Event()
        self.commits: dict[Revision, CommitFacts] = {}
        self.lines_by_commit: Counter[Revision] = Counter()
        self.is_blamed = False
        """Whether the commit of every line is known."""

        self.is_complete = False
        """Whether every line is settled, too."""

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
        """Let git start; `follow` takes what it says. Whoever begins and does not follow calls it off."""
        if not (self.is_blamed or self.failure):
            self._begin()

    def call_off(self) -> None:
        """Stop git if nobody follows: the file turned out to have no lines to tell of."""
        with self._beginning:
            if self._blaming:
                self._blaming.cancellation.cancel()
                self._blaming = None

    def follow(self, cancellation: Cancellation) -> None:
        """Hear blame to its end; who comes second waits for the first.

        Raises: `CancelledError`, after which the next caller starts afresh; what else went wrong is `failure`.
        """
        with self._loading:
            self._follow(cancellation, lambda _hunks: None)

    def load(self, cancellation: Cancellation) -> None:
        """Settle all lines. Raises: as `follow`."""
        with self._loading:
            if not self.is_complete:
                self._follow(cancellation, lambda hunks: self._settle(hunks, cancellation))
                self._settle(self._unsettled(), cancellation)
                self.is_complete = self.is_blamed

    def wait_for(self, line: int, cancellation: Cancellation) -> None:
        """Block until a line is settled, blame has ended, or nobody wants it any more (`CancelledError`)."""
        forget = cancellation.on_cancel(self._announce)
        try:
            with self._grown:
                self._awaited[line] += 1
                self._somebody_waits.set()
                try:
                    while not (self.hunk(line) or self.is_blamed or self.failure):
                        cancellation.raise_if_cancelled()
                        self._grown.wait()
                finally:
                    self._awaited -= Counter((line,))
                    if not self._awaited:
                        self._somebody_waits.clear()
        finally:
            forget()
        hunk = self.hunk(line)
        if hunk and not self.attribution(line):
            self._settle([hunk], cancellation)
        elif self.failure and not hunk:
            raise self.failure

    def settle_again(self, cancellation: Cancellation) -> None:
        """Read all evidence anew, now that a source has done the work it had postponed; blame stays."""
        with self._loading, self._reading:
            self._resolution = Resolution(self._sources)
            self._settling = Settling(cut=self._repository.shallow_revisions)
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

    def _begin(self) -> Blaming:
        """Return the git blame that runs, starting it if there is none."""
        with self._beginning:
            if self._blaming is None:
                self._blaming = Blaming(self._repository, self._head, self._path, self._somebody_waits)
            return self._blaming

    def _follow(self, cancellation: Cancellation, take: Callable[[list[Hunk]], None]) -> None:
        """Hear blame to its end, and hand on what it tells."""
        if self.is_blamed or self.failure:
            return
        blaming = self._begin()
        forget = cancellation.on_cancel(blaming.cancellation.cancel)
        failure: BackstoryError | None = GitFailedError("The lines of this file could not be looked up.")
        try:
            has_ended = False
            while not has_ended:
                heard, has_ended = blaming.hear()
                self.commits.update((each.revision, each) for each in heard if isinstance(each, CommitFacts))
                hunks = [each for each in heard if isinstance(each, Hunk)]
                self._record(hunks)
                take(hunks)
                cancellation.raise_if_cancelled()
        except CancelledError:
            failure = None
            raise
        except BackstoryError as error:
            failure = error
        else:
            self.is_blamed, failure = True, None
        finally:
            forget()
            self._blaming, self.failure = None, failure
            self._announce()

    def _record(self, hunks: Iterable[Hunk]) -> None:
        """Take over which commits wrote which lines, and wake up who waits for one of them."""
        for hunk in hunks:
            start, end = hunk.first - 1, hunk.first - 1 + hunk.length
            missing = end - len(self._hunks)
            self._attributions += [None] * missing
            self._hunks += [None] * missing
            if self._hunks[start] is None:
                self.lines_by_commit[hunk.revision] += hunk.length
            self._hunks[start:end] = [hunk] * hunk.length
        if any(self.hunk(line) for line in tuple(self._awaited)):
            self._announce()

    def _unsettled(self) -> list[Hunk]:
        pairs = zip(self._hunks, self._attributions, strict=True)
        return list({id(hunk): hunk for hunk, attribution in pairs if hunk and attribution is None}.values())

    def _settle(self, hunks: Iterable[Hunk], cancellation: Cancellation) -> None:
        """Read what records say of hunks, and decide."""
        hunks = list(hunks)
        with self._reading:
            self._settling.add(self._resolution.evidence_for(hunks, cancellation))
            for hunk in hunks:
                start = hunk.first - 1
                for length, attribution in self._settling.runs(hunk):
                    self._attributions[start : start + length] = [attribution] * length
                    start += length

    def _announce(self) -> None:
        with self._grown:
            self._grown.notify_all()
