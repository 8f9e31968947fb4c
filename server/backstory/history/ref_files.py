"""The files in which git keeps refs, read where they say plainly what a ref points to: starting git costs more."""

import re
from pathlib import Path

from backstory.model.names import Revision

_OBJECT_ID = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")
_GREATEST_REF = 1_024


def checked_out(git_dir: Path, common_dir: Path) -> Revision | None:
    """Return the commit that is checked out; None where git must be asked: no commit yet, or another kind of storage.

    `ref: refs/heads/main` or, when HEAD is detached, an id. Source: gitrepository-layout(5).
    """
    said = _small_file(git_dir / "HEAD")
    if said.startswith(b"ref: refs/heads/"):
        branch = said.removeprefix(b"ref: ")
        said = _small_file(common_dir / branch.decode("utf-8", "surrogateescape")) or _packed(common_dir, branch)
    return Revision(said.decode("ascii")) if _OBJECT_ID.fullmatch(said) else None


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
