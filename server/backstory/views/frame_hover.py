"""The hover of a stack trace's frame: which line it means today, what became of it, and where that line came from."""

from collections.abc import Iterator
from datetime import date

from backstory.model.answer import LineAnswer
from backstory.model.located import LineState, LocatedFrame, Resolved
from backstory.model.state import State
from backstory.views.excerpt import shortened
from backstory.views.fates import FATES
from backstory.views.hover import hover_markdown, hover_plain
from backstory.views.style import MARKDOWN, PLAIN, Style

MOST_CANDIDATES = 5
LONGEST_REASON = 200
LONGEST_PATH = 80

_SPOKEN_OF = {
    LineState.DELETED: "What stands in its place today:",
    LineState.UNKNOWN: "What stands there today:",
}
"""What is said before the origin of a line that may not be the one that failed."""


def frame_hover_markdown(frame: LocatedFrame, answer: LineAnswer | State | None, today: date) -> str:
    """Return the hover of a frame as CommonMark; `answer` speaks of the line that it means, where it means one."""
    origin = hover_markdown(answer, detail="compact", today=today) if isinstance(answer, LineAnswer) else ""
    return _hover(MARKDOWN, frame, answer, origin)


def frame_hover_plain(frame: LocatedFrame, answer: LineAnswer | State | None, today: date) -> str:
    """Return the same hover as plain text."""
    origin = hover_plain(answer, detail="compact", today=today) if isinstance(answer, LineAnswer) else ""
    return _hover(PLAIN, frame, answer, origin)


def _hover(style: Style, frame: LocatedFrame, answer: LineAnswer | State | None, origin: str) -> str:
    if frame.resolved is None:
        return style.document([list(_undecided(style, frame))])
    told = style.text(answer.reason) if isinstance(answer, State) else origin
    spoken_of = _SPOKEN_OF.get(frame.resolved.state, "") if told else ""
    return style.document([list(_place(style, frame, frame.resolved)), [style.text(spoken_of), told]])


def _place(style: Style, frame: LocatedFrame, resolved: Resolved) -> Iterator[str]:
    line = f", line {resolved.line}" if resolved.line else ""
    function = resolved.function or frame.frame.function
    within = f" · {style.code(shortened(function, LONGEST_PATH))}" if function else ""
    yield f"{style.strong(shortened(resolved.path, LONGEST_PATH) + line)}{within}"
    yield f"{style.emphasis(FATES[resolved.state])} · {style.text(shortened(resolved.because, LONGEST_REASON))}"


def _undecided(style: Style, frame: LocatedFrame) -> Iterator[str]:
    """Yield why a frame means no file, or which ones it may mean."""
    yield style.text(shortened(frame.because, LONGEST_REASON))
    for each in frame.candidates[:MOST_CANDIDATES]:
        yield f"{style.code(each.path)} · {style.text(shortened(each.because, LONGEST_REASON))}"
    more = len(frame.candidates) - MOST_CANDIDATES
    if more > 0:
        yield style.text(f"and {more} more")
