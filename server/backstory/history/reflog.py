"""What git remembers of how HEAD moved."""

import re

from backstory.history.repository import Repository
from backstory.model.names import Revision

_MOST_BYTES = 1 << 18
_AMENDED = re.compile(rb"([0-9a-f]{40,64}) ([0-9a-f]{40,64}) [^\t]*\tcommit \(amend\): ")


def amended(repository: Repository, revision: Revision) -> Revision | None:
    r"""Return the commit that `git commit --amend` replaced by `revision`; None when it did not, or nobody remembers.

    `<id before> <id after> Ann Lee <ann@example.com> 1735689600 +0100\tcommit (amend): Subject`. Only the last moves
    are looked at. Source: gitrepository-layout(5), `logs`.
    """
    try:
        with (repository.git_dir / "logs" / "HEAD").open("rb") as log:
            log.seek(max(log.seek(0, 2) - _MOST_BYTES, 0))
            lines = log.read().splitlines()
    except OSError:
        return None
    for line in reversed(lines):
        found = _AMENDED.match(line)
        if found and found[2] == revision.encode("ascii"):
            return Revision(found[1].decode("ascii"))
    return None
