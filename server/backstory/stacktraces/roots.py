"""Which printed folders stand for which folders of a repository: what most of a trace's frames agree on."""

from collections.abc import Iterable, Sequence

from attrs import define, field, frozen

from backstory.model.stacktrace import Frame
from backstory.stacktraces.own_packages import Manifests
from backstory.stacktraces.qualified import folded
from backstory.stacktraces.readings import Match, Reader, Reading, Root
from backstory.stacktraces.witnesses import borne_out

READ_AT_MOST = 400
"""Files whose text is asked for to decide a whole trace."""

CONTENDERS = 40
"""Files whose text is asked for to decide one frame."""


@frozen
class Ranked:
    """A match with all that speaks for it."""

    match: Match
    support: int
    """How many different files of the trace its root gives a place in the repository."""

    is_named: bool
    """Whether the crate, application, bundle or checkout is called as its folder is."""

    borne_out: int
    """What the texts of the files under its root say for the frames; 0 where nobody read them."""

    @property
    def weight(self) -> tuple[int, bool, int, bool, int]:
        """Return what orders matches: the higher the likelier."""
        return self.support, self.is_named, self.borne_out, self.match.is_whole_path, self.match.depth


@define
class Roots:
    """The roots that a trace's frames can have, and what speaks for each."""

    manifests: Manifests
    read: Reader
    _support: dict[Root, int] = field(factory=dict)
    _borne_out: dict[Root, int] = field(factory=dict)
    _reads: int = 0

    def add(self, found: Iterable[Match]) -> None:
        """Count the files that one reading can mean, for the roots they would have."""
        for root in {match.root for match in found}:
            self._support[root] = self._support.get(root, 0) + 1

    def ranked(self, reading: Reading, found: Sequence[Match]) -> list[Ranked]:
        """Return the matches of a reading, the likeliest first."""
        ranked = [
            Ranked(match, self._support[match.root], _is_named(reading, match), self._borne_out.get(match.root, 0))
            for match in found
        ]
        return sorted(
            ranked,
            key=lambda each: (*(-part for part in each.weight), each.match.file.path, each.match.root.repository),
        )

    def consult(self, frames: Sequence[Frame], ranked: Sequence[Ranked]) -> None:
        """Read the files between which nothing else decides, and count what they say for their roots."""
        best = ranked[0]
        tied = [each for each in ranked if each.support == best.support and each.is_named == best.is_named]
        if len(tied) > CONTENDERS or self._reads > READ_AT_MOST:
            return
        for each in tied:
            file = each.match.file
            text = self.read(file.repository, file.path)
            self._reads += 1
            if text is not None:
                said = max(borne_out(frame, text) for frame in frames)
                self._borne_out[each.match.root] = self._borne_out.get(each.match.root, 0) + said


def _is_named(reading: Reading, match: Match) -> bool:
    """Whether the frame calls the crate or bundle as the folder is called, or the checkout as the repository is."""
    if reading.unit_names.intersection(map(folded, match.root.folders[-1:])):
        return True
    checkout = match.root.repository.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return match.is_whole_path and folded(checkout) in map(folded, match.root.printed)
