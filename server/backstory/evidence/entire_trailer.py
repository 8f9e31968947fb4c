"""The trailer with which Entire joins a commit to its checkpoints.

    Retry captures

    Entire-Checkpoint: a3b2c4d5e6f7

Several stand in one message after a squash, and then not in its last paragraph. An id is twelve hexadecimal digits or,
since version 0.10, a ULID.

Source: entireio/cli, `cmd/entire/cli/trailers`.
"""

import re
from collections.abc import Iterator

from backstory.evidence.trailers import lines_of

KEY = "Entire-Checkpoint"
CHECKPOINT_ID = r"[0-9a-f]{12}|[0-9A-HJKMNP-TV-Z]{26}"

_TRAILER = re.compile(rf"{KEY}:[ \t]*({CHECKPOINT_ID})[ \t]*", re.IGNORECASE)
_MOST_IDS = 1_000


def checkpoint_ids(raw_commit: bytes, message: str) -> tuple[str, ...]:
    """Return the checkpoints that a commit names, each once, in order; most commits name none."""
    if KEY.lower().encode() not in raw_commit.lower():
        return ()
    return tuple(dict.fromkeys(_ids(message)))[:_MOST_IDS]


def _ids(message: str) -> Iterator[str]:
    for line in lines_of(message):
        trailer = _TRAILER.fullmatch(line)
        if trailer:
            named = trailer[1]
            yield named.lower() if len(named) == 12 else named.upper()
