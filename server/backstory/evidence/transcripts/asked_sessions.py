"""The sessions that somebody asked about just now: whoever asks about one line asks about the next."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from attrs import frozen

from backstory.evidence.edit_meant import SessionEdits
from backstory.evidence.transcripts.library import Shelved
from backstory.model.origin import Session

FRESH_SECONDS = 3.0
"""For how long what was found of a session holds: an agent may be writing it."""

_MOST_SESSIONS = 8


@frozen(eq=False)
class AskedSession:
    """A session that records of the repository name, and that is on this machine."""

    edits: SessionEdits
    main: Shelved | None
    """Its own transcript, not that of an agent that it started."""


class AskedSessions:
    """Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: OrderedDict[Session, tuple[float, AskedSession | None]] = OrderedDict()

    def get(self, session: Session, look: Callable[[], AskedSession | None]) -> AskedSession | None:
        """Return what is known of a session, looking for it where that is too long ago."""
        now = time.monotonic()
        with self._lock:
            known = self._found.get(session)
        if known is not None and now < known[0]:
            return known[1]
        found = look()
        with self._lock:
            self._found[session] = time.monotonic() + FRESH_SECONDS, found
            self._found.move_to_end(session)
            while len(self._found) > _MOST_SESSIONS:
                self._found.popitem(last=False)
        return found
