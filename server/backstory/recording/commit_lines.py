"""Which lines of a commit agents wrote, as their transcripts on this machine say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from attrs import frozen

from backstory.evidence import claude_code, codex
from backstory.evidence.transcripts.library import Agent
from backstory.evidence.transcripts.made_here import EditMade, edits_made_here
from backstory.history.cancel import Cancellation
from backstory.history.changes import ChangeReader
from backstory.history.commits import CommitRecord, parse_commit
from backstory.history.objects import ObjectReader
from backstory.history.paths import pathspec
from backstory.history.repository import Repository, run_in
from backstory.model.change import FileChange
from backstory.model.edit import Edit
from backstory.model.names import RepoPath, Revision
from backstory.recording.authorship import is_writable
from backstory.recording.moments import EARLIEST, written_until
from backstory.recording.written_lines import WrittenLines

AGENTS: tuple[Agent, ...] = (claude_code.ClaudeCode(), codex.Codex())
"""Whose transcripts are read."""

OLDEST_EDIT = timedelta(days=14)
"""Before the commit: what lay about longer is looked for by nobody."""

MOST_COMMITS = 400
"""Earlier commits that may have had the lines; where there are more, only the edits since are looked at."""

_MOST_PATHS = 200


@frozen
class CommitLines:
    """What is known of the lines that a commit adds."""

    commit: CommitRecord
    changes: Sequence[FileChange]
    edits: Mapping[RepoPath, Mapping[int, Edit]]
    """By file and line number, the edit that wrote the line."""


class CommitLinesReader:
    """Reads commits and transcripts of one repository."""

    def __init__(self, repository: Repository, reader: ObjectReader, cancellation: Cancellation) -> None:
        self._repository = repository
        self._reader = reader
        self._changes = ChangeReader(repository)
        self._cancellation = cancellation

    def changes(self, revision: Revision) -> Sequence[FileChange]:
        """Return what a commit changed; nothing when the clone lacks a part of it."""
        self._cancellation.raise_if_cancelled()
        return self._changes.changes(revision) or ()

    def read(self, revision: Revision, *, is_amended: bool) -> CommitLines:
        """Return what transcripts say of a commit's lines."""
        commit = self._commit(revision)
        changes = self.changes(revision)
        until = written_until(commit, is_amended=is_amended)
        paths = {change.path for change in changes if any(each.added for each in change.replacements)}
        paths = set(filter(is_writable, paths))
        made = self._edits(commit, paths, until) if until and paths else []
        if until is None or not made:
            return CommitLines(commit, changes, {})
        earlier, made = self._earlier(commit, made)
        files = _by_path(made)
        for each in earlier:
            there = written_until(self._commit(each), is_amended=True)
            for change in self.changes(each) if there else ():
                if change.path in files and there:
                    files[change.path].take(change.replacements, there)
        found = {
            change.path: files[change.path].take(change.replacements, until)
            for change in changes
            if change.path in files
        }
        return CommitLines(commit, changes, {path: lines for path, lines in found.items() if lines})

    def close(self) -> None:
        """End the process."""
        self._changes.close()

    def _commit(self, revision: Revision) -> CommitRecord:
        return parse_commit(self._reader.read_commits([revision])[revision] or b"", revision)

    def _edits(self, commit: CommitRecord, paths: set[RepoPath], until: datetime) -> list[Edit]:
        since = until - OLDEST_EDIT
        return [
            made.edit
            for agent in AGENTS
            for made in edits_made_here(agent, self._repository, self._reader, since, self._cancellation)
            if made.edit.path in paths
            and since <= (made.edit.at or EARLIEST)
            and not self._may_repeat(made, commit.parents)
        ]

    def _may_repeat(self, made: EditMade, parents: Iterable[Revision]) -> bool:
        """Tell whether an edit may have written out again what stood in the file, a person's new lines among it."""
        is_whole_file = any(block.first == 1 and not block.before for block in made.edit.blocks)
        if made.is_confirmed or not is_whole_file:
            return False
        return any(self._reader.size(f"{parent}:{made.edit.path}") is not None for parent in parents)

    def _earlier(self, commit: CommitRecord, made: list[Edit]) -> tuple[list[Revision], list[Edit]]:
        """Return the commits since the first edit, oldest first, and the edits that all of these commits may have."""
        if not commit.parents:
            return [], made
        begins = min(edit.at or EARLIEST for edit in made)
        paths = sorted({edit.path for edit in made if edit.path})
        asked = ["rev-list", "--topo-order", f"--since={int(begins.timestamp())}", f"--max-count={MOST_COMMITS + 1}"]
        specs = list(map(pathspec, paths)) if len(paths) <= _MOST_PATHS else []
        output = run_in(self._repository, [*asked, *commit.parents, "--", *specs], cancellation=self._cancellation)
        revisions = list(map(Revision, output.decode("ascii").split()))
        if len(revisions) > MOST_COMMITS:
            oldest = self._commit(revisions[-1]).committer.when
            made = [edit for edit in made if oldest and oldest < (edit.at or EARLIEST)]
        return revisions[:MOST_COMMITS][::-1], made


def _by_path(made: Iterable[Edit]) -> dict[RepoPath, WrittenLines]:
    edits: defaultdict[RepoPath, list[Edit]] = defaultdict(list)
    for edit in made:
        if edit.path:
            edits[edit.path].append(edit)
    return {path: WrittenLines(each) for path, each in edits.items()}
