"""`backstory explain FILE:LINE`: everything known of a line, or the summary of some lines."""

import argparse
import sys
from datetime import date
from pathlib import Path

from backstory.cli.asking import add_without, asking, print_json, print_lines
from backstory.cli.place import Place, PlaceError, parse_place
from backstory.cli.terminal import terminal
from backstory.model.lines import LineRange
from backstory.model.text import Text
from backstory.views.explain import explained_line, explained_range
from backstory.views.records import line_record, range_record

SUMMARY = "tell where a line, or some lines, came from"
DESCRIPTION = """Tell who or what wrote a line, what was asked, and on what evidence. With FILE:FIRST-LAST, or FILE
alone, summarise those lines: who wrote most of them comes first."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("place", metavar="FILE:LINE[-LINE]", help="a line (from 1), some lines, or the whole file")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    add_without(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer; return the exit status."""
    place = parse_place(arguments.place, lambda name: Path(name).is_file())
    lines = place.lines or _whole(place)
    path, screen, today = Path(place.file), terminal(arguments.color, sys.stdout), _today()
    with asking("Reading records", arguments.without) as ask:
        if len(lines) == 1 and place.lines:
            line = ask.queries.line(path, lines.first, ask.cancellation, ask.progress)
            record = line_record(line) if arguments.json else None
            words = explained_line(line, today=today, width=screen.prose_width, paint=screen.paint)
        else:
            answer = ask.queries.explain(path, lines, ask.cancellation, ask.progress)
            record = range_record(answer) if arguments.json else None
            words = explained_range(answer, today=today, width=screen.prose_width, paint=screen.paint)
    if record:
        print_json(record, indent=2)
    else:
        print_lines(words)
    return 0


def _whole(place: Place) -> LineRange:
    try:
        count = Text.of_bytes(Path(place.file).read_bytes()).line_count
    except OSError as error:
        raise PlaceError(f"{place.file}: {error.strerror or error}") from error
    if not count:
        raise PlaceError(f"{place.file} is empty.")
    return LineRange(1, count)


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the reader's own day
