"""The one API of both shells: a file or a place in, an answer out."""

from collections.abc import Callable, Iterable
from pathlib import Path

from attrs import evolve

from backstory.attribution.head_lines import NOT_IN_HEAD
from backstory.evidence.source import Announce, Progress, silent, unannounced
from backstory.history.cancel import Cancellation
from backstory.history.files import unlike_text
from backstory.model.answer import AnnotatedFile, LineAnswer, PromptAnswer, RangeAnswer
from backstory.model.diagnosis import Diagnosis
from backstory.model.errors import BackstoryError
from backstory.model.lines import LineRange
from backstory.model.state import StateCode
from backstory.model.text import Text
from backstory.syntax.languages import language_of
from backstory.syntax.units import parse_units
from backstory.workspace.answers import annotate, answer_line, answer_range
from backstory.workspace.asked import read_prompt, with_conversation
from backstory.workspace.buffer import Buffer
from backstory.workspace.buffers import Buffers
from backstory.workspace.diagnose import diagnose
from backstory.workspace.document import Document, open_document
from backstory.workspace.jobs import Jobs
from backstory.workspace.new_lines import with_new_lines
from backstory.workspace.opened import Repositories, Without, nothing_off
from backstory.workspace.snapshot import Snapshot


class NoSuchFileError(BackstoryError):
    """The path names no readable file."""

    exit_code = 2
    code = StateCode.NOT_A_FILE


class Queries:
    """Answers about files on disk at once (`annotate`, `explain`, `line`, `diagnose`), and about open ones (`buffers`).

    The questions about files block; they raise the children of `BackstoryError` when the environment allows no answer.
    """

    def __init__(self, without: Without = nothing_off) -> None:
        self.jobs = Jobs()
        self.repositories = Repositories(without)

    def buffers(self, changed: Callable[[Buffer], None], announce: Announce = unannounced) -> Buffers:
        """Return the documents of an editor; `changed` is told, in a worker's thread, when one has new answers."""
        return Buffers(self.repositories, self.jobs, changed, announce)

    def annotate(self, path: Path, cancellation: Cancellation, progress: Progress = silent) -> AnnotatedFile:
        """Return the file on disk with the origin of every line, without what was asked."""
        return annotate(self._complete(path, cancellation, progress))

    def annotate_with_prompts(
        self, path: Path, cancellation: Cancellation, progress: Progress = silent
    ) -> AnnotatedFile:
        """Return the file on disk with the origin of every line and what was asked for it."""
        snapshot = self._complete(path, cancellation, progress)
        _read_prompts(snapshot, range(1, len(snapshot.head_lines) + 1), cancellation)
        return annotate(snapshot)

    def line(self, path: Path, line: int, cancellation: Cancellation, progress: Progress = silent) -> LineAnswer:
        """Return everything known of one line of the file on disk."""
        snapshot = self._complete(path, cancellation, progress)
        _check_lines(path, LineRange(line, line), snapshot)
        return _answered(snapshot, line, path, cancellation)

    def prompt(self, path: Path, line: int, cancellation: Cancellation, progress: Progress = silent) -> PromptAnswer:
        """Return what was asked for one line of the file on disk, and the conversation around it."""
        snapshot = self._complete(path, cancellation, progress)
        _check_lines(path, LineRange(line, line), snapshot)
        return with_conversation(snapshot, _answered(snapshot, line, path, cancellation), cancellation)

    def explain(
        self, path: Path, lines: LineRange, cancellation: Cancellation, progress: Progress = silent
    ) -> RangeAnswer:
        """Return the summary of some lines of the file on disk."""
        snapshot = self._complete(path, cancellation, progress)
        _check_lines(path, lines, snapshot)
        _read_prompts(snapshot, lines, cancellation)
        return answer_range(snapshot, lines)

    def diagnose(self, path: Path, cancellation: Cancellation, progress: Progress = silent) -> Diagnosis:
        """Return what evidence the repository around `path` holds, and what would bring more."""
        return diagnose(self.repositories, path, cancellation, progress)

    def close(self) -> None:
        """Stop all work and all processes."""
        self.jobs.close()
        self.repositories.close()

    def _complete(self, path: Path, cancellation: Cancellation, progress: Progress) -> Snapshot:
        """Return the snapshot of a file on disk, all of its lines settled."""
        raw = _read(path)
        document = open_document(self.repositories, path, cancellation)
        if document.trouble:
            raise document.trouble
        if document.file is None and (state := unlike_text(document.path, raw)):
            document = evolve(document, states=(state, *document.states))
        text = Text.of_bytes(raw)
        language = language_of(str(path))
        units = parse_units(text.encoded(), language) if language else ()
        if document.file:
            document.file.load(cancellation)
            if document.file.failure:
                raise document.file.failure
            self._settle_postponed(document, cancellation, progress)
        snapshot = document.snapshot(text, units)
        if document.opened is None or all(line > NOT_IN_HEAD for line in snapshot.head_lines):
            return snapshot
        document.opened.do_postponed_work(cancellation, progress)
        return with_new_lines(snapshot, text, document.opened.lost_lines, cancellation)

    def _settle_postponed(self, document: Document, cancellation: Cancellation, progress: Progress) -> None:
        """Let sources do the slow look-ups they put off; a terminal can wait for them."""
        opened, file = document.opened, document.file
        if opened and file and file.has_undecided_lines and opened.do_postponed_work(cancellation, progress):
            file.settle_again(cancellation)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NoSuchFileError(f"{path}: {error.strerror or error}") from error


def _check_lines(path: Path, lines: LineRange, snapshot: Snapshot) -> None:
    count = len(snapshot.head_lines)
    if lines.last > count:
        raise NoSuchFileError(f"{path.name} has {count} lines; there is no line {lines.last}.")


def _answered(snapshot: Snapshot, line: int, path: Path, cancellation: Cancellation) -> LineAnswer:
    _read_prompts(snapshot, (line,), cancellation)
    answer = answer_line(snapshot, line)
    if answer is None:
        raise BackstoryError(f"git blame did not tell who wrote line {line} of {path.name}.")
    return answer


def _read_prompts(snapshot: Snapshot, lines: Iterable[int], cancellation: Cancellation) -> None:
    for line in lines:
        read_prompt(snapshot, line, cancellation)
