"""A slow, plain reference for where a line of an old revision stands at HEAD; nothing but `git blame` is asked.

A line is the one that a commit wrote: its commit, its path there and its number there. Blame of the old revision tells
this of the asked line, blame of *every* text file at HEAD tells it of all lines of today. Where both say the same, it
is the same line, and it survives; where no line of today says so, it does not.

The sample is drawn with a fixed seed: revisions evenly over all that HEAD reaches, side branches too, then text files
of each, then lines of each, blank ones and single brackets too.
"""

import random
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bench.oracle.blame import blame_text, text_files
from bench.oracle.git_ai import git

SEED = 20_260_302
LONGEST_FILE = 5_000

Origin = tuple[str, str, int]


@dataclass(frozen=True)
class Asked:
    """A line of an old revision, what it says, and where it stands at HEAD: nowhere, or in one or several places."""

    revision: str
    path: str
    line: int
    text: str
    today: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Scope:
    """How much is drawn."""

    revisions: int = 40
    files: int = 15
    lines: int = 5


def sample(repository: str, scope: Scope) -> Iterator[Asked]:
    """Yield the lines to ask for, revision by revision."""
    chance = random.Random(SEED)
    known = git(repository, "rev-list", "HEAD").decode("ascii").split()
    today = lines_of_today(repository)
    step = max(1, len(known) // scope.revisions)
    for revision in known[chance.randrange(step) :: step][: scope.revisions]:
        paths = text_files(repository, revision)
        for path in sorted(chance.sample(paths, min(scope.files, len(paths)))):
            try:
                lines = list(blame_text(repository, path, revision))
            except subprocess.CalledProcessError:
                continue  # an object that the clone lacks
            if not 0 < len(lines) <= LONGEST_FILE:
                continue
            for each in sorted(chance.sample(lines, min(scope.lines, len(lines))), key=lambda line: line.line):
                origin = (each.revision, each.path_at_revision, each.line_at_revision)
                yield Asked(revision, path, each.line, each.text, tuple(today.get(origin, ())))


@cache
def lines_of_today(repository: str) -> dict[Origin, list[tuple[str, int]]]:
    """Return the places at HEAD that are the line of an origin."""
    found: defaultdict[Origin, list[tuple[str, int]]] = defaultdict(list)
    for path in text_files(repository):
        for each in blame_text(repository, path):
            found[each.revision, each.path_at_revision, each.line_at_revision].append((path, each.line))
    return dict(found)


@cache
def text_of_today(repository: str, path: str) -> list[str]:
    """Return the lines of a file at HEAD without their ends; none when there is no such file."""
    try:
        raw = git(repository, "show", f"HEAD:{path}")
    except subprocess.CalledProcessError:
        return []
    lines = raw.decode("utf-8", "surrogateescape").split("\n")
    return lines if lines[-1] else lines[:-1]
