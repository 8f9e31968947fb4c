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
        for hunk in hunks:
            asked = (hunk.revision, hunk.path)
            if asked not in self._asked:
                self._asked.add(asked)
                paths.setdefault(hunk.revision, set()).add(hunk.path)
        if not paths:
            return []
        request = ReadRequest({revision: frozenset(found) for revision, found in paths.items()})
        evidence: list[Evidence] = []
        for source in self._sources.values():
            reading = source.read(request, cancellation)
            evidence += reading.evidence
            self.unreadable += reading.unreadable
        return evidence
