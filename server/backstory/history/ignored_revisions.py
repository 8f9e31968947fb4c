"""Lists of commits that blame should look through: mass reformatting and the like."""

import os
import re
from pathlib import Path

from attrs import frozen

from backstory.history.repository import Repository

CONVENTIONAL_NAME = ".git-blame-ignore-revs"
"""The name that hosting sites look for, and that many repositories never mention in any configuration."""

_GREATEST_LIST = 1 << 20


@frozen
class IgnoreLists:
    """Lists of commits that blame should look through."""

    usable: tuple[Path, ...]
    is_configuration_broken: bool
    """Whether git would refuse every blame because of a configured list: it is missing, or no list."""


def ignore_lists(repository: Repository) -> IgnoreLists:
    """Return the lists that the configuration or the convention names."""
    named = [value for value in repository.configuration.all("blame.ignorerevsfile") if value]
    top = repository.directory
    configured = [top / os.path.expanduser(value) for value in named]  # noqa: PTH111  # Path's raises for ~nobody
    conventional = [repository.root / CONVENTIONAL_NAME] if repository.root is not None else []
    usable = [path for path in (*configured, *conventional) if _is_ignore_list(path, repository.object_format)]
    return IgnoreLists(tuple(dict.fromkeys(usable)), any(path not in usable for path in configured))


def _is_ignore_list(path: Path, object_format: str) -> bool:
    """Tell whether every line is a full id, a comment or blank, as git demands. Source: git's oidset.c."""
    try:
        if not path.is_file() or path.stat().st_size > _GREATEST_LIST:
            return False
        text = path.read_bytes()
    except OSError:
        return False
    full_id = re.compile(b"[0-9a-fA-F]{%d}" % (64 if object_format == "sha256" else 40))
    entries = (line.partition(b"#")[0].strip(b" \t\r") for line in text.split(b"\n"))
    return all(full_id.fullmatch(entry) for entry in entries if entry)
