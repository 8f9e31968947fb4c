"""One document open in an editor. Typing splices line origins and starts no git."""

import threading
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from backstory.history.cancel import Cancellation
from backstory.model.text import Splice, Text
from backstory.regions.splice import splice_lines, splice_units
from backstory.syntax.units import parse_units
from backstory.workspace.document import Document
from backstory.workspace.lost_lines import LostLines
from backstory.workspace.new_lines import with_new_lines
from backstory.workspace.snapshot import Snapshot

REST_SECONDS = 1.0
"""How long nobody may have typed before functions are looked for anew; until then they move with their lines."""


class Buffer:
    """One open document. The editor's thread changes it, jobs catch up with it."""

    def __init__(self, path: Path, text: Text, language: str | None, version: str | None = None) -> None:
        self.path = path
        self.version = version
        """The revision, by any name, whose text this is; None for the file on disk or in the index."""

        self.text = text
        self.language = language
        self.snapshot: Snapshot | None = None
        self.document: Document | None = None
        self.units_are_stale = True
        self.searched: Text | None = None
        """The text whose new lines were asked for in records, or are just now."""

        self.changed_at = time.monotonic()
        self.job = Cancellation()
        self.ready = threading.Event()
        """Set while `snapshot` is of today's HEAD."""

        self.is_closed = False
        self._lock = threading.Lock()

    def change(self, text: Text, splices: Sequence[Splice]) -> None:
        """Take over the text after an edit; untouched lines keep their origins."""
        with self._lock:
            self.text = text
            self.changed_at = time.monotonic()
            if self.snapshot is None:
                return
            lines, units = self.snapshot.head_lines, self.snapshot.units
            for splice in splices:
                lines, units = splice_lines(lines, splice), splice_units(units, splice)
            self.snapshot = self.snapshot.with_lines(lines, units)
            self.units_are_stale = True

    def compare(self, document: Document) -> None:
        """Compare the text, as it is now, with HEAD's."""
        while True:
            text, units = self.text, self.snapshot.units if self.snapshot else ()
            snapshot = document.snapshot(text, units)
            with self._lock:
                if self.text is text:
                    self.document, self.snapshot, self.searched = document, snapshot, None
                    return

    def parse(self) -> None:
        """Find the functions of the text as it is now."""
        self.units_are_stale = False
        text = self.text
        is_outdated = partial(self._is_outdated, text)
        units = parse_units(text.encoded(), self.language, is_outdated) if self.language else ()
        with self._lock:
            if self.text is text and self.snapshot:
                self.snapshot = self.snapshot.with_lines(self.snapshot.head_lines, units)

    def search(self, lost_lines: LostLines, cancellation: Cancellation) -> None:
        """Ask for the lines that HEAD does not have, in the text as it is now."""
        text, snapshot = self.text, self.snapshot
        if snapshot is None:
            return
        found = with_new_lines(snapshot, text, lost_lines, cancellation)
        with self._lock:
            if self.snapshot is snapshot:
                self.snapshot = found
            else:
                self.searched = None

    @property
    def is_at_rest(self) -> bool:
        """Whether nobody has typed for a while."""
        return time.monotonic() - self.changed_at >= REST_SECONDS

    def _is_outdated(self, text: Text) -> bool:
        """Tell a parser to stop when the text it reads was changed, and let others work while it reads."""
        time.sleep(0)
        return self.text is not text
