"""The files in which git keeps refs, read where they say plainly what a ref points to: starting git costs more."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from backstory.model.names import Revision

_OBJECT_ID = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")
_GREATEST_REF = 1_024
_PLAIN_PATTERN = re.compile(r"refs/(?!bisect|rewritten|worktree)[\w-]+(?:/[\w*-]+)*")
"""Without the refs that each work tree has for itself."""

_PLAIN_NAME = re.compile(r"[\w/+=@,-]+(?:\.[\w/+=@,-]+)*")


class _NotPlainError(Exception):
    """Something that git understands and we do not."""


def checked_out(git_dir: Path, common_dir: Path) -> Revision | None:
    """Return the commit that is checked out; None where git must be asked: no commit yet, or another kind of storage.

    `ref: refs/heads/main` or, when HEAD is detached, an id. Source: gitrepository-layout(5).
    """
    said = _small_file(git_dir / "HEAD")
    if said.startswith(b"ref: refs/heads/"):
        branch = said.removeprefix(b"ref: ")
        said = _small_file(common_dir / branch.decode("utf-8", "surrogateescape")) or _packed(common_dir, branch)
    return Revision(said.decode("ascii")) if _OBJECT_ID.fullmatch(said) else None


def listed(common_dir: Path, patterns: Sequence[str]) -> dict[str, str] | None:
    """Return the refs that match any of `patterns`, each with the id it points to; None where git must be asked.

    Patterns are those of git-for-each-ref(1).
    """
    if not patterns or not all(map(_PLAIN_PATTERN.fullmatch, patterns)) or (common_dir / "reftable").exists():
        return None
    matching = _any_of(tuple(patterns)).fullmatch
    try:
        loose = {name: _id_of(name, Path(path)) for name, path in _loose(common_dir, patterns) if matching(name)}
        packed = _all_packed(common_dir, matching)  # last: what is packed meanwhile is met twice, and not missed
    except (_NotPlainError, OSError):
        return None
    return dict(sorted((packed | loose).items()))


def _loose(common_dir: Path, patterns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the refs that have a file, in the folders that patterns speak of, each with its file."""
    top = f"{common_dir}{os.sep}"
    for start in {_fixed_part(pattern) for pattern in patterns}:
        if os.path.isfile(top + start):  # noqa: PTH113  # paths as text, all through: there may be thousands
            yield start, top + start
        for folder, folders, files in os.walk(top + start):
            if any(os.path.islink(f"{folder}{os.sep}{name}") for name in folders):  # noqa: PTH114
                raise _NotPlainError
            inside = folder.removeprefix(top).replace(os.sep, "/")
            for name in files:
                if not name.endswith(".lock"):
                    yield f"{inside}/{name}", f"{folder}{os.sep}{name}"


def _fixed_part(pattern: str) -> str:
    fixed, star, _ = pattern.partition("*")
    return fixed.rpartition("/")[0] if star else fixed


def _id_of(name: str, path: Path) -> str:
    said = _small_file(path)
    if not _OBJECT_ID.fullmatch(said) or not _PLAIN_NAME.fullmatch(name):
        raise _NotPlainError
    return said.decode("ascii")


def _all_packed(common_dir: Path, matching: Callable[[str], object]) -> dict[str, str]:
    """Return the packed refs that match; `#` starts a comment, `^` what an annotated tag stands for."""
    path = common_dir / "packed-refs"
    if not path.exists():
        return {}
    lines = path.read_text("utf-8", "surrogateescape").split("\n")
    entries = (line.partition(" ") for line in lines if line[:1] not in {"", "#", "^"})
    return {name: object_id for object_id, _, name in entries if matching(name)}


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches a whole name: `*` stands for part of a name, `**` for any number of whole ones."""
    return re.compile("|".join(map(_expression, patterns)))


def _expression(pattern: str) -> str:
    if "*" not in pattern:
        return f"{re.escape(pattern)}(?:/.*)?"
    written = re.escape(pattern).replace(r"/\*\*/", "/(?:.*/)?").replace(r"/\*\*", "/.*")
    return written.replace(r"\*", "[^/]*")


def _packed(common_dir: Path, name: bytes) -> bytes:
    r"""Return what `packed-refs` says of a ref: `<id> refs/heads/main\n`. Source: git-pack-refs(1)."""
    try:
        packed = (common_dir / "packed-refs").read_bytes()
    except OSError:
        return b""
    at = packed.find(b" " + name + b"\n")
    return packed[packed.rfind(b"\n", 0, at) + 1 : at] if at >= 0 else b""


def _small_file(path: Path) -> bytes:
    """Return what a file says, nothing when it is none: what lies there may be anything."""
    try:
        if not path.is_file() or path.stat().st_size > _GREATEST_REF:
            return b""
        return path.read_bytes().rstrip()
    except (OSError, ValueError):
        return b""
