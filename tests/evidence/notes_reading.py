"""Asking a source that reads notes, and reading the samples of its format."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from backstory.evidence.source import OpenSource, ReadRequest
from backstory.history.cancel import Cancellation
from backstory.model.evidence import Evidence, Reading
from backstory.model.names import RepoPath, Revision
from backstory.model.origin import Contributor

TOP = Path(__file__).parents[2]
SAMPLES = TOP / "tests" / "samples"
CORPUS = Path(os.environ.get("BACKSTORY_CORPUS") or TOP.parent / "shared" / "corpus")

Opened = Callable[[Path], OpenSource]


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def changed(name: str, change: Callable[[Any], None]) -> bytes:
    """Return a sample's JSON after a change."""
    note = json.loads(sample(name))
    change(note)
    return json.dumps(note).encode()


def silent(_done: int, _total: int | None) -> None:
    """Show no progress."""


def read(source: OpenSource, revision: str, *paths: str) -> Reading:
    asked = frozenset(map(RepoPath, paths or ("pay.py",)))
    return source.read(ReadRequest({Revision(revision): asked}), Cancellation())


def claims(reading: Reading) -> list[tuple[str, list[int] | None]]:
    """Return what is said of lines: whose they are, and which; None for a whole file."""
    return [(each.origin.contributor.value, numbers(each)) for each in reading.evidence if each.path]


def numbers(evidence: Evidence) -> list[int] | None:
    return None if evidence.lines is None else [line for lines in evidence.lines for line in lines]


def agents(reading: Reading) -> Iterator[Evidence]:
    return (each for each in reading.evidence if each.origin.contributor is Contributor.AI)
