"""Whether anything in a clone has changed: its refs, the objects it holds."""

import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from backstory.history.refs import list_refs
from backstory.history.repository import Repository

_DEEPEST = 5
"""How far git follows repositories whose objects are another's."""


def clone_stamp(repository: Repository) -> str | None:
    """Return what stays the same for as long as no ref moves and no object comes or goes: one git call.

    None when that cannot be told.
    """
    told = [f"{ref} {target}" for ref, target in list_refs(repository).items()]
    try:
        told += _folders(repository.common_dir / "objects")
    except OSError:
        return None
    return blake2b("\n".join(told).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _folders(objects: Path, depth: int = 0) -> Iterator[str]:
    """Yield when each folder of objects was last written to, also of those that are another repository's.

    Source: gitrepository-layout(5), `objects/info/alternates`.
    """
    with os.scandir(objects) as found:
        for folder in sorted(found, key=lambda each: each.name):
            yield f"{folder.name} {folder.stat().st_mtime_ns}"
    alternates = objects / "info" / "alternates"
    if depth < _DEEPEST and alternates.exists():
        for line in alternates.read_text("utf-8", "surrogateescape").splitlines():
            if line and not line.startswith("#"):
                yield from _folders(objects / line, depth + 1)
