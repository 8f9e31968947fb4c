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


def may_name_checkpoints(raw_commit: bytes) -> bool:
    """Tell whether a commit is worth parsing: most are not."""
    return KEY.lower().encode() in raw_commit.lower()


def checkpoint_ids(message: str) -> tuple[str, ...]:
    """Return the checkpoints that a commit's message names, each once, in order."""
    return tuple(dict.fromkeys(_ids(message)))[:_MOST_IDS]


def _ids(message: str) -> Iterator[str]:
    for line in lines_of(message):
        trailer = _TRAILER.fullmatch(line)
        if trailer:
            named = trailer[1]
            yield named.lower() if len(named) == 12 else named.upper()
