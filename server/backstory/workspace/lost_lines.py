"""Lines that no record of their commit explains, asked for by text: from a blamed commit to evidence."""

import threading
from collections.abc import Collection, Iterable, Mapping

from backstory.attribution.carry import Commit, carry
from backstory.attribution.found_lines import statements_on
from backstory.attribution.kinship import CommitWords, kin_of, overlaps_of
from backstory.attribution.moves import added_strips, moves_of
from backstory.evidence.source import OpenSource, Progress
from backstory.evidence.text_records import update_text_index
from backstory.history.ancestry import SideBranches, side_branches
from backstory.history.cancel import Cancellation
from backstory.history.changes import ChangeReader
from backstory.history.commits import parse_commit
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.history.roots import identify
from backstory.model.evidence import Evidence
from backstory.model.keyed_edit import Strip
from backstory.model.names import Revision
from backstory.store.cache import Cache, open_cache
from backstory.store.text_index import TextIndex


class LostLines:
    """The text index of one repository at one HEAD, and what was found with it; safe to use from several threads."""

    def __init__(
        self, repository: Repository, reader: ObjectReader, sources: Mapping[str, OpenSource], head: Revision | None
    ) -> None:
        self._repository, self._reader, self._sources, self._head = repository, reader, sources, head
        self._changes = ChangeReader(repository)
        self._building = threading.Lock()
        self._cache: Cache | None = None
        self._index: TextIndex | None = None
        self._branches: SideBranches | None = None
        self._found: dict[Revision, tuple[Evidence, ...]] = {}

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
            self._branches = side_branches(self._repository, index.revisions(), self._head, cancellation)

    def evidence_on(self, revision: Revision, cancellation: Cancellation) -> tuple[Evidence, ...]:
        """Return what records say of lines with the text of those that a commit wrote."""
        cancellation.raise_if_cancelled()
        if revision not in self._found:
            self._found[revision] = self._look_up(revision)
        return self._found[revision]

    def close(self) -> None:
        """Give back processes and the cache."""
        self._changes.close()
        if self._cache:
            self._cache.close()

    def _look_up(self, revision: Revision) -> tuple[Evidence, ...]:
        changes = self._changes.changes(revision)
        if not changes or self._index is None:
            return ()
        added = added_strips(changes)
        moves = moves_of(changes, added)
        keys = _keys(added)
        edits = [each for each in self._index.find(keys | _keys(moves.taken)) if each.edit.revision != revision]
        words = self._words({revision, *(each.edit.revision or revision for each in edits)})
        own = words.pop(revision, None)
        if own is None or own.authored_at is None or not edits:
            return ()
        overlaps = overlaps_of(keys, edits, words, self._index.weights(words))
        kin = kin_of(own, overlaps, self._branches.below if self._branches else lambda _: ())
        commit = Commit(revision, own.authored_at, own.committed_at or own.authored_at, added, moves, kin)
        return tuple(statements_on(revision, carry(commit, edits)))

    def _words(self, revisions: Collection[Revision]) -> dict[Revision, CommitWords]:
        read = {revision: raw for revision, raw in self._reader.read_commits(revisions).items() if raw is not None}
        commits = (parse_commit(raw, revision) for revision, raw in read.items())
        return {
            each.revision: CommitWords(each.revision, each.author.when, each.committer.when, each.message)
            for each in commits
        }


def _keys(strips: Iterable[Strip]) -> frozenset[int]:
    return frozenset[int]().union(*(strip.weighty_keys() for strip in strips))
