"""Where a repository keeps Entire's checkpoints: branches that hold all of them, or a ref for each.

`entire/checkpoints/v1` is a branch whose tree holds `a3/b2c4d5e6f7/`, sharded by the *first* two characters of the id;
`refs/entire/checkpoints/v1.1` mirrors it; `entire/sessions` and `entire/metadata` are earlier names. Since version 0.10
`refs/entire/checkpoints/HZ/01KVBJCWYA4YW6J5M9GP655HZN`, sharded by the *last* two, points to a commit whose tree is the
checkpoint. Branches named after a commit (`entire/2860dda-e3b0c4`) hold what was not committed: they are no records.

Source: entireio/cli, `cmd/entire/cli/checkpoint`.
"""

import re
from collections.abc import Mapping

from attrs import frozen

from backstory.evidence.entire_trailer import CHECKPOINT_ID

_BRANCHES = ("entire/checkpoints/v1", "entire/checkpoints/v1.1", "entire/sessions", "entire/metadata")
_PLACE = re.compile(r"refs/(?:heads/|remotes/[^/]+/)?(entire/.+)")
_OWN = re.compile(rf"entire/checkpoints/(..)/({CHECKPOINT_ID})")


@frozen
class CheckpointRefs:
    """The refs that hold checkpoints, each with the id it points to."""

    branches: tuple[tuple[str, str], ...]
    """Those that hold many: today's name first, local before a remote's."""

    own: Mapping[str, tuple[str, str]]
    """Checkpoint → its own ref."""

    def __bool__(self) -> bool:
        return bool(self.branches or self.own)


def checkpoint_refs(refs: Mapping[str, str]) -> CheckpointRefs:
    """Sort out a repository's refs."""
    branches: list[tuple[int, int, str, str]] = []
    own: dict[str, tuple[str, str]] = {}
    for ref, target in sorted(refs.items(), key=lambda item: (_remoteness(item[0]), item[0])):
        place = _PLACE.fullmatch(ref)
        single = _OWN.fullmatch(place[1]) if place else None
        if single and single[2].endswith(single[1]):
            own.setdefault(single[2], (ref, target))
        elif place and place[1] in _BRANCHES:
            branches.append((_BRANCHES.index(place[1]), _remoteness(ref), ref, target))
    return CheckpointRefs(tuple((ref, target) for _, _, ref, target in sorted(branches)), own)


def _remoteness(ref: str) -> int:
    return int(ref.startswith("refs/remotes/"))
