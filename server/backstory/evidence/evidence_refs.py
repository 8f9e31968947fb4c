"""The refs in which recorders keep what they recorded, listed once for all sources that share an object reader."""

import threading
from collections.abc import Mapping
from types import MappingProxyType
from weakref import WeakKeyDictionary

from backstory.history.objects import ObjectReader
from backstory.history.refs import list_refs
from backstory.history.repository import Repository

PATTERNS = (
    "refs/notes",
    "refs/remotes/**/notes/**",  # copies of a remote's notes that some set-ups fetch to
    "refs/ai/authorship",  # git-ai's, from before notes
    "refs/entire",
    "refs/heads/entire",
    "refs/remotes/*/entire/**",
)

_lock = threading.Lock()
_listed: WeakKeyDictionary[ObjectReader, Mapping[str, str]] = WeakKeyDictionary()


def evidence_refs(repository: Repository, reader: ObjectReader) -> Mapping[str, str]:
    """Return the refs, each with the id it points to, as they were when first asked for with this reader.

    They are listed once for all sources of a repository: these share its reader, and get a new one when records move.
    """
    with _lock:
        found = _listed.get(reader)
        if found is None:
            found = _listed[reader] = MappingProxyType(list_refs(repository, *PATTERNS))
        return found
