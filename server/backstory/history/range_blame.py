"""Blame between two revisions only: which lines came through unchanged, and until when each line was there."""

import re
from collections.abc import Sequence

from attrs import frozen

from backstory.history.blame_records import BlameParser
from backstory.history.cancel import Cancellation
from backstory.history.command import stream_git
from backstory.history.ignored_revisions import ignore_lists
from backstory.history.no_settings import without_settings
from backstory.history.repository import Repository
from backstory.model.history import Hunk
from backstory.model.names import RepoPath, Revision

_BOUNDARY = re.compile(rb"^([0-9a-f]{40,64}) \d+ \d+ \d+\n(?:(?!filename )[^\n]*\n)*?boundary\n", re.MULTILINE)

_OPTIONS = ("--incremental", "--root", "--encoding=UTF-8", "--no-textconv", "--no-ext-diff")


@frozen
class Span:
    """From an older commit to a newer one that stands on it."""

    old: Revision
    new: Revision

    def __str__(self) -> str:
        return f"{self.old}..{self.new}"


@frozen
class RangeBlame:
    """Each line of a file in one hunk; empty where git could not blame it."""

    hunks: tuple[Hunk, ...]
    borders: frozenset[Revision]
    """The commits at which git stopped: their lines are older than the range, or as old as its beginning."""


def blame_since(repository: Repository, span: Span, path: RepoPath, cancellation: Cancellation) -> RangeBlame:
    """Return what the newer commit's file has of the older one: its lines are in hunks of the older commit.

    Lists of commits to look through are not asked: with them git guesses, and a guess may be another text.
    Raises: CancelledError.
    """
    return _blame(repository, [str(span), "--", path], cancellation)


def blame_lines(
    repository: Repository, revision: Revision, path: RepoPath, lines: Sequence[int], cancellation: Cancellation
) -> RangeBlame:
    """Return the commits that wrote some lines, through all of history. Raises: CancelledError."""
    options = [f"-L{line},{line}" for line in lines]
    return _blame(repository, [*options, revision, "--", path], cancellation)


def last_seen(repository: Repository, span: Span, path: RepoPath, cancellation: Cancellation) -> RangeBlame:
    """Return for each line of the older commit's file the last commit of the span that has it, and its place there.

    Raises: CancelledError.
    """
    return _blame(repository, ["--reverse", str(span), "--", path], cancellation)


def _blame(repository: Repository, scope: Sequence[str], cancellation: Cancellation) -> RangeBlame:
    is_broken = ignore_lists(repository).is_configuration_broken
    plainly = repository.is_partial or is_broken
    variables = without_settings(repository) if plainly else {}
    args = ["blame", *_OPTIONS, "--ignore-revs-file=", *scope]
    with stream_git(repository.directory, args, variables=variables, cancellation=cancellation) as git:
        output = git.stdout.read()
        finished = git.finish()
    cancellation.raise_if_cancelled()
    if finished.status != 0:
        return RangeBlame((), frozenset())
    hunks = [item for item in BlameParser().feed(output) if isinstance(item, Hunk)]
    borders = frozenset(Revision(found.decode("ascii")) for found in _BOUNDARY.findall(output))
    return RangeBlame(tuple(sorted(hunks, key=lambda hunk: hunk.first)), borders)
