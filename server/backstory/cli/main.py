"""The command line: its commands, its exit statuses, and the one place that catches bugs."""

import argparse
import importlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Protocol

from backstory import __version__
from backstory.model.errors import BackstoryError
from backstory.redaction.plain_text import one_line

COMMANDS = ("blame", "explain", "prompt", "stacktrace", "doctor", "record", "store")
"""Each is a module of this package."""

DESCRIPTION = "Where code came from: which agent, model, person, session and commit, what was asked, on what evidence."

VERSION = f"backstory {__version__}"

EXIT_USAGE = 2
EXIT_BUG = 70
EXIT_INTERRUPTED = 130
EXIT_PIPE_CLOSED = 141


class Command(Protocol):
    """What a command's module has to offer."""

    SUMMARY: str
    DESCRIPTION: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Answer; return the exit status."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status. Every failure is one line on stderr."""
    words = sys.argv[1:] if argv is None else list(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot write “ shows ?
    try:
        status = _run(words)
        sys.stdout.flush()
    except BackstoryError as error:
        _complain(error.reason, error.command)
        return error.exit_code
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # whoever read our answer has seen enough; nothing may complain at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_PIPE_CLOSED
    except Exception as error:  # noqa: BLE001  # the command line's one catch-all
        _tell_bug(error, is_wanted="--traceback" in words)
        return EXIT_BUG
    return status


def _run(words: list[str]) -> int:
    if words == ["--version"]:
        sys.stdout.write(f"{VERSION}\n")
        return 0
    try:
        arguments = _parser().parse_args(words)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else EXIT_USAGE
    status: int = arguments.run(arguments)
    return status


def _complain(reason: str, command: str | None) -> None:
    advice = f"  Run: {one_line(command)}\n" if command else ""
    sys.stderr.write(f"backstory: {one_line(reason)}\n{advice}")


def _tell_bug(error: Exception, *, is_wanted: bool) -> None:
    """Tell of a bug by its kind and place; its text may quote what nobody should see unasked."""
    if is_wanted:
        traceback.print_exception(error)
        return
    frame = traceback.extract_tb(error.__traceback__)[-1]
    module = frame.filename.replace("\\", "/").rpartition("/")[2]
    sys.stderr.write(
        f"backstory: a bug in Backstory itself: {type(error).__name__} at {module}:{frame.lineno}.\n"
        "  To see more, put --traceback before the command: backstory --traceback …\n"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="backstory", description=DESCRIPTION)
    parser.add_argument("--version", action="version", version=VERSION)
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours (default: auto)")
    parser.add_argument("--traceback", action="store_true", help="when something breaks, show where in full")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        command: Command = importlib.import_module(f"backstory.cli.{name}")
        subparser = commands.add_parser(name, help=command.SUMMARY, description=command.DESCRIPTION)
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    return parser
