"""What a program printed when it failed, in the error trackers' own words."""

from enum import StrEnum

from attrs import field, frozen

from backstory.model.lines import LineRange
from backstory.model.names import Revision


@frozen
class Span:
    """Where something stands in the text that was pasted."""

    line: int
    """1-based."""

    first: int
    """Index (0-based, in code points) of its first character in that line, as the text was before any cleaning."""

    end: int
    """Index after its last character; greater than the line's length where the frame was wrapped onto the next."""


@frozen
class Frame:
    """One call. What the text does not say is None."""

    filename: str | None
    """As printed; wrapped names are joined."""

    lineno: int | None
    """1-based."""

    colno: int | None
    """1-based, whatever base the dialect prints."""

    function: str | None
    """As printed, qualified where the dialect qualifies."""

    module: str | None = None
    """Package, class, library or binary, where the dialect tells it apart from the function."""

    in_app: bool | None = None
    """What the record itself says of the frame; None where it says nothing."""

    context_line: str | None = None
    """The source line as the trace quotes it, stripped."""

    span: Span | None = None
    """Where the place (file and line) stands in the text; None for frames of structured records."""


class Relation(StrEnum):
    """How a trace belongs to the one before it in the same report."""

    CAUSE = "cause"
    """What this exception was raised from, on purpose (`Caused by`, `direct cause`)."""

    CONTEXT = "context"
    """What was being handled when it was raised."""

    SUPPRESSED = "suppressed"
    MEMBER = "member"
    """One of a group's exceptions."""

    THREAD = "thread"
    """Another thread, goroutine or process of the same report."""


@frozen
class StackTrace:
    """One exception with its frames."""

    dialect: str
    """Id of the dialect that read it."""

    exception_type: str | None
    message: str | None
    """First line or lines of the message, as printed: untrusted."""

    frames: tuple[Frame, ...]
    """Innermost first, whatever order the dialect prints."""

    lines: LineRange
    """The lines of the text that it takes up."""

    relation: Relation | None = None
    """To `parent`; None for a report's first trace (the exception that ended the program)."""

    parent: int | None = None
    """Index, among the traces of the same text, of the trace it belongs to."""

    elided: int = 0
    """Frames that the dialect left out on purpose (`... 12 more`, a recursion's repeats)."""

    revision: Revision | None = None
    """The build's commit, where the record names one (`vcs.ref.head.revision`)."""

    release: str | None = None
    """The build's version or release, where the record names one (Sentry's `release`, `service.version`)."""

    details: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """More that the record tells: (name, value), such as `environment`, `test`."""
