"""Lists of commits that blame should look through: mass reformatting and the like."""

import re
from pathlib import Path

from backstory.history.repository import Repository

CONVENTIONAL_NAME = ".git-blame-ignore-revs"
"""The name that hosting sites look for, and that many repositories never mention in any configuration."""

_GREATEST_LIST = 1 << 20


def ignore_lists(repository: Repository) -> tuple[Path, ...]:
    """Return the lists that the configuration or the convention names, as far as git can read them.

    One that is missing or malformed makes git refuse the whole blame, so it is left out.
    """
    top = repository.directory
    named: list[str] = []
    for value in repository.configuration.all("blame.ignorerevsfile"):
        named = [*named, value] if value else []
    paths = [top / Path(value).expanduser() for value in named]
    if repository.root is not None:
        paths.append(repository.root / CONVENTIONAL_NAME)
    return tuple(path for path in dict.fromkeys(paths) if _is_ignore_list(path, repository.object_format))


def _is_ignore_list(path: Path, object_format: str) -> bool:
    """Tell whether every line is a full id, a comment or blank, as git demands. Source: git's oidset.c."""
    try:
        if not path.is_file() or path.stat().st_size > _GREATEST_LIST:
            return False
        text = path.read_bytes()
    except OSError:
        return False
    digits = 64 if object_format == "sha256" else 40
    line = rb"[ \t\r]*(?:[0-9a-fA-F]{%d})?[ \t\r]*(?:#[^\n]*)?" % digits
    return re.fullmatch(line + rb"(?:\n" + line + rb")*", text) is not None
