"""Git notes looked up for a few commits: of the notes tree only the folders are read that can hold their notes."""

import re
from collections.abc import Collection, Iterable, Mapping

from backstory.history.notes import NotesIndex, notes_index
from backstory.history.objects import ObjectReader
from backstory.history.repository import Repository
from backstory.model.names import BlobId, Revision

_FOLDER = b"40000"
_NOTE = b"100"

_Entries = Mapping[bytes, tuple[bytes, bytes]]
"""By name: mode and id."""


class NotesTree:
    """The notes of one ref at one tip; safe to use from several threads."""

    def __init__(self, repository: Repository, reader: ObjectReader, ref: str, tip: str) -> None:
        self.ref = ref
        self._tip = tip
        self._repository = repository
        self._reader = reader
        self._top = f"{tip}^{{tree}}"
        self._folders: dict[str, _Entries] = {}
        self._index: NotesIndex | None = None

    def blobs_on(self, revisions: Collection[Revision]) -> Mapping[Revision, BlobId]:
        """Return the blobs that hold notes on some commits, leaving out those without; no git is started.

        Raises: as `notes_index` does, when a folder cannot be read.
        """
        found = None if self._index else self._look_up(revisions)
        return self.index().blobs if found is None else found

    def index(self) -> NotesIndex:
        """Return all notes of the ref: one git call, the first time. Raises: as `notes_index` does."""
        if self._index is None:
            self._index = notes_index(self._repository, self.ref, self._tip)
        return self._index

    def _look_up(self, revisions: Collection[Revision]) -> dict[Revision, BlobId] | None:
        """Descend one level of folders at a time; None when one cannot be read.

        Of several notes on one commit the deepest counts: it is the one that git lists first.
        """
        found: dict[Revision, BlobId] = {}
        level: dict[str, list[tuple[Revision, bytes]]] = {self._top: [(each, each.encode()) for each in revisions]}
        while level:
            if not self._read(level):
                return None
            below: dict[str, list[tuple[Revision, bytes]]] = {}
            for folder, names in level.items():
                entries = self._folders[folder]
                for revision, name in names:
                    mode, object_id = entries.get(name, (b"", b""))
                    if mode.startswith(_NOTE):
                        found[revision] = BlobId(object_id.hex())
                    mode, object_id = entries.get(name[:2], (b"", b""))
                    if mode == _FOLDER:
                        below.setdefault(object_id.hex(), []).append((revision, name[2:]))
            level = below
        return found

    def _read(self, folders: Iterable[str]) -> bool:
        """Read the folders that nobody asked for yet; False when one is missing or no folder."""
        unknown = [folder for folder in folders if folder not in self._folders]
        for folder, content in self._reader.read_many(unknown):
            entries = None if content is None else parse_tree(content, self._repository.object_format)
            if entries is None:
                return False
            self._folders[folder] = entries
        return True


def parse_tree(content: bytes, object_format: str = "sha1") -> dict[bytes, tuple[bytes, bytes]] | None:
    r"""Return a tree object's entries by name, each with mode and id; None when it is no tree.

    `40000 ab\0<20 bytes>100644 cdef…\0<20 bytes>`. Source: git's tree-walk.c.
    """
    entry, tree = _PATTERNS[object_format]
    if not tree.fullmatch(content):
        return None
    return {name: (mode, object_id) for mode, name, object_id in entry.findall(content)}


def _patterns(id_bytes: int) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    entry = rb"([0-7]{5,6}) ([^\0]+)\0(.{%d})" % id_bytes
    whole = rb"(?:[0-7]{5,6} [^\0]+\0.{%d})*+" % id_bytes
    return re.compile(entry, re.DOTALL), re.compile(whole, re.DOTALL)


_PATTERNS = {"sha1": _patterns(20), "sha256": _patterns(32)}
