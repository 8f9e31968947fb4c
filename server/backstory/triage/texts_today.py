"""The text in front of us: of the editor where a file is open, else of the work tree."""

import os
from collections.abc import Callable
from pathlib import Path

from backstory.history.files import TextLimits, unlike_text
from backstory.model.names import RepoPath
from backstory.model.text import Text

OpenText = Callable[[str, RepoPath], Text | None]
"""Returns the text of a repository's file that an editor has open; None where it has not."""


def nothing_open(_repository: str, _path: RepoPath) -> Text | None:
    """Have no file open: for those without an editor."""
    return None


class TextsToday:
    """Texts of one moment: a file is read once, and is the same object each time."""

    def __init__(self, open_text: OpenText) -> None:
        self._open_text = open_text
        self._known: dict[tuple[str, RepoPath], Text | None] = {}

    def of(self, repository: str, path: RepoPath) -> Text | None:
        """Return a file's text; None where there is none: gone, no text, too large, or outside by a link."""
        key = (repository, path)
        if key not in self._known:
            self._known[key] = self._open_text(repository, path) or _on_disk(Path(repository), path)
        return self._known[key]


def _on_disk(root: Path, path: RepoPath) -> Text | None:
    real_root, real = os.path.realpath(root), os.path.realpath(root / path)
    try:
        is_inside = os.path.commonpath((real_root, real)) == real_root
        if not is_inside or Path(real).stat().st_size > TextLimits().byte_count:
            return None
        content = Path(real).read_bytes()
    except (OSError, ValueError):
        return None
    return None if unlike_text(path, content) else Text.of_bytes(content)
