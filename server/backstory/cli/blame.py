"""`backstory blame FILE`: the file, with who wrote each line beside it."""

import argparse
import sys
from pathlib import Path

from backstory.cli.asking import add_without, asking, print_json, print_lines
from backstory.cli.terminal import terminal
from backstory.model.answer import AnnotatedFile
from backstory.model.errors import BackstoryError
from backstory.model.state import StateCode
from backstory.model.text import Text
from backstory.views.gutter import annotated
from backstory.views.records import blame_records

SUMMARY = "print a file with the origin of every line"
DESCRIPTION = """Print FILE with a word beside each line for who wrote it: agent, agent? (an agent took part in the
commit), human (a record says so), mixed, robot, or ? where no record says."""

_WITHOUT_LINES = frozenset({StateCode.BINARY, StateCode.TOO_LARGE, StateCode.SUBMODULE, StateCode.NOT_A_FILE})


class NoLinesError(BackstoryError):
    """The file has no lines to tell the origin of."""

    exit_code = 9


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the file, as it is on disk")
    parser.add_argument("--json", action="store_true", help="print one JSON object per line of the file")
    add_without(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer; return the exit status."""
    path: Path = arguments.file
    with asking("Reading records", arguments.without) as ask:
        query = ask.queries.annotate_with_prompts if arguments.json else ask.queries.annotate
        file = query(path, ask.cancellation, ask.progress)
        _refuse_without_lines(file)
    if arguments.json:
        for record in blame_records(file):
            print_json(record)
        return 0
    screen = terminal(arguments.color, sys.stdout)
    text = Text.of_bytes(path.read_bytes())
    texts = [line.rstrip("\r\n") for line in text.lines()]
    print_lines(annotated(file, texts, width=screen.width, paint=screen.paint))
    return 0


def _refuse_without_lines(file: AnnotatedFile) -> None:
    for state in file.states:
        if state.code in _WITHOUT_LINES:
            raise NoLinesError(state.reason, state.command)
