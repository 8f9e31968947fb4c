"""One question to the workspace: opened, told of progress, closed."""

import argparse
import json
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from attrs import frozen

from backstory.cli.terminal import ProgressLine
from backstory.evidence import SOURCES
from backstory.history.cancel import Cancellation
from backstory.workspace.queries import Queries


@frozen
class Asking:
    """What a command needs to ask."""

    queries: Queries
    cancellation: Cancellation
    progress: ProgressLine


def add_without(parser: argparse.ArgumentParser) -> None:
    """Declare the option that switches sources off."""
    parser.add_argument(
        "--without",
        metavar="SOURCE",
        action="append",
        default=[],
        choices=[source.ID for source in SOURCES],
        help="leave a source of evidence unread; may stand several times",
    )


@contextmanager
def asking(what: str, without: Collection[str] = ()) -> Iterator[Asking]:
    """Open the workspace for one question; afterwards nothing of it runs and no progress is left on the screen."""
    cancellation, progress, queries = Cancellation(), ProgressLine(what), Queries(lambda _: without)
    try:
        yield Asking(queries, cancellation, progress)
    finally:
        cancellation.cancel()
        progress.clear()
        queries.close()


def print_lines(lines: Iterable[str]) -> None:
    """Write lines to stdout."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def print_json(record: object, *, indent: int | None = None) -> None:
    """Write JSON to stdout, in ASCII: it means the same in every encoding, and no terminal obeys it."""
    sys.stdout.write(json.dumps(record, indent=indent) + "\n")
