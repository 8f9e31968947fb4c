"""A stack trace in one line: what failed, its first frame in the product, where that came from. Plain text."""

from collections.abc import Sequence

from backstory.model.answer import LineAnswer
from backstory.model.located import LineState, LocatedFrame, LocatedTrace, Suspect
from backstory.model.state import State
from backstory.redaction.plain_text import one_line
from backstory.views.excerpt import shortened
from backstory.views.status import line_state

LONGEST_EXCEPTION = 60
LONGEST_FUNCTION = 40

NOT_HERE = "no frame is in the open folders"

_FATES = {LineState.MOVED: "moved since", LineState.DELETED: "deleted since"}


def lens_title(traces: Sequence[LocatedTrace], frame: LocatedFrame | None, answer: LineAnswer | State | None) -> str:
    """Return what stands above a report; `answer` speaks of the line that `frame` means."""
    failed = next((each.trace.exception_type for each in traces if each.trace.exception_type), None)
    parts = [shortened(failed, LONGEST_EXCEPTION) if failed else "stack trace"]
    if frame is None or frame.resolved is None:
        parts.append(NOT_HERE)
    else:
        parts.append(_place(frame.resolved.path, frame.resolved.line, frame.resolved.function or frame.frame.function))
        parts.append(_FATES.get(frame.resolved.state, ""))
        parts.append(line_state(answer) if answer and frame.resolved.state is not LineState.DELETED else "")
    return one_line(" · ".join(filter(None, parts)))


def suspect_title(suspect: Suspect) -> str:
    """Return what opens a suspect."""
    return one_line(f"Open suspect: {_place(suspect.path, suspect.line, suspect.function)}")


def _place(path: str, line: int | None, function: str | None) -> str:
    place = f"{path}:{line}" if line else path
    return f"{shortened(function, LONGEST_FUNCTION)} ({place})" if function else place
