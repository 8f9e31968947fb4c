"""Paths that an agent used on some machine → paths in the repository.

/Users/ann/src/cli/cmd/main.go      with the folder /Users/ann/src/cli       → cmd/main.go
/Users/ann/trees/fix-1/cmd/main.go  when some checkpoint touched cmd/main.go → cmd/main.go
/Users/ann/src/cli/cmd/REDACTED.go  when one touched file alone fits         → cmd/session.go
"""

import re
from collections.abc import Collection, Iterable

from backstory.model.names import RepoPath

MASK = "REDACTED"
"""What Entire writes in the place of a secret, or of what looks like one."""

_SEPARATORS = re.compile(r"[/\\]+")
_DRIVE = re.compile(r"[A-Za-z]:[/\\]")


class RepoPaths:
    """The paths that are known to be the repository's."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)

    def find(self, path: str, folders: Collection[str]) -> RepoPath | None:
        """Return the path in the repository, None when it lies elsewhere or is masked.

        `folders` are those in which the agent worked: the top of a work tree, or below it.
        """
        below = _below(path, folders)
        if below in self._known:
            return RepoPath(below)
        parts = _parts(path)
        ends = ("/".join(parts[start:]) for start in range(len(parts) - 1))
        known = next((end for end in ends if end in self._known), None)
        if known is not None:
            return RepoPath(known)
        if MASK in path:
            return self._masked(parts)
        return RepoPath(below) if below else None

    def _masked(self, parts: list[str]) -> RepoPath | None:
        """Return the one path that a masked one can stand for: the most of its last names that fit any."""
        for start in range(len(parts) - 1):
            fitting = _unmasked("/".join(parts[start:]))
            found = [path for path in self._known if fitting.fullmatch(path)]
            if found:
                return RepoPath(found[0]) if len(found) == 1 else None
        return None


def _below(path: str, folders: Iterable[str]) -> str:
    """Return the path from the topmost of `folders` that holds it; empty when none does."""
    if not (path.startswith(("/", "\\")) or _DRIVE.match(path)):
        return _joined(_parts(path))
    parts = _parts(path)
    tops = sorted((_parts(folder) for folder in folders), key=len)
    return next((_joined(parts[len(top) :]) for top in tops if top and parts[: len(top)] == top), "")


def _joined(parts: list[str]) -> str:
    return "" if ".." in parts else "/".join(parts)


def _parts(path: str) -> list[str]:
    return [part for part in _SEPARATORS.split(path) if part not in {"", "."}]


def _unmasked(path: str) -> re.Pattern[str]:
    return re.compile("[^/]+".join(map(re.escape, path.split(MASK))))
