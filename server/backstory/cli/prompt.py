"""`backstory prompt FILE:LINE`: what was asked for a line, and the conversation around the edit that wrote it."""

import argparse
import sys
from datetime import date
from pathlib import Path

from backstory.cli.asking import add_without, asking, print_json, print_lines
from backstory.cli.place import PlaceError, parse_place
from backstory.cli.terminal import terminal
from backstory.model.answer import PromptAnswer
from backstory.model.prompt import Prompt, PromptMissing
from backstory.redaction.plain_text import one_line
from backstory.views.prompt_page import prompt_lines
from backstory.views.records import prompt_record

SUMMARY = "tell what was asked for a line, and the conversation around it"
DESCRIPTION = """Tell the exact request before the edit that wrote a line, the task it served where it was only a
nudge, the other files that it touched, and the conversation around it. Secrets are masked."""

NO_AGENT = "No agent’s request is behind this line, as far as any record says."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("place", metavar="FILE:LINE", help="a line, from 1")
    parser.add_argument("--json", action="store_true", help="print one JSON object, or null")
    add_without(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer; return the exit status."""
    place = parse_place(arguments.place, lambda name: Path(name).is_file())
    if place.lines is None or len(place.lines) != 1:
        raise PlaceError("A prompt is asked for one line: FILE:LINE.")
    with asking("Reading records", arguments.without) as ask:
        answer = ask.queries.prompt(Path(place.file), place.lines.first, ask.cancellation, ask.progress)
    if arguments.json:
        print_json(prompt_record(answer), indent=2)
    if not isinstance(answer.line.prompt, Prompt):
        _tell_why(answer)
    elif not arguments.json:
        screen = terminal(arguments.color, sys.stdout)
        print_lines(prompt_lines(answer, today=_today(), width=screen.prose_width, paint=screen.paint))
    return 0


def _tell_why(answer: PromptAnswer) -> None:
    """Say on stderr why there is nothing to print."""
    missing = answer.line.prompt
    reason, command = (missing.reason, missing.command) if isinstance(missing, PromptMissing) else (NO_AGENT, None)
    advice = f"  Run: {one_line(command)}\n" if command else ""
    sys.stderr.write(f"backstory: {one_line(reason)}\n{advice}")


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the reader's own day
