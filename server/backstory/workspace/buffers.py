"""Documents open in an editor. Typing splices line origins and starts no git; opening and saving compare anew."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from backstory.attribution.found_lines import is_lost
from backstory.attribution.head_lines import NOT_IN_HEAD
from backstory.evidence.pace import Unhurried
from backstory.evidence.source import Announce, unannounced
from backstory.history.cancel import Cancellation
from backstory.model.answer import LineAnswer, PromptAnswer
from backstory.model.errors import BackstoryError, CancelledError
from backstory.model.state import State, StateCode
from backstory.model.text import Text
from backstory.workspace.answers import answer_line
from backstory.workspace.asked import read_prompt, with_conversation
from backstory.workspace.buffer import Buffer
from backstory.workspace.document import open_document
from backstory.workspace.head_file import HeadFile
from backstory.workspace.jobs import Jobs
from backstory.workspace.opened import OpenedRepository, Repositories
from backstory.workspace.snapshot import Snapshot

SMALL_TEXT_LINES = 3_000
"""Functions of a text no longer than this are known before its first answer; longer ones follow after blame."""

LOOK_AGAIN_SECONDS = 1.0
"""How often, at most, hovering looks whether HEAD moved behind our back."""

LOOK_FOR_CANCELLATION_SECONDS = 0.05

FAILED = State(StateCode.FAILED, "Backstory could not look at this file; its log says why.")


class Buffers:
    """All open documents of all repositories."""

    def __init__(
        self,
        repositories: Repositories,
        jobs: Jobs,
        changed: Callable[[Buffer], None],
        announce: Announce = unannounced,
    ) -> None:
        self._repositories = repositories
        self._jobs = jobs
        self._changed = changed
        self._announce = announce
        self._open: set[Buffer] = set()
        self._looked = 0.0
        self._refreshing = threading.Lock()

    def open(self, path: Path, text: Text, language: str | None, version: str | None = None) -> Buffer:
        """Begin with a document; `changed` is told when its lines are known."""
        buffer = Buffer(path, text, language, version)
        self._open.add(buffer)
        self.resynchronise(buffer)
        return buffer

    def close(self, buffer: Buffer) -> None:
        """Forget a document and call off what is done for it."""
        self._open.discard(buffer)
        buffer.is_closed = True
        buffer.job.cancel()

    def resynchronise(self, buffer: Buffer) -> None:
        """Compare a document with HEAD again: it was opened or saved."""
        self._jobs.start(lambda cancellation: self._synchronise(buffer, cancellation), buffer.job)

    def look_again(self, *, now: bool = False) -> "Future[None] | None":
        """See in the background whether HEAD or the records moved, and catch up; None when somebody looked just now.

        At its end the answers of before are outdated: `line_now` waits for those of today.
        """
        moment = time.monotonic()
        if not now and moment - self._looked < LOOK_AGAIN_SECONDS:
            return None
        self._looked = moment
        return self._jobs.start(lambda _: self._catch_up())

    def line_now(self, buffer: Buffer, line: int) -> LineAnswer | State | None:
        """Return what is known of a line without waiting for anything; None when somebody must wait for it."""
        snapshot = buffer.snapshot
        if snapshot is None or not buffer.ready.is_set() or _is_halfway(snapshot):
            return None
        answer = answer_line(snapshot, line)
        if answer is not None:
            self._follow_up(buffer, answer)
        return answer

    def wait_for(self, buffer: Buffer, line: int, cancellation: Cancellation) -> LineAnswer | State:
        """Return what is known of a line, waiting for git and for its prompt's record.

        While blame runs nobody waits for more than the line; after that the lines around it are told of, too.

        Raises: `CancelledError`.
        """
        is_blamed = buffer.snapshot is not None and _is_halfway(buffer.snapshot)
        while True:
            _wait(buffer, cancellation)
            snapshot = buffer.snapshot
            if snapshot is None:
                return FAILED
            if snapshot.file and is_blamed:
                snapshot.file.load(cancellation)
            answer = answer_line(snapshot, line)
            if answer is not None:
                self._follow_up(buffer, answer)
                return answer
            try:
                _bring(snapshot, line, cancellation)
            except CancelledError:
                if cancellation.is_cancelled or buffer.is_closed:
                    raise
            except BackstoryError as error:
                return error.state

    def prompt(self, buffer: Buffer, line: int, cancellation: Cancellation) -> PromptAnswer | State:
        """Return what was asked for a line and the conversation around it, waiting for git.

        Raises: `CancelledError`.
        """
        answer, snapshot = self.wait_for(buffer, line, cancellation), buffer.snapshot
        if isinstance(answer, State):
            return answer
        return PromptAnswer(answer, None) if snapshot is None else with_conversation(snapshot, answer, cancellation)

    def _follow_up(self, buffer: Buffer, answer: LineAnswer) -> None:
        """Start what would make the next answer better: functions found anew, a key looked up in all records."""
        document = buffer.document
        if document is None or (document.file and not document.file.is_complete):
            return
        if buffer.units_are_stale and buffer.is_at_rest:
            buffer.units_are_stale = False  # now, so that the next answer does not start it again
            self._jobs.start(lambda _: buffer.parse())
        opened, file = document.opened, document.file
        is_lost_here = bool(answer.commit and file and not file.is_searched and is_lost(answer.attribution))
        is_new_here = answer.commit is None and buffer.searched is not buffer.text and buffer.is_at_rest
        has_questions = answer.attribution.is_provisional or is_lost_here or is_new_here
        if opened and has_questions and opened.begin_postponed_work():
            self._jobs.start(lambda cancellation: self._do_postponed_work(opened, cancellation))
        elif opened and is_new_here and opened.lost_lines.is_ready:
            buffer.searched = buffer.text
            self._jobs.start(lambda cancellation: self._search_new(buffer, opened, cancellation))
        elif opened and file and is_lost_here and opened.lost_lines.is_ready and file.begin_search():
            head_line = buffer.snapshot.head_line(answer.line) if buffer.snapshot else NOT_IN_HEAD
            self._jobs.start(lambda cancellation: self._search(buffer, file, head_line, cancellation))

    def _do_postponed_work(self, opened: OpenedRepository, cancellation: Cancellation) -> None:
        with self._announce("looking through all records", cancellation) as progress:
            has_more_to_say = opened.do_postponed_work(cancellation, Unhurried(progress))
        if has_more_to_say:
            for file in opened.files():
                file.settle_again(cancellation)
            for buffer in tuple(self._open):
                self._changed(buffer)

    def _search(self, buffer: Buffer, file: HeadFile, line: int, cancellation: Cancellation) -> None:
        """Ask by text for what has no record, first for the commit that somebody looks at."""
        for lines in ([line], None):
            file.search(cancellation, lines)
            self._changed(buffer)

    def _search_new(self, buffer: Buffer, opened: OpenedRepository, cancellation: Cancellation) -> None:
        buffer.search(opened.lost_lines, cancellation)
        self._changed(buffer)

    def _synchronise(self, buffer: Buffer, cancellation: Cancellation) -> None:
        try:
            document = open_document(self._repositories, buffer.path, cancellation, buffer.version)
            buffer.compare(document)
        finally:
            if not cancellation.is_cancelled:
                buffer.ready.set()
        is_small = buffer.text.line_count <= SMALL_TEXT_LINES
        if is_small:
            buffer.parse()
        if document.file:
            document.file.follow(cancellation)
        if not is_small:
            buffer.parse()
        self._changed(buffer)

    def _catch_up(self) -> None:
        with self._refreshing:
            if self._repositories.reopen_moved():
                for buffer in tuple(self._open):
                    buffer.ready.clear()
                    buffer.job.cancel()
                    buffer.job = Cancellation()
                    self.resynchronise(buffer)


def _is_halfway(snapshot: Snapshot) -> bool:
    """Tell whether blame has ended and nobody has asked yet for what records say of all lines."""
    return snapshot.file is not None and snapshot.file.is_blamed and not snapshot.file.is_complete


def _bring(snapshot: Snapshot, line: int, cancellation: Cancellation) -> None:
    """Wait for what a line's answer lacks: its blame, or its prompt."""
    head_line = snapshot.head_line(line)
    if snapshot.file and head_line > NOT_IN_HEAD:
        snapshot.file.wait_for(head_line, cancellation)
    read_prompt(snapshot, line, cancellation)


def _wait(buffer: Buffer, cancellation: Cancellation) -> None:
    """Wait until a document was compared with today's HEAD."""
    while not buffer.ready.wait(LOOK_FOR_CANCELLATION_SECONDS):
        cancellation.raise_if_cancelled()
        if buffer.is_closed:
            raise CancelledError("the document was closed")
