"""Lines that no record of their commit explains, asked for by text: from a blamed commit to evidence."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import field, frozen

from backstory.attribution.carry import Commit, carry
from backstory.attribution.found_lines import not_looked_for, statements_moved, statements_on, told_by
from backstory.attribution.kinship import CommitWords, Kin, kin_of, overlaps_of
from backstory.attribution.moves import LineAt, added_strips, moved_lines
from backstory.evidence.source import OpenSource, Progress, silent
from backstory.evidence.text_records import update_text_index
from backstory.history.ancestry import SideBranches, side_branches
from backstory.history.cancel import Cancellation
from backstory.history.changes import ChangeReader
from backstory.history.commits import CommitRecord, parse_commit
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.history.roots import identify
from backstory.model.attribution import Attribution
from backstory.model.evidence import Evidence
from backstory.model.keyed_edit import KeyedEdit, Strip
from backstory.model.names import RepoPath, Revision
from backstory.store.cache import Cache, open_cache
from backstory.store.errors import StoreError
from backstory.store.text_index import TextIndex

if TYPE_CHECKING:
    from backstory.workspace.head_file import HeadFile

CURRENT_SECONDS = 10.0
"""For how long an index is taken for current when lines are asked for that may have been written just now."""


class LostLines:
    """The text index of one repository at one HEAD, and what was found with it; safe to use from several threads."""

    def __init__(
        self,
        repository: Repository,
        reader: ObjectReader,
        sources: Mapping[str, OpenSource],
        head: Revision | None,
        open_file: "Callable[[RepoPath, Revision], HeadFile]",
    ) -> None:
        self._repository, self._reader, self._sources, self._head = repository, reader, sources, head
        self._open_file = open_file
        self._changes = ChangeReader(repository)
        self._building = threading.Lock()
        self._cache: Cache | None = None
        self._index: TextIndex | None = None
        self._branches: SideBranches | None = None
        self._found: dict[Revision, _Found] = {}
        self._updated = 0.0

    @property
    def is_ready(self) -> bool:
        """Whether every record was read."""
        return self._branches is not None

    def prepare(self, cancellation: Cancellation, progress: Progress) -> None:
        """Read the records that are new; takes seconds the first time. Raises: `CancelledError`, `StoreError`."""
        with self._building:
            if self._head is None or self._branches:
                return
            self._cache = self._cache or open_cache(identify(self._repository, cancellation))
            index = self._index = TextIndex(self._cache)
            update_text_index(index, self._sources, cancellation, progress)
            self._updated = time.monotonic()
            self._branches = side_branches(self._repository, index.revisions(), self._head, cancellation)

    def evidence_on(self, revision: Revision, path: RepoPath, cancellation: Cancellation) -> list[Evidence]:
        """Return what records say of lines with the text of those that a commit wrote into a file."""
        cancellation.raise_if_cancelled()
        if revision not in self._found:
            try:
                self._found[revision] = self._look_up(revision)
            except StoreError:
                return []  # without a store nothing is found again
        found = self._found[revision]
        if path not in found.before:
            told = {line for each in found.statements if each.path == path for line in told_by(each)}
            moved = {line: source for line, source in found.moved.items() if line[0] == path and line[1] not in told}
            found.before[path] = tuple(statements_moved(revision, self._before(found.parent, moved, cancellation)))
        return [*(each for each in found.statements if each.path in (path, None)), *found.before[path]]

    def edits_like(self, strips: Sequence[Strip], cancellation: Cancellation) -> list[KeyedEdit]:
        """Return edits with lines of the strips, from records as they are now; raises as `prepare`."""
        with self._building:
            if self._index is None:
                return []
            if time.monotonic() - self._updated >= CURRENT_SECONDS:
                update_text_index(self._index, self._sources, cancellation, silent)
                self._updated = time.monotonic()
        keys = frozenset[int]().union(*(strip.weighty_keys() for strip in strips))
        return [each for each in self._index.find(keys) if each.edit.source in self._sources]

    def close(self) -> None:
        """Give back processes and the cache."""
        self._changes.close()
        if self._cache:
            self._cache.close()

    def _before(
        self, parent: Revision | None, moved: Mapping[LineAt, LineAt], cancellation: Cancellation
    ) -> dict[LineAt, Attribution]:
        """Return what is known of lines where they stood before a commit moved them."""
        known: dict[LineAt, Attribution] = {}
        if parent is None:
            return known
        for old_path in sorted({old_path for old_path, _ in moved.values()}):
            file = self._open_file(old_path, parent)
            file.load(cancellation)
            lines = {line: source for line, (path, source) in moved.items() if path == old_path}
            file.search(cancellation, lines.values())
            for line, source in lines.items():
                attribution = file.attribution(source)
                if attribution:
                    known[line] = attribution
        return known

    def _look_up(self, revision: Revision) -> "_Found":
        changes = self._changes.changes(revision)
        commits = self._commits([revision])
        if changes is None:
            return _Found((not_looked_for(revision),))
        if not changes or self._index is None or self._branches is None or revision not in commits:
            return _Found()
        own = _words(commits[revision])
        added = added_strips(changes)
        keys = frozenset[int]().union(*(strip.weighty_keys() for strip in added))
        found = (each for each in self._index.find(keys) if each.edit.source in self._sources)
        edits = [each for each in found if each.edit.revision != revision]
        words = {each.revision: _words(each) for each in self._commits({each.edit.revision for each in edits}).values()}
        overlaps = overlaps_of(keys, edits, words, self._index.weights(words))
        kin, moved = kin_of(own, overlaps, self._branches.below), moved_lines(changes)
        # What a commit only moved it has from its parent, not from whoever else holds the same lines.
        commit = Commit(own, added, Kin(kin.same) if moved else kin)
        parent = next(iter(commits[revision].parents), None)
        return _Found(tuple(statements_on(revision, carry(commit, edits))), moved, parent)

    def _commits(self, revisions: Iterable[Revision | None]) -> dict[Revision, CommitRecord]:
        read = self._reader.read_commits([revision for revision in revisions if revision])
        return {revision: parse_commit(raw, revision) for revision, raw in read.items() if raw is not None}


@frozen
class _Found:
    """What a commit's lines say by themselves."""

    statements: tuple[Evidence, ...] = ()
    moved: Mapping[LineAt, LineAt] = field(factory=dict)
    parent: Revision | None = None
    before: dict[RepoPath, tuple[Evidence, ...]] = field(factory=dict)
    """For each file that was asked for what was said of its lines where the commit moved them from."""


def _words(commit: CommitRecord) -> CommitWords:
    return CommitWords(commit.revision, commit.author.when, commit.committer.when, commit.message)
