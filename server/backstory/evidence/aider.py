"""The evidence source of whoever works with aider: its chat history in the work tree, `.aider.chat.history.md`.

It names the commits that aider made, so that what was asked is known of each. `.aider.llm.history`, where somebody
keeps it, says the same with all files of the chat around it, and is not read.
"""

import hashlib
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from attrs import evolve, frozen

from backstory.evidence.aider_history import parse_history
from backstory.evidence.committed_lines import committed_lines, runs_of
from backstory.evidence.session_files import KeptSession, SessionFile, SessionFiles
from backstory.evidence.source import ReadRequest
from backstory.evidence.transcripts.files import TranscriptFile, Unusable, look_at
from backstory.history.cancel import Cancellation
from backstory.history.commits import CommitRecord, parse_commit
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.edit import Edit, EditReading, RecordRef
from backstory.model.evidence import Basis, Evidence, Reading
from backstory.model.lines import LineRange
from backstory.model.names import RepoPath, Revision

ID = "aider"
NAME = "aider chat history"
HISTORY = ".aider.chat.history.md"

__all__ = ["ID", "NAME", "AiderSource", "open_source"]


def open_source(repository: Repository, reader: ObjectReader | None = None) -> "AiderSource":
    """Return the source for one repository; reads nothing yet."""
    return AiderSource(repository, reader or ObjectReader(repository))


class Aider:
    """Where aider keeps its history, and what it says."""

    ID = ID
    NAME = NAME
    STATEMENT = "aider chat history"
    ABSENCE = "The work tree holds no chat history of aider."

    def files(self, root: Path) -> Iterator[TranscriptFile | Unusable]:
        """Yield the history, if there is one."""
        if (root / HISTORY).is_symlink() or (root / HISTORY).exists():
            yield look_at(root / HISTORY)

    def parse(self, content: str) -> tuple[KeptSession, ...]:
        """Return the sessions."""
        return parse_history(content)

    def places(
        self, kept: KeptSession, shown: str, root: Path, known: Callable[[], frozenset[str]]
    ) -> Mapping[str, RepoPath]:
        """Return the recorded paths: aider's are relative to the work tree's root, unless they lie elsewhere."""
        del shown, root, known
        paths = {edit.path for edit in kept.transcript.edits}
        return {path: RepoPath(posixpath.normpath(path)) for path in paths if _is_inside(path)}


@frozen(eq=False)
class _Named:
    """A commit that the history says aider made, and the edits that went into it."""

    commit: CommitRecord
    edits: tuple[Edit, ...]


class AiderSource(SessionFiles):
    """aider's chat history in one work tree."""

    def __init__(self, repository: Repository, reader: ObjectReader) -> None:
        super().__init__(Aider(), repository, reader)
        self._resolved: tuple[SessionFile, list[_Named]] | None = None

    def read(self, request: ReadRequest, cancellation: Cancellation) -> Reading:
        """Return that the history names commits, and which of their lines stand in the edits."""
        cancellation.raise_if_cancelled()
        evidence: list[Evidence] = []
        for named in self._named(HISTORY):
            paths = request.paths.get(named.commit.revision)
            if paths is not None:
                evidence += self._said_of(named, paths)
        return Reading(tuple(evidence))

    def edits(self, record: RecordRef, cancellation: Cancellation) -> EditReading:
        """Return what aider did; edits of which the history names the commit belong to that one."""
        found = super().edits(record, cancellation)
        of_commit = {edit.prompt_key: each.commit for each in self._named(record.key) for edit in each.edits}
        edits = []
        for edit in found.edits:
            commit = of_commit.get(edit.prompt_key)
            if commit:
                edits.append(evolve(edit, commits=frozenset({commit.revision}), at=_utc(commit.author.when)))
            else:
                edits.append(edit)
        return EditReading(tuple(edits), found.unreadable)

    def _said_of(self, named: _Named, paths: frozenset[RepoPath]) -> Iterator[Evidence]:
        first = named.edits[0]
        whole = Evidence(
            source=ID,
            basis=Basis.DECLARED,
            origin=first.origin,
            revision=named.commit.revision,
            path=None,
            lines=None,
            locator=first.locator,
            statement=first.statement,
            prompt_key=first.prompt_key,
        )
        for edit in named.edits:
            committed = committed_lines(self._reader, named.commit.revision, edit.path) if edit.path in paths else None
            lines = _lines_of(edit, committed or ())
            if lines:
                yield evolve(
                    whole,
                    basis=Basis.MATCHED,
                    path=edit.path,
                    lines=lines,
                    locator=edit.locator,
                    prompt_key=edit.prompt_key,
                )
        yield whole

    def _named(self, shown: str) -> list[_Named]:
        """Return the commits of this repository that the history names; one that git takes for several is none."""
        held = self.at(shown)
        if held is None:
            return []
        known = self._resolved
        if known is None or known[0] is not held:
            known = self._resolved = held, self._resolve(held)
        return known[1]

    def _resolve(self, held: SessionFile) -> list[_Named]:
        edits: dict[str, list[Edit]] = {}
        for kept in held.sessions:
            for edit, recorded in self.edits_of(held, kept) if kept.commits else ():
                if recorded.id in kept.commits:
                    edits.setdefault(kept.commits[recorded.id], []).append(edit)
        names = {f"{short}^{{commit}}": short for short in edits}
        read = self._reader.read_many(list(names))
        return [
            _Named(parse_commit(raw, self._id_of(raw)), tuple(edits[names[name]]))
            for name, raw in read
            if raw is not None
        ]

    def _id_of(self, commit: bytes) -> Revision:
        """Return the id of a commit by its content: git is not asked once for each."""
        digest = hashlib.new(self._repository.object_format, b"commit %d\0" % len(commit), usedforsecurity=False)
        digest.update(commit)
        return Revision(digest.hexdigest())


def _utc(when: datetime | None) -> datetime | None:
    return when.astimezone(UTC) if when else None


def _is_inside(path: str) -> bool:
    pure = PurePosixPath(path)
    return bool(pure.parts) and not pure.is_absolute() and ".." not in pure.parts and path[1:2] != ":"


def _lines_of(edit: Edit, committed: Sequence[bytes]) -> tuple[LineRange, ...]:
    """Return the lines of the file at the commit that the edit has, in the order it has them."""
    texts = [line.decode("utf-8", "replace").rstrip() for line in committed]
    places: dict[str, list[int]] = {}
    for number, text in enumerate(texts, 1):
        places.setdefault(text, []).append(number)
    found: set[int] = set()
    for block in edit.blocks:
        wanted = [line.rstrip() for line in block.lines]
        for at, line in enumerate(wanted):
            if len(line.strip()) > _FEWEST_CHARACTERS:
                for number in places.get(line, ()):
                    found.update(_run(texts, number, wanted, at))
    return tuple(LineRange(run[0], run[-1]) for run in runs_of(found))


_FEWEST_CHARACTERS = 3


def _run(texts: Sequence[str], number: int, wanted: Sequence[str], at: int) -> Iterator[int]:
    """Yield the line and its neighbours for as long as the edit has the same."""
    yield number
    for step in (-1, 1):
        here, there = number + step, at + step
        while 1 <= here <= len(texts) and 0 <= there < len(wanted) and texts[here - 1] == wanted[there]:
            yield here
            here, there = here + step, there + step
