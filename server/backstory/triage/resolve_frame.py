"""A frame whose file is known → the line that it means in the text in front of us, and the function that holds it."""

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from backstory.attribution.respaced import respaced
from backstory.history.cancel import Cancellation
from backstory.history.drift import Drift, DriftReader
from backstory.history.repository import Repository
from backstory.model.located import LineState, Resolved
from backstory.model.names import RepoPath, Revision
from backstory.model.region import SyntaxUnit
from backstory.model.stacktrace import Frame
from backstory.model.text import Text
from backstory.syntax.languages import language_of
from backstory.syntax.units import parse_units
from backstory.triage.function_check import check

LEAST_QUOTED = 8
"""Characters from which on a quoted line that is part of another counts as the same, cut."""


class FrameResolver:
    """Resolves frames of one repository at one HEAD; what it learns of a file it keeps for the next frame."""

    def __init__(self, repository: Repository, head: Revision, text_today: Callable[[RepoPath], Text | None]) -> None:
        """`text_today` gives the text in front of us: of the editor where the file is open, else of the work tree."""
        self._root = str(repository.directory)
        self._text_today = text_today
        self._drift = DriftReader(repository, head, text_today)
        self._units: dict[RepoPath, tuple[Text, Sequence[SyntaxUnit]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the processes that wait."""
        self._drift.close()

    def resolve(self, frame: Frame, path: RepoPath, build: Revision | None, cancellation: Cancellation) -> Resolved:
        """Return where a frame in `path` (its name at the build, or today's) stands. Raises: CancelledError."""
        drift = self._followed(frame, path, build, cancellation)
        text = self._text_today(drift.path)
        function = None
        if text is not None:
            checked = check(drift, frame, text, self._units_of(drift.path, text, cancellation))
            drift, function = checked.drift, checked.function
        return Resolved(
            self._root, drift.path, drift.line, function, drift.state, build, drift.because, drift.deleted_by
        )

    def _followed(self, frame: Frame, path: RepoPath, build: Revision | None, cancellation: Cancellation) -> Drift:
        if frame.lineno is None:
            return Drift(path, None, LineState.UNKNOWN, "The frame tells no line.")
        then = self._drift.text_then(build, path, frame.lineno) if build else None
        if build and then is not None and frame.context_line and not _may_be(frame.context_line, then):
            reason = f"At the build's commit {build[:7]} line {frame.lineno} is not the one that the trace quotes."
            return Drift(path, frame.lineno, LineState.UNKNOWN, reason)
        return self._drift.follow(build, path, frame.lineno, cancellation)

    def _units_of(self, path: RepoPath, text: Text, cancellation: Cancellation) -> Sequence[SyntaxUnit]:
        known = self._units.get(path)
        if known is None or known[0] is not text:
            encoded = text.encoded()
            language = language_of(path, first_line=encoded.partition(b"\n")[0])
            units = parse_units(encoded, language, lambda: cancellation.is_cancelled) if language else ()
            cancellation.raise_if_cancelled()
            known = self._units[path] = (text, units)
        return known[1]


def _may_be(quoted: str, line: str) -> bool:
    """Tell whether a trace quotes a line: all of it, or part of it where it cut it or dropped what it does not show."""
    one, other = respaced(quoted).rstrip("….").rstrip(), respaced(line)
    return one == other or (len(one) >= LEAST_QUOTED and one in other) or (len(other) >= LEAST_QUOTED and other in one)
