"""From blamed commits to evidence: asks each source once per commit and path."""

from collections.abc import Iterable, Mapping

from backstory.evidence.source import OpenSource, ReadRequest
from backstory.history.cancel import Cancellation
from backstory.model.evidence import Evidence, Unreadable
from backstory.model.history import Hunk
from backstory.model.names import RepoPath, Revision


class Resolution:
    """What the sources say of the commits that blame has named so far."""

    def __init__(self, sources: Mapping[str, OpenSource]) -> None:
        self._sources = sources
        self._asked: set[tuple[Revision, RepoPath]] = set()
        self.unreadable: list[Unreadable] = []

    def evidence_for(self, hunks: Iterable[Hunk], cancellation: Cancellation) -> list[Evidence]:
        """Return the evidence about commits of `hunks` that were not asked for before."""
        paths: dict[Revision, set[RepoPath]] = {}
        asked = {(hunk.revision, hunk.path) for hunk in hunks} - self._asked
        for revision, path in asked:
            paths.setdefault(revision, set()).add(path)
        if not paths:
            return []
        request = ReadRequest({revision: frozenset(found) for revision, found in paths.items()})
        evidence: list[Evidence] = []
        for source in self._sources.values():
            reading = source.read(request, cancellation)
            evidence += reading.evidence
            self.unreadable += reading.unreadable
        self._asked |= asked  # only now: what was called off was never answered
        return evidence
