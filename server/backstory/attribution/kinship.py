"""Which commits are an earlier shape of a commit: it was rebased, picked, amended or squashed from them.

That the same lines stand in both proves little: the same thing is written twice, brought back, copied. What ties two
commits together is, in this order:

1. The message names the other by its id (`git merge --squash`, `cherry-pick -x`).
2. Author time and subject are the same, or author time and half of the lines (rebase, cherry-pick, amend, filter-repo).
3. The message repeats the other's subject, as squash buttons and `--fixup` do, and some of its lines are here.
4. Nearly all of the other's lines are here, they are not few, and with its branch it explains a good part of this one.

Of a branch that was squashed the last commit may be tied by one of these, and its ancestors on that branch by it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from attrs import frozen

from backstory.model.keyed_edit import KeyedEdit
from backstory.model.names import Revision

LEAST_SUBJECT = 10
"""Characters of a subject that is not everybody's."""

LEAST_SHARE = 0.3
"""Of the other's lines (or of this commit's) that must be common where the subject ties them."""

MOST_LINES = 0.75
"""Of the other's lines that must be here where nothing else ties them."""

FEW_LINES = 5
"""No more common lines than this tie nothing where nothing else does."""

LEAST_PART = 1 / 3
"""Of this commit's lines that such others must explain together, with the branches that they end."""

_ID = re.compile(r"\b[0-9a-f]{7,64}\b")
_BULLET = re.compile(r"^\s*(?:[*+-]\s+)?(?:(?:fixup|squash|amend)!\s+)*")
_NUMBER = re.compile(r"\s*\(#\d+\)\s*$")


@frozen
class CommitWords:
    """What a commit says of itself."""

    revision: Revision
    authored_at: datetime | None
    committed_at: datetime | None
    message: str

    @property
    def subject(self) -> str:
        """The message's first line, without the marks that tools put around it."""
        return _plain(self.message.partition("\n")[0])


@frozen
class Overlap:
    """How much another commit has in common with this one, in different lines that are long enough to say something."""

    words: CommitWords
    common: frozenset[int]
    """Their keys."""

    of_other: int
    of_commit: int

    @property
    def share_of_other(self) -> float:
        """How much of the other is here."""
        return len(self.common) / max(self.of_other, 1)

    @property
    def share_of_commit(self) -> float:
        """How much of this commit the other explains."""
        return len(self.common) / max(self.of_commit, 1)


@frozen
class Kin:
    """The earlier shapes of a commit."""

    same: frozenset[Revision] = frozenset()
    """Those that it replaces one for one."""

    parts: frozenset[Revision] = frozenset()
    """Those that were melted into it."""


def overlaps_of(
    keys: frozenset[int],
    edits: Iterable[KeyedEdit],
    words: Mapping[Revision, CommitWords],
    weights: Mapping[Revision, int],
) -> list[Overlap]:
    """Return what each commit that the edits are of has in common with one whose lines have `keys`."""
    common: dict[Revision, set[int]] = {}
    for each in edits:
        revision = each.edit.revision
        if revision is not None and revision in words:
            held = common.setdefault(revision, set())
            for block in each.blocks:
                held.update(keys.intersection(block.keys))
    return [
        Overlap(words[revision], frozenset(held), weights.get(revision, 0), len(keys))
        for revision, held in common.items()
        if held
    ]


def kin_of(commit: CommitWords, overlaps: Sequence[Overlap], branch: Callable[[Revision], Iterable[Revision]]) -> Kin:
    """Return the earlier shapes of a commit among those that have lines in common with it.

    `branch` gives the ancestors that a commit has and HEAD has not.
    """
    same = {each.words.revision for each in overlaps if _is_same(commit, each)}
    common = {each.words.revision: each.common for each in overlaps}
    parts = _with_branches({each.words.revision for each in overlaps if _is_told(commit, each)}, branch)
    likely = _with_branches({each.words.revision for each in overlaps if _is_mostly_here(commit, each)}, branch)
    explained = frozenset[int]().union(*(common[revision] for revision in likely & common.keys()))
    if overlaps and len(explained) >= LEAST_PART * overlaps[0].of_commit:
        parts |= likely
    return Kin(frozenset(same), frozenset(parts & common.keys()) - same)


def _with_branches(revisions: set[Revision], branch: Callable[[Revision], Iterable[Revision]]) -> set[Revision]:
    return revisions.union(*map(branch, revisions))


def _is_same(commit: CommitWords, other: Overlap) -> bool:
    words = other.words
    if words.authored_at is None or words.authored_at != commit.authored_at:
        return False
    is_half = max(other.share_of_commit, other.share_of_other) >= 0.5
    return is_half or words.subject == commit.subject


def _is_told(commit: CommitWords, other: Overlap) -> bool:
    """Tell whether the message names the other."""
    if any(other.words.revision.startswith(named) for named in _ID.findall(commit.message)):
        return True
    share = max(other.share_of_other, other.share_of_commit)
    return share >= LEAST_SHARE and _is_named(commit, other.words.subject)


def _is_mostly_here(commit: CommitWords, other: Overlap) -> bool:
    before, after = other.words.authored_at, commit.authored_at
    is_earlier = before is not None and after is not None and before <= after
    return is_earlier and len(other.common) > FEW_LINES and other.share_of_other >= MOST_LINES


def _is_named(commit: CommitWords, subject: str) -> bool:
    return len(subject) >= LEAST_SUBJECT and subject in set(_lines(commit.message))


def _lines(message: str) -> Iterator[str]:
    return map(_plain, message.split("\n"))


def _plain(line: str) -> str:
    return _NUMBER.sub("", _BULLET.sub("", line)).strip()
