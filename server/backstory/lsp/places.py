"""Which version of which file a document is: the one on disk, or an older one that a diff editor shows."""

import json
from pathlib import Path
from urllib.parse import unquote

from attrs import frozen

from backstory.lsp.uris import DECLINED, local_path
from backstory.model.state import State, StateCode

INDEX = frozenset({"", "~"})
"""How VS Code calls the version that is staged, or the last committed one when nothing is."""

SIDES_OF_A_MERGE = frozenset({"~1", "~2", "~3"})
A_SIDE = State(StateCode.SCHEME, "This is one side of a merge conflict; the file itself is what has a history.")
NO_FILE = State(StateCode.SCHEME, DECLINED["git"])


@frozen
class Place:
    """A file and its version."""

    path: Path | State
    """The file, or why the document is none."""

    version: str | None = None
    """A revision, as git names it; None for what lies on disk or in the index, which is compared with HEAD."""

    is_older: bool = False
    """Whether this is the version that something is compared with."""


def place_of(uri: str) -> Place:
    """Return the file and the version that a URI names.

    Source: what VS Code's git extension sends, `git:/src/a.py?{"path":"/src/a.py","ref":"HEAD"}`, escaped.
    """
    if not uri.lower().startswith("git:"):
        return Place(local_path(uri))
    try:
        named = json.loads(unquote(uri.partition("?")[2].partition("#")[0], errors="surrogateescape"))
        path, version = Path(str(named["path"])), str(named["ref"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return Place(NO_FILE, is_older=True)
    if not path.is_absolute() or "\0" in f"{path}{version}":
        return Place(NO_FILE, is_older=True)
    if version in SIDES_OF_A_MERGE:
        return Place(A_SIDE, is_older=True)
    return Place(path, None if version in INDEX else version, is_older=True)
