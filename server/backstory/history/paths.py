"""Paths as git stores them, from paths as editors write them. Pure: folders are listed by whoever asks."""

import shlex
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath

from backstory.model.names import RepoPath


def relative_parts(root: PurePath, path: PurePath) -> tuple[str, ...] | None:
    """Return the names from `root` down to `path`, None when it lies elsewhere; `C:` and `c:` are the same drive."""
    try:
        parts = path.relative_to(root).parts
    except ValueError:
        return None
    return None if ".." in parts else parts


def repo_path_of(parts: Iterable[str]) -> RepoPath:
    """Return the names joined as git joins them."""
    return RepoPath("/".join(parts))


def stored_spelling(parts: Sequence[str], names_in: Callable[[Sequence[str]], Iterable[str]]) -> tuple[str, ...]:
    """Return `parts` as the folders spell them, on a file system that takes other spellings of a name for the same.

    `names_in` lists the folder at the given parts; a name that is not there in any spelling stays as it is.
    """
    spelled: list[str] = []
    for part in parts:
        names = list(names_in(tuple(spelled)))
        wanted = _folded(part)
        spelled.append(part if part in names else next((name for name in names if _folded(name) == wanted), part))
    return tuple(spelled)


def composed(parts: Iterable[str]) -> tuple[str, ...]:
    """Return `parts` in NFC, as git stores names when `core.precomposeUnicode` is set (macOS)."""
    return tuple(unicodedata.normalize("NFC", part) for part in parts)


def pathspec(path: RepoPath) -> str:
    """Return what means exactly this path to a command that takes pathspecs, whatever characters are in it."""
    return f":(literal){path}"


def shell_quoted(path: PurePath | str) -> str:
    """Return a path as a person can paste it behind a command."""
    return f'"{path}"' if sys.platform == "win32" else shlex.quote(str(path))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
