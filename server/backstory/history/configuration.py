"""Git's settings for a repository, read once for as long as their files stay the same."""

import os
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from backstory.history.command import run_git

_TRUE = frozenset({"true", "yes", "on", "1"})


@frozen
class Configuration:
    """Settings of the system, the person and the repository; what we pass on the command line is not among them."""

    values: Mapping[str, tuple[str, ...]]
    """Keys as `git config --list` writes them: section and name in lower case, the part between as it is."""

    def all(self, key: str) -> tuple[str, ...]:
        """Return every value of `key`, weakest scope first."""
        return self.values.get(key, ())

    def get(self, key: str) -> str | None:
        """Return the value that counts: the last; None when it is not set."""
        values = self.all(key)
        return values[-1] if values else None

    def is_true(self, key: str) -> bool:
        """Whether `key` is set to one of git's words for true."""
        return (self.get(key) or "").lower() in _TRUE


def configuration(directory: Path, git_dir: Path, common_dir: Path) -> Configuration:
    """Return the settings that hold in `directory`."""
    signature = _signature(git_dir, common_dir)
    known = _known.get(git_dir)
    if known is not None and known[0] == signature:
        return known[1]
    output = run_git(directory, ["config", "-z", "--list", "--show-scope"]).stdout
    read = Configuration(parse_configuration(output))
    _known[git_dir] = (signature, read)
    return read


def parse_configuration(output: bytes) -> dict[str, tuple[str, ...]]:
    r"""Return what `git config -z --list --show-scope` lists: `local\0remote.origin.url\nhttps://…\0…`.

    A key without `=` stands for true. Source: git-config(1), section `-z`.
    """
    words = os.fsdecode(output).split("\0")
    values: dict[str, tuple[str, ...]] = {}
    for scope, entry in zip(words[0::2], words[1::2], strict=False):
        key, equals, value = entry.partition("\n")
        if scope != "command":
            values[key] = (*values.get(key, ()), value if equals else "true")
    return values


_known: dict[Path, tuple[object, Configuration]] = {}


def _signature(git_dir: Path, common_dir: Path) -> tuple[tuple[int, int, int] | None, ...]:
    """Return what changes when a configuration file does (files that these include are not watched)."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  # Path.home() raises where there is none
    personal = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "git" / "config"
    files = (common_dir / "config", git_dir / "config.worktree", home / ".gitconfig", personal)
    return tuple(map(_stat_of, files))


def _stat_of(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
