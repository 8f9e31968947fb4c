"""The evidence source of whoever keeps conversations with SpecStory: Markdown files in the work tree.

`.specstory/history/2026-02-10_22-16-11Z-retry-the-capture.md`, below the root or a folder in it where the agent was
started. One conversation may be in several files: an edited title leaves the older one behind.
Source: specstoryai/getspecstory, its documentation and its own history.
"""

import os
import posixpath
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from backstory.evidence.edit_meant import SessionEdits, is_session
from backstory.evidence.session_files import KeptSession, SessionFile, SessionFiles
from backstory.evidence.specstory_format import BEGINNING, Heading, parse_heading, parse_markdown
from backstory.evidence.transcripts.files import TranscriptFile, Unusable, files_below, open_transcript
from backstory.evidence.transcripts.local_edit import evidence_of
from backstory.evidence.transcripts.transcript import RecordedEdit
from backstory.history.cancel import Cancellation
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.edit import Edit
from backstory.model.evidence import Evidence
from backstory.model.names import RepoPath
from backstory.model.origin import Session
from backstory.model.prompt import Question

ID = "specstory"
NAME = "SpecStory histories"
_HISTORY = Path(".specstory") / "history"
_PlacedEdit = tuple[Edit, RecordedEdit]

__all__ = ["ID", "NAME", "SpecStorySource", "open_source"]


def open_source(repository: Repository, reader: ObjectReader | None = None) -> "SpecStorySource":
    """Return the source for one repository; reads nothing yet."""
    return SpecStorySource(repository, reader or ObjectReader(repository))


class SpecStory:
    """Where SpecStory keeps its files, and what they say."""

    ID = ID
    NAME = NAME
    STATEMENT = "SpecStory history"
    ABSENCE = "The work tree holds no files of SpecStory."

    def files(self, root: Path) -> Iterator[TranscriptFile | Unusable]:
        """Yield the files below the root, and below the folders in it."""
        for folder in _folders(root):
            if not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root)):
                yield Unusable(folder, "It is a link that leads out of the work tree.")
            else:
                yield from files_below(folder, lambda name: name.endswith(".md"))

    def parse(self, content: str) -> tuple[KeptSession, ...]:
        """Return the one conversation of a file."""
        transcript = parse_markdown(content)
        if transcript is None or transcript.session is None:
            return ()
        return (KeptSession(transcript, Session(transcript.session, transcript.session)),)

    def places(
        self, kept: KeptSession, shown: str, root: Path, known: Callable[[], frozenset[str]]
    ) -> Mapping[str, RepoPath]:
        """Return where the recorded paths lie: most are absolute, on the machine of then.

        Where the work tree was then is told by the files that it still has: whatever lies beside it is not ours.
        """
        folder = shown.partition("/.specstory/")[0] if "/.specstory/" in shown else ""
        recorded = {edit.path: edit.path.replace("\\", "/") for edit in kept.transcript.edits}
        absolute = {path for path in recorded.values() if _is_absolute(path)}
        here = root.as_posix() + "/"
        is_here = any(path.startswith(here) for path in absolute)
        top = here if is_here or not absolute else _top_of(absolute, known())
        found = {}
        for path, slashed in recorded.items():
            if slashed not in absolute:
                place = _normal(posixpath.join(folder, slashed))
                if place not in known() and _normal(slashed) in known():
                    place = _normal(slashed)
            else:
                place = _normal(slashed[len(top) :]) if top and slashed.lower().startswith(top.lower()) else None
            if place:
                found[path] = RepoPath(place)
        return found


class SpecStorySource(SessionFiles):
    """SpecStory's files of one work tree."""

    def __init__(self, repository: Repository, reader: ObjectReader) -> None:
        super().__init__(SpecStory(), repository, reader)
        self._headings_lock = threading.Lock()
        self._headings: dict[Path, tuple[str, Heading | None]] = {}

    def recall(self, question: Question, cancellation: Cancellation) -> Evidence | None:
        """Return the edit that a record means when it names a conversation, or all of that."""
        sessions = [(each, kept) for each in self._holding(question, cancellation) for kept in each.sessions]
        if not sessions:
            return None
        held, kept = max(sessions, key=lambda each: len(each[1].transcript.turns))
        edits = list(self.edits_of(held, kept))
        meant = _with_its_line(edits, question) or _on_one_request(edits, question)
        return evidence_of(meant) if meant else self.whole_session(held, kept, question.until)

    def _holding(self, question: Question, cancellation: Cancellation) -> list[SessionFile]:
        """Return the files of the conversation that a question names."""
        found = []
        for file in self.found():
            cancellation.raise_if_cancelled()
            heading = self._heading(file)
            if heading and is_session(question.session, heading.tool, heading.session):
                found.append(self.open(file))
        return found

    def _heading(self, file: TranscriptFile) -> Heading | None:
        with self._headings_lock:
            known = self._headings.get(file.path)
        if known and known[0] == file.stamp:
            return known[1]
        try:
            with open_transcript(file.path) as stream:
                heading = parse_heading(stream.read(BEGINNING).decode("utf-8", "replace"))
        except OSError:
            heading = None
        with self._headings_lock:
            self._headings[file.path] = file.stamp, heading
        return heading


def _with_its_line(edits: list[_PlacedEdit], question: Question) -> Edit | None:
    """Return the edit that wrote the very line; of edits without text nothing is known by their neighbours."""
    line = question.texts[question.line].strip() if question.line < len(question.texts) else ""
    holding = (edit for edit, _ in edits if any(line == each.strip() for block in edit.blocks for each in block.lines))
    return SessionEdits(holding).meant(question) if line else None


def _on_one_request(edits: list[_PlacedEdit], question: Question) -> Edit | None:
    """Return the last edit of the file before the commit, when all of them had been asked for at once."""
    here = [
        (edit, recorded.request)
        for edit, recorded in edits
        if edit.path == question.path and not (question.until and edit.at and edit.at > question.until)
    ]
    return here[-1][0] if len({request for _, request in here}) == 1 else None


def _folders(root: Path) -> Iterator[Path]:
    """Yield the folders that SpecStory writes to, at the root and one level below it."""
    if (root / _HISTORY).is_dir():
        yield root / _HISTORY
    try:
        below = sorted(entry.path for entry in os.scandir(root) if entry.is_dir(follow_symlinks=False))
    except OSError:
        return
    yield from (folder for each in below if (folder := Path(each) / _HISTORY).is_dir())


def _is_absolute(path: str) -> bool:
    return path.startswith("/") or path[1:3] == ":/"


def _normal(path: str) -> str | None:
    """Return a path without detours; None when it leads out."""
    normal = posixpath.normpath(path)
    return None if normal in {".", ".."} or normal.startswith(("../", "/")) else normal


def _top_of(paths: set[str], known: frozenset[str]) -> str:
    """Return the folder below which most of some absolute paths are files of the repository; empty where none is."""
    votes: Counter[str] = Counter()
    for path in paths:
        parts = path.split("/")
        for start in range(1, len(parts) - 1):
            if "/".join(parts[start:]) in known:
                votes["/".join(parts[:start]) + "/"] += 1
                break
    ordered = votes.most_common(2)
    if not ordered or (len(ordered) == 2 and ordered[0][1] == ordered[1][1]):
        return ""
    return ordered[0][0]
