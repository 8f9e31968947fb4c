"""`backstory stacktrace [FILE|-]`: a pasted report's frames in today's text, whose they are, who is suspected."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from backstory.cli.asking import Asking, add_without, asking, print_json, print_lines
from backstory.cli.open_editor import open_in_editor
from backstory.cli.terminal import terminal
from backstory.model.answer import LineAnswer
from backstory.model.errors import BackstoryError, NotARepositoryError
from backstory.model.located import LocatedFrame, LocatedTrace, Resolved, Suspect
from backstory.redaction.plain_text import one_line
from backstory.stacktraces.parse import parse_lines
from backstory.triage.analyse import analyse, analyse_traces
from backstory.views.trace_page import NO_TRACE, trace_page
from backstory.views.trace_record import traces_record

SUMMARY = "find the frames of a stack trace in today's text, whose they are, and who is suspected"
DESCRIPTION = """Read a stack trace, or a log that holds some, and tell where each frame stands in the text of today:
at its place, moved or deleted since the build that failed. Name that build with --at where the report does not."""

LARGEST_WHOLE_CHARACTERS = 20_000_000
"""A longer text is read line by line, and words around its traces are not looked at."""

NOTHING_TO_OPEN = "Nothing to open: no frame and no suspect is a file here."


class NoSuchReportError(BackstoryError):
    """The report to read is not there."""

    exit_code = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", metavar="FILE", nargs="?", default="-", help="the report (default, and -: stdin)")
    parser.add_argument("--at", metavar="REV", help="the commit or tag of the build that failed")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--open", action="store_true", help="open the first suspect in VISUAL or EDITOR")
    add_without(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer; return the exit status."""
    text = _text(arguments.file)
    with asking("Following frames", arguments.without) as ask:
        traces = _located(text, arguments.at, ask)
        origin = None if arguments.json else _origin(traces, ask)
    if arguments.json:
        print_json(traces_record(traces), indent=2)
    elif traces:
        screen = terminal(arguments.color, sys.stdout)
        page = trace_page(traces, origin, today=_today(), width=screen.prose_width, paint=screen.paint)
        print_lines(page)
    if not traces:
        sys.stderr.write(f"backstory: {NO_TRACE}\n")
    return _open(traces) if arguments.open else 0


def _text(file: str) -> str:
    """Return the report. Raises: NoSuchReportError."""
    if file == "-":
        if sys.stdin.isatty():
            sys.stderr.write("Paste the stack trace, then end with Ctrl-D.\n")
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        return Path(file).read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise NoSuchReportError(f"{one_line(file)}: {error.strerror or error}.") from error


def _located(text: str, at: str | None, ask: Asking) -> list[LocatedTrace]:
    repositories = []
    with suppress(NotARepositoryError):  # on a jump host the frames are told as they were printed
        repositories.append(ask.queries.repositories.containing(Path.cwd()).repository)
    if len(text) <= LARGEST_WHOLE_CHARACTERS:
        return analyse(text, repositories, at=at, progress=ask.progress, cancellation=ask.cancellation)
    traces = list(parse_lines(text.split("\n")))
    return analyse_traces(traces, repositories, at=at, progress=ask.progress, cancellation=ask.cancellation)


def _origin(traces: Sequence[LocatedTrace], ask: Asking) -> tuple[LocatedFrame, LineAnswer] | None:
    """Return where the first frame of the product came from, as far as it has a line."""
    for frame in (frame for trace in traces for frame in trace.frames if not frame.is_library):
        if frame.resolved and frame.resolved.line:
            path = Path(frame.resolved.repository, frame.resolved.path)
            with suppress(BackstoryError):
                return frame, ask.queries.line(path, frame.resolved.line, ask.cancellation, ask.progress)
    return None


def _open(traces: Sequence[LocatedTrace]) -> int:
    suspects = [suspect for trace in traces for suspect in trace.suspects]
    frames = [frame.resolved for trace in traces for frame in trace.frames if frame.resolved and not frame.is_library]
    places: list[Suspect | Resolved] = [*suspects, *frames]
    for place in places:
        path = Path(place.repository, place.path)
        if path.is_file():
            return open_in_editor(path, place.line)
    sys.stderr.write(f"backstory: {NOTHING_TO_OPEN}\n")
    return 1


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the reader's own day
