"""Commits: their own text, and how many there are."""

import codecs
from datetime import datetime

from attrs import frozen

from backstory.history.blame_records import moment
from backstory.history.repository import Repository, run_in
from backstory.model.names import Revision


@frozen
class Identity:
    """Who did something to a commit, and when; the mail map is not applied."""

    name: str | None
    email: str | None
    when: datetime | None
    """Aware, in the person's own UTC offset; None when the commit does not say."""


@frozen
class CommitRecord:
    """A commit object, read."""

    revision: Revision
    tree: str
    parents: tuple[Revision, ...]
    author: Identity
    committer: Identity
    message: str


def parse_commit(raw: bytes, revision: Revision) -> CommitRecord:
    r"""Return what a commit object says; what is broken in it is left out or replaced, never raised.

    `tree <id>\nparent <id>\nauthor Ada <ada@example.org> 1735689600 +0100\ncommitter …\nencoding ISO-8859-1\n\nSubject`
    Source: git-commit-tree(1), git's commit.c; continued headers (signatures) start with a space.
    """
    head, _, message = raw.partition(b"\n\n")
    lines = [line.partition(b" ") for line in head.split(b"\n") if not line.startswith(b" ")]
    headers = {key: value for key, _, value in reversed(lines)}
    encoding = _encoding(headers.get(b"encoding"))
    return CommitRecord(
        revision,
        headers.get(b"tree", b"").decode("ascii", "replace"),
        tuple(Revision(value.decode("ascii", "replace")) for key, _, value in lines if key == b"parent"),
        _identity(headers.get(b"author", b""), encoding),
        _identity(headers.get(b"committer", b""), encoding),
        message.decode(encoding, "replace"),
    )


def count_commits(repository: Repository, revision: Revision) -> int:
    """Return how many commits `revision` reaches, itself included."""
    return int(run_in(repository, ["rev-list", "--count", revision, "--"]))


def reachable(repository: Repository, revision: Revision) -> set[Revision]:
    """Return the commits that `revision` reaches, itself included."""
    return set(map(Revision, run_in(repository, ["rev-list", revision, "--"]).decode("ascii").split()))


def _identity(text: bytes, encoding: str) -> Identity:
    """Read `Name <email> seconds zone`; the e-mail ends at the last `>`, as git reads it."""
    who, _, when = text.rpartition(b">")
    name, _, email = (who or text).partition(b"<")
    seconds, _, zone = when.strip().partition(b" ")
    return Identity(
        name.decode(encoding, "replace").strip() or None,
        email.decode(encoding, "replace").strip() or None,
        moment(seconds, zone) if seconds.lstrip(b"-").isdigit() else None,
    )


def _encoding(named: bytes | None) -> str:
    """Return the text encoding that a commit names, UTF-8 when it names none that turns bytes into text."""
    try:
        codec = codecs.lookup((named or b"utf-8").decode("ascii", "replace"))
    except (LookupError, ValueError):
        return "utf-8"
    return codec.name if codec._is_text_encoding else "utf-8"  # noqa: SLF001  # nothing public tells rot13 from latin-1
