"""`backstory doctor`: what evidence a repository holds, why there may be none, and what would bring more."""

import argparse
import sys
from pathlib import Path

from backstory.cli.asking import add_without, asking, print_json, print_lines
from backstory.cli.terminal import terminal
from backstory.views.doctor import diagnosed
from backstory.views.records import doctor_record
from backstory.workspace.queries import NoSuchFileError

SUMMARY = "tell what evidence this repository holds, and what would bring more"
DESCRIPTION = """Read every record that the repository holds and tell what was found, what could not be read, why there
is nothing where there is nothing, and the exact commands that bring more. Nothing is changed."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "path", metavar="PATH", type=Path, nargs="?", default=Path(), help="a path in the repository (default: here)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    add_without(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer; return the exit status."""
    path: Path = arguments.path
    if not path.exists():
        raise NoSuchFileError(f"{path}: no such file or folder")
    with asking("Reading records", arguments.without) as ask:
        diagnosis = ask.queries.diagnose(path.absolute(), ask.cancellation, ask.progress)
    if arguments.json:
        print_json(doctor_record(diagnosis), indent=2)
        return 0
    screen = terminal(arguments.color, sys.stdout)
    print_lines(diagnosed(diagnosis, width=screen.prose_width, paint=screen.paint))
    return 0
