"""What the sources have in common that read one recorder's notes."""

import threading
from collections.abc import Sequence
from typing import ClassVar

from backstory.evidence.notes_family import NotesFamily
from backstory.evidence.quiet import QuietSource
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository


class NotesSource(QuietSource):
    """Notes of one repository, as they are when first asked for."""

    id: ClassVar[str]
    refs: ClassVar[Sequence[str]]
    """Names of its refs below `refs/notes/`: today's first, then earlier ones."""

    def __init__(self, repository: Repository, reader: ObjectReader) -> None:
        self._repository = repository
        self._reader = reader
        self._lock = threading.Lock()
        self._found: NotesFamily | None = None

    def prepare(self) -> None:
        """Find the refs."""
        self._notes()

    def close(self) -> None:
        """End the processes."""
        self._reader.close()

    def _notes(self) -> NotesFamily:
        with self._lock:
            if self._found is None:
                self._found = NotesFamily(self.id, self._repository, self._reader, self.refs)
            return self._found
