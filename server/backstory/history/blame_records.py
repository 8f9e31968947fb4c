r"""The records of `git blame --incremental`.

    67ecf55… 12 40 3              commit, first line there, first line here, how many
    author Ada Lovelace           the facts stand only in a commit's first record
    author-mail <ada@example.org>
    author-time 1735689600
    author-tz +0100
    committer …                   (and committer-mail, -time, -tz)
    summary Weave the first pattern
    boundary                      only without --root
    previous 5f3c… old name.c
    filename "name with \"quotes\".c"

Source: git-blame(1), sections *The porcelain format* and *Incremental output*.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from backstory.history.quoting import unquoted
from backstory.model.history import CommitFacts, Hunk
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import Person

_RECORD = re.compile(
    rb"([0-9a-f]+) ([0-9]+) ([0-9]+) ([0-9]+)\n"  # what is anybody's hunk
    rb"((?:(?!filename )[^\n]*\n)*)"  # the facts; possessive, Python before 3.11.5 would find none
    rb"filename ([^\n]*)\n"
)


class BlameParser:
    """Turns git's output, in pieces of any size, into facts and hunks."""

    def __init__(self, shallow_revisions: frozenset[Revision] = frozenset()) -> None:
        self._shallow_revisions = shallow_revisions
        self._known: dict[bytes, Revision] = {}
        self._paths: dict[bytes, RepoPath] = {}
        self._rest = b""

    def feed(self, chunk: bytes) -> list[Hunk | CommitFacts]:
        """Return what the records that are complete now say."""
        told: list[Hunk | CommitFacts] = []
        text, end = self._rest + chunk, 0
        for record in _RECORD.finditer(text):
            end = record.end()
            object_id, there, here, length, said, path = record.groups()
            revision = self._known.get(object_id)
            if revision is None:
                revision = self._known[object_id] = Revision(object_id.decode("ascii"))
                facts = {key: value for key, _, value in (line.partition(b" ") for line in said.split(b"\n"))}
                told.append(commit_facts(revision, facts, is_history_cut=revision in self._shallow_revisions))
            told.append(Hunk(revision, self._path(path), int(there), int(here), int(length)))
        self._rest = text[end:]
        return told

    def _path(self, quoted: bytes) -> RepoPath:
        path = self._paths.get(quoted)
        if path is None:
            path = self._paths[quoted] = RepoPath(unquoted(quoted).decode("utf-8", "surrogateescape"))
        return path


def commit_facts(revision: Revision, facts: dict[bytes, bytes], *, is_history_cut: bool) -> CommitFacts:
    """Return a commit as the lines of its first record tell it."""
    return CommitFacts(
        revision,
        _person(facts, b"author"),
        _time(facts, b"author"),
        _person(facts, b"committer"),
        _time(facts, b"committer"),
        facts.get(b"summary", b"").decode("utf-8", "replace"),
        is_history_cut,
    )


def moment(seconds: bytes, zone: bytes) -> datetime:
    """Return git's seconds and `+hhmm` as an aware time; nonsense zones count as UTC, nonsense times as 1970."""
    try:
        return datetime.fromtimestamp(int(seconds), _zone(zone))
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


@lru_cache(maxsize=256)
def _zone(text: bytes) -> timezone:
    try:
        offset = timedelta(hours=int(text[-4:-2]), minutes=int(text[-2:]))
        return timezone(-offset if text.startswith(b"-") else offset)
    except ValueError:
        return UTC


def _person(facts: dict[bytes, bytes], role: bytes) -> Person:
    name = facts.get(role, b"").decode("utf-8", "replace")
    email = facts.get(role + b"-mail", b"").decode("utf-8", "replace").removeprefix("<").removesuffix(">")
    return Person(name or None, email or None)


def _time(facts: dict[bytes, bytes], role: bytes) -> datetime:
    return moment(facts.get(role + b"-time", b""), facts.get(role + b"-tz", b""))
